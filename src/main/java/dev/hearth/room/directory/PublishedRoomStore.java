package dev.hearth.room.directory;

import dev.hearth.storage.Reading;
import dev.hearth.storage.Row;
import dev.hearth.storage.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `published_room(room, joined, entry)`: a room that is public, how many are in it, and what the
/// list says of it beside that, as JSON; empty where that wasn't worked out yet.
///
/// The list goes from the largest to the smallest; of two of the same size the newer comes first.
final class PublishedRoomStore {

    private static final String FIND =
            """
            SELECT room, joined, entry FROM published_room WHERE room = ?
            """;
    private static final String COUNT =
            """
            SELECT COUNT(*) AS n FROM published_room
            """;
    private static final String AS_LARGE =
            """
            SELECT room, joined, entry FROM published_room WHERE joined = ? AND room < ?
            ORDER BY joined DESC, room DESC LIMIT ?
            """;
    private static final String SMALLER =
            """
            SELECT room, joined, entry FROM published_room WHERE joined < ? AND joined > 0
            ORDER BY joined DESC, room DESC LIMIT ?
            """;
    private static final String AS_SMALL =
            """
            SELECT room, joined, entry FROM published_room WHERE joined = ? AND room > ?
            ORDER BY joined, room LIMIT ?
            """;
    private static final String LARGER =
            """
            SELECT room, joined, entry FROM published_room WHERE joined > ?
            ORDER BY joined, room LIMIT ?
            """;
    private static final String INSERT =
            """
            INSERT INTO published_room(room, joined, entry) VALUES (?, ?, ?)
            """;
    private static final String UPDATE_SIZE =
            """
            UPDATE published_room SET joined = ? WHERE room = ?
            """;
    private static final String UPDATE_ENTRY =
            """
            UPDATE published_room SET joined = ?, entry = ? WHERE room = ?
            """;
    private static final String DELETE =
            """
            DELETE FROM published_room WHERE room = ?
            """;

    /// One row.
    record Published(long room, long joined, String entry) {}

    Optional<Published> find(Reading reading, long room) {
        return reading.find(FIND, PublishedRoomStore::published, room);
    }

    long count(Reading reading) {
        return reading.find(COUNT, row -> row.integer("n")).orElse(0L);
    }

    /// What comes after a place in the list.
    List<Published> after(Reading reading, ListPlace place, int limit) {
        return both(reading, AS_LARGE, SMALLER, place, limit);
    }

    /// What comes before a place in the list, the nearest first.
    List<Published> before(Reading reading, ListPlace place, int limit) {
        return both(reading, AS_SMALL, LARGER, place, limit);
    }

    /// Those of the same size, then the others: two walks down the index.
    private static List<Published> both(
            Reading reading, String same, String other, ListPlace place, int limit) {
        var found =
                new ArrayList<>(
                        reading.list(
                                same,
                                PublishedRoomStore::published,
                                place.joined(),
                                place.room(),
                                limit));
        if (found.size() < limit) {
            found.addAll(
                    reading.list(
                            other,
                            PublishedRoomStore::published,
                            place.joined(),
                            limit - found.size()));
        }
        return found;
    }

    void insert(Transaction tx, Published row) {
        tx.execute(INSERT, row.room(), row.joined(), row.entry());
    }

    void setSize(Transaction tx, long room, long joined) {
        tx.execute(UPDATE_SIZE, joined, room);
    }

    void update(Transaction tx, Published row) {
        tx.execute(UPDATE_ENTRY, row.joined(), row.entry(), row.room());
    }

    void delete(Transaction tx, long room) {
        tx.execute(DELETE, room);
    }

    private static Published published(Row row) {
        return new Published(row.integer("room"), row.integer("joined"), row.string("entry"));
    }
}
