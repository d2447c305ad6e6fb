package dev.hearth.room;

import static dev.hearth.error.MatrixException.error;

import dev.hearth.authorization.Membership;
import dev.hearth.error.ErrorCode;
import dev.hearth.event.EventType;
import dev.hearth.event.StateTuple;
import dev.hearth.json.JsonObject;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import java.util.List;
import java.util.Optional;

/// Whether guests may be in a room (GST-1): without a word about it they may not.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#guest-access Guest access
record GuestDoor(Rooms rooms, LiveRoom room) {

    void requireOpen(Reading reading) {
        if (!isOpen(reading)) {
            throw error(ErrorCode.M_GUEST_ACCESS_FORBIDDEN, "Guests may not join this room");
        }
    }

    private boolean isOpen(Reading reading) {
        return room.find(reading, new StateTuple(EventType.GUEST_ACCESS, ""))
                .flatMap(event -> event.content().peekString("guest_access"))
                .filter("can_join"::equals)
                .isPresent();
    }

    /// What is said of it may have changed. Guests who may not stay leave, in the same transaction.
    void changed(Transaction tx) {
        if (isOpen(tx)) {
            return;
        }
        var leave = JsonObject.of("membership", Membership.LEAVE.wireName());
        for (var user : List.copyOf(room.localMembers())) {
            if (rooms.neighbors().residents().isGuest(tx, user)) {
                rooms.append(tx, room, Draft.member(user, user, leave), Optional.empty());
            }
        }
    }
}
