package dev.hearth.room.directory;

import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.testing.Reply;
import dev.hearth.testing.TestClient;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// ROOM-8: rooms in short.
class RoomSummaryTest {

    private final TestHomeserver server = TestHomeserver.start();
    private final TestUser alice = server.register("alice");
    private final TestUser bob = server.register("bob");

    @AfterEach
    void close() {
        server.close();
    }

    private static Reply summary(TestClient client, String room) {
        return client.get("/_matrix/client/v1/room_summary/" + escape(room));
    }

    private static JsonArray state(String type, JsonObject content) {
        return JsonArray.of(JsonObject.of("type", type, "state_key", "", "content", content));
    }

    /// Complement: TestRoomSummaryAllowedRoomIDs
    @Test
    void onlyRestrictedRoomsNameThoseThatLeadIn() {
        var space = alice.createRoom(JsonObject.of("preset", "public_chat"));
        var ground = JsonObject.of("type", "m.room_membership", "room_id", space);
        var rules = JsonObject.of("join_rule", "restricted", "allow", JsonArray.of(ground));
        var restricted =
                alice.createRoom(
                        JsonObject.of(
                                "preset",
                                "public_chat",
                                "room_version",
                                "8",
                                "initial_state",
                                state("m.room.join_rules", rules)));
        var found = summary(alice.client(), restricted).ok();
        assertEquals(restricted, found.string("room_id"));
        assertEquals("restricted", found.string("join_rule"));
        assertEquals(JsonArray.of(space), found.array("allowed_room_ids"));
        var inviteOnly = alice.createRoom(JsonObject.of("preset", "private_chat"));
        found = summary(alice.client(), inviteOnly).ok();
        assertEquals(inviteOnly, found.string("room_id"));
        assertFalse(found.has("allowed_room_ids"));
        summary(server.client(), restricted).refused(404, "M_NOT_FOUND");
        summary(bob.client(), restricted).refused(404, "M_NOT_FOUND");
        bob.join(space);
        assertEquals("leave", summary(bob.client(), restricted).ok().string("membership"));
    }

    @Test
    void aRoomIsToldInShort() {
        var room =
                alice.createRoom(
                        JsonObject.of(
                                "preset", "public_chat",
                                "name", "Tea",
                                "topic", "leaves",
                                "room_alias_name", "tea"));
        alice.sendState(
                room, "m.room.encryption", "", JsonObject.of("algorithm", "m.megolm.v1.aes-sha2"));
        var wanted =
                JsonObject.of(
                        "room_id", room,
                        "name", "Tea",
                        "topic", "leaves",
                        "canonical_alias", "#tea:hearth.test",
                        "join_rule", "public",
                        "world_readable", false,
                        "guest_can_join", false,
                        "num_joined_members", 1,
                        "encryption", "m.megolm.v1.aes-sha2",
                        "room_version", "12");
        assertEquals(wanted, summary(server.client(), room).ok());
        assertEquals(wanted, summary(server.client().as("wrong"), room).ok());
        assertEquals(
                wanted.with("membership", "join"),
                summary(alice.client(), "#tea:hearth.test").ok());
        for (var path : List.of("summary/" + escape(room), "rooms/" + escape(room) + "/summary")) {
            var unstable = "/_matrix/client/unstable/im.nheko.summary/" + path + "?via=a.test";
            assertEquals(wanted, server.client().get(unstable).ok());
        }
    }

    @Test
    void whoHasNothingToDoWithARoomIsNotToldThatThereIsOne() {
        var room = alice.createRoom(JsonObject.of("preset", "private_chat"));
        summary(server.client(), room).refused(404, "M_NOT_FOUND");
        summary(bob.client(), room).refused(404, "M_NOT_FOUND");
        summary(bob.client(), "!nothing:hearth.test").refused(404, "M_NOT_FOUND");
        summary(bob.client(), "#nothing:hearth.test").refused(404, "M_NOT_FOUND");
        summary(bob.client(), "nothing").refused(400, "M_INVALID_PARAM");
        alice.invite(bob, room);
        assertEquals("invite", summary(bob.client(), room).ok().string("membership"));
        alice.sendState(room, "m.room.join_rules", "", JsonObject.of("join_rule", "knock"));
        assertEquals("knock", summary(server.client(), room).ok().string("join_rule"));
        alice.client().post(TestUser.room(room) + "/ban", JsonObject.of("user_id", bob.id())).ok();
        summary(bob.client(), room).refused(404, "M_NOT_FOUND");
        alice.sendState(
                room,
                "m.room.history_visibility",
                "",
                JsonObject.of("history_visibility", "world_readable"));
        assertEquals("ban", summary(bob.client(), room).ok().string("membership"));
    }
}
