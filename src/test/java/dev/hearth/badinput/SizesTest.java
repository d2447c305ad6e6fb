package dev.hearth.badinput;

import static dev.hearth.testing.TestClient.escape;
import static dev.hearth.testing.TestUser.room;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.CanonicalJson;
import dev.hearth.json.JsonDecimal;
import dev.hearth.json.JsonInteger;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonValue;
import dev.hearth.testing.Reply;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is just small enough, and what is just too large.
class SizesTest {

    private static final TestHomeserver SERVER = TestHomeserver.start();
    private static final TestUser ALICE = SERVER.register("alice");
    private static final String FEDERATION =
            escape("{\"event_format\":\"federation\",\"room\":{\"timeline\":{\"limit\":1}}}");

    private static int transactions;

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    private static Reply send(String room, String type, JsonObject content) {
        var path = room(room) + "/send/" + escape(type) + "/s" + ++transactions;
        return ALICE.client().put(path, content);
    }

    private static String roomOfVersion(String version) {
        return ALICE.createRoom(JsonObject.of("room_version", version));
    }

    private static void assertRefused(Reply reply) {
        assertTrue(List.of(400, 403, 413).contains(reply.status()), reply::toString);
        assertTrue(reply.json().string("errcode").startsWith("M_"), reply::toString);
        assertTrue(!reply.json().string("error").isBlank(), reply::toString);
    }

    /// The size of the latest event of a room as other servers would get it: with its ID only in
    /// the first version, beside which a client is told it always.
    private static int latestSize(String room, String version) {
        ALICE.forgetSync();
        var events =
                ALICE.sync(0, "&filter=" + FEDERATION)
                        .object("rooms")
                        .object("join")
                        .object(room)
                        .object("timeline")
                        .array("events")
                        .objects();
        var latest = events.getLast().without("unsigned");
        return CanonicalJson.length(version.equals("1") ? latest : latest.without("event_id"));
    }

    /// Complement: TestEvent
    @ParameterizedTest
    @ValueSource(strings = {"1", "5", "10", "11", "12"})
    void anEventMayHaveSixtyFourKilobytes(String version) {
        var room = roomOfVersion(version);
        for (int i = 0; i < 10; i++) {
            send(room, "m.room.message", JsonObject.of("body", "x".repeat(1000))).ok();
        }
        int around = latestSize(room, version) - 1000;
        for (int size : new int[] {65_535, 65_536}) {
            send(room, "m.room.message", JsonObject.of("body", "x".repeat(size - around))).ok();
            assertEquals(size, latestSize(room, version));
        }
        for (int size : new int[] {65_537, 65_538, 70_000, 900_000}) {
            send(room, "m.room.message", JsonObject.of("body", "x".repeat(size - around)))
                    .refused(413, "M_TOO_LARGE");
        }
        // Bytes count, not characters.
        var content = JsonObject.of("body", "é".repeat((65_536 - around) / 2 + 1));
        send(room, "m.room.message", content).refused(413, "M_TOO_LARGE");
        send(room, "m.room.message", JsonObject.of("body", "the next")).ok();
    }

    @Test
    void aBodyMayHaveAMegabyte() {
        var room = roomOfVersion("12");
        var path = room(room) + "/send/m.room.message/large" + ++transactions;
        var text = "{\"body\":\"" + "x".repeat(1 << 20) + "\"}";
        ALICE.client().send("PUT", path, Optional.of(text)).refused(413, "M_TOO_LARGE");
        ALICE.client().get("/_matrix/client/v3/account/whoami").ok();
    }

    /// Complement: TestEvent
    @ParameterizedTest
    @ValueSource(strings = {"1", "12"})
    void typesAndStateKeysMayHave255Bytes(String version) {
        var room = roomOfVersion(version);
        for (var longest :
                List.of("x".repeat(255), "é".repeat(127) + "x", "😀".repeat(63) + "xyz")) {
            send(room, longest, JsonObject.EMPTY).ok();
            ALICE.client()
                    .put(room(room) + "/state/org.example/" + escape(longest), JsonObject.EMPTY)
                    .ok();
            ALICE.client()
                    .put(room(room) + "/state/" + escape(longest) + "/k", JsonObject.EMPTY)
                    .ok();
            var tooLong = longest + "y";
            assertRefused(send(room, tooLong, JsonObject.EMPTY));
            assertRefused(
                    ALICE.client()
                            .put(
                                    room(room) + "/state/org.example/" + escape(tooLong),
                                    JsonObject.EMPTY));
            assertRefused(
                    ALICE.client()
                            .put(
                                    room(room) + "/state/" + escape(tooLong) + "/k",
                                    JsonObject.EMPTY));
        }
    }

