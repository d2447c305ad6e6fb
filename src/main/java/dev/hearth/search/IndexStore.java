package dev.hearth.search;

import dev.hearth.identifier.RoomId;
import dev.hearth.signing.Sha256;
import dev.hearth.storage.Packed;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Row;
import dev.hearth.storage.Transaction;
import dev.hearth.storage.Unpacking;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `word_events(place, newest, others)`: in which events a word stands, which are told by their
/// numbers; the place is the beginning of a digest of room and word, so that who looks finds by one
/// whole number what stands together. Where two share a place, the events that are read tell them
/// apart.
///
/// A row has all events of a stretch in which the word stands, the stretches follow each other. One
/// that a crash left half written is written again, further perhaps: of two rows that begin with
/// the same event, each is complete up to its newest.
///
/// `word_cursor(event)`: up to which event all are here.
final class IndexStore {

    private static final int ROWS_AT_ONCE = 16;

    private static final String CURSOR =
            """
            SELECT event FROM word_cursor
            """;
    private static final String MOVE_CURSOR =
            """
            UPDATE word_cursor SET event = ?
            """;
    private static final String INSERT =
            """
            INSERT INTO word_events(place, newest, others) VALUES (?, ?, ?)
            """;
    private static final String DELETE =
            """
            DELETE FROM word_events WHERE place = ? AND newest = ?
            """;
    private static final String AROUND =
            """
            SELECT newest, others FROM word_events WHERE place = ? AND newest >= ?
            ORDER BY place, newest LIMIT 1
            """;
    private static final String BEFORE =
            """
            SELECT newest, others FROM word_events WHERE place = ? AND newest < ?
            ORDER BY place DESC, newest DESC LIMIT ?
            """;

    static long place(RoomId room, String word) {
        var text = room.value() + "\n" + word;
        return ByteBuffer.wrap(Sha256.hash(text.getBytes(StandardCharsets.UTF_8))).getLong();
    }

    long cursor(Reading reading) {
        return reading.find(CURSOR, row -> row.integer("event")).orElse(0L);
    }

    void moveCursor(Transaction tx, long event) {
        tx.execute(MOVE_CURSOR, event);
    }

    /// @param events a stretch's, the newest first
    void insert(Transaction tx, long place, List<Long> events) {
        var others = new Packed();
        for (int i = 1; i < events.size(); i++) {
            others.put(events.get(i - 1) - events.get(i));
        }
        tx.execute(INSERT, place, events.getFirst(), others.bytes());
    }

    /// The events of a row, the newest first.
    private static List<Long> read(Row row) {
        long event = row.integer("newest");
        var events = new ArrayList<Long>();
        events.add(event);
        for (long distance : Unpacking.all(row.bytes("others"))) {
            event -= distance;
            events.add(event);
        }
        return events;
    }

    /// The row that has an event if any has.
    private Optional<List<Long>> around(Reading reading, long place, long event) {
        return reading.find(AROUND, IndexStore::read, place, event);
    }

    void delete(Transaction tx, long place, long event) {
        var row = around(tx, place, event).filter(events -> events.contains(event));
        if (row.isPresent()) {
            var rest = new ArrayList<>(row.get());
            tx.execute(DELETE, place, rest.getFirst());
            rest.remove(event);
            if (!rest.isEmpty()) {
                insert(tx, place, rest);
            }
        }
    }

    /// Newest first: events up to one in which a word stands.
    ///
    /// @param newest no row has a newer one
    List<Long> events(Reading reading, long place, long upTo, long newest, int limit) {
        var found = new ArrayList<Long>();
        if (upTo < newest) {
            around(reading, place, upTo).ifPresent(events -> addUpTo(found, events, upTo));
        }
        long before = upTo < newest ? upTo : newest + 1;
        while (found.size() < limit) {
            var rows = reading.list(BEFORE, IndexStore::read, place, before, ROWS_AT_ONCE);
            for (var events : rows) {
                addUpTo(found, events, found.isEmpty() ? upTo : found.getLast() - 1);
            }
            if (rows.size() < ROWS_AT_ONCE) {
                break;
            }
            before = rows.getLast().getFirst();
        }
        return found.size() <= limit ? found : found.subList(0, limit);
    }

    private static void addUpTo(List<Long> found, List<Long> events, long upTo) {
        events.stream().filter(event -> event <= upTo).forEach(found::add);
    }

    boolean standsIn(Reading reading, long place, long event) {
        return around(reading, place, event).filter(events -> events.contains(event)).isPresent();
    }
}
