package dev.hearth;

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

/// What no endpoint takes.
class RefusalsTest {

    private final TestHomeserver server = TestHomeserver.start();
    private final TestUser alice = server.register("alice");

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
        var room = alice.createRoom(JsonObject.of("room_version", "6"));
        alice.client()
                .send("PUT", TestUser.room(room) + "/send/any/1", Optional.of(body))
                .refused(400, code);
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
}
