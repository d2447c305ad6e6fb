package dev.hearth.room;

import static dev.hearth.error.MatrixException.forbidden;
import static dev.hearth.error.MatrixException.notFound;

import dev.hearth.authorization.Membership;
import dev.hearth.error.MatrixException;
import dev.hearth.event.EventType;
import dev.hearth.event.StateTuple;
import dev.hearth.http.ClientRequest;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.storage.Reading;
import java.util.List;
import java.util.Optional;

/// What of a room a user may look at: all of it for who is in, what was until they left for who was
/// in and hasn't forgotten it. Where the world may read, nobody sees less than the world.
///
/// @param room the store's number of the room
/// @param upTo the position up to which they are told the state
/// @param historyUpTo the position up to which they are told events, each as far as they may see it
public record RoomView(RoomMembership membership, long room, long upTo, long historyUpTo) {

    private static final long NOW = Long.MAX_VALUE;

    /// How many changes of a profile are looked through for a user's first.
    private static final int STEPS_BACK = 100;

    static RoomView of(Rooms rooms, Reading reading, ClientRequest request) {
        return find(rooms, reading, request)
                .orElseThrow(() -> forbidden("You are not in this room"));
    }

    /// READ-5: who may not look into the room hears nothing of its events either.
    static RoomView ofEvents(Rooms rooms, Reading reading, ClientRequest request) {
        return find(rooms, reading, request).orElseThrow(RoomView::noEvent);
    }

    static MatrixException noEvent() {
        return notFound("There is no such event that you may see");
    }

    /// The event that a request names, if its user may see it.
    Visibility.Seen event(Rooms rooms, Reading reading, ClientRequest request) {
        var found = rooms.find(reading, request.roomId(), request.eventId()).stream().toList();
        return seen(rooms, reading, request, found);
    }

    Visibility.Seen seen(
            Rooms rooms, Reading reading, ClientRequest request, List<StoredEvent> found) {
        return rooms.visibility().seen(reading, membership, request.user(), found).stream()
                .findFirst()
                .orElseThrow(RoomView::noEvent);
    }

    Reader reader(ClientRequest request) {
        return new Reader(membership, request.requester());
    }

    static Optional<RoomView> find(Rooms rooms, Reading reading, ClientRequest request) {
        return find(rooms, reading, request.user(), request.roomId());
    }

    static Optional<RoomView> find(Rooms rooms, Reading reading, UserId user, RoomId room) {
        var membership = rooms.membership(reading, user, room).filter(found -> !found.forgotten());
        if (membership.isPresent()) {
            switch (membership.get().membership()) {
                case JOIN -> {
                    return Optional.of(of(membership.get(), NOW, NOW));
                }
                case LEAVE, BAN -> {
                    long until = membership.get().joinedUntil();
                    if (until > 0) {
                        boolean open = isOpenToTheWorld(rooms, reading, membership.get().room());
                        return Optional.of(of(membership.get(), until, open ? NOW : until));
                    }
                }
                case INVITE, KNOCK -> {}
            }
        }
        return ofTheWorld(rooms, reading, room);
    }

    private static RoomView of(RoomMembership membership, long upTo, long historyUpTo) {
        return new RoomView(membership, membership.room(), upTo, historyUpTo);
    }

    /// For what has no history, and is told as it is now.
    void requireNow() {
        if (historyUpTo != NOW) {
            throw forbidden("You are no longer in this room");
        }
    }

    /// A room that the whole world may read, by who was never in it: as if they had left before it
    /// began.
    private static Optional<RoomView> ofTheWorld(Rooms rooms, Reading reading, RoomId id) {
        return rooms.store()
                .find(reading, id)
                .map(StoredRoom::number)
                .filter(room -> isOpenToTheWorld(rooms, reading, room))
                .map(room -> new RoomMembership(id, room, Membership.LEAVE, 0, 0, false))
                .map(membership -> of(membership, NOW, NOW));
    }

    private static boolean isOpenToTheWorld(Rooms rooms, Reading reading, long room) {
        return rooms.currentState(reading, room, new StateTuple(EventType.HISTORY_VISIBILITY, ""))
                .map(event -> event.shown().content())
                .flatMap(content -> content.peekString("history_visibility"))
                .filter("world_readable"::equals)
                .isPresent();
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
