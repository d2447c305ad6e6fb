package dev.hearth.room;

import static dev.hearth.error.MatrixException.forbidden;

import dev.hearth.authorization.Membership;
import dev.hearth.http.ClientRequest;
import dev.hearth.storage.Reading;

/// What of a room a user may look at: all of it for who is in, what was until they left for who was
/// in and hasn't forgotten it.
///
/// @param room the store's number of the room
/// @param upTo the position up to which they see it
record RoomView(RoomMembership membership, long room, long upTo) {

    static RoomView of(Rooms rooms, Reading reading, ClientRequest request) {
        var membership =
                rooms.membership(reading, request.user(), request.roomId())
                        .filter(found -> !found.forgotten())
                        .orElseThrow(() -> forbidden("You are not in this room"));
        return switch (membership.membership()) {
            case JOIN -> new RoomView(membership, membership.room(), Long.MAX_VALUE);
            case LEAVE, BAN -> {
                if (!wasIn(rooms, reading, membership, request)) {
                    throw forbidden("You were never in this room");
                }
                yield new RoomView(membership, membership.room(), membership.position());
            }
            case INVITE, KNOCK -> throw forbidden("You are not in this room");
        };
    }

    private static boolean wasIn(
            Rooms rooms, Reading reading, RoomMembership membership, ClientRequest request) {
        var tuple =
                new dev.hearth.event.StateTuple(
                        dev.hearth.event.EventType.MEMBER, request.user().value());
        long before = membership.position() - 1;
        return rooms.stateAt(reading, membership.room(), tuple, before)
                .map(event -> Membership.of(event.pdu()) == Membership.JOIN)
                .orElse(false);
    }
}
