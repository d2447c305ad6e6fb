package dev.hearth.room;

import static dev.hearth.room.RoomServer.ALICE;
import static dev.hearth.room.RoomServer.BOB;
import static dev.hearth.room.RoomServer.CAROL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.identifier.UserId;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Who is together with whom, and who hears of it.
class CompanionsTest {

    private final RoomServer server = new RoomServer();

    @AfterEach
    void close() {
        server.close();
    }

    private Set<UserId> met(UserId user, long since) {
        return server.database.read(
                r -> server.rooms.companions().met(r, user, since, server.database.position()));
    }

    private Set<UserId> parted(UserId user, long since) {
        return server.database.read(
                r -> server.rooms.companions().parted(r, user, since, server.database.position()));
    }

    @Test
    void joiningBringsTogetherAndLeavingParts() {
        var room = server.create("preset", "public_chat");
        long before = server.database.position();
        server.act(BOB, room, "join").ok();
        assertEquals(Set.of(BOB), met(ALICE, before));
        assertEquals(Set.of(ALICE), met(BOB, before));
        assertEquals(Set.of(), met(CAROL, before));
        assertEquals(
                Set.of(BOB),
                server.database.read(reading -> server.rooms.companions().of(reading, ALICE)));
        long together = server.database.position();
        server.act(BOB, room, "leave").ok();
        assertEquals(Set.of(BOB), parted(ALICE, together));
        assertEquals(Set.of(ALICE), parted(BOB, together));
        assertEquals(Set.of(), met(ALICE, together));
    }

    @Test
    void onlyJoinedMembersAreTogether() {
        var room = server.create("preset", "public_chat");
        server.act(ALICE, room, "invite", "user_id", CAROL).ok();
        assertFalse(areTogether(ALICE, CAROL));
        server.act(CAROL, room, "join").ok();
        assertTrue(areTogether(ALICE, CAROL));
    }

    private boolean areTogether(UserId one, UserId other) {
        return server.database.read(r -> server.rooms.companions().areTogether(r, one, other));
    }

    @Test
    void whoLeavesAllRoomsIsInNone() {
        var room = server.createWithBob();
        server.rooms.accountChanges().leaveAll(BOB);
        server.say(BOB, room, "1", "body", "a").refused(403, "M_FORBIDDEN");
    }

    @Test
    void aNewNameIsToldInAllRooms() {
        var room = server.create("preset", "public_chat");
        server.put(ALICE, room, "m.room.member", ALICE.value(), "membership", "join").ok();
        server.rooms.accountChanges().profileChanged(ALICE);
        var member = server.state(ALICE, room, "m.room.member", ALICE.value()).ok();
        assertEquals("alice", member.string("displayname"));
    }

    @Test
    void aMessageWakesMembersAndNobodyElse() {
        var room = server.createWithBob();
        long mark = server.news.mark();
        server.say(ALICE, room, "1", "body", "a").ok();
        assertTrue(server.news.awaitNewsSince(mark, BOB, Duration.ZERO));
        assertFalse(server.news.awaitNewsSince(mark, CAROL, Duration.ZERO));
    }
}
