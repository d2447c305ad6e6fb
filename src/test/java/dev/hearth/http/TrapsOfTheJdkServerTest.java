package dev.hearth.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the JDK's HTTP server does wrong or leaves open, each closed and tried by a raw socket.
/// After each, the next request on a new connection is served.
final class TrapsOfTheJdkServerTest {

    private static TestServer server;
    private RawClient client;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void connect() {
        client = server.connect();
    }

    @AfterEach
    void theNextIsServed() {
        client.close();
        try (var next = server.connect()) {
            assertEquals(200, next.get("/hello").status());
        }
    }

    private void assertRefusedAndClosed(String request) {
        var answer = client.send(request).answer();
        assertEquals(400, answer.status(), answer::body);
        assertTrue(client.isClosedByServer(), "left open after: " + request);
    }

    /// What a chunked request leaves behind on its connection is never read as a request: the chunk
    /// size is cut to 32 bits, so 0x100000000 would be the end, and the rest a second request.
    @Test
    void aChunkedRequestEndsItsConnection() {
        var answer =
                client.send(
                                "POST /echo HTTP/1.1\nHost: test\nTransfer-Encoding: chunked\n\n"
                                        + "7\n{\"n\":1}\n0\n\nGET /hello HTTP/1.1\nHost: test\n\n")
                        .answer();
        assertEquals("{\"n\":1}", answer.body());
        assertEquals("close", answer.header("Connection"));
        assertTrue(client.isClosedByServer());
    }

