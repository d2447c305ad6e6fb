package dev.hearth.room;

import static dev.hearth.room.RoomServer.ALICE;
import static dev.hearth.room.RoomServer.BOB;
import static dev.hearth.room.RoomServer.CAROL;
import static dev.hearth.room.RoomServer.path;
import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Coming into rooms and going out of them: who may do what to whom, by what they are to the room.
class MembershipTest {

    private static final UserId DAVE = UserId.parse("@dave:test");

    private final RoomServer server = new RoomServer();
    private String room = "";

    @BeforeEach
    void aRoomOfAliceAndBob() {
        room = server.createWithBob();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private JsonObject member(UserId user) {
        return server.state(ALICE, room, "m.room.member", user.value()).ok();
    }

    private void make(UserId user, String what) {
        switch (what) {
            case "joined" -> server.act(user, room, "join").ok();
            case "invited" -> server.act(ALICE, room, "invite", "user_id", user).ok();
            case "left" -> {
                server.act(user, room, "join").ok();
                server.act(user, room, "leave").ok();
            }
            case "kicked" -> {
                server.act(user, room, "join").ok();
                server.act(ALICE, room, "kick", "user_id", user).ok();
            }
            case "banned" -> server.act(ALICE, room, "ban", "user_id", user).ok();
            case "nothing" -> {}
            default -> throw new IllegalArgumentException(what);
        }
    }

    @ParameterizedTest(name = "ROOM-9, ROOM-10, ROOM-12: {0} who is {1}: {2}")
    @DisplayName("ROOM-12: what may be done with whom")
    @CsvSource({
        // The one with the power, or the one concerned, does it; the status is what comes of it.
        "join,   nothing, 200, join",
        "join,   joined,  200, join",
        "join,   invited, 200, join",
        "join,   left,    200, join",
        "join,   kicked,  200, join",
        "join,   banned,  403, ban",
        "leave,  nothing, 403, -",
        "leave,  joined,  200, leave",
        "leave,  invited, 200, leave",
        "leave,  left,    403, leave",
        "leave,  banned,  403, ban",
        "invite, nothing, 200, invite",
        "invite, joined,  403, join",
        "invite, invited, 200, invite",
        "invite, left,    200, invite",
        "invite, kicked,  200, invite",
        "invite, banned,  403, ban",
        "kick,   nothing, 403, -",
        "kick,   joined,  200, leave",
        "kick,   invited, 200, leave",
        "kick,   left,    403, leave",
        "kick,   kicked,  403, leave",
        "kick,   banned,  403, ban",
        "ban,    nothing, 200, ban",
        "ban,    joined,  200, ban",
        "ban,    invited, 200, ban",
        "ban,    left,    200, ban",
        "ban,    banned,  200, ban",
        "unban,  nothing, 403, -",
        "unban,  joined,  403, join",
        "unban,  invited, 403, invite",
        "unban,  left,    403, leave",
        "unban,  banned,  200, leave",
    })
    void whatMayBeDone(String what, String been, int status, String membership) {
        make(DAVE, been);
        boolean own = what.equals("join") || what.equals("leave");
        var reply =
                own ? server.act(DAVE, room, what) : server.act(ALICE, room, what, "user_id", DAVE);
        if (status == 200) {
            reply.ok();
        } else {
            reply.refused(status, "M_FORBIDDEN");
        }
        var now = server.state(ALICE, room, "m.room.member", DAVE.value());
        if (membership.equals("-")) {
            now.refused(404, "M_NOT_FOUND");
        } else {
            assertEquals(membership, now.ok().string("membership"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"kick", "ban", "unban"})
    @DisplayName("ROOM-12: moderating needs power, and more of it than the other has")
    void moderationNeedsPower(String what) {
        if (what.equals("unban")) {
            make(CAROL, "banned");
        } else {
            make(CAROL, "joined");
        }
        server.act(BOB, room, what, "user_id", CAROL).refused(403, "M_FORBIDDEN");
        server.act(BOB, room, what, "user_id", ALICE).refused(403, "M_FORBIDDEN");
        server.act(DAVE, room, what, "user_id", CAROL).refused(403, "M_FORBIDDEN");
        server.act(ALICE, "!nowhere:test", what, "user_id", CAROL).refused(403, "M_FORBIDDEN");
    }

    @Test
    @DisplayName("ROOM-12: inviting needs the power to, and that one is in")
    void invitingNeedsPower() {
        server.act(BOB, room, "invite", "user_id", CAROL).ok();
        server.act(CAROL, room, "invite", "user_id", DAVE).refused(403, "M_FORBIDDEN");
        server.act(DAVE, room, "invite", "user_id", CAROL).refused(403, "M_FORBIDDEN");
        server.put(ALICE, room, "m.room.power_levels", "", "invite", 50).ok();
        server.act(BOB, room, "invite", "user_id", DAVE).refused(403, "M_FORBIDDEN");
        server.act(ALICE, room, "invite", "user_id", DAVE).ok();
    }

    @Test
    @DisplayName("ROOM-9 to ROOM-12: a reason is kept, whatever is done")
    void reasons() {
        server.act(ALICE, room, "invite", "user_id", CAROL, "reason", "tea").ok();
        assertEquals("tea", member(CAROL).string("reason"));
        server.act(CAROL, room, "join", "reason", "yes").ok();
        assertEquals("yes", member(CAROL).string("reason"));
        server.act(CAROL, room, "leave", "reason", "late").ok();
        assertEquals("late", member(CAROL).string("reason"));
        server.act(ALICE, room, "kick", "user_id", BOB, "reason", "noise").ok();
        assertEquals("noise", member(BOB).string("reason"));
        server.act(ALICE, room, "ban", "user_id", BOB, "reason", "again").ok();
        assertEquals("again", member(BOB).string("reason"));
        server.act(ALICE, room, "unban", "user_id", BOB, "reason", "sorry").ok();
        assertEquals("sorry", member(BOB).string("reason"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"invite", "kick", "ban", "unban"})
    @DisplayName("ROOM-12: whom it is about has to be said, and said well")
    void badTargets(String what) {
        server.act(ALICE, room, what).refused(400, "M_MISSING_PARAM");
        server.act(ALICE, room, what, "user_id", "bob").refused(400, "M_INVALID_PARAM");
        server.act(ALICE, room, what, "user_id", 7).refused(400, "M_BAD_JSON");
        server.act(ALICE, room, what, "user_id", BOB, "reason", 7).refused(400, "M_BAD_JSON");
    }

    @Test
    @DisplayName("ROOM-9: a room is joined by its ID or a name, with servers to ask named or not")
    void joiningByIdAndName() {
        var alias = "#tea:test";
        server.as(ALICE)
                .put(
                        "/_matrix/client/v3/directory/room/" + escape(alias),
                        JsonObject.of("room_id", room))
                .ok();
        var join = "/_matrix/client/v3/join/";
        for (var query : List.of("", "?via=test&via=other", "?server_name=test", "?via=")) {
            for (var name : List.of(alias, room)) {
                var reply = server.as(CAROL).post(join + escape(name) + query, JsonObject.EMPTY);
                assertEquals(room, reply.ok().string("room_id"));
                server.act(CAROL, room, "leave").ok();
            }
        }
        server.as(CAROL).post(path(room) + "/join?via=test", JsonObject.EMPTY).ok();
        assertEquals(
                200,
                server.as(CAROL).send("POST", join + escape(alias), Optional.empty()).status());
    }

    @Test
    @DisplayName("ROOM-9: rooms that are none, and names of none, are not found")
    void joiningNothing() {
        var join = "/_matrix/client/v3/join/";
        server.as(CAROL)
                .post(join + escape("#no:test"), JsonObject.EMPTY)
                .refused(404, "M_NOT_FOUND");
        server.as(CAROL)
                .post(join + escape("!no:test"), JsonObject.EMPTY)
                .refused(404, "M_NOT_FOUND");
        server.as(CAROL).post(join + "kitchen", JsonObject.EMPTY).refused(400, "M_INVALID_PARAM");
        server.as(CAROL)
                .post(path("#tea:test") + "/join", JsonObject.EMPTY)
                .refused(400, "M_INVALID_PARAM");
    }

    @Test
    @DisplayName("ROOM-9: what a join says besides is kept, but for what is the server's to say")
    void furtherKeysOfAJoin() {
        server.act(
                        CAROL,
                        room,
                        "join",
                        "org.example",
                        1,
                        "membership",
                        "leave",
                        "displayname",
                        "Alice",
                        "avatar_url",
                        "mxc://test/alice",
                        "is_direct",
                        true,
                        "third_party_signed",
                        JsonObject.EMPTY,
                        "third_party_invite",
                        JsonObject.EMPTY,
                        "join_authorised_via_users_server",
                        ALICE.value())
                .ok();
        assertEquals(
                JsonObject.of("org.example", 1, "membership", "join", "displayname", "carol"),
                member(CAROL));
    }

    @Test
    @DisplayName("ROOM-11: who is in, or invited, can't forget")
    void forgettingTooEarly() {
        server.act(BOB, room, "forget").refused(400, "M_UNKNOWN");
        make(CAROL, "invited");
        server.act(CAROL, room, "forget").refused(400, "M_UNKNOWN");
        server.act(DAVE, room, "forget").refused(400, "M_UNKNOWN");
        server.act(BOB, room, "leave").ok();
        server.act(BOB, room, "forget").ok();
        server.act(BOB, room, "forget").ok();
    }

    @ParameterizedTest
    @ValueSource(strings = {"left", "kicked", "banned"})
    @DisplayName("ROOM-11: who left, was kicked or banned forgets, and reads no more")
    void forgetting(String been) {
        var id = server.say(BOB, room, "1", "body", "a").ok().string("event_id");
        server.act(DAVE, room, "join").ok();
        server.as(DAVE).get(path(room) + "/event/" + escape(id)).ok();
        make(DAVE, been);
        server.as(DAVE).get(path(room) + "/messages?dir=b").ok();
        server.act(DAVE, room, "forget").ok();
        for (var what : List.of("/messages?dir=b", "/state", "/members", "/joined_members")) {
            server.as(DAVE).get(path(room) + what).refused(403, "M_FORBIDDEN");
        }
        server.as(DAVE).get(path(room) + "/event/" + escape(id)).refused(404, "M_NOT_FOUND");
        server.as(DAVE).get(path(room) + "/context/" + escape(id)).refused(403, "M_FORBIDDEN");
    }

    @Test
    @DisplayName("ROOM-11: who comes back remembers")
    void comingBack() {
        server.say(ALICE, room, "1", "body", "a").ok();
        make(DAVE, "left");
        server.act(DAVE, room, "forget").ok();
        server.act(DAVE, room, "join").ok();
        var page = server.as(DAVE).get(path(room) + "/messages?dir=b&limit=50").ok().toString();
        assertTrue(page.contains("\"body\":\"a\""), page);
    }

    @Test
    @DisplayName("ROOM-11: who was only invited, and declined, forgets too")
    void forgettingAnInvite() {
        make(CAROL, "invited");
        server.act(CAROL, room, "leave").ok();
        server.as(CAROL).get(path(room) + "/messages?dir=b").refused(403, "M_FORBIDDEN");
        server.act(CAROL, room, "forget").ok();
    }

    @Test
    @DisplayName("ROOM-9, ROOM-10: the rooms of a user are those that they are in now")
    void joinedRooms() {
        var other = server.create("invite", JsonArray.of(BOB));
        assertEquals(List.of(room), joined(BOB));
        server.act(BOB, other, "join").ok();
        assertEquals(2, joined(BOB).size());
        server.act(BOB, room, "leave").ok();
        assertEquals(List.of(other), joined(BOB));
        server.act(ALICE, other, "ban", "user_id", BOB).ok();
        assertEquals(List.of(), joined(BOB));
    }

    private List<String> joined(UserId user) {
        return server.as(user)
                .get("/_matrix/client/v3/joined_rooms")
                .ok()
                .array("joined_rooms")
                .strings();
    }

    @Test
    @DisplayName("ROOM-14: a room for one server alone invites nobody from another")
    void roomsOfOneServer() {
        var stranger = "@eve:elsewhere";
        var closed =
                server.create(
                        "preset",
                        "public_chat",
                        "creation_content",
                        JsonObject.of("m.federate", false));
        server.act(ALICE, closed, "invite", "user_id", stranger).refused(403, "M_FORBIDDEN");
        server.put(ALICE, closed, "m.room.member", stranger, "membership", "invite")
                .refused(403, "M_FORBIDDEN");
        server.act(ALICE, closed, "invite", "user_id", BOB).ok();
        server.tryToCreate(
                        "invite",
                        JsonArray.of(stranger),
                        "creation_content",
                        JsonObject.of("m.federate", false))
                .refused(400, "M_INVALID_ROOM_STATE");
    }

    @Test
    @DisplayName("ROOM-10: the last to leave a private room leaves nobody who could come back")
    void theLastToLeave() {
        var own = server.create();
        server.act(ALICE, own, "leave").ok();
        server.act(ALICE, own, "join").refused(403, "M_FORBIDDEN");
        server.act(ALICE, room, "leave").ok();
        server.act(ALICE, room, "join").ok();
        assertFalse(joined(ALICE).contains(own));
    }
}
