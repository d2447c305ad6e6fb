package dev.hearth.outgoing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonObject;
import dev.hearth.outgoing.OutgoingRequest.Place;
import dev.hearth.testing.TestAuthority;
import dev.hearth.testing.TestConfiguration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OutgoingTest {

    private static final String OK = "HTTP/1.1 200 OK\nContent-Length: 7\n\n{\"a\":1}";

    @TempDir private Path folder;
    private final TestAuthority authority = new TestAuthority();
    private final AtomicInteger settled = new AtomicInteger();

    private Outgoing outgoing(String... settings) {
        return new Outgoing(
                TestConfiguration.of(settings), OutgoingTest::resolve, settled::incrementAndGet);
    }

    /// Names of this test are on this machine.
    private static List<InetAddress> resolve(String name) throws IOException {
        if (name.endsWith(".test")) {
            return List.of(InetAddress.ofLiteral("127.0.0.1"));
        }
        boolean mayBeLiteral = name.indexOf(':') >= 0 || Character.isDigit(name.charAt(0));
        if (mayBeLiteral) {
            return NameResolution.ofTheMachine().addresses(name);
        }
        throw new UnknownHostException(name);
    }

    /// May go to loopback, and trusts the test's authority.
    private Outgoing trusting() {
        var ca = authority.file(folder).toString().replace("\\", "\\\\");
        return outgoing("http_client.ip_deny=[]", "http_client.extra_ca=[\"" + ca + "\"]");
    }

    private static URI at(String start, Peer peer, String rest) {
        return URI.create(start + ":" + peer.port() + rest);
    }

    private static String failure(Outgoing outgoing, OutgoingRequest request) {
        return assertThrows(RemoteException.class, () -> outgoing.send(request)).getMessage();
    }

    @Test
    void jsonIsPostedAndTheAnswerRead() {
        try (var peer = Peer.saying(OK)) {
            var target = at("http://push.test", peer, "/_matrix/push/v1/notify?x=%20y");
            var request = OutgoingRequest.post(target, JsonObject.of("n", 1)).header("X-Y", "z");
            var answer = outgoing("http_client.ip_deny=[]").send(request);
            assertEquals(200, answer.status());
            assertEquals(JsonObject.of("a", 1), answer.json());
            var asked = peer.request();
            assertTrue(asked.startsWith("POST /_matrix/push/v1/notify?x=%20y HTTP/1.1\r\n"), asked);
            assertTrue(asked.contains("\r\nHost: push.test:" + peer.port() + "\r\n"), asked);
            assertTrue(asked.contains("\r\nX-Y: z\r\n"), asked);
            assertTrue(asked.endsWith("\r\n\r\n{\"n\":1}"), asked);
            assertEquals(1, settled.get());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n3;x=y\n{\"a\n4\n\":1}\n0\nT: t\n\n",
                "HTTP/1.0 200 OK\n\n{\"a\":1}",
                "HTTP/1.1 100 Continue\n\nHTTP/1.1 200\ncontent-length:7\n\n{\"a\":1}and more",
            })
    void everyFramingIsUnderstood(String answer) {
        try (var peer = Peer.saying(answer)) {
            var request = OutgoingRequest.get(at("http://a.test", peer, ""));
            assertEquals(
                    JsonObject.of("a", 1), outgoing("http_client.ip_deny=[]").send(request).json());
            assertTrue(peer.request().startsWith("GET / HTTP/1.1\r\n"));
        }
    }

    /// F-22: a peer that lies about its answer, or never comes to its end.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\nContent-Length: 9\n\n{\"a\":1}",
                "HTTP/1.1 200 OK\nContent-Length: 999999999999\n\n",
                "HTTP/1.1 200 OK\nContent-Length: -1\n\n",
                "HTTP/1.1 200 OK\nContent-Length: 1, 1\n\n1",
                "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n7\n{\"a\":1}\n",
                "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n7fffffff\n{}",
                "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n-1\n{}",
                "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n1\n{}\n0\n\n",
                "HTTP/1.1 200 OK\nTransfer-Encoding: gzip, chunked\n\n0\n\n",
                "HTTP/1.1 200 OK\nno header\n\n",
                "HTTP/1.1 20 OK\n\n",
                "SSH-2.0-OpenSSH\n",
                "HTTP/1.1 100 Continue\n\n",
                "",
            })
    void whatBreaksTheRulesIsNoAnswer(String answer) {
        try (var peer = Peer.saying(answer)) {
            var request = OutgoingRequest.get(at("http://a.test", peer, "/")).upTo(1000);
            assertFalse(failure(outgoing("http_client.ip_deny=[]"), request).isEmpty());
        }
    }

    /// F-22.
    @Test
    void anAnswerThatIsTooLargeIsNotRead() {
        try (var peer = Peer.saying("HTTP/1.1 200 OK\n\n" + "x".repeat(101))) {
            var request = OutgoingRequest.get(at("http://a.test", peer, "/"));
            var outgoing = outgoing("http_client.ip_deny=[]");
            assertEquals(101, outgoing.send(request.upTo(101)).bytes().length);
            assertTrue(failure(outgoing, request.upTo(100)).contains("too large"));
        }
        try (var peer = Peer.saying("HTTP/1.1 200 OK\nX: " + "x".repeat(70_000) + "\n\n")) {
            var request = OutgoingRequest.get(at("http://a.test", peer, "/"));
            assertTrue(failure(outgoing("http_client.ip_deny=[]"), request).contains("too large"));
        }
    }

    /// F-22: one byte now and then doesn't keep a request alive.
    @Test
    void aDrippingAnswerEndsInTime() {
        var done = new CountDownLatch(1);
        try (var peer = Peer.playing((_, out) -> drip(out, done))) {
            var request = OutgoingRequest.get(at("http://a.test", peer, "/"));
            var limited = request.within(Duration.ofMillis(300));
            assertTrue(failure(outgoing("http_client.ip_deny=[]"), limited).contains("in time"));
            done.countDown();
        }
    }

    private static void drip(java.io.OutputStream out, CountDownLatch done) throws IOException {
        out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        try {
            while (!done.await(20, TimeUnit.MILLISECONDS)) {
                out.write('x');
                out.flush();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aHandshakeThatNeverComesEndsInTime() {
        try (var silent = Peer.playing((in, _) -> in.read())) {
            var request =
                    OutgoingRequest.get(at("https://a.test", silent, "/"))
                            .within(Duration.ofMillis(300));
            assertTrue(failure(trusting(), request).contains("in time"));
        }
    }

    /// F-20.
    @Test
    void theCertificateMustBeForTheNameAndFromATrustedAuthority() {
        try (var peer = Peer.saying(authority.issue("a.test"), OK)) {
            var right = OutgoingRequest.get(at("https://a.test", peer, "/"));
            assertEquals(200, trusting().send(right).status());
            var otherName = OutgoingRequest.get(at("https://b.test", peer, "/"));
            assertTrue(failure(trusting(), otherName).contains("b.test"));
            assertFalse(failure(outgoing("http_client.ip_deny=[]"), right).isEmpty());
        }
    }

    /// F-20: the name is the target's, wherever the connection goes.
    @Test
    void theNameIsCheckedAndNotThePlaceToConnectTo() {
        try (var peer = Peer.saying(authority.issue("a.test"), OK)) {
            var place = new Place("elsewhere.test", peer.port());
            var right = OutgoingRequest.get(URI.create("https://a.test/")).via(place);
            assertEquals(200, trusting().send(right).status());
            assertTrue(peer.request().contains("\r\nHost: a.test\r\n"));
            var wrong = OutgoingRequest.get(URI.create("https://elsewhere.test/")).via(place);
            assertFalse(failure(trusting(), wrong).isEmpty());
        }
    }

    /// F-20: two of the JDK client's ways around the check.
    @Test
    void aCertificateForTheAddressIsNoneForAName() {
        try (var peer = Peer.saying(authority.issueForAddress("127.0.0.1"), OK)) {
            var outgoing = trusting();
            var byAddress = OutgoingRequest.get(at("https://127.0.0.1", peer, "/"));
            assertEquals(200, outgoing.send(byAddress).status());
            var byName = OutgoingRequest.get(at("https://a.test", peer, "/"));
            assertFalse(failure(outgoing, byName).isEmpty());
        }
    }

    /// F-21: neither by name nor by any way to write an address.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://a.test",
                "http://127.0.0.1",
                "http://127.1",
                "http://2130706433",
                "http://[::1]",
                "http://[::127.0.0.1]",
                "http://[::ffff:127.0.0.1]",
                "http://[64:ff9b::7f00:1]",
                "http://[2002:7f00:1::]",
                "http://169.254.169.254",
                "http://10.1.2.3",
                "http://0.0.0.0",
                "http://[::]",
                "http://[fe80::1]",
            })
    void aNeighborIsNotReached(String start) {
        try (var peer = Peer.saying(OK)) {
            var target = start + ":" + peer.port();
            assertThrows(
                    RuntimeException.class,
                    () -> outgoing().send(OutgoingRequest.get(URI.create(target))));
            assertFalse(peer.wasAsked());
        }
    }

    /// F-21: a redirect, too, leads to no neighbor.
    @Test
    void redirectsAreFollowedOnlyWhenAskedForAndNeverToANeighbor() {
        try (var peer = Peer.saying(OK);
                var other = Peer.saying(moved("http://b.test:" + peer.port() + "/there"))) {
            var outgoing = outgoing("http_client.ip_deny=[]");
            var request = OutgoingRequest.get(at("http://a.test", other, "/")).header("X", "y");
            assertEquals(302, outgoing.send(request).status());
            assertEquals(200, outgoing.send(request.following(1)).status());
            var asked = peer.request();
            assertTrue(asked.startsWith("GET /there HTTP/1.1\r\nHost: b.test"), asked);
            assertFalse(asked.contains("X: y"), asked);
        }
        var denied = "http_client.ip_deny=[\"127.0.0.2\"]";
        try (var peer = Peer.saying(moved("http://127.0.0.2/"))) {
            var request = OutgoingRequest.get(at("http://a.test", peer, "/")).following(5);
            assertTrue(failure(outgoing(denied), request).contains("ip_deny"));
        }
        try (var peer = Peer.saying(moved("/"))) {
            var request = OutgoingRequest.get(at("http://a.test", peer, "/")).following(5);
            assertEquals(302, outgoing(denied).send(request).status());
        }
        try (var peer = Peer.saying(authority.issue("a.test"), moved("http://a.test/"))) {
            var request = OutgoingRequest.get(at("https://a.test", peer, "/")).following(5);
            assertTrue(failure(trusting(), request).contains("https"));
        }
    }

    private static String moved(String location) {
        return "HTTP/1.1 302 Found\nLocation: " + location + "\nContent-Length: 0\n\n";
    }

    @Test
    void aNameThatWasSetIsNotLookedUp() {
        try (var peer = Peer.saying(OK)) {
            var set = "federation.resolve=[\"hs1=127.0.0.1\",\"HS2=127.0.0.2\"]";
            var outgoing = outgoing("http_client.ip_deny=[]", set);
            var request = OutgoingRequest.get(at("http://HS1", peer, "/"));
            assertArrayEquals(
                    "{\"a\":1}".getBytes(StandardCharsets.UTF_8), outgoing.send(request).bytes());
            var unknown = OutgoingRequest.get(at("http://hs3", peer, "/"));
            assertTrue(failure(outgoing, unknown).contains("no address"));
            // What was set is denied all the same.
            assertTrue(failure(outgoing(set), request).contains("ip_deny"));
        }
    }

    @Test
    void nobodyThereIsAFailureInWords() throws IOException {
        int port;
        try (var closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }
        var request = OutgoingRequest.get(URI.create("http://a.test:" + port));
        assertEquals(
                "a.test:" + port + ": it can't be reached",
                failure(outgoing("http_client.ip_deny=[]"), request));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://a.test/", "/path", "http:a", "http://user:word@a.test/"})
    void whatIsNoAddressOnTheWebIsRefused(String target) {
        var uri = URI.create(target);
        assertThrows(IllegalArgumentException.class, () -> OutgoingRequest.get(uri));
    }

    @Test
    void aHeaderCantSmuggleAnother() {
        var request = OutgoingRequest.get(URI.create("http://a.test/"));
        assertThrows(IllegalArgumentException.class, () -> request.header("A", "b\r\nC: d"));
        assertThrows(IllegalArgumentException.class, () -> request.header("A b", "c"));
    }
}
