package dev.hearth.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonObject;
import dev.hearth.testing.TestUser;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ComingAndGoingTest {

    private static final String WITH_LEFT =
            Story.filter(JsonObject.of("room", JsonObject.of("include_leave", true)));

    private final Story story = new Story();
    private final TestUser alice = story.alice;
    private final TestUser bob = story.bob;
    private final String room = story.room;

    @AfterEach
    void end() {
        story.close();
    }

    private Told left(TestUser user, String more) {
        return Told.left(user.sync(0, more), room);
    }

    private static Told invited(JsonObject sync, String room) {
        var invite = Told.in(sync, "invite", room);
        return invite.isNothing()
                ? invite
                : new Told(JsonObject.of("state", invite.section().object("invite_state")));
    }

    @Test
    @DisplayName("SYNC-13: an invite shows stripped state, the inviter and the invite")
    void invite() {
        Story.setName(alice, room, "Kitchen");
        alice.invite(bob, room);
        var told = invited(bob.sync(), room);
        assertTrue(
                told.state()
                        .containsAll(
                                List.of(
                                        "create",
                                        "join_rules",
                                        "name",
                                        "alice join",
                                        "bob invite")));
        assertFalse(told.state().contains("power_levels"));
        for (var event : told.events("state")) {
            // Complement: TestMSC4311FullCreateEventOnStrippedState
            boolean isFirst = event.string("type").equals("m.room.create");
            assertEquals(isFirst, event.has("origin_server_ts"));
            assertEquals(
                    List.of("content", "sender", "state_key", "type"),
                    event.without("origin_server_ts").keys().stream().sorted().toList());
        }
        assertTrue(invited(bob.sync(), room).isNothing());
    }

    @Test
    @DisplayName("SYNC-15: an ignored inviter is not heard")
    void ignoredInviter() {
        bob.ignore(alice.id());
        bob.sync();
        alice.invite(bob, room);
        assertTrue(invited(bob.sync(), room).isNothing());
        bob.forgetSync();
        assertTrue(invited(bob.sync(), room).isNothing());
    }

    @Test
    @DisplayName("SYNC-15: who blocks invites gets none")
    void blockedInvites() {
        bob.setAccountData("m.invite_permission_config", JsonObject.of("default_action", "block"));
        alice.client().post(TestUser.room(room) + "/invite", JsonObject.of("user_id", bob.id()));
        assertTrue(invited(bob.sync(), room).isNothing());
    }

    @Test
    @DisplayName("SYNC-15, IGN-1: of who is ignored come state events and no messages")
    void ignoredSender() {
        bob.join(room);
        alice.sync();
        alice.ignore(bob.id());
        alice.sync();
        bob.say(room, "listen!");
        assertTrue(Told.joined(alice.sync(), room).isNothing());
        Story.rename(bob, room, "Bobby");
        assertEquals(List.of("bob join"), Told.joined(alice.sync(), room).timeline());
    }

    /// Complement: TestSyncLeaveSection, TestLeaveEventVisibility,
    /// TestOlderLeftRoomsNotInLeaveSection, TestArchivedRoomsHistory.
    @Test
    @DisplayName("SYNC-14: who leaves is told so once, with what happened until then")
    void leaving() {
        bob.join(room);
        bob.sync();
        alice.say(room, "bye");
        bob.leave(room);
        alice.say(room, "gone");
        assertEquals(List.of("bye", "bob leave"), left(bob, "").timeline());
        assertTrue(left(bob, "").isNothing());
    }

    /// Complement: TestGappedSyncLeaveSection.
    @Test
    @DisplayName("SYNC-14: who leaves after a gap is told of the leaving")
    void leavingAfterAGap() {
        bob.join(room);
        bob.sync();
        Story.count(alice, room, 20);
        bob.leave(room);
        var told = left(bob, Story.timelineLimit(1));
        assertEquals(List.of("bob leave"), told.timeline());
        assertTrue(told.limited());
    }

    /// Complement: TestTentativeEventualJoiningAfterRejecting.
    @Test
    @DisplayName("SYNC-14: who declined may join later, and is told of a room joined")
    void declinedAndJoinedLater() {
        bob.join(room);
        bob.leave(room);
        alice.invite(bob, room);
        bob.sync();
        bob.leave(room);
        assertEquals(List.of("bob leave"), left(bob, "").timeline());
        bob.join(room);
        var answer = bob.sync();
        assertTrue(Told.joined(answer, room).timeline().contains("bob join"));
        assertTrue(Told.left(answer, room).isNothing());
    }

    @Test
    @DisplayName("SYNC-14: all devices hear of a kick, one that first syncs does not")
    void kick() {
        bob.join(room);
        var tablet = story.server.login("bob");
        bob.sync();
        tablet.sync();
        Story.does(alice, "kick", bob, room);
        assertEquals(List.of("bob leave"), left(bob, "").timeline());
        assertEquals(List.of("bob leave"), left(tablet, "").timeline());
        assertTrue(left(story.server.login("bob"), "").isNothing());
    }

    @Test
    @DisplayName("SYNC-14: a ban is told like a leave")
    void ban() {
        bob.join(room);
        bob.sync();
        Story.does(alice, "ban", bob, room);
        assertEquals(List.of("bob ban"), left(bob, "").timeline());
    }

    @Test
    @DisplayName("SYNC-14: who is banned after leaving hears of both, and of nothing between")
    void banAfterLeaving() {
        bob.join(room);
        bob.sync();
        bob.leave(room);
        alice.say(room, "a secret");
        Story.setName(alice, room, "Without Bob");
        Story.does(alice, "ban", bob, room);
        var told = left(bob, "");
        assertEquals(List.of("bob leave", "bob ban"), told.timeline());
        assertFalse(told.section().toString().contains("Without Bob"));
    }

    /// Complement: TestSyncLeaveSection, TestArchivedRoomsHistory.
    @Test
    @DisplayName("SYNC-14: with include_leave a first sync tells of rooms left, up to the leaving")
    void includeLeave() {
        bob.join(room);
        Story.setName(alice, room, "Kitchen");
        bob.leave(room);
        Story.setName(alice, room, "Without Bob");
        bob.forgetSync();
        var told = left(bob, WITH_LEFT);
        assertTrue(told.timeline().containsAll(List.of("name", "bob leave")));
        assertFalse(told.section().toString().contains("Without Bob"));
        assertTrue(left(bob, WITH_LEFT).isNothing());
    }

    /// Complement: TestArchivedRoomsHistory.
    @Test
    @DisplayName("SYNC-1: without a timeline the state of a left room holds the leaving")
    void leftWithoutTimeline() {
        bob.join(room);
        bob.leave(room);
        var filter =
                JsonObject.of(
                        "room",
                        JsonObject.of(
                                "include_leave", true, "timeline", JsonObject.of("limit", 0)));
        var told = left(bob, Story.filter(filter));
        assertTrue(told.state().contains("bob leave"), told.state().toString());
        assertTrue(told.state().contains("create"), told.state().toString());
    }

    /// Complement: TestLeaveEventInviteRejection.
    @Test
    @DisplayName("SYNC-14: a declined invite is told as left, and nothing else of the room")
    void declinedInvite() {
        Story.setName(alice, room, "Kitchen");
        alice.invite(bob, room);
        bob.sync();
        bob.leave(room);
        var told = left(bob, "");
        assertEquals(List.of("bob leave"), told.timeline());
        assertEquals(List.of(), told.state());
        bob.forgetSync();
        assertEquals(List.of("bob leave"), left(bob, WITH_LEFT).timeline());
    }

    @Test
    @DisplayName("SYNC-14: a withdrawn invite is told as left")
    void withdrawnInvite() {
        alice.invite(bob, room);
        bob.sync();
        Story.does(alice, "kick", bob, room);
        assertEquals(List.of("bob leave"), left(bob, "").timeline());
    }

    @Test
    @DisplayName(
            "SYNC-14: a forgotten room is not told of, but its leaving to who hasn't heard yet")
    void forgotten() {
        bob.join(room);
        bob.sync();
        bob.leave(room);
        Story.forget(bob, room);
        assertEquals(List.of("bob leave"), left(bob, "").timeline());
        bob.forgetSync();
        assertTrue(left(bob, WITH_LEFT).isNothing());
    }

    @Test
    void whoCameAndWentBetweenTwoSyncsSeesBoth() {
        bob.sync();
        bob.join(room);
        alice.say(room, "hello");
        bob.leave(room);
        alice.say(room, "gone");
        var told = left(bob, "");
        assertTrue(told.timeline().containsAll(List.of("bob join", "hello", "bob leave")));
        assertFalse(told.timeline().contains("gone"));
    }

    @Test
    void anInviteThatWasTakenIsAJoin() {
        alice.invite(bob, room);
        bob.join(room);
        var answer = bob.sync();
        assertTrue(invited(answer, room).isNothing());
        assertFalse(Told.joined(answer, room).isNothing());
    }

    @Test
    void accountDataSetBeforeTheJoinComesWithIt() {
        bob.client()
                .put(
                        "/_matrix/client/v3/user/"
                                + bob.id()
                                + "/rooms/"
                                + room
                                + "/account_data/org.example.color",
                        JsonObject.of("color", "red"))
                .ok();
        bob.sync();
        bob.join(room);
        var told = Told.joined(bob.sync(), room);
        assertEquals(List.of("org.example.color"), told.words("account_data"));
    }

    @Test
    void aStrangerHearsNothing() {
        alice.say(room, "hello");
        assertFalse(bob.sync().has("rooms"));
    }
}
