package dev.hearth.subscription;

import dev.hearth.identifier.EventId;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Row;
import dev.hearth.storage.Transaction;
import java.util.List;
import java.util.Optional;

/// `thread_subscription(user_id, room_id, root, subscribed, automatic, position)`: what is over is
/// a row too; the position is that of the last change.
final class SubscriptionStore {

    private static final String COLUMNS =
            """
            SELECT room_id, root, subscribed, automatic, position FROM thread_subscription
            """;
    private static final String FIND =
            COLUMNS
                    + """
                     WHERE user_id = ? AND room_id = ? AND root = ?
                    """;
    private static final String NEWEST =
            COLUMNS
                    + """
                     WHERE user_id = ? AND position > ? AND position <= ?
                    ORDER BY user_id DESC, position DESC LIMIT ?
                    """;
    private static final String COUNT =
            """
            SELECT COUNT(*) AS n FROM thread_subscription WHERE user_id = ?
            """;
    private static final String SUBSCRIBERS =
            """
            SELECT user_id FROM thread_subscription
            WHERE root = ? AND room_id = ? AND subscribed LIMIT ?
            """;
    private static final String UPDATE =
            """
            UPDATE thread_subscription SET subscribed = ?, automatic = ?, position = ?
            WHERE user_id = ? AND room_id = ? AND root = ?
            """;
    private static final String INSERT =
            """
            INSERT INTO thread_subscription(
                subscribed, automatic, position, user_id, room_id, root)
            VALUES (?, ?, ?, ?, ?, ?)
            """;
    private static final String DELETE_ALL =
            """
            DELETE FROM thread_subscription WHERE user_id = ?
            """;

    Optional<Subscription> find(Reading reading, UserId user, RoomId room, EventId root) {
        return reading.find(FIND, SubscriptionStore::read, user, room, root);
    }

    /// Newest first: those that changed after one position and up to another.
    List<Subscription> newest(Reading reading, UserId user, long since, long upTo, int limit) {
        return reading.list(NEWEST, SubscriptionStore::read, user, since, upTo, limit);
    }

    long count(Reading reading, UserId user) {
        return reading.find(COUNT, row -> row.integer("n"), user).orElse(0L);
    }

    List<UserId> subscribers(Reading reading, RoomId room, EventId root, int limit) {
        return reading.list(
                SUBSCRIBERS, row -> UserId.parse(row.string("user_id")), root, room, limit);
    }

    void put(Transaction tx, UserId user, Subscription subscription) {
        Object[] parameters = {
            subscription.subscribed(),
            subscription.automatic(),
            subscription.position(),
            user,
            subscription.room(),
            subscription.root()
        };
        if (tx.execute(UPDATE, parameters) == 0) {
            tx.execute(INSERT, parameters);
        }
    }

    void deleteAll(Transaction tx, UserId user) {
        tx.execute(DELETE_ALL, user);
    }

    private static Subscription read(Row row) {
        return new Subscription(
                RoomId.parse(row.string("room_id")),
                EventId.parse(row.string("root")),
                row.bool("subscribed"),
                row.bool("automatic"),
                row.integer("position"));
    }
}