    @Test
    void userIdsMayHave255Bytes() {
        var room = roomOfVersion("12");
        int local = 255 - "@:hearth.test".length();
        var levels = "/state/m.room.power_levels";
        for (int more : new int[] {0, 1}) {
            var user = "@" + "x".repeat(local + more) + ":hearth.test";
            var content = JsonObject.of("users", JsonObject.of(user, 50));
            var invite =
                    ALICE.client().post(room(room) + "/invite", JsonObject.of("user_id", user));
            var registered =
                    SERVER.client()
                            .post(
                                    "/_matrix/client/v3/register",
                                    JsonObject.of(
                                            "username", "x".repeat(local + more),
                                            "password", "a long password",
                                            "auth", JsonObject.of("type", "m.login.dummy")));
            var power = ALICE.client().put(room(room) + levels, content);
            if (more == 0) {
                assertEquals(200, registered.status(), registered::text);
                assertEquals(200, power.status(), power::text);
                assertTrue(invite.status() == 200 || invite.status() == 404, invite::text);
            } else {
                assertRefused(invite);
                registered.refused(400, "M_INVALID_USERNAME");
                assertRefused(power);
            }
        }
    }

    @Test
    void aliasesMayHave255Bytes() {
        var room = roomOfVersion("12");
        int local = 255 - "#:hearth.test".length();
        var longest = "#" + "x".repeat(local) + ":hearth.test";
        var path = "/_matrix/client/v3/directory/room/";
        ALICE.client().put(path + escape(longest), JsonObject.of("room_id", room)).ok();
        var tooLong = "#x" + longest.substring(1);
        assertRefused(ALICE.client().put(path + escape(tooLong), JsonObject.of("room_id", room)));
        assertRefused(
                ALICE.client()
                        .post(
                                "/_matrix/client/v3/createRoom",
                                JsonObject.of("room_alias_name", "y".repeat(local + 1))));
    }

    @Test
    void devicesTransactionsAndTagsHaveBounds() {
        var room = roomOfVersion("12");
        var tags =
                "/_matrix/client/v3/user/"
                        + escape(ALICE.id())
                        + "/rooms/"
                        + escape(room)
                        + "/tags/";
        ALICE.client().put(tags + "x".repeat(255), JsonObject.EMPTY).ok();
        assertRefused(ALICE.client().put(tags + "x".repeat(256), JsonObject.EMPTY));
        var message = room(room) + "/send/m.room.message/";
        ALICE.client().put(message + "x".repeat(255), JsonObject.EMPTY).ok();
        assertRefused(ALICE.client().put(message + "x".repeat(4000), JsonObject.EMPTY));
        var login =
                JsonObject.of(
                        "type", "m.login.password",
                        "identifier", JsonObject.of("type", "m.id.user", "user", "alice"),
                        "password", "secret of alice");
        assertRefused(
                SERVER.client()
                        .post(
                                "/_matrix/client/v3/login",
                                login.with("device_id", "x".repeat(4000))));
    }

    private static final List<JsonValue> FITTING =
            List.of(
                    new JsonInteger(JsonInteger.MAX_CANONICAL),
                    new JsonInteger(JsonInteger.MIN_CANONICAL),
                    new JsonInteger(0));

    private static final List<JsonValue> NOT_FITTING =
            List.of(
                    new JsonInteger(JsonInteger.MAX_CANONICAL + 1),
                    new JsonInteger(JsonInteger.MIN_CANONICAL - 1),
                    new JsonInteger(Long.MIN_VALUE),
                    new JsonDecimal("9223372036854775808"),
                    new JsonDecimal("1.5"),
                    new JsonDecimal("1e2"),
                    new JsonDecimal("-0"),
                    new JsonDecimal("1e2147483647"));

    /// Complement: TestJson.
    @Test
    void numbersInEventsAreThoseThatEverybodyCanRead() {
        var room = roomOfVersion("12");
        for (var number : FITTING) {
            send(room, "org.example", JsonObject.of("n", number)).ok();
        }
        for (var number : NOT_FITTING) {
            send(room, "org.example", JsonObject.of("n", number)).refused(400, "M_BAD_JSON");
            var deep = JsonObject.of("a", JsonObject.of("b", dev.hearth.json.JsonArray.of(number)));
            ALICE.client().put(room(room) + "/state/org.example", deep).refused(400, "M_BAD_JSON");
        }
    }

    /// Room versions before 6 know any number; what they hold can be read again.
    @Test
    void oldRoomsHoldAnyNumber() {
        var room = roomOfVersion("5");
        for (var number : NOT_FITTING) {
            var id = send(room, "org.example", JsonObject.of("n", number)).ok().string("event_id");
            var event = ALICE.client().get(room(room) + "/event/" + escape(id)).ok();
            assertTrue(event.object("content").has("n"));
        }
        ALICE.messages(room);
    }
}
