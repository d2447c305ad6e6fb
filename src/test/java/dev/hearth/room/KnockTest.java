package dev.hearth.room;

import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.testing.Reply;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Asking to be let in, and what comes of it.
class KnockTest {

    private final TestHomeserver server = TestHomeserver.start();
    private final TestUser alice = server.register("alice");
    private final TestUser bob = server.register("bob");

    @AfterEach
    void close() {
        server.close();
    }

    private String room(String version, String rule) {
        var room = alice.createRoom(JsonObject.of("room_version", version, "name", "Kitchen"));
        alice.sendState(room, "m.room.join_rules", "", JsonObject.of("join_rule", rule));
        return room;
    }

    private Reply knock(TestUser user, String room, Object... body) {
        return user.client().post("/_matrix/client/v3/knock/" + escape(room), JsonObject.of(body));
    }

    private void does(String what, String room, Object... more) {
        alice.client()
                .post(
                        TestUser.room(room) + "/" + what,
                        JsonObject.builder()
                                .putAll(JsonObject.of(more))
                                .put("user_id", bob.id())
                                .build())
                .ok();
    }

    private static Optional<JsonObject> told(JsonObject sync, String group, String room) {
        return sync.path("rooms", group, room).map(JsonObject.class::cast);
    }

    private static JsonObject ownMember(JsonObject section, String block, TestUser user) {
        return ((JsonArray) section.path(block, "events").orElseThrow())
                .objects().stream()
                        .filter(event -> event.string("type").equals("m.room.member"))
                        .filter(event -> event.string("state_key").equals(user.id()))
                        .findFirst()
                        .orElseThrow()
                        .object("content");
    }

    /// Complement: TestKnocking, TestKnockingInMSC3787Room: Knocking on a room with join rule
    /// 'knock' should succeed, Users in the room see a user's membership update when they knock, A
    /// user that has already knocked is allowed to knock again on the same room
    @ParameterizedTest(name = "KNK-1, SYNC-13: knocking in version {0} where the rule is {1}")
    @CsvSource({
        "7, knock",
        "9, knock",
        "10, knock_restricted",
        "12, knock",
        "12, knock_restricted"
    })
    void knocking(String version, String rule) {
        var room = room(version, rule);
        alice.sync();
        assertEquals(room, knock(bob, room, "reason", "Let me in").ok().string("room_id"));

        var knocked = told(bob.sync(), "knock", room).orElseThrow();
        var own = ownMember(knocked, "knock_state", bob);
        assertEquals("knock", own.string("membership"));
        assertEquals("Let me in", own.string("reason"));
        assertEquals("bob", own.string("displayname"));
        var types =
                ((JsonArray) knocked.path("knock_state", "events").orElseThrow())
                        .objects().stream().map(event -> event.string("type")).toList();
        assertTrue(types.containsAll(List.of("m.room.create", "m.room.join_rules", "m.room.name")));

        var seen = ownMember(told(alice.sync(), "join", room).orElseThrow(), "timeline", bob);
        assertEquals("Let me in", seen.string("reason"));

        knock(bob, room, "reason", "Please").ok();
        var again = told(bob.sync(), "knock", room).orElseThrow();
        assertEquals("Please", ownMember(again, "knock_state", bob).string("reason"));
        knock(bob, room).ok();
        var without = told(bob.sync(), "knock", room).orElseThrow();
        assertEquals(Optional.empty(), ownMember(without, "knock_state", bob).findString("reason"));
    }

    /// Complement: TestKnocking/Knocking on a room with a join rule other than 'knock' should fail,
    /// Attempting to join a room with join rule 'knock' without an invite should fail
    @ParameterizedTest(name = "KNK-1: version {0} with the rule {1} knows no knocking")
    @CsvSource({"7, invite", "12, public", "6, knock", "9, knock_restricted", "12, restricted"})
    void whereOneCannotKnock(String version, String rule) {
        knock(bob, room(version, rule)).refused(403, "M_FORBIDDEN");
    }

