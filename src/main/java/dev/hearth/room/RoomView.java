package dev.hearth.room;

import static dev.hearth.error.MatrixException.forbidden;

import dev.hearth.authorization.Membership;
import dev.hearth.event.EventType;
import dev.hearth.event.StateTuple;
import dev.hearth.http.ClientRequest;
import dev.hearth.identifier.UserId;
import dev.hearth.storage.Reading;
import java.util.Optional;

/// What of a room a user may look at: all of it for who is in, what was until they left for who was
/// in and hasn't forgotten it.
///
/// @param room the store's number of the room
/// @param upTo the position up to which they see it
record RoomView(RoomMembership membership, long room, long upTo) {

    /// How many changes of a profile are looked through for a user's first.
    private static final int STEPS_BACK = 100;

    static RoomView of(Rooms rooms, Reading reading, ClientRequest request) {
        return asMember(rooms, reading, request)
                .or(() -> ofTheWorld(rooms, reading, request))
                .orElseThrow(() -> forbidden("You are not in this room"));
    }

    private static Optional<RoomView> asMember(
            Rooms rooms, Reading reading, ClientRequest request) {
        var found =
                rooms.membership(reading, request.user(), request.roomId())
                        .filter(membership -> !membership.forgotten());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var membership = found.get();
        return switch (membership.membership()) {
            case JOIN -> Optional.of(new RoomView(membership, membership.room(), Long.MAX_VALUE));
            case LEAVE, BAN ->
                    membership.joinedUntil() == 0
                            ? Optional.empty()
                            : Optional.of(
                                    new RoomView(
                                            membership,
                                            membership.room(),
                                            membership.joinedUntil()));
            case INVITE, KNOCK -> Optional.empty();
        };
    }

    /// A room that the whole world may read, by who was never in it: as if they had left before it
    /// began.
    private static Optional<RoomView> ofTheWorld(
            Rooms rooms, Reading reading, ClientRequest request) {
        var visibility = new StateTuple(EventType.HISTORY_VISIBILITY, "");
        return rooms.store()
                .find(reading, request.roomId())
                .map(RoomStore.StoredRoom::number)
                .filter(room ->
                        rooms.currentState(reading, room, visibility)
                                .map(event -> event.shown().content())
                                .flatMap(content -> content.peekString("history_visibility"))
                                .filter("world_readable"::equals)
                                .isPresent())
                .map(room ->
                        new RoomView(
                                new RoomMembership(
                                        request.roomId(), room, Membership.LEAVE, 0, 0, false),
                                room,
                                Long.MAX_VALUE));
    }

    /// The position up to which the members at a position are told. Before the user was anything to
    /// the room, that is when they first were (READ-10).
    long since(Rooms rooms, Reading reading, UserId user, long position) {
        var tuple = new StateTuple(EventType.MEMBER, user.value());
        long first = Math.min(membership.position(), upTo);
        long at = Math.min(position, upTo);
        if (rooms.stateAt(reading, room, tuple, at).isPresent()) {
            return at;
        }
        for (int i = 0; i < STEPS_BACK; i++) {
            var before = rooms.stateAt(reading, room, tuple, first - 1);
            if (before.isEmpty()) {
                break;
            }
            first = before.get().position();
        }
        return Math.max(at, first);
    }
}
