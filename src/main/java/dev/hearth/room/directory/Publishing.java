package dev.hearth.room.directory;

import static dev.hearth.error.MatrixException.forbidden;
import static dev.hearth.error.MatrixException.notFound;

import dev.hearth.event.EventType;
import dev.hearth.http.Requester;
import dev.hearth.identifier.RoomId;
import dev.hearth.room.Publication;
import dev.hearth.room.Rooms;
import dev.hearth.room.StoredRoom;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;

/// Who may put rooms into the list of public rooms, and take them out: whoever may say what the
/// room's main alias is, and who looks after the server.
///
/// @param allowed whether users may put rooms into it at all
record Publishing(Rooms rooms, PublishedRooms published, boolean allowed) implements Publication {

    /// Who makes a room may do anything in it.
    @Override
    public void publish(Transaction tx, StoredRoom room, Requester maker) {
        requireAllowed(maker);
        published.publish(tx, room);
    }

    @Override
    public void replace(Transaction tx, StoredRoom old, StoredRoom successor) {
        if (published.contains(tx, old.number())) {
            published.withdraw(tx, old);
            published.publish(tx, successor);
        }
    }

    private void requireAllowed(Requester requester) {
        if (!allowed && !requester.administrator()) {
            throw forbidden("This server's room list is kept by its administrators");
        }
    }

    void set(Transaction tx, RoomId id, Requester requester, boolean visible) {
        var room = known(tx, id);
        requireMaySet(tx, room, requester);
        if (visible) {
            requireAllowed(requester);
            published.publish(tx, room);
        } else {
            published.withdraw(tx, room);
        }
    }

    StoredRoom known(Reading reading, RoomId id) {
        return rooms.find(reading, id).orElseThrow(() -> notFound("There is no room " + id));
    }

    private void requireMaySet(Reading reading, StoredRoom room, Requester requester) {
        if (requester.administrator()) {
            return;
        }
        rooms.requireJoined(reading, requester.user(), room.roomId());
        var facts = rooms.facts(reading, room.number());
        if (!facts.maySet(requester.user(), EventType.CANONICAL_ALIAS)) {
            throw forbidden("You have not the power to say whether this room is public");
        }
    }
}
