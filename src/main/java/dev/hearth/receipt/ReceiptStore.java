package dev.hearth.receipt;

import dev.hearth.identifier.EventId;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Row;
import dev.hearth.storage.Transaction;
import java.util.List;
import java.util.Optional;

/// `receipt(user_id, room_id, type, thread_id, event_id, event_position, ts, position)`; an empty
/// thread means unthreaded. Rows of the type `sent` have the position 0: no sync tells them.
final class ReceiptStore {

    private static final String COLUMNS =
            """
            SELECT user_id, room_id, type, thread_id, event_id, event_position, ts, position
            FROM receipt
            """;
    private static final String FIND =
            COLUMNS
                    + """
                     WHERE user_id = ? AND room_id = ? AND type = ? AND thread_id = ?
                    """;
    private static final String ALL_OF_USER =
            COLUMNS
                    + """
                     WHERE user_id = ?
                    """;
    private static final String OF_USER =
            COLUMNS
                    + """
                     WHERE user_id = ? AND room_id = ?
                    """;
    private static final String NEWEST =
            COLUMNS
                    + """
                     WHERE room_id = ? AND position >= ? AND position <= ?
                    ORDER BY room_id DESC, position DESC LIMIT ?
                    """;
    private static final String UPDATE =
            """
            UPDATE receipt SET event_id = ?, event_position = ?, ts = ?, position = ?
            WHERE user_id = ? AND room_id = ? AND type = ? AND thread_id = ?
            """;
    private static final String INSERT =
            """
            INSERT INTO receipt(
                event_id, event_position, ts, position, user_id, room_id, type, thread_id)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String COUNT_THREADS =
            """
            SELECT COUNT(*) AS n FROM receipt WHERE user_id = ? AND room_id = ?
            """;

    /// A receipt with the position of its change.
    record Stored(Receipt receipt, long position) {}

    Optional<Receipt> find(Reading reading, Receipt like) {
        return reading.find(
                        FIND,
                        ReceiptStore::read,
                        like.user(),
                        like.room(),
                        like.type(),
                        like.threadId())
                .map(Stored::receipt);
    }

    List<Receipt> ofUser(Reading reading, UserId user) {
        return reading.list(ALL_OF_USER, ReceiptStore::read, user).stream()
                .map(Stored::receipt)
                .toList();
    }

    List<Stored> ofUser(Reading reading, UserId user, RoomId room) {
        return reading.list(OF_USER, ReceiptStore::read, user, room);
    }

    /// Newest first: those that changed after one position and up to another. (The engine looks at
    /// what is equal to a bound, too: at position 0 there are as many rows as people have spoken.)
    List<Receipt> newest(Reading reading, RoomId room, long since, long upTo, int limit) {
        return reading.list(NEWEST, ReceiptStore::read, room, since + 1, upTo, limit).stream()
                .map(Stored::receipt)
                .toList();
    }

    long count(Reading reading, UserId user, RoomId room) {
        return reading.find(COUNT_THREADS, row -> row.integer("n"), user, room).orElse(0L);
    }

    /// @param position of the change; 0 for what no sync tells
    void put(Transaction tx, Receipt receipt, long position) {
        Object[] parameters = {
            receipt.event(),
            receipt.eventPosition(),
            receipt.ts(),
            position,
            receipt.user(),
            receipt.room(),
            receipt.type(),
            receipt.threadId()
        };
        if (tx.execute(UPDATE, parameters) == 0) {
            tx.execute(INSERT, parameters);
        }
    }

    private static Stored read(Row row) {
        var receipt =
                new Receipt(
                        UserId.parse(row.string("user_id")),
                        RoomId.parse(row.string("room_id")),
                        row.string("type"),
                        row.string("thread_id"),
                        EventId.parse(row.string("event_id")),
                        row.integer("event_position"),
                        row.integer("ts"));
        return new Stored(receipt, row.integer("position"));
    }
}
