package dev.hearth.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WebServerTest {

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
    void disconnect() {
        client.close();
    }

    private RawClient.Answer asUser(String token, String method, String target) {
        return client.send(
                        "%s %s HTTP/1.1\nHost: test\nAuthorization: Bearer %s\n\n"
                                .formatted(method, target, token))
                .answer();
    }

    private static void assertError(int status, String code, RawClient.Answer answer) {
        assertEquals(status, answer.status(), answer::body);
        assertTrue(
                answer.body().startsWith("{\"errcode\":\"" + code + "\",\"error\":\""),
                answer::body);
        assertEquals("*", answer.header("Access-Control-Allow-Origin"));
        assertEquals("application/json", answer.header("Content-Type"));
    }

    /// API-2, API-5.
    @Test
    void answersAreJsonWithCorsHeaders() {
        var answer = client.get("/hello");
        assertEquals(200, answer.status());
        assertEquals("{\"hello\":\"world\"}", answer.body());
        assertEquals("application/json", answer.header("Content-Type"));
        assertEquals("*", answer.header("Access-Control-Allow-Origin"));
        assertEquals(
                "GET, POST, PUT, DELETE, OPTIONS", answer.header("Access-Control-Allow-Methods"));
        assertEquals(
                "X-Requested-With, Content-Type, Authorization",
                answer.header("Access-Control-Allow-Headers"));
        assertEquals("nosniff", answer.header("X-Content-Type-Options"));
    }

    @Test
    void aConnectionServesManyRequests() {
        for (int i = 0; i < 50; i++) {
            assertEquals(200, client.get("/hello").status());
            assertEquals("{\"n\":" + i + "}", client.post("/wants", "{\"n\":" + i + "}").body());
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() {
        var one = "POST /wants HTTP/1.1\nHost: test\nContent-Length: 7\n\n{\"n\":%d}";
        client.send(one.formatted(1) + one.formatted(2) + one.formatted(3));
        for (int i = 1; i <= 3; i++) {
            assertEquals("{\"n\":" + i + "}", client.answer().body());
        }
    }

    @Test
    void aLargeAnswerComesWholeAndWithItsLength() {
        var answer = client.get("/large");
        assertEquals("100012", answer.header("Content-Length"));
        assertEquals(100_012, answer.body().length());
        assertEquals("", answer.header("Transfer-Encoding"));
        assertEquals(200, client.get("/hello").status());
    }

    @Test
    void headAnswersAsGetWithoutTheBody() {
        var answer = client.send("HEAD /hello HTTP/1.1\nHost: test\n\n").answerToHead();
        assertEquals(200, answer.status());
        assertEquals("17", answer.header("Content-Length"));
        assertEquals(200, client.get("/hello").status());
    }

    /// API-5: on every path, without a token, without running anything.
    @Test
    void preflightsAreAnsweredEverywhere() {
        for (var path : new String[] {"/broken", "/mine", "/nowhere"}) {
            var answer = asUser("nobody", "OPTIONS", path);
            assertEquals(204, answer.status());
            assertEquals("*", answer.header("Access-Control-Allow-Origin"));
        }
        assertEquals(200, client.get("/hello").status());
    }

    /// API-4.
    ///
    /// Complement: TestUnknownEndpoints.
    @Test
    void unknownPathsAndMethodsAreToldApart() {
        assertError(404, "M_UNRECOGNIZED", client.get("/nowhere"));
        assertError(404, "M_UNRECOGNIZED", client.get("/hello/"));
        var wrongMethod = client.post("/hello", "{}");
        assertError(405, "M_UNRECOGNIZED", wrongMethod);
        assertEquals("GET", wrongMethod.header("Allow"));
        assertError(
                405,
                "M_UNRECOGNIZED",
                client.send("PATCH /hello HTTP/1.1\nHost: test\n\n").answer());
    }

    @Test
    void everyAnswerPassesTheGate() {
        int before = server.settled();
        client.get("/hello");
        client.get("/nowhere");
        client.get("/mine");
        assertEquals(before + 3, server.settled());
    }

    /// API-3.
    @Test
    void errorsCarryWhatBelongsToThem() {
        assertError(500, "M_UNKNOWN", client.get("/broken"));
        assertError(500, "M_UNKNOWN", client.get("/very-broken"));
        assertError(418, "M_UNKNOWN", client.get("/teapot"));
        assertTrue(client.get("/wrong-backup").body().contains("\"current_version\":\"7\""));
        assertTrue(client.get("/incompatible").body().contains("\"room_version\":\"9\""));
        var authentication = client.get("/asks-to-authenticate");
        assertError(401, "M_FORBIDDEN", authentication);
        assertTrue(authentication.body().contains("\"session\":\"s\""));
    }

    /// API-6: both forms of the wait.
    @Test
    void waitsAreToldInHeaderAndBody() {
        var answer = client.get("/limited");
        assertError(429, "M_LIMIT_EXCEEDED", answer);
        assertEquals("2", answer.header("Retry-After"));
        assertTrue(answer.body().contains("\"retry_after_ms\":1500"));
    }

    /// API-1.
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            textBlock =
                    """
                    {"n":1}     | 200 | n
                    ``          | 400 | M_NOT_JSON
                    {"n":       | 400 | M_NOT_JSON
                    {"n":1,"n":1} | 400 | M_NOT_JSON
                    {"n":1}x    | 400 | M_NOT_JSON
                    [1]         | 400 | M_BAD_JSON
                    {"n":"1"}   | 400 | M_BAD_JSON
                    {"n":1.5}   | 400 | M_BAD_JSON
                    {}          | 400 | M_MISSING_PARAM
                    """)
    void bodiesAreHeldToTheirShape(String body, int status, String holds) {
        var answer = client.post("/wants", body);
        assertEquals(status, answer.status(), answer::body);
        assertTrue(answer.body().contains(holds), answer::body);
        assertEquals(200, client.get("/hello").status());
    }

    @Test
    void anAbsentBodyIsAnEmptyObjectWhereThatIsUsual() {
        var answer = client.send("POST /maybe-empty HTTP/1.1\nHost: test\n\n").answer();
        assertEquals("{}", answer.body());
        assertEquals("{\"a\":1}", client.post("/maybe-empty", "{\"a\":1}").body());
    }

    /// API-12.
    @Test
    void deepNestingIsRefused() {
        var deep = "[".repeat(10_000) + "]".repeat(10_000);
        assertError(400, "M_NOT_JSON", client.post("/echo", "{\"a\":" + deep + "}"));
    }

    /// API-11.
    @ParameterizedTest
    @CsvSource({
        "flag=false&limit=0, 200, '{\"flag\":false,\"limit\":0,\"all\":[]}'",
        "limit=99999999999&v=a+b&v=c%2Bd, 200, '\"limit\":2147483647,\"all\":[\"a b\",\"c+d\"]'",
        "flag=1, 400, M_INVALID_PARAM",
        "flag=, 400, M_INVALID_PARAM",
        "limit=-1, 400, M_INVALID_PARAM",
        "limit=ten, 400, M_INVALID_PARAM",
        "limit=, 400, M_INVALID_PARAM",
        "v=%ff, 400, M_INVALID_PARAM",
        "v=%00, 400, M_INVALID_PARAM",
    })
    void queriesAreReadStrictly(String query, int status, String holds) {
        var answer = client.get("/numbers?" + query);
        assertEquals(status, answer.status());
        assertTrue(answer.body().contains(holds), answer::body);
    }

    @Test
    void tokensComeInTheHeaderOrTheQuery() {
        assertEquals("{\"user\":\"@alice:test\"}", asUser("alice", "GET", "/mine").body());
        assertEquals(200, client.get("/mine?access_token=alice").status());
        assertEquals(
                200,
                client.send("GET /mine HTTP/1.1\nHost: test\nauthorization: bearer alice\n\n")
                        .answer()
                        .status());
        assertError(401, "M_MISSING_TOKEN", client.get("/mine"));
        assertError(401, "M_MISSING_TOKEN", client.get("/mine?access_token="));
        assertTrue(asUser("expired", "GET", "/mine").body().contains("\"soft_logout\":true"));
        assertError(401, "M_UNKNOWN_TOKEN", asUser("wrong", "GET", "/mine"));
    }

    @Test
    void guestsMayDoWhatIsOpenToThem() {
        assertError(403, "M_GUEST_ACCESS_FORBIDDEN", asUser("guest", "GET", "/mine"));
        assertEquals("{\"token\":\"guest\"}", asUser("guest", "GET", "/ours").body());
    }

    @Test
    void anOpenEndpointKnowsWhoComesWithAToken() {
        assertEquals("{\"who\":\"@alice:test\"}", asUser("alice", "GET", "/who").body());
        assertEquals("{\"who\":\"somebody\"}", asUser("wrong", "GET", "/who").body());
        assertEquals("{\"who\":\"somebody\"}", client.get("/who").body());
    }

    @Test
    void aForwardedAddressIsNobodysWordButATrustedProxys() {
        var answer =
                client.send(
                                "GET /address HTTP/1.1\nHost: test\n"
                                        + "X-Forwarded-For: 192.0.2.1\n\n")
                        .answer();
        assertEquals("{\"address\":\"127.0.0.1\"}", answer.body());
    }
}
