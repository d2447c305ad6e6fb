package dev.hearth.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.configuration.AddressRange;
import dev.hearth.configuration.Listener;
import dev.hearth.configuration.Tls;
import dev.hearth.json.JsonObject;
import dev.hearth.testing.TestAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DoorTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final int LARGE = 8_000_000;

    @TempDir private Path folder;
    private final TestAuthority authority = new TestAuthority();
    private final CountDownLatch arrived = new CountDownLatch(1);

    @BeforeEach
    void writeCertificate() throws IOException {
        write(authority.issue("hearth.test"));
    }

    private void write(TestAuthority.Identity identity) throws IOException {
        Files.writeString(folder.resolve("cert.pem"), identity.certificatePem());
        Files.writeString(folder.resolve("key.pem"), identity.keyPem());
    }

    private Tls tls() {
        try {
            return Tls.read(folder.resolve("cert.pem"), folder.resolve("key.pem"));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private WebServer start(String proxy) {
        return start("127.0.0.1", proxy);
    }

    private WebServer start(String address, String proxy) {
        var proxies =
                proxy.isEmpty() ? List.<AddressRange>of() : List.of(AddressRange.parse(proxy));
        var bind = InetAddress.ofLiteral(address);
        var routes = new RouteTable();
        routes.open()
                .get("/address", r -> Response.json(JsonObject.of("it", r.clientAddress())))
                .get("/large", _ -> Response.json(JsonObject.of("it", "x".repeat(LARGE))))
                .post("/echo", request -> Response.json(request.body()));
        return WebServer.start(
                new Listener(bind, 0, proxies, Optional.of(tls())),
                routes,
                _ -> {
                    throw new IllegalStateException("nobody comes with a token");
                },
                RateLimits.off(),
                () -> {});
    }

    private SSLSocket connect(InetSocketAddress address) {
        return connect(address, new Socket());
    }

    private SSLSocket connect(InetSocketAddress address, Socket plain) {
        try {
            plain.connect(address);
            var socket =
                    (SSLSocket)
                            authority
                                    .clientContext()
                                    .getSocketFactory()
                                    .createSocket(plain, "hearth.test", address.getPort(), true);
            var parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void requestsComeThroughOneAfterTheOther() {
        try (var server = start("");
                var client = new RawClient(connect(server.address()))) {
            for (int i = 0; i < 3; i++) {
                var answer = client.post("/echo", "{\"n\":" + i + "}");
                assertEquals(200, answer.status());
                assertEquals("{\"n\":" + i + "}", answer.body());
            }
            assertEquals(LARGE + 9, client.get("/large").body().length());
        }
    }

    /// The JDK's own TLS server never answers the second.
    @Test
    void requestsInSeveralRecordsAreAllAnswered() {
        try (var server = start("");
                var client = new RawClient(connect(server.address()))) {
            client.send("GET /address HTTP/1.1\nHo")
                    .send("st: test\n\nGET /address HTTP/1.1\nHost: test\n\n")
                    .send("GET /address HTTP/1.1\nHost: test\n\n");
            for (int i = 0; i < 3; i++) {
                assertEquals(200, client.answer().status());
            }
        }
    }

    @Test
    void theClientsAddressIsKnown() throws IOException {
        var own = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.77"), 0);
        try (var server = start("127.0.0.78")) {
            var plain = new Socket();
            plain.bind(own);
            try (var client = new RawClient(connect(server.address(), plain))) {
                assertEquals("{\"it\":\"127.0.0.77\"}", client.get("/address").body());
                // Only a trusted proxy is believed, and this one is none.
                var headers = "Host: test\nX-Forwarded-For: 192.0.2.1\n\n";
                client.send("GET /address HTTP/1.1\n" + headers);
                assertEquals("{\"it\":\"127.0.0.77\"}", client.answer().body());
            }
        }
    }

    @Test
    void behindATrustedProxyTooTheClientsAddressIsKnown() {
        try (var server = start("127.0.0.1");
                var client = new RawClient(connect(server.address()))) {
            client.send("GET /address HTTP/1.1\nHost: test\nX-Forwarded-For: 192.0.2.1\n\n");
            assertEquals("{\"it\":\"192.0.2.1\"}", client.answer().body());
        }
    }

    @Test
    void whoSpeaksNoTlsIsSentAway() {
        try (var server = start("");
                var client = new RawClient(server.address())) {
            client.send("GET /address HTTP/1.1\nHost: test\n\n");
            assertTrue(client.endsWithoutAnswer());
        }
    }

    @Test
    void stoppingAnswersAndThePortIsFreeAtOnce() throws IOException {
        // Of its own, lest a connection of another test take the port when it is free.
        var server = start("127.0.0.79", "");
        var address = server.address();
        try (var client = new RawClient(connect(address))) {
            assertEquals(200, client.get("/address").status());
            server.close();
            assertTrue(client.isClosedByServer());
        }
        try (var again = new java.net.ServerSocket()) {
            again.setReuseAddress(true);
            again.bind(address);
            assertEquals(address.getPort(), again.getLocalPort());
        }
    }

    /// A plain server that notes what comes, and answers as told.
    private void withDoor(DoorLimits limits, Consumer<Door> test) throws IOException {
        var loopback = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
        try (var inside = new java.net.ServerSocket()) {
            inside.bind(loopback);
            Thread.ofVirtual().start(() -> answerAll(inside));
            var place = (InetSocketAddress) inside.getLocalSocketAddress();
            try (var door = new Door(loopback, place, new Identity(tls()), limits)) {
                test.accept(door);
            }
        }
    }

    private void answerAll(java.net.ServerSocket inside) {
        var sockets = new ArrayList<Socket>();
        try {
            while (true) {
                var socket = inside.accept();
                sockets.add(socket);
                arrived.countDown();
                Thread.ofVirtual().start(() -> fill(socket));
            }
        } catch (IOException _) {
            sockets.forEach(DoorTest::close);
        }
    }

    private static void fill(Socket socket) {
        try (socket) {
            var piece = new byte[100_000];
            for (int i = 0; i < 1000; i++) {
                socket.getOutputStream().write(piece);
            }
        } catch (IOException _) {
            // The door broke it off, as the test wants.
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aHandshakeThatNeverComesIsBrokenOff() throws IOException {
        withDoor(
                new DoorLimits(SHORT, LONG, LONG, LONG, LONG),
                door -> {
                    try (var client = new RawClient(door.address())) {
                        assertTrue(client.endsWithoutAnswer());
                    }
                });
    }

    @Test
    void whoSaysNothingAfterTheHandshakeIsSentAway() throws IOException {
        withDoor(
                new DoorLimits(LONG, SHORT, LONG, LONG, LONG),
                door -> {
                    try (var client = new RawClient(connect(door.address()))) {
                        assertTrue(client.isClosedByServer());
                    }
                });
    }

    @Test
    void aHeaderThatDripsNeverReachesTheServer() throws IOException {
        withDoor(
                new DoorLimits(LONG, LONG, SHORT, LONG, LONG),
                door -> {
                    try (var client = new RawClient(connect(door.address()))) {
                        client.send("GET / HTTP/1.1\nHost:");
                        assertTrue(client.isClosedByServer());
                        assertEquals(1, arrived.getCount());
                    }
                });
    }

    @Test
    void aHeaderThatIsTooLargeNeverReachesTheServer() throws IOException {
        withDoor(
                DoorLimits.USUAL,
                door -> {
                    try (var client = new RawClient(connect(door.address()))) {
                        client.send("GET / HTTP/1.1\nX: " + "x".repeat(80_000));
                        assertTrue(client.isClosedByServer());
                        assertEquals(1, arrived.getCount());
                    }
                });
    }

    /// The way in which one client freezes the JDK's own TLS server.
    @Test
    void whoDoesNotReadIsBrokenOffAndHarmsNobody() throws IOException {
        withDoor(
                new DoorLimits(LONG, LONG, LONG, SHORT, LONG),
                door -> {
                    try (var greedy = new RawClient(connect(door.address()))) {
                        greedy.send("GET / HTTP/1.1\nHost: test\n\n");
                        await(arrived);
                        try (var other = new RawClient(connect(door.address()))) {
                            other.send("GET / HTTP/1.1\nHost: test\n\n");
                            assertFalse(other.isClosedByServer());
                        }
                        assertTrue(greedy.endsBefore(100_000_000));
                    }
                });
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(1, TimeUnit.MINUTES));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aRenewedCertificateIsUsedWithoutARestart() throws IOException {
        var identity = new Identity(tls());
        var before = identity.context();
        identity.renew();
        assertEquals(before, identity.context());
        write(authority.issue("RSA", "hearth.test"));
        age(Instant.ofEpochSecond(1_000_000));
        identity.renew();
        assertNotEquals(before, identity.context());
        // What can't be used leaves the one in use.
        var renewed = identity.context();
        Files.writeString(folder.resolve("cert.pem"), "nonsense");
        age(Instant.ofEpochSecond(2_000_000));
        identity.renew();
        assertEquals(renewed, identity.context());
    }

    private void age(Instant time) throws IOException {
        Files.setLastModifiedTime(folder.resolve("cert.pem"), FileTime.from(time));
    }

    @Test
    void theCertificateIsTheOneThatWasSet() throws IOException {
        try (var server = start("");
                var socket = connect(server.address())) {
            var shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            assertEquals(tls().chain().getFirst(), shown);
            var stranger = new TestAuthority();
            assertThrows(
                    SSLException.class,
                    () -> {
                        try (var other =
                                stranger.clientContext()
                                        .getSocketFactory()
                                        .createSocket("127.0.0.1", server.address().getPort())) {
                            other.getOutputStream()
                                    .write("GET".getBytes(StandardCharsets.US_ASCII));
                        }
                    });
        }
    }
}
