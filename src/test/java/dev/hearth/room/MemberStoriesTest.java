package dev.hearth.room;

import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.testing.RoomSection;
import dev.hearth.testing.TestUser;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What people do in rooms from coming to going, as they and the others are told of it.
class MemberStoriesTest extends MemberScene {

    private static Optional<JsonObject> told(TestUser user, String group, String room) {
        return user.sync().path("rooms", group, room).map(JsonObject.class::cast);
    }

    private static List<JsonObject> events(JsonObject section, String block) {
        return ((JsonArray) section.path(block, "events").orElseThrow()).objects();
    }

    private static String membership(TestUser reader, String room, TestUser of) {
        return reader.client()
                .get(TestUser.room(room) + "/state/m.room.member/" + escape(of.id()))
                .ok()
                .string("membership");
    }

    private static boolean isToldOf(TestUser reader, String room, TestUser of, String membership) {
        return RoomSection.of(reader.sync(), room).timeline().stream()
                .filter(event -> event.findString("state_key").equals(Optional.of(of.id())))
                .anyMatch(event -> event.object("content").string("membership").equals(membership));
    }

    /// Complement: TestRoomsInvite/Can invite users to invite-only rooms, Uninvited users cannot
    /// join the room; TestRoomMembers/POST /rooms/:room_id/invite can send an invite
    @Test
    @DisplayName("ROOM-9: who is invited comes in, and nobody else")
    void inviting() {
        var room = privateRoom();
        does(bob, "join", room).refused(403, "M_FORBIDDEN");
        alice.invite(bob, room);
        assertEquals("invite", membership(alice, room, bob));
        assertTrue(told(bob, "invite", room).isPresent());
        alice.sync();
        bob.join(room);
        assertTrue(told(bob, "join", room).isPresent());
        assertTrue(isToldOf(alice, room, bob, "join"));
    }

    /// Complement: TestRoomsInvite/Invited user can reject invite, Invited user can reject invite
    /// for empty room
    @ParameterizedTest(name = "ROOM-10, SYNC-14: an invite is declined, the inviter gone: {0}")
    @ValueSource(booleans = {false, true})
    void declining(boolean inviterGone) {
        var room = privateRoom();
        alice.invite(bob, room);
        assertTrue(told(bob, "invite", room).isPresent());
        alice.sync();
        if (inviterGone) {
            alice.leave(room);
        }
        bob.leave(room);
        assertEquals(inviterGone, !isToldOf(alice, room, bob, "leave"));
        var left = events(told(bob, "leave", room).orElseThrow(), "timeline").getLast();
        assertEquals("leave", left.object("content").string("membership"));
        assertTrue(told(bob, "invite", room).isEmpty());
    }

    /// Complement: TestRoomsInvite/Users cannot invite themselves to a room, Users cannot invite a
    /// user that is already in the room
    @Test
    @DisplayName("ROOM-12: who is in already isn't invited")
    void invitingMembers() {
        var room = privateRoom();
        does(alice, "invite", room, "user_id", alice.id()).refused(403, "M_FORBIDDEN");
        alice.invite(bob, room);
        bob.join(room);
        does(alice, "invite", room, "user_id", bob.id()).refused(403, "M_FORBIDDEN");
    }

    /// Complement: TestRoomsInvite/Invited user can see room metadata
    @Test
    @DisplayName("SYNC-13: who is invited sees what the room is called")
    void metadata() {
        var room = alice.createRoom(JsonObject.of("name", "Invites room"));
        alice.invite(bob, room);
        var shown = events(told(bob, "invite", room).orElseThrow(), "invite_state");
        for (var type : List.of("m.room.name", "m.room.join_rules")) {
            var event = shown.stream().filter(e -> e.string("type").equals(type)).findFirst();
            assertEquals(
                    alice.client().get(TestUser.room(room) + "/state/" + type).ok(),
                    event.orElseThrow().object("content"));
        }
        bob.client().get(TestUser.room(room) + "/state").refused(403, "M_FORBIDDEN");
    }

