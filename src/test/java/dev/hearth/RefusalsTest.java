package dev.hearth;

import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearth.json.JsonObject;
import dev.hearth.testing.Reply;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is refused of requests, whatever they are for.
class RefusalsTest {

    private final TestHomeserver server = TestHomeserver.start();
    private final TestUser alice = server.register("alice");
    private final String room = alice.createRoom(JsonObject.EMPTY);

    @AfterEach
    void close() {
        server.close();
    }

    /// API-4, Complement: TestUnknownEndpoints
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/_matrix/unknown",
                "/_matrix/client/unknown",
                "/_matrix/client/v1/unknown",
                "/_matrix/client/v3/room/unknown",
                "/_matrix/federation/unknown",
                "/_matrix/federation/v1/unknown",
                "/_matrix/key/unknown",
                "/_matrix/key/v2/unknown",
                "/_matrix/media/unknown",
                "/_matrix/media/v3/unknown"
            })
    void whatIsNotThereIsUnrecognized(String path) {
        alice.client().get(path).refused(404, "M_UNRECOGNIZED");
    }

    /// API-4, Complement: TestUnknownEndpoints
    @Test
    void whatIsDoneOtherwiseIsUnrecognizedToo() {
        alice.client()
                .put("/_matrix/client/v3/login", JsonObject.EMPTY)
                .refused(405, "M_UNRECOGNIZED");
    }

    /// API-1, Complement: TestJson
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"body\": 9007199254740992}  | M_BAD_JSON",
                "{\"body\": -9007199254740992} | M_BAD_JSON",
                "{\"body\": 1.1}               | M_BAD_JSON",
                "\"a text\"                    | M_BAD_JSON",
                "{\"body\": Infinity}          | M_NOT_JSON",
                "{\"body\": -Infinity}         | M_NOT_JSON",
                "{\"body\": NaN}               | M_NOT_JSON"
            })
    void whatCanonicalJsonHasNotIsNotSent(String body, String code) {
        var old = alice.createRoom(JsonObject.of("room_version", "6"));
        put(TestUser.room(old) + "/send/any/1", body).refused(400, code);
    }

    /// API-1, Complement: TestRequestEncodingFails
    @Test
    void whatIsNotUtf8IsNotJson() throws IOException, InterruptedException {
        var body = "{ \"test\":\"a?\" }".getBytes(StandardCharsets.US_ASCII);
        body[11] = (byte) 0x81;
        var request =
                HttpRequest.newBuilder(
                                URI.create(
                                        server.client().server() + "/_matrix/client/v3/register"))
                        .POST(BodyPublishers.ofByteArray(body))
                        .build();
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(request, BodyHandlers.ofString());
            new Reply(answer.statusCode(), answer.body(), Map.of()).refused(400, "M_NOT_JSON");
        }
    }

    private String place(String rest) {
        return TestUser.room(room) + rest;
    }

    /// API-11.
    @Test
    void junkForANumberOrAFlagIsRefused() {
        for (var junk :
                new String[] {
                    "/messages?dir=b&limit=-1",
                    "/messages?dir=b&limit=ten",
                    "/messages?dir=b&limit=1.5",
                    "/messages?dir=sideways",
                }) {
            alice.client().get(place(junk)).refused(400, "M_INVALID_PARAM");
        }
        for (var junk : new String[] {"full_state=1", "full_state=", "timeout=-5", "timeout=x"}) {
            alice.client().get("/_matrix/client/v3/sync?" + junk).refused(400, "M_INVALID_PARAM");
        }
    }

    /// API-11: the event itself is given all the same.
    @Test
    void aContextMayBeAskedForNothingAround() {
        var event = alice.say(room, "one");
        var context = alice.client().get(place("/context/" + escape(event) + "?limit=0")).ok();
        assertEquals(event, context.object("event").string("event_id"));
        assertEquals(0, context.array("events_before").size());
        assertEquals(0, context.array("events_after").size());
    }

    /// API-12.
    @Test
    void aBodyThatIsTooLargeTooDeepOrBeyondExactNumbersIsRefused() {
        var path = place("/send/m.room.message/");
        var large = "{\"body\":\"" + "x".repeat(1 << 20) + "\"}";
        put(path + 1, large).refused(413, "M_TOO_LARGE");
        put(path + 2, "{\"body\":" + "[".repeat(200) + "]".repeat(200) + "}")
                .refused(400, "M_NOT_JSON");
        put(path + 3, "{\"body\":9007199254740992}").refused(400, "M_BAD_JSON");
        put(path + 4, "{\"body\":-9007199254740992}").refused(400, "M_BAD_JSON");
        put(path + 5, "{\"body\":1.5}").refused(400, "M_BAD_JSON");
        put(path + 6, "{\"body\":9007199254740991}").ok();
    }

    private Reply put(String path, String body) {
        return alice.client().send("PUT", path, Optional.of(body));
    }
}
