package dev.hearth.room;

import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.testing.TestUser;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What becomes of a room for who forgets it.
class ForgettingTest extends MemberScene {

    private static final String WITH_LEFT =
            "&filter=" + escape("{\"room\":{\"include_leave\":true}}");

    /// Complement: TestRoomForget/Can't forget room you're still in, Forgotten room messages cannot
    /// be paginated, Forgetting room does not show up in v2 initial /sync
    @Test
    @DisplayName("ROOM-11, READ-1: a forgotten room isn't told of, and shows nothing")
    void forgetting() {
        var room = publicRoom();
        does(alice, "forget", room).refused(400, "M_UNKNOWN");
        bob.join(room);
        alice.say(room, "Hello world!");
        alice.leave(room);
        does(alice, "forget", room).ok();
        alice.client().get(TestUser.room(room) + "/messages").refused(403, "M_FORBIDDEN");
        bob.say(room, "Hello world!");
        var sync = alice.sync(0, WITH_LEFT);
        for (var group : List.of("join", "invite", "leave")) {
            assertFalse(sync.path("rooms", group, room).isPresent(), group);
        }
    }

    /// Complement: TestRoomForget/Leave for forgotten room shows up in v2 incremental /sync
    @Test
    @DisplayName("ROOM-11, SYNC-14: that a forgotten room was left is told to who didn't know")
    void forgettingFast() {
        var room = publicRoom();
        bob.join(room);
        alice.sync();
        alice.leave(room);
        does(alice, "forget", room).ok();
        bob.say(room, "Hello world!");
        assertTrue(alice.sync(0, WITH_LEFT).path("rooms", "leave", room).isPresent());
    }

    /// Complement: TestRoomForget/Can re-join room if re-invited
    @Test
    @DisplayName("ROOM-11: a forgotten room is back, with what one saw of it, by a new invite")
    void rememberedByInvite() {
        var room = privateRoom();
        alice.invite(bob, room);
        bob.join(room);
        alice.say(room, "Before leave");
        bob.leave(room);
        does(bob, "forget", room).ok();
        does(bob, "join", room).refused(403, "M_FORBIDDEN");
        alice.invite(bob, room);
        bob.join(room);
        assertTrue(bob.messages(room).toString().contains("Before leave"));
        var after = alice.say(room, "After rejoin");
        var newest = bob.client().get(TestUser.room(room) + "/messages?dir=b&limit=1").ok();
        assertEquals(after, newest.array("chunk").objects().getFirst().string("event_id"));
    }

    /// Complement: TestRoomForget/Can forget room you've been kicked from, Can forget room we
    /// weren't an actual member
    @Test
    @DisplayName("ROOM-11: who was kicked, or declined an invite, forgets too")
    void forgettingWhereOneWasNot() {
        var room = publicRoom();
        bob.join(room);
        does(alice, "kick", room, "user_id", bob.id()).ok();
        does(bob, "forget", room).ok();
        var other = privateRoom();
        alice.invite(bob, other);
        bob.leave(other);
        does(bob, "forget", other).ok();
        alice.leave(other);
        does(alice, "forget", other).ok();
    }
}
