package dev.hearth.room;

import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.testing.RoomSection;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What users take along into the room that takes the place of another (ROOM-13).
class SuccessionTest {

    private static final JsonObject FAVORITE =
            JsonObject.of("m.favourite", JsonObject.of("order", 1));

    private final TestHomeserver server = TestHomeserver.start();
    private final TestUser alice = server.register("alice");
    private final TestUser bob = server.register("bob");
    private String old = "";

    @BeforeEach
    void aRoomThatBothLike() {
        old = alice.createRoom(JsonObject.of("preset", "public_chat", "room_version", "10"));
        bob.join(old);
        for (var user : new TestUser[] {alice, bob}) {
            user.client()
                    .put(
                            data(user) + "rooms/" + escape(old) + "/tags/m.favourite",
                            JsonObject.of("order", 1))
                    .ok();
            user.client()
                    .put(
                            data(user) + "account_data/m.direct",
                            JsonObject.of("@x:a", JsonArray.of(old), "@y:a", JsonArray.of("!y:a")))
                    .ok();
            user.sync();
        }
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static String data(TestUser user) {
        return "/_matrix/client/v3/user/" + escape(user.id()) + "/";
    }

    private static void assertTakesAlong(TestUser user, String old, String made) {
        var tags = user.client().get(data(user) + "rooms/" + escape(made) + "/tags").ok();
        assertEquals(FAVORITE, tags.object("tags"));
        assertEquals(
                JsonObject.of("@x:a", JsonArray.of(old, made), "@y:a", JsonArray.of("!y:a")),
                direct(user));
    }

    private static JsonObject direct(TestUser user) {
        return user.client().get(data(user) + "account_data/m.direct").ok();
    }

    private static void assertTakesNothing(TestUser user, String made) {
        var tags = user.client().get(data(user) + "rooms/" + escape(made) + "/tags").ok();
        assertEquals(JsonObject.EMPTY, tags.object("tags"));
        assertEquals(1, direct(user).array("@x:a").size());
    }

    private String upgrade(TestUser user) {
        return user.client()
                .post(TestUser.room(old) + "/upgrade", JsonObject.of("new_version", "11"))
                .ok()
                .string("replacement_room");
    }

    private String successor(TestUser user) {
        return user.createRoom(
                JsonObject.of(
                        "preset",
                        "public_chat",
                        "creation_content",
                        JsonObject.of("predecessor", JsonObject.of("room_id", old))));
    }

    @Test
    @DisplayName("ROOM-13: the upgrader at once, the others as they come in, and sync tells them")
    void upgrading() {
        var made = upgrade(alice);
        assertTakesAlong(alice, old, made);
        assertTakesNothing(bob, made);
        bob.join(made);
        assertTakesAlong(bob, old, made);
        for (var user : new TestUser[] {alice, bob}) {
            var tags = RoomSection.of(user.sync(), made).accountData("m.tag");
            assertEquals(Optional.of(JsonObject.of("tags", FAVORITE)), tags);
        }
    }

    @Test
    @DisplayName("ROOM-13: a room that is made by hand to take another's place does so")
    void byHand() {
        var made = successor(alice);
        assertTakesAlong(alice, old, made);
        bob.join(made);
        assertTakesAlong(bob, old, made);
        alice.sendState(
                old,
                "m.room.tombstone",
                "",
                JsonObject.of("body", "moved", "replacement_room", made));
    }

    @Test
    @DisplayName(
            "ROOM-13: a room that only says so takes no other's place, until the other says so")
    void impostor() {
        var made = successor(bob);
        assertTakesNothing(bob, made);
        alice.join(made);
        assertTakesNothing(alice, made);
        alice.leave(made);
        alice.sendState(
                old,
                "m.room.tombstone",
                "",
                JsonObject.of("body", "moved", "replacement_room", made));
        alice.join(made);
        assertTakesAlong(alice, old, made);
    }

    @Test
    @DisplayName("ROOM-13: who was never in the old room, or has forgotten it, takes nothing along")
    void strangers() {
        var made = upgrade(alice);
        bob.leave(old);
        bob.client().post(TestUser.room(old) + "/forget", JsonObject.EMPTY).ok();
        bob.join(made);
        assertTakesNothing(bob, made);
        var carol = server.register("carol");
        carol.join(made);
        assertEquals(
                JsonObject.EMPTY,
                carol.client()
                        .get(data(carol) + "rooms/" + escape(made) + "/tags")
                        .ok()
                        .object("tags"));
    }

    @Test
    @DisplayName("ROOM-13: what was set for the new room stays, and coming back changes nothing")
    void comingBack() {
        var made = upgrade(alice);
        bob.client()
                .put(
                        data(bob) + "rooms/" + escape(made) + "/tags/u.work",
                        JsonObject.of("order", 1))
                .ok();
        bob.join(made);
        var tags = bob.client().get(data(bob) + "rooms/" + escape(made) + "/tags").ok();
        assertEquals(JsonObject.of("u.work", JsonObject.of("order", 1)), tags.object("tags"));
        bob.leave(made);
        bob.join(made);
        assertEquals(JsonArray.of(old, made), direct(bob).array("@x:a"));
    }

    /// SyTest: /upgrade creates a new room; local user has tags copied to the new room
    @Test
    @DisplayName("ROOM-13, GST-1: where guests may not come in, the new room says so")
    void guests() {
        var path = "/state/m.room.guest_access/";
        alice.client().get(TestUser.room(old) + path).refused(404, "M_NOT_FOUND");
        var said = alice.client().get(TestUser.room(upgrade(alice)) + path).ok();
        assertEquals("forbidden", said.string("guest_access"));
    }

    @Test
    @DisplayName("ROOM-7, ROOM-13: the list of public rooms names the new room in place of the old")
    void listed() {
        old = alice.createRoom(JsonObject.of("visibility", "public", "room_version", "10"));
        var made = upgrade(alice);
        var listed =
                server.client().get("/_matrix/client/v3/publicRooms").ok().array("chunk").objects();
        assertEquals(List.of(made), listed.stream().map(entry -> entry.string("room_id")).toList());
    }
}
