package dev.hearth.room.directory;

import dev.hearth.authorization.Membership;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.room.RoomMembership;
import dev.hearth.room.Rooms;
import dev.hearth.storage.Reading;
import java.util.Optional;

/// Who looks at rooms from outside.
///
/// @param user if it is known who asks
record Viewer(Rooms rooms, Reading reading, Optional<UserId> user) {

    /// Whether a room may be shown (SP-2): to who is in it or may come in, and to all if all may
    /// come in, ask to, or read it.
    ///
    /// @spec
    ///   https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1roomsroomidhierarchy
    ///   Which rooms are returned
    boolean maySee(RoomSummary summary) {
        return switch (membership(summary.room().roomId())) {
            case JOIN, INVITE, KNOCK -> true;
            case BAN -> summary.worldReadable();
            case LEAVE -> summary.isOpen() || summary.allowed().stream().anyMatch(this::isIn);
        };
    }

    private boolean isIn(RoomId room) {
        return membership(room) == Membership.JOIN;
    }

    /// What the viewer is to a room; a stranger to all is as one who has left.
    Membership membership(RoomId room) {
        return user.flatMap(known -> rooms.membership(reading, known, room))
                .map(RoomMembership::membership)
                .orElse(Membership.LEAVE);
    }
}
