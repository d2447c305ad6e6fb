package dev.hearth.sticky;

import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import java.util.List;
import java.util.function.BiConsumer;

/// `sticky_event(position, number, room, ends_at)`: the sticky events, each by its position.
final class StickyEventStore {

    private static final String INSERT =
            """
            INSERT INTO sticky_event(position, number, room, ends_at) VALUES (?, ?, ?, ?)
            """;
    private static final String ROOMS =
            """
            SELECT room, MAX(ends_at) AS ends_at FROM sticky_event GROUP BY room
            """;
    private static final String IN_ROOM =
            """
            SELECT number, ends_at FROM sticky_event
            WHERE room = ? AND position > ? AND position <= ?
            ORDER BY room DESC, position DESC
            LIMIT ?
            """;
    private static final String FORGET =
            """
            DELETE FROM sticky_event WHERE ends_at <= ?
            """;

    /// @param endsAt in milliseconds since 1970
    record Sticky(long number, long endsAt) {}

    void insert(Transaction tx, long position, long room, Sticky sticky) {
        tx.execute(INSERT, position, sticky.number(), room, sticky.endsAt());
    }

    /// The rooms, and when the last of each ends.
    void rooms(Reading reading, BiConsumer<Long, Long> room) {
        reading.each(ROOMS, row -> room.accept(row.integer("room"), row.integer("ends_at")));
    }

    /// Those of a room after one position and up to another, the newest first.
    List<Sticky> inRoom(Reading reading, long room, long after, long upTo, int limit) {
        return reading.list(
                IN_ROOM,
                row -> new Sticky(row.integer("number"), row.integer("ends_at")),
                room,
                after,
                upTo,
                limit);
    }

    void forgetEnded(Transaction tx, long now) {
        tx.execute(FORGET, now);
    }
}
