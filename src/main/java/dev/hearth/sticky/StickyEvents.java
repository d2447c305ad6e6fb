package dev.hearth.sticky;

import dev.hearth.room.Rooms;
import dev.hearth.room.Stickiness;
import dev.hearth.room.StoredEvent;
import dev.hearth.sticky.StickyEventStore.Sticky;
import dev.hearth.storage.Database;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Which sticky events there are.
public final class StickyEvents {

    /// No room has so many people in calls.
    private static final int MOST = 1_000;

    /// With more rooms than these, it isn't remembered any more which have any.
    private static final int ROOMS = 20_000;

    private final Database database;
    private final Rooms rooms;
    private final Clock clock;
    private final StickyEventStore store = new StickyEventStore();

    /// When the last sticky event of a room ends. It knows of an event before the event is
    /// committed; that it may know of one that never was does no harm.
    private final Map<Long, Long> lastEnds = new ConcurrentHashMap<>();

    /// Until the next start.
    private volatile boolean tooMany;

    public StickyEvents(Database database, Rooms rooms, Clock clock) {
        this.database = database;
        this.rooms = rooms;
        this.clock = clock;
        database.read(reading -> {
            store.rooms(reading, lastEnds::put);
            return true;
        });
        rooms.onPersisting(this::note);
    }

    private void note(Transaction tx, StoredEvent event) {
        Stickiness.until(event)
                .filter(end -> end > clock.millis())
                .ifPresent(end -> {
                    long room = rooms.number(tx, event.pdu().roomId());
                    store.insert(tx, event.position(), room, new Sticky(event.number(), end));
                    remember(room, end);
                });
    }

    private void remember(long room, long end) {
        if (lastEnds.size() >= ROOMS) {
            forgetRooms(clock.millis());
            tooMany |= lastEnds.size() >= ROOMS;
        }
        if (!tooMany) {
            lastEnds.merge(room, end, Math::max);
        }
    }

    private void forgetRooms(long now) {
        lastEnds.values().removeIf(end -> end <= now);
    }

    /// The events of a room that came after one position and up to another and are sticky now, the
    /// oldest first.
    public List<StoredEvent> in(Reading reading, long room, long after, long upTo) {
        long now = clock.millis();
        if (!tooMany && lastEnds.getOrDefault(room, 0L) <= now) {
            return List.of();
        }
        var numbers =
                store.inRoom(reading, room, after, upTo, MOST).stream()
                        .filter(sticky -> sticky.endsAt() > now)
                        .map(Sticky::number)
                        .toList();
        return rooms.events(reading, numbers).stream()
                // Whoever redacts it takes its stickiness, too.
                .filter(event -> Stickiness.until(event).isPresent())
                .sorted(Comparator.comparingLong(StoredEvent::position))
                .toList();
    }

    /// Forgets what is sticky no more; meant for once a day.
    public void forgetEnded() {
        long now = clock.millis();
        database.change(tx -> store.forgetEnded(tx, now));
        forgetRooms(now);
    }
}
