package dev.hearth.notification;

import dev.hearth.concurrent.BoundedCache;
import dev.hearth.identifier.RoomId;
import dev.hearth.room.StoredEvent;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import java.util.List;
import java.util.Optional;

/// The timelines in which events are counted: of each room the main one, and its threads. It
/// remembers their numbers and newest counts.
///
/// A number never changes, so whoever finds one may remember it. The newest counts are remembered
/// by the writer alone, after the commit, and forgotten before: so they are never those of a
/// transaction that failed, and never older than what a reader sees.
final class Timelines {

    /// The root of a main timeline.
    static final String MAIN = "";

    private static final int CACHED = 20_000;

    private final UnreadStore store;
    private final BoundedCache<Key, Long> numbers = new BoundedCache<>(CACHED, _ -> 1);
    private final BoundedCache<Long, UnreadStore.Running> newest =
            new BoundedCache<>(CACHED, _ -> 1);

    /// For each main timeline the newest event in one of its threads.
    private final BoundedCache<Long, Long> newestThreaded = new BoundedCache<>(CACHED, _ -> 1);

    private record Key(RoomId room, String root) {}

    Timelines(UnreadStore store) {
        this.store = store;
    }

    /// The number of a timeline, if anything was counted in it.
    Optional<Long> find(Reading reading, RoomId room, String root) {
        var key = new Key(room, root);
        var known = numbers.find(key);
        if (known.isPresent()) {
            return known;
        }
        var found = store.findTimeline(reading, room, root);
        found.ifPresent(number -> numbers.put(key, number));
        return found;
    }

    /// Whether nothing is counted in a timeline after a position, as far as is remembered.
    boolean isReadUpTo(long timeline, long position) {
        return newest.find(timeline).filter(running -> running.position() <= position).isPresent();
    }

    private UnreadStore.Running now(Transaction tx, long timeline) {
        return newest.find(timeline).orElseGet(() -> store.running(tx, timeline, Long.MAX_VALUE));
    }

    /// The threads of a room with news after a position, the latest first.
    List<UnreadStore.ActiveThread> threads(Reading reading, long main, long position, int limit) {
        boolean read = newestThreaded.find(main).filter(latest -> latest <= position).isPresent();
        return read ? List.of() : store.threads(reading, main, position, limit);
    }

    /// The number of a timeline, made if there is none. What is found may be of this very
    /// transaction, and is remembered only after it.
    long number(Transaction tx, RoomId room, String root) {
        var key = new Key(room, root);
        var known = numbers.find(key);
        if (known.isPresent()) {
            return known.get();
        }
        long number =
                store.findTimeline(tx, room, root)
                        .orElseGet(() -> store.insertTimeline(tx, room, root));
        tx.afterCommit(() -> numbers.put(key, number));
        return number;
    }

    /// Adds an event to the counts of a timeline.
    void add(Transaction tx, long timeline, StoredEvent event, Outcome outcome) {
        var before = now(tx, timeline);
        var running =
                new UnreadStore.Running(event.position(), before.counts().plus(Counts.of(outcome)));
        store.insertEvent(tx, timeline, event.pdu().sender(), outcome, running);
        newest.remove(timeline);
        tx.afterCommit(() -> newest.put(timeline, running));
    }

    /// Notes that a thread is the room's latest.
    void noteThread(Transaction tx, long thread, long main, long position) {
        store.noteActivity(tx, thread, main, position);
        newestThreaded.remove(main);
        tx.afterCommit(() -> newestThreaded.put(main, position));
    }
}