    @ParameterizedTest
    @ValueSource(strings = {"100000000", "100000007", "ffffffffffffffff", "-7", "zz", ""})
    void aMadChunkSizeHidesNoSecondRequest(String size) {
        client.send(
                "POST /ignores-its-body HTTP/1.1\nHost: test\nTransfer-Encoding: chunked\n\n"
                        + size
                        + "\n{\"n\":1}\n0\n\nGET /hello HTTP/1.1\nHost: test\n\n");
        var answer = client.answer();
        assertFalse(answer.body().contains("world"), answer::body);
        assertTrue(client.isClosedByServer());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /hello HTTP/1.1\n\n",
                "GET /hello HTTP/1.1\nHost: a\nHost: b\n\n",
                "GET /hello HTTP/9.9\nHost: test\n\n",
                "get /hello HTTP/1.1\nHost: test\n\n",
                "GET //hello/hello HTTP/1.1\nHost: test\n\n",
                "GET http://test/hello HTTP/1.1\nHost: test\n\n",
                "GET /hello#part HTTP/1.1\nHost: test\n\n",
                "POST /echo HTTP/1.1\nHost: test\nContent-Length: +2\n\n{}",
                "POST /echo HTTP/1.1\nHost: test\nContent-Length: 2\nContent-Length: 2\n\n{}",
                "POST /echo HTTP/1.1\nHost: test\nTransfer-Encoding: chunked\n"
                        + "Content-Length: 2\n\n2\n{}\n0\n\n",
            })
    void whatTwoServersCouldReadDifferentlyIsRefused(String request) {
        assertRefusedAndClosed(request);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CONNECT test:443 HTTP/1.1\nHost: test\n\n",
                "GET mailto:x HTTP/1.1\nHost: test\n\n",
                "OPTIONS * HTTP/1.1\nHost: test\n\n",
                "PRI * HTTP/2.0\n\nSM\n\n",
                "nonsense\n\n",
                "POST /echo HTTP/1.1\nHost: test\nTransfer-Encoding: gzip, chunked\n\n0\n\n",
                "POST /echo HTTP/1.1\nHost: test\nTransfer-Encoding: xchunked\n\n0\n\n",
            })
    void whatTheJdkAnswersByItselfHarmsNobody(String request) {
        client.send(request);
        // It closes with or without an answer, and never serves anything.
        try {
            assertTrue(client.answer().status() >= 400);
        } catch (java.io.UncheckedIOException _) {
            // Closed without a word.
        }
    }

    @Test
    void tooLargeABodyIsToldSoBeforeItIsSent() {
        client.send("POST /small HTTP/1.1\nHost: test\nContent-Length: 101\n\n");
        var sent = client.sendExactly("x".repeat(101)).answer();
        assertEquals(413, sent.status());
        assertTrue(sent.body().contains("M_TOO_LARGE"));
        assertEquals(200, client.get("/hello").status());
    }

    /// Without reading the rest away, the client's own sending would meet a reset, and the answer
    /// would be lost.
    @Test
    void aClientStillSendingManyMegabytesSeesTheAnswer() {
        var body = "x".repeat(5 << 20);
        var answer = client.post("/echo", body);
        assertEquals(413, answer.status());
        assertEquals("close", answer.header("Connection"));
        assertTrue(client.isClosedByServer());
    }

    /// Requests that are sent behind one another shall not be lost with one that was wrong. SyTest:
    /// Event size limits
    @Test
    void aBodyThatIsNotReadLeavesTheConnectionOpen() {
        var body = "x".repeat(300_000);
        for (var wrong : List.of("/none", "/small", "/mine")) {
            var answer = client.post(wrong, body);
            assertTrue(answer.status() >= 400);
            assertNotEquals("close", answer.header("Connection"));
        }
        assertEquals(200, client.get("/hello").status());
    }

    @Test
    void aChunkedBodyIsCountedToo() {
        client.send("POST /small HTTP/1.1\nHost: test\nTransfer-Encoding: chunked\n\n");
        client.send("c8\n" + "x".repeat(200) + "\n0\n\n");
        assertEquals(413, client.answer().status());
        assertTrue(client.isClosedByServer());
    }

    @Test
    void anUnreadBodyDoesNotBecomeTheNextRequest() {
        var hidden = "GET /hello HTTP/1.1\r\nHost: test\r\n\r\n";
        assertEquals(401, client.post("/mine", hidden).status());
        assertEquals("{}", client.post("/ignores-its-body", hidden).body());
        assertEquals("{\"n\":1}", client.post("/echo", "{\"n\":1}").body());
    }

    @Test
    void tooLargeOrTooManyHeadersEndTheConnection() {
        assertClosedOn("X-Long: " + "x".repeat(100_000) + "\n");
        var many = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            many.append("X-Many-").append(i).append(": x\n");
        }
        assertClosedOn(many.toString());
    }

    @Test
    void anEndlessRequestLineEndsTheConnection() {
        try (var other = server.connect()) {
            other.send("GET /" + "x".repeat(10 << 20) + " HTTP/1.1\nHost: test\n\n");
            assertTrue(other.answer().status() >= 400);
        } catch (java.io.UncheckedIOException _) {
            // Closed without a word.
        }
    }

    private void assertClosedOn(String headers) {
        try (var other = server.connect()) {
            try {
                other.send("GET /hello HTTP/1.1\nHost: test\n" + headers + "\n");
                assertTrue(other.answer().status() >= 400);
            } catch (java.io.UncheckedIOException _) {
                // Closed without a word.
            }
        }
    }

    /// A failure, even an Error, must neither keep the connection nor lose the answer.
    @Test
    void aFailureIsAnsweredAndTheConnectionGoesOn() {
        for (var path : List.of("/broken", "/very-broken", "/nowhere", "/hello?a=%ff")) {
            assertTrue(client.get(path).status() >= 400);
        }
        assertEquals(200, client.get("/hello").status());
    }

    @Test
    void onlyBrokenTargetsAreTheJdksToRefuse() {
        for (var query : List.of("a={}", "a=%zz", "a=[|]^")) {
            try (var other = server.connect()) {
                assertEquals(400, other.get("/hello?" + query).status());
            }
        }
    }

    /// Half a request costs a little memory and nobody's time.
    @Test
    void hundredsOfUnfinishedRequestsDelayNobody() {
        var unfinished = new ArrayList<RawClient>();
        for (int i = 0; i < 150; i++) {
            unfinished.add(server.connect().send("GET /hello HTTP/1.1\nHost: te"));
            unfinished.add(
                    server.connect()
                            .send("POST /echo HTTP/1.1\nHost: test\nContent-Length: 9\n\n{"));
        }
        assertEquals(200, client.get("/hello").status());
        assertEquals("{}", client.post("/echo", "{}").body());
        unfinished.forEach(RawClient::close);
    }

    @Test
    void manyIdleConnectionsAreKept() {
        var idle = new ArrayList<RawClient>();
        for (int i = 0; i < 300; i++) {
            var one = server.connect();
            assertEquals(200, one.get("/hello").status());
            idle.add(one);
        }
        for (var one : idle) {
            assertEquals(200, one.get("/hello").status());
            one.close();
        }
    }

    @Test
    void aBodyCutShortIsNoJson() throws java.io.IOException {
        try (var socket = new java.net.Socket()) {
            socket.connect(server.address());
            var request = "POST /echo HTTP/1.1\r\nHost: test\r\nContent-Length: 100\r\n\r\n{}";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(answer.contains("M_NOT_JSON"), answer);
        }
    }

    @Test
    void oldHttpIsSpoken() {
        var answer = client.send("GET /hello HTTP/1.0\n\n").answer();
        assertEquals("{\"hello\":\"world\"}", answer.body());
    }
}
