package dev.hearth.room;

import dev.hearth.event.EventType;
import dev.hearth.storage.Transaction;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Sees when a room says something else of guests: by an event, by the resolution of branches, or
/// because what was said is redacted. Guests who may not stay leave once the room is at rest.
final class GuestDoors implements StateListener {

    private final Rooms rooms;

    /// Rooms that the transaction in hand has touched. What one that failed leaves here costs no
    /// more than a look.
    private final Set<Long> touched = ConcurrentHashMap.newKeySet();

    GuestDoors(Rooms rooms) {
        this.rooms = rooms;
    }

    @Override
    public void changed(Transaction tx, Change change) {
        if (change.types().contains(EventType.GUEST_ACCESS)) {
            touched.add(change.room().number());
        }
    }

    void follow(Transaction tx, LiveRoom room) {
        if (touched.remove(room.number())) {
            new GuestDoor(rooms, room).changed(tx);
        }
    }
}
