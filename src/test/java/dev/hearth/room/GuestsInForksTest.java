package dev.hearth.room;

import static dev.hearth.room.RoomServer.ALICE;
import static dev.hearth.room.RoomServer.BOB;
import static dev.hearth.room.RoomServer.CAROL;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Guests in a room whose history branches.
class GuestsInForksTest {

    private final RoomServer server = new RoomServer();

    @AfterEach
    void close() {
        server.close();
    }

    /// Carol is the one guest.
    private record OneGuest() implements Residents {

        @Override
        public boolean isGuest(Reading reading, UserId user) {
            return user.equals(CAROL);
        }

        @Override
        public boolean blocksInvite(Reading reading, UserId invitee, UserId inviter) {
            return false;
        }

        @Override
        public void succeed(Transaction tx, UserId user, RoomId from, RoomId to) {}
    }

    @Test
    @DisplayName("GST-1: guests leave, too, when it turns out that whoever let them in might not")
    void doorsThatWereNeverOpen() {
        server.rooms.neighbors().onResidents(new OneGuest());
        var room = server.createWithBob();
        setPower(room, 60);
        var branch = new Branch(server, room);
        var fork = branch.tip();
        server.put(BOB, room, "m.room.guest_access", "", "guest_access", "can_join").ok();
        server.act(CAROL, room, "join").ok();
        branch.accept(branch.state(ALICE, "m.room.power_levels", levels(room, 0), fork));
        server.state(ALICE, room, "m.room.guest_access", "").refused(404, "M_NOT_FOUND");
        assertEquals(
                "leave",
                server.state(ALICE, room, "m.room.member", CAROL.value())
                        .ok()
                        .string("membership"));
        assertEquals(
                "join",
                server.state(ALICE, room, "m.room.member", BOB.value()).ok().string("membership"));
    }

    private JsonObject levels(String room, long ofBob) {
        var levels = server.state(ALICE, room, "m.room.power_levels", "").ok();
        return levels.with("users", JsonObject.of(BOB.value(), ofBob));
    }

    private void setPower(String room, long ofBob) {
        server.as(ALICE)
                .put(RoomServer.path(room) + "/state/m.room.power_levels", levels(room, ofBob))
                .ok();
    }
}
