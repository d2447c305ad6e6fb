package dev.hearth.sync;

import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonObject;
import dev.hearth.testing.RoomSection;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who ignores a user hears nothing of them but what makes up the room (IGN-1). That they don't
/// count and relate to nothing is proven with counts and relations.
class IgnoringTest {

    private static final TestHomeserver SERVER = TestHomeserver.start();
    private static TestUser alice;
    private static TestUser bob;
    private String room = "";

    @BeforeAll
    static void people() {
        alice = SERVER.register("alice");
        bob = SERVER.register("bob");
    }

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @BeforeEach
    void meet() {
        room = alice.createRoom(JsonObject.of("preset", "public_chat"));
        bob.join(room);
        alice.forgetSync();
        alice.sync();
    }

    @AfterEach
    void listenAgain() {
        alice.ignore();
        alice.sync();
    }

    private List<String> told() {
        return RoomSection.of(alice.sync(), room).timeline().stream()
                .map(event -> event.string("event_id"))
                .toList();
    }

    /// IGN-1: at once, incremental and from the beginning, and no replay afterwards.
    @Test
    void timeline() {
        var before = bob.say(room, "before");
        alice.ignore(bob.id());
        assertEquals(List.of(), told());
        var own = alice.say(room, "own");
        bob.say(room, "unheard");
        assertEquals(List.of(own), told());
        alice.forgetSync();
        var all = told();
        assertTrue(all.contains(own));
        assertFalse(all.contains(before));
        alice.ignore();
        var after = bob.say(room, "after");
        assertEquals(List.of(after), told());
    }

    /// IGN-1: state is told, or the room would be another one.
    @Test
    void state() {
        alice.ignore(bob.id());
        bob.leave(room);
        var leave = RoomSection.of(alice.sync(), room).timeline().getLast();
        assertEquals("leave", leave.object("content").string("membership"));
    }

    /// IGN-1: who reads and who types.
    @Test
    void receiptsAndTyping() {
        var event = alice.say(room, "read this");
        alice.ignore(bob.id());
        alice.sync();
        bob.read(room, event);
        var typing = TestUser.room(room) + "/typing/" + escape(bob.id());
        bob.client().put(typing, JsonObject.of("typing", true, "timeout", 30_000)).ok();
        var section = RoomSection.of(alice.sync(), room);
        assertEquals(Optional.empty(), section.ephemeral("m.receipt"));
        assertFalse(section.json().toString().contains(bob.id()), section.toString());
        bob.client().put(typing, JsonObject.of("typing", false)).ok();
    }

    /// IGN-1: invites. Complement: TestInviteFromIgnoredUsersDoesNotAppearInSync
    @Test
    void invites() {
        alice.ignore(bob.id());
        alice.sync();
        var other = bob.createRoom(JsonObject.EMPTY);
        bob.invite(alice, other);
        assertTrue(alice.sync().path("rooms", "invite").isEmpty());
        alice.forgetSync();
        assertTrue(alice.sync().path("rooms", "invite", other).isEmpty());
    }

    /// IGN-1: nobody ignores themselves.
    @Test
    void oneself() {
        alice.ignore(alice.id());
        var own = alice.say(room, "own");
        assertEquals(List.of(own), told());
    }
}
