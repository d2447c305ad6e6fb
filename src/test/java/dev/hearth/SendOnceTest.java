package dev.hearth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonDecimal;
import dev.hearth.json.JsonObject;
import dev.hearth.testing.TestClient;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.util.HashSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What counts as the same request, to be answered as before (API-10).
class SendOnceTest {

    private static final JsonObject HELLO = JsonObject.of("msgtype", "m.text", "body", "hello");

    private final TestHomeserver server = TestHomeserver.start();
    private final TestUser alice = server.register("alice");
    private final String room = alice.createRoom(JsonObject.EMPTY);

    @AfterEach
    void close() {
        server.close();
    }

    private static String send(TestUser user, String room, String type, JsonObject content) {
        return user.client()
                .put(TestUser.room(room) + "/send/" + type + "/1", content)
                .ok()
                .string("event_id");
    }

    /// Complement: TestSendMessageWithTxn.
    @Test
    void anotherBodyIsTheSameRequest() {
        var first = send(alice, room, "m.room.message", HELLO);
        assertEquals(first, send(alice, room, "m.room.message", JsonObject.of("body", "bye")));
    }

    /// Complement: TestTxnIdempotency.
    @Test
    void anotherRoomTypeOrDeviceIsAnotherRequest() {
        var first = send(alice, room, "m.room.message", HELLO);
        assertNotEquals(first, send(alice, room, "org.example.other", HELLO));
        assertNotEquals(
                first, send(alice, alice.createRoom(JsonObject.EMPTY), "m.room.message", HELLO));
        assertNotEquals(first, send(server.login("alice"), room, "m.room.message", HELLO));
    }

    /// SEND-1, API-10. SyTest: POST /rooms/:room_id/send/:event_type sends a message. Event size
    /// limits. Invalid JSON floats.
    @Test
    void withoutATransactionEachRequestIsAnother() {
        var path = TestUser.room(room) + "/send/m.room.message";
        var first = alice.client().post(path, HELLO).ok().string("event_id");
        var second = alice.client().post(path, HELLO).ok().string("event_id");
        assertNotEquals(first, second);
        var event = alice.client().get(TestUser.room(room) + "/event/" + second).ok();
        assertEquals(HELLO, event.object("content"));
        assertFalse(event.object("unsigned").has("transaction_id"));
        var redaction = JsonObject.of("redacts", first);
        alice.client().post(TestUser.room(room) + "/send/m.room.redaction", redaction).ok();
        var redacted = alice.client().get(TestUser.room(room) + "/event/" + first).ok();
        assertTrue(redacted.object("content").isEmpty());
        alice.client()
                .post(path, JsonObject.of("body", "x".repeat(70_000)))
                .refused(413, "M_TOO_LARGE");
        alice.client()
                .post(path, JsonObject.of("body", new JsonDecimal("1.1")))
                .refused(400, "M_BAD_JSON");
        alice.client()
                .post(path + "?org.matrix.msc4140.delay=1000", HELLO)
                .refused(400, "M_INVALID_PARAM");
        server.register("bob").client().post(path, HELLO).refused(403, "M_FORBIDDEN");
    }

    private TestClient loginOnPhone() {
        var session = server.login("alice", JsonObject.of("device_id", "PHONE"));
        return server.client().as(session.string("access_token"));
    }

    /// API-10. Complement: TestTxnIdempotencyScopedToDevice.
    @Test
    void whoLogsInOnTheSameDeviceAgainRepeatsARequest() {
        var path = TestUser.room(room) + "/send/m.room.message/1";
        var first = loginOnPhone().put(path, HELLO).ok();
        assertEquals(first, loginOnPhone().put(path, HELLO).ok());
    }

    /// API-10, TOK-7. Complement: TestTxnIdWithRefreshToken.
    @Test
    void aFreshTokenOfTheSameDeviceRepeatsARequest() {
        var path = TestUser.room(room) + "/send/m.room.message/1";
        var session = server.login("alice", JsonObject.of("refresh_token", true));
        var first = server.client().as(session.string("access_token")).put(path, HELLO).ok();
        var next =
                server.client()
                        .post(
                                "/_matrix/client/v3/refresh",
                                JsonObject.of("refresh_token", session.string("refresh_token")))
                        .ok();
        assertEquals(first, server.client().as(next.string("access_token")).put(path, HELLO).ok());
    }

    @Test
    void aRedactionIsAnotherRequestThanAMessage() {
        var first = send(alice, room, "m.room.message", HELLO);
        var path = TestUser.room(room) + "/redact/" + TestClient.escape(first) + "/1";
        var redaction = alice.client().put(path, JsonObject.EMPTY).ok();
        assertNotEquals(first, redaction.string("event_id"));
        assertEquals(redaction, alice.client().put(path, JsonObject.EMPTY).ok());
    }

    @Test
    void thoseThatComeAtOnceAreOne() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<String> sending = () -> send(alice, room, "m.room.message", HELLO);
            var answers = new HashSet<String>();
            for (var future :
                    threads.invokeAll(IntStream.range(0, 30).mapToObj(_ -> sending).toList())) {
                answers.add(future.get());
            }
            assertEquals(1, answers.size());
        }
        var said = alice.messages(room).toString();
        assertEquals(said.indexOf("hello"), said.lastIndexOf("hello"));
    }
}
