package dev.hearth.search;

import dev.hearth.concurrent.Permits;
import dev.hearth.event.EventType;
import dev.hearth.event.Pdu;
import dev.hearth.identifier.EventId;
import dev.hearth.room.Rooms;
import dev.hearth.room.StoredEvent;
import dev.hearth.storage.Database;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongConsumer;

/// Keeps the index of words up to date, from a cursor of its own on the events.
///
/// New words wait in memory, and go to the disk when there are many, so that a word which is said
/// often takes one row instead of many. A start reads those events again.
final class Indexing {

    private static final int BATCH = 100;

    /// So many events wait in memory at most, or so many words in them, but for one batch.
    private static final int RECENT_EVENTS = 1_000;

    private static final int RECENT_WORDS = 20_000;

    /// So many rows are written before others may write.
    private static final int ROWS = 500;

    /// So many words of one event are indexed.
    private static final int WORDS = 1_000;

    /// So many batches a request indexes before it answers with what there is.
    private static final int BATCHES_OF_A_REQUEST = 20;

    /// So many are indexed in one go, that a stopping server needn't wait.
    private static final int BATCHES_AT_ONCE = 50;

    /// With more events than this since the last look, those who write come first.
    private static final long MANY = 200;

    private static final int BATCHES_BESIDE_MANY = 1;

    private final Database database;
    private final Rooms rooms;
    private final IndexStore store = new IndexStore();
    private final Permits one = new Permits(1);

    /// No committed event has a larger number, unless it was committed this moment.
    private volatile long newest;

    /// What was the newest when it was looked last.
    private volatile long newestBefore;

    /// All up to here are indexed.
    private volatile long cursor;

    /// All up to here are on disk.
    private volatile long stored;

    private int recentEvents;
    private volatile RecentWords recent = new RecentWords();

    Indexing(Database database, Rooms rooms) {
        this.database = database;
        this.rooms = rooms;
        this.stored = database.read(store::cursor);
        this.cursor = stored;
        this.newest = database.position();
        this.newestBefore = newest;
        rooms.onPersisting((tx, event) -> tx.afterCommit(() -> newest = event.number()));
    }

    /// Indexes what is new; meant for every second. Indexing takes as long as sending does, so that
    /// while much is being sent most of it waits: who searches meanwhile has it done first.
    void catchUp() {
        long now = newest;
        boolean many = now - newestBefore > MANY;
        newestBefore = now;
        catchUp(many ? BATCHES_BESIDE_MANY : BATCHES_AT_ONCE);
    }

    /// Indexes what is new before a request is answered, as long as that isn't too much.
    void catchUpForRequest() {
        catchUp(BATCHES_OF_A_REQUEST);
    }

    /// Reads with what a request sees of the index.
    <T> T read(Function<WordEvents, T> work) {
        // In this order: what is recent now may be on disk in a moment, and is in both then.
        var known = recent;
        long onDisk = stored;
        return database.read(reading -> work.apply(new WordEvents(reading, store, known, onDisk)));
    }

    private void catchUp(int batches) {
        for (int i = 0; i < batches && isBehind() && step(); i++) {}
    }

    private boolean isBehind() {
        return cursor < newest;
    }

    /// One batch; whether there was a full one.
    private boolean step() {
        try (var _ = one.take()) {
            if (recentEvents >= RECENT_EVENTS || recent.size() >= RECENT_WORDS) {
                store();
            }
            long from = cursor;
            long known = newest;
            var events = database.read(reading -> rooms.eventsAfter(reading, from, BATCH));
            if (!events.isEmpty()) {
                index(events);
                cursor = events.getLast().number();
            }
            boolean full = events.size() == BATCH;
            if (!full) {
                cursor = Math.max(cursor, known);
            }
            return full;
        }
    }

    private void index(List<StoredEvent> events) {
        for (var event : events) {
            if (event.pdu().type().equals(EventType.REDACTION)) {
                event.pdu().redacts().ifPresent(target -> forget(event.pdu(), target));
            } else if (event.redactedBy().isEmpty()) {
                each(event.pdu(), place -> recent.add(place, event.number()));
            }
        }
        recentEvents += events.size();
    }

    /// Takes an event out of the index if it was redacted indeed.
    private void forget(Pdu redaction, EventId target) {
        database.read(reading -> rooms.find(reading, redaction.roomId(), target))
                .filter(event -> event.redactedBy().isPresent())
                .ifPresent(this::forget);
    }

    private void forget(StoredEvent redacted) {
        long event = redacted.number();
        if (event <= stored) {
            database.change(tx -> each(redacted.pdu(), place -> store.delete(tx, place, event)));
        } else {
            each(redacted.pdu(), place -> recent.remove(place, event));
        }
    }

    /// Moves what is recent to the disk. The last piece moves the cursor: what is there before it
    /// after a crash is written again.
    private void store() {
        var words = List.copyOf(recent.all().entrySet());
        for (int from = 0; from <= words.size(); from += ROWS) {
            var some = words.subList(from, Math.min(from + ROWS, words.size()));
            boolean last = from + ROWS > words.size();
            database.change(tx -> {
                some.forEach(word -> store.insert(tx, word.getKey(), newestFirst(word.getValue())));
                if (last) {
                    store.moveCursor(tx, cursor);
                }
            });
        }
        stored = cursor;
        recentEvents = 0;
        recent = new RecentWords();
    }

    private static List<Long> newestFirst(long[] events) {
        return Arrays.stream(events).boxed().toList().reversed();
    }

    private static void each(Pdu pdu, LongConsumer work) {
        SearchableText.of(pdu)
                .ifPresent(searchable ->
                        Words.of(searchable.text(), WORDS)
                                .forEach(
                                        word -> work.accept(IndexStore.place(pdu.roomId(), word))));
    }
}