    @Test
    @DisplayName("KNK-1: a knock opens no door, and shows no history")
    void aKnockIsNoJoin() {
        var room = room("12", "knock");
        knock(bob, room).ok();
        bob.client()
                .post("/_matrix/client/v3/join/" + escape(room), JsonObject.EMPTY)
                .refused(403, "M_FORBIDDEN");
        bob.client().get(TestUser.room(room) + "/messages?dir=b").refused(403, "M_FORBIDDEN");
        bob.client().get(TestUser.room(room) + "/state").refused(403, "M_FORBIDDEN");
    }

    /// Complement: TestKnocking/A user that has knocked on a local room can rescind their knock and
    /// then knock again
    @Test
    @DisplayName("KNK-1, SYNC-14: a knock is taken back by leaving, and told as left")
    void takingBack() {
        var room = room("7", "knock");
        knock(bob, room).ok();
        bob.sync();
        bob.leave(room);
        var left = told(bob.sync(), "leave", room).orElseThrow();
        assertEquals("leave", ownMember(left, "timeline", bob).string("membership"));
        knock(bob, room).ok();
        assertTrue(told(bob.sync(), "knock", room).isPresent());
    }

    /// Complement: TestKnocking/A user in the room can reject a knock, A user can knock on a room
    /// without a reason
    @Test
    @DisplayName("KNK-1: a knock is denied by a kick, and may come again")
    void denying() {
        var room = room("10", "knock");
        knock(bob, room).ok();
        bob.sync();
        does("kick", room, "reason", "I don't think so");
        var left = told(bob.sync(), "leave", room).orElseThrow();
        assertEquals("I don't think so", ownMember(left, "timeline", bob).string("reason"));
        knock(bob, room).ok();
    }

    /// Complement: TestKnocking/A user that is banned from a room cannot knock on it
    @Test
    @DisplayName("KNK-1: who is banned can't knock")
    void banned() {
        var room = room("12", "knock");
        knock(bob, room).ok();
        does("ban", room, "reason", "no");
        knock(bob, room).refused(403, "M_FORBIDDEN");
    }

    /// Complement: TestKnocking/A user in the room can accept a knock, A user cannot knock on a
    /// room they are already invited to, A user cannot knock on a room they are already in
    @Test
    @DisplayName("KNK-2: an invite accepts the knock")
    void accepting() {
        var room = room("12", "knock");
        knock(bob, room).ok();
        bob.sync();
        alice.invite(bob, room);
        assertTrue(told(bob.sync(), "invite", room).isPresent());
        knock(bob, room).refused(403, "M_FORBIDDEN");
        bob.join(room);
        knock(bob, room).refused(403, "M_FORBIDDEN");
        bob.say(room, "thanks");
    }

    @Test
    @DisplayName(
            "KNK-1: a room is knocked at by its ID or a name, with servers to ask named or not")
    void names() {
        var room = room("12", "knock");
        alice.client()
                .put(
                        "/_matrix/client/v3/directory/room/" + escape("#tea:hearth.test"),
                        JsonObject.of("room_id", room))
                .ok();
        var knock = "/_matrix/client/v3/knock/";
        for (var query : List.of("", "?via=hearth.test&via=other.test", "?server_name=a.test")) {
            for (var name : List.of(room, "#tea:hearth.test")) {
                var reply = bob.client().post(knock + escape(name) + query, JsonObject.EMPTY);
                assertEquals(room, reply.ok().string("room_id"));
            }
        }
        bob.client()
                .post(
                        "/_matrix/client/unstable/xyz.amorgan.knock/knock/" + escape(room),
                        JsonObject.of("reason", "by an older way"))
                .ok();
        assertEquals(
                200, bob.client().send("POST", knock + escape(room), Optional.empty()).status());
    }

    @ParameterizedTest(name = "KNK-1: {0} is nothing to knock at")
    @ValueSource(strings = {"!no:hearth.test", "#no:hearth.test"})
    void nothingToKnockAt(String name) {
        knock(bob, name).refused(404, "M_NOT_FOUND");
    }

    @Test
    @DisplayName("KNK-1: what makes no sense is refused")
    void nonsense() {
        knock(bob, "kitchen").refused(400, "M_INVALID_PARAM");
        knock(bob, room("12", "knock"), "reason", 7).refused(400, "M_BAD_JSON");
    }
}