    /// Complement: TestRoomsInvite/Test that we can be reinvited to a room we created,
    /// TestRoomMembers/Test that we can be reinvited to a room we created
    @Test
    @DisplayName("ROOM-9: who made a room and left it comes back when they are invited")
    void comingBackToOnesOwnRoom() {
        var room = privateRoom();
        alice.invite(bob, room);
        bob.join(room);
        alice.sendState(
                room,
                "m.room.power_levels",
                "",
                JsonObject.of("invite", 100, "users", JsonObject.of(bob.id(), 100)));
        alice.leave(room);
        alice.sync();
        bob.invite(alice, room);
        assertTrue(told(alice, "invite", room).isPresent());
        alice.join(room);
        assertTrue(told(alice, "join", room).isPresent());
    }

    /// Complement: TestIsDirectFlagLocal
    @Test
    @DisplayName("ROOM-4: who is invited to a direct chat is told that it is one")
    void direct() {
        var room =
                alice.createRoom(
                        JsonObject.of("is_direct", true, "invite", JsonArray.of(bob.id())));
        var invite = events(told(bob, "invite", room).orElseThrow(), "invite_state").getLast();
        assertEquals(bob.id(), invite.string("state_key"));
        assertTrue(invite.object("content").bool("is_direct"));
    }

    /// Complement: TestRoomMembers/POST /rooms/:room_id/leave can leave a room, POST
    /// /rooms/:room_id/ban can ban a user, POST /join/:room_id can join a room with custom content
    @Test
    @DisplayName("ROOM-9, ROOM-10, ROOM-12: the others are told who comes, goes and is banned")
    void comingAndGoing() {
        var room = publicRoom();
        alice.sync();
        does(bob, "join", room, "foo", "bar").ok();
        var join = RoomSection.of(alice.sync(), room).timeline().getLast().object("content");
        assertEquals("join", join.string("membership"));
        assertEquals("bar", join.string("foo"));
        bob.leave(room);
        assertTrue(isToldOf(alice, room, bob, "leave"));
        assertEquals("leave", membership(alice, room, bob));
        bob.join(room);
        does(alice, "ban", room, "user_id", bob.id(), "reason", "Testing").ok();
        assertTrue(isToldOf(alice, room, bob, "ban"));
        assertEquals("ban", membership(alice, room, bob));
    }

    /// Complement: TestMembersLocal/New room members see their own join event, Existing members see
    /// new members' join events; TestRoomCreationReportsEventsToMyself/Joining room twice is
    /// idempotent
    @Test
    @DisplayName("ROOM-9: a join is told once, to who comes and to who is there")
    void oneJoin() {
        var room = publicRoom();
        alice.sync();
        bob.join(room);
        assertTrue(isToldOf(bob, room, bob, "join"));
        assertTrue(isToldOf(alice, room, bob, "join"));
        bob.join(room);
        assertTrue(RoomSection.of(bob.sync(), room).isEmpty());
        assertTrue(RoomSection.of(alice.sync(), room).isEmpty());
    }

    /// Complement: TestNotPresentUserCannotBanOthers, TestCannotKickNonPresentUser,
    /// TestCannotKickLeftUser
    @Test
    @DisplayName("ROOM-12: who isn't in neither bans nor is kicked")
    void whoIsNotIn() {
        var room = publicRoom();
        does(alice, "kick", room, "user_id", bob.id()).refused(403, "M_FORBIDDEN");
        bob.join(room);
        var levels = JsonObject.of("users", JsonObject.of(bob.id(), 100));
        alice.sendState(room, "m.room.power_levels", "", levels);
        bob.leave(room);
        does(alice, "kick", room, "user_id", bob.id()).refused(403, "M_FORBIDDEN");
        var carol = server.register("carol");
        carol.join(room);
        does(bob, "ban", room, "user_id", carol.id()).refused(403, "M_FORBIDDEN");
    }

    /// Complement: TestMembershipOnEvents
    @Test
    @DisplayName("SYNC-19: each event says what its reader was to the room at it")
    void membershipOnEvents() {
        var room = publicRoom();
        alice.say(room, "prejoin");
        bob.join(room);
        alice.say(room, "postjoin");
        boolean isIn = false;
        for (var event : RoomSection.of(bob.sync(), room).timeline()) {
            isIn |= event.findString("state_key").equals(Optional.of(bob.id()));
            assertEquals(isIn ? "join" : "leave", event.object("unsigned").string("membership"));
        }
        assertTrue(isIn);
    }

