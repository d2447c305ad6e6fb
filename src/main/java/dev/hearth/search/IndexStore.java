package dev.hearth.search;

import dev.hearth.identifier.RoomId;
import dev.hearth.signing.Sha256;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// `word_place(place, event)`: that a word stands in an event, which is told by its number; the
/// place is the beginning of a digest of room and word, so that who looks finds by one whole number
/// what stands together. Where two share a place, the events that are read tell them apart.
///
/// `word_cursor(event)`: up to which event all are indexed.
final class IndexStore {

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
            INSERT INTO word_place(place, event) VALUES (?, ?)
            """;
    private static final String DELETE =
            """
            DELETE FROM word_place WHERE place = ? AND event = ?
            """;
    private static final String EVENTS =
            """
            SELECT event FROM word_place WHERE place = ? AND event <= ?
            ORDER BY place DESC, event DESC LIMIT ?
            """;
    private static final String STANDS_IN =
            """
            SELECT event FROM word_place WHERE place = ? AND event = ?
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

    void insert(Transaction tx, long place, long event) {
        tx.execute(INSERT, place, event);
    }

    void delete(Transaction tx, long place, long event) {
        tx.execute(DELETE, place, event);
    }

    /// Newest first: events up to one in which a word stands.
    List<Long> events(Reading reading, long place, long upTo, int limit) {
        return reading.list(EVENTS, row -> row.integer("event"), place, upTo, limit);
    }

    boolean standsIn(Reading reading, long place, long event) {
        return reading.find(STANDS_IN, row -> row.integer("event"), place, event).isPresent();
    }
}
