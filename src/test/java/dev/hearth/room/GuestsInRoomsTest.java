package dev.hearth.room;

import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonObject;
import dev.hearth.testing.TestClient;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Guests in rooms (GST-1).
class GuestsInRoomsTest {

    private final TestHomeserver server =
            TestHomeserver.start(Clock.systemUTC(), "guest_access=true");
    private final TestUser alice = server.register("alice");
    private final JsonObject registration =
            server.client().post("/_matrix/client/v3/register?kind=guest", JsonObject.EMPTY).ok();
    private final TestClient guest = server.client().as(registration.string("access_token"));

    @AfterEach
    void close() {
        server.close();
    }

    private String room(String access) {
        var room = alice.createRoom(JsonObject.of("preset", "public_chat"));
        if (!access.equals("forbidden")) {
            setAccess(room, access);
        }
        return room;
    }

    private void setAccess(String room, String access) {
        alice.sendState(room, "m.room.guest_access", "", JsonObject.of("guest_access", access));
    }

    private String membership(String room) {
        return alice.client()
                .get(
                        TestUser.room(room)
                                + "/state/m.room.member/"
                                + escape(registration.string("user_id")))
                .ok()
                .string("membership");
    }

    @Test
    @DisplayName("GST-1, ROOM-9: a guest joins where guests may, and speaks")
    void open() {
        var room = room("can_join");
        guest.post(TestUser.room(room) + "/join", JsonObject.EMPTY).ok();
        guest.put(
                        TestUser.room(room) + "/send/m.room.message/1",
                        JsonObject.of("msgtype", "m.text", "body", "hello"))
                .ok();
        guest.post(
                        TestUser.room(room) + "/send/m.room.message",
                        JsonObject.of("msgtype", "m.text", "body", "hello"))
                .ok();
    }

    /// SyTest: Guest users can join guest_access rooms
    @Test
    @DisplayName("GST-1: clients join by ID or alias at one path, guests as well")
    void byAlias() {
        var body = JsonObject.of("preset", "public_chat", "room_alias_name", "hall");
        var room = alice.createRoom(body);
        var joins = "/_matrix/client/v3/join/";
        guest.post(joins + escape(room), JsonObject.EMPTY).refused(403, "M_GUEST_ACCESS_FORBIDDEN");
        setAccess(room, "can_join");
        guest.post(joins + escape("#hall:hearth.test"), JsonObject.EMPTY).ok();
        assertEquals("join", membership(room));
        guest.post(joins + escape(room), JsonObject.EMPTY).ok();
    }

    @ParameterizedTest(name = "GST-1: where the access is {0} guests stay out")
    @ValueSource(strings = {"forbidden", "org.example.sometimes"})
    void closed(String access) {
        var room = room(access);
        guest.post(TestUser.room(room) + "/join", JsonObject.EMPTY)
                .refused(403, "M_GUEST_ACCESS_FORBIDDEN");
        guest.put(
                        TestUser.room(room)
                                + "/state/m.room.member/"
                                + escape(registration.string("user_id")),
                        JsonObject.of("membership", "join"))
                .refused(403, "M_GUEST_ACCESS_FORBIDDEN");
    }

    @Test
    @DisplayName("GST-1: an invite opens no door that is closed to guests")
    void invited() {
        var room = alice.createRoom(JsonObject.of("preset", "public_chat"));
        alice.client()
                .post(
                        TestUser.room(room) + "/invite",
                        JsonObject.of("user_id", registration.string("user_id")))
                .ok();
        guest.post(TestUser.room(room) + "/join", JsonObject.EMPTY)
                .refused(403, "M_GUEST_ACCESS_FORBIDDEN");
        setAccess(room, "can_join");
        guest.post(TestUser.room(room) + "/join", JsonObject.EMPTY).ok();
    }

    @Test
    @DisplayName("GST-1: guests leave when the doors are closed to them, users stay")
    void closing() {
        var room = room("can_join");
        var bob = server.register("bob");
        bob.join(room);
        guest.post(TestUser.room(room) + "/join", JsonObject.EMPTY).ok();
        setAccess(room, "forbidden");
        assertEquals("leave", membership(room));
        bob.say(room, "still here");
        guest.put(
                        TestUser.room(room) + "/send/m.room.message/1",
                        JsonObject.of("msgtype", "m.text", "body", "hello"))
                .refused(403, "M_FORBIDDEN");
        assertTrue(guest.get("/_matrix/client/v3/sync").ok().path("rooms", "join").isEmpty());
    }

    @Test
    @DisplayName("GST-1: whoever redacts the word that lets guests in closes the doors")
    void redacting() {
        var room = room("forbidden");
        var opened =
                alice.sendState(
                        room, "m.room.guest_access", "", JsonObject.of("guest_access", "can_join"));
        guest.post(TestUser.room(room) + "/join", JsonObject.EMPTY).ok();
        alice.client()
                .put(TestUser.room(room) + "/redact/" + escape(opened) + "/1", JsonObject.EMPTY)
                .ok();
        assertEquals("leave", membership(room));
    }

    @Test
    @DisplayName("GST-1: a guest makes no room, knocks nowhere and invites nobody")
    void notForGuests() {
        var room = room("can_join");
        guest.post(TestUser.room(room) + "/join", JsonObject.EMPTY).ok();
        for (var path :
                new String[] {
                    "/_matrix/client/v3/createRoom",
                    "/_matrix/client/v3/knock/" + escape(room),
                    TestUser.room(room) + "/invite",
                    TestUser.room(room) + "/upgrade"
                }) {
            guest.post(path, JsonObject.of("user_id", alice.id(), "new_version", "12"))
                    .refused(403, "M_GUEST_ACCESS_FORBIDDEN");
        }
    }
}