    /// Complement: TestLeftRoomFixture, all of its cases
    @Test
    @DisplayName("READ-6, HV-3: for who left, the room is as it was then")
    void departed() {
        var room =
                alice.createRoom(
                        JsonObject.of(
                                "preset",
                                "public_chat",
                                "initial_state",
                                JsonArray.of(
                                        JsonObject.of(
                                                "type",
                                                "m.room.history_visibility",
                                                "content",
                                                JsonObject.of("history_visibility", "joined")))));
        bob.join(room);
        alice.sendState(room, "m.room.name", "", JsonObject.of("name", "N1"));
        alice.sendState(room, "madeup.test.state", "", JsonObject.of("body", "S1"));
        alice.say(room, "M1");
        alice.say(room, "M2");
        bob.leave(room);
        var since = bob.sync().string("next_batch");
        alice.sendState(room, "m.room.name", "", JsonObject.of("name", "N2"));
        alice.sendState(room, "madeup.test.state", "", JsonObject.of("body", "S2"));
        alice.say(room, "M3");
        server.register("charlie").join(room);

        var state = TestUser.room(room) + "/state/";
        assertEquals("N1", bob.client().get(state + "m.room.name").ok().string("name"));
        assertEquals("N2", alice.client().get(state + "m.room.name").ok().string("name"));
        assertEquals("S1", bob.client().get(state + "madeup.test.state").ok().string("body"));
        assertEquals(List.of(alice.id() + " join", bob.id() + " leave"), members(bob, room, ""));
        var messages = TestUser.room(room) + "/messages?from=" + escape(since);
        var back = bob.client().get(messages + "&dir=b&limit=3").ok().array("chunk").objects();
        assertEquals(3, back.size());
        assertEquals(bob.id(), back.get(0).string("state_key"));
        assertEquals("M2", back.get(1).object("content").string("body"));
        assertEquals("M1", back.get(2).object("content").string("body"));
        assertTrue(bob.client().get(messages + "&dir=f").ok().array("chunk").isEmpty());
    }

    private static List<String> members(TestUser user, String room, String query) {
        return user
                .client()
                .get(TestUser.room(room) + "/members" + query)
                .ok()
                .array("chunk")
                .objects()
                .stream()
                .peek(event -> assertEquals(room, event.string("room_id")))
                .map(event ->
                        event.string("state_key")
                                + " "
                                + event.object("content").string("membership"))
                .sorted()
                .toList();
    }

    /// Complement: TestGetRoomMembers, TestGetRoomMembersAtPoint, TestGetFilteredRoomMembers
    @Test
    @DisplayName("READ-6, READ-10: the members now, at a point, and of a kind")
    void memberLists() {
        var room = publicRoom();
        alice.say(room, "Hello world!");
        var at = RoomSection.of(alice.sync(), room).json().object("timeline").string("prev_batch");
        bob.join(room);
        assertEquals(List.of(alice.id() + " join", bob.id() + " join"), members(alice, room, ""));
        assertEquals(List.of(alice.id() + " join"), members(alice, room, "?at=" + escape(at)));
        bob.leave(room);
        assertEquals(List.of(alice.id() + " join"), members(alice, room, "?not_membership=leave"));
        assertEquals(List.of(bob.id() + " leave"), members(alice, room, "?membership=leave"));
        assertEquals(List.of(alice.id() + " join"), members(alice, room, "?membership=join"));
    }

    /// Complement: TestUnbanViaInvite, as far as one server shows it
    @Test
    @DisplayName("ROOM-12: whose ban was lifted is invited again, and comes in")
    void afterABan() {
        var room = publicRoom();
        bob.join(room);
        does(alice, "ban", room, "user_id", bob.id()).ok();
        does(alice, "unban", room, "user_id", bob.id()).ok();
        alice.invite(bob, room);
        assertTrue(told(bob, "invite", room).isPresent());
        bob.join(room);
    }

    @Test
    @DisplayName("ROOM-15: an invite that is taken back is told as left")
    void takenBack() {
        var room = privateRoom();
        alice.invite(bob, room);
        assertTrue(told(bob, "invite", room).isPresent());
        does(alice, "kick", room, "user_id", bob.id()).ok();
        var sync = bob.sync();
        assertTrue(sync.path("rooms", "leave", room).isPresent());
        assertTrue(sync.path("rooms", "invite", room).isEmpty());
        does(bob, "join", room).refused(403, "M_FORBIDDEN");
    }
}
