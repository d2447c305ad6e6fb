package dev.hearth.push;

import dev.hearth.identifier.DeviceId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonReader;
import dev.hearth.json.JsonWriter;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Row;
import dev.hearth.storage.Transaction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `pusher(number, user_id, device_id, app_id, pushkey, shown, data, enabled, set_at, told_up_to,
/// badge, failures, retry_at)`.
final class PusherStore {

    private static final String COLUMNS =
            """
            SELECT number, user_id, device_id, app_id, pushkey, shown, data, enabled, set_at,
                told_up_to, badge, failures, retry_at
            FROM pusher
            """;
    private static final String FIND =
            COLUMNS
                    + """
                     WHERE number = ?
                    """;
    private static final String OF_USER =
            COLUMNS
                    + """
                     WHERE user_id = ? ORDER BY user_id, number
                    """;
    private static final String OF_KEY =
            COLUMNS
                    + """
                     WHERE app_id = ? AND pushkey = ?
                    """;
    private static final String ALL =
            """
            SELECT number, user_id FROM pusher
            """;
    private static final String INSERT =
            """
            INSERT INTO pusher(
                device_id, shown, data, enabled, set_at, user_id, app_id, pushkey,
                told_up_to, badge, failures, retry_at, number)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String UPDATE =
            """
            UPDATE pusher SET device_id = ?, shown = ?, data = ?, enabled = ?, set_at = ?
            WHERE number = ?
            """;
    private static final String MOVE =
            """
            UPDATE pusher SET told_up_to = ?, badge = ?, failures = ?, retry_at = ?
            WHERE number = ?
            """;
    private static final String DELETE =
            """
            DELETE FROM pusher WHERE number = ?
            """;

    /// A pusher, and how far it got.
    record Stored(Pusher pusher, Pusher.Progress progress) {}

    Optional<Stored> find(Reading reading, long number) {
        return reading.find(FIND, PusherStore::read, number);
    }

    List<Pusher> ofUser(Reading reading, UserId user) {
        return reading.list(OF_USER, PusherStore::read, user).stream().map(Stored::pusher).toList();
    }

    /// Those of all users with this key.
    List<Pusher> withKey(Reading reading, Pusher.Key key) {
        return reading.list(OF_KEY, PusherStore::read, key.appId(), key.pushkey()).stream()
                .map(Stored::pusher)
                .toList();
    }

    /// The numbers of all, and whose they are.
    Map<Long, UserId> all(Reading reading) {
        var all = new HashMap<Long, UserId>();
        reading.each(
                ALL, row -> all.put(row.integer("number"), UserId.parse(row.string("user_id"))));
        return all;
    }

    void insert(Transaction tx, Pusher pusher, Pusher.Progress progress) {
        tx.execute(
                INSERT,
                pusher.device(),
                JsonWriter.writeBytes(pusher.shown()),
                JsonWriter.writeBytes(pusher.data()),
                pusher.enabled(),
                pusher.setAt(),
                pusher.user(),
                pusher.key().appId(),
                pusher.key().pushkey(),
                progress.cursor(),
                progress.badge(),
                progress.failures(),
                progress.retryAt(),
                pusher.number());
    }

    void update(Transaction tx, Pusher pusher) {
        tx.execute(
                UPDATE,
                pusher.device(),
                JsonWriter.writeBytes(pusher.shown()),
                JsonWriter.writeBytes(pusher.data()),
                pusher.enabled(),
                pusher.setAt(),
                pusher.number());
    }

    void move(Transaction tx, long number, Pusher.Progress progress) {
        tx.execute(
                MOVE,
                progress.cursor(),
                progress.badge(),
                progress.failures(),
                progress.retryAt(),
                number);
    }

    void delete(Transaction tx, long number) {
        tx.execute(DELETE, number);
    }

    private static Stored read(Row row) {
        var pusher =
                new Pusher(
                        row.integer("number"),
                        UserId.parse(row.string("user_id")),
                        DeviceId.parse(row.string("device_id")),
                        new Pusher.Key(row.string("app_id"), row.string("pushkey")),
                        JsonReader.readObject(row.bytes("shown")),
                        JsonReader.readObject(row.bytes("data")),
                        row.bool("enabled"),
                        row.integer("set_at"));
        var progress =
                new Pusher.Progress(
                        row.integer("told_up_to"),
                        row.integer("badge"),
                        Math.toIntExact(row.integer("failures")),
                        row.integer("retry_at"));
        return new Stored(pusher, progress);
    }
}
