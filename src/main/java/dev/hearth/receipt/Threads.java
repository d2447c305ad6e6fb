package dev.hearth.receipt;

import dev.hearth.event.Pdu;
import dev.hearth.identifier.EventId;
import dev.hearth.room.Relation;
import dev.hearth.room.Rooms;
import dev.hearth.room.StoredEvent;
import dev.hearth.storage.Reading;
import java.util.Optional;

/// Which thread an event belongs to.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#threaded-read-receipts Threaded read
///   receipts
public final class Threads {

    /// So many relations are followed, as the specification recommends.
    private static final int HOPS = 3;

    private final Rooms rooms;

    public Threads(Rooms rooms) {
        this.rooms = rooms;
    }

    /// RCPT-5: the root of the thread that the event, or what it relates to, is in; nothing for
    /// what is in the main timeline, as roots are.
    public Optional<EventId> rootOf(Reading reading, Pdu event) {
        var relation = Relation.of(event);
        for (int hops = 0; relation.isPresent(); hops++) {
            if (relation.get().type().equals(Relation.THREAD)) {
                return relation.map(Relation::parent);
            }
            if (hops == HOPS) {
                return Optional.empty();
            }
            relation = parent(reading, event, relation.get()).flatMap(Relation::of);
        }
        return Optional.empty();
    }

    /// RCPT-2: whether the event is the root, or relates to it in whatever way.
    boolean isAbout(Reading reading, Pdu event, String root) {
        if (event.eventId().value().equals(root)) {
            return true;
        }
        var relation = Relation.of(event);
        for (int hops = 1; relation.isPresent(); hops++) {
            if (relation.get().parent().value().equals(root)) {
                return true;
            }
            if (hops == HOPS) {
                return false;
            }
            relation = parent(reading, event, relation.get()).flatMap(Relation::of);
        }
        return false;
    }

    private Optional<Pdu> parent(Reading reading, Pdu event, Relation relation) {
        return rooms.find(reading, event.roomId(), relation.parent()).map(StoredEvent::pdu);
    }
}
