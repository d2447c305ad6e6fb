package dev.hearth.todevice;

import dev.hearth.identifier.DeviceId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonReader;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Row;
import dev.hearth.storage.Transaction;
import java.util.List;
import java.util.Optional;

/// `to_device_message(position, recipient, device, body)`: the inboxes of all local devices.
final class ToDeviceStore {

    private static final String INSERT =
            """
            INSERT INTO to_device_message (position, recipient, device, body)
            VALUES (?, ?, ?, ?)
            """;

    private static final String LIST =
            """
            SELECT position, body FROM to_device_message
            WHERE recipient = ? AND device = ? AND position <= ?
            ORDER BY recipient, device, position
            LIMIT ?
            """;

    private static final String AFTER =
            """
            SELECT position, body FROM to_device_message
            WHERE recipient = ? AND device = ? AND position > ?
            ORDER BY recipient, device, position
            LIMIT ?
            """;

    private static final String ANY_UP_TO =
            """
            SELECT position FROM to_device_message
            WHERE recipient = ? AND device = ? AND position <= ?
            ORDER BY recipient, device, position
            LIMIT 1
            """;

    private static final String INBOXES =
            """
            SELECT DISTINCT recipient, device FROM to_device_message
            """;

    private static final String NEWEST_BEYOND =
            """
            SELECT position FROM to_device_message WHERE recipient = ? AND device = ?
            ORDER BY recipient DESC, device DESC, position DESC
            LIMIT 1 OFFSET ?
            """;

    private static final String DELETE_UP_TO =
            """
            DELETE FROM to_device_message
            WHERE recipient = ? AND device = ? AND position <= ?
            """;

    private static final String DELETE_ALL =
            """
            DELETE FROM to_device_message WHERE recipient = ? AND device = ?
            """;

    /// Whose messages wait.
    record Inbox(UserId recipient, DeviceId device) {}

    List<Inbox> inboxes(Reading reading) {
        return reading.list(
                INBOXES,
                row ->
                        new Inbox(
                                UserId.parse(row.string("recipient")),
                                DeviceId.parse(row.string("device"))));
    }

    /// The newest of those messages before which there are so many newer ones.
    Optional<Long> newestBeyond(Reading reading, Inbox inbox, int newer) {
        return reading.find(
                NEWEST_BEYOND,
                row -> row.integer("position"),
                inbox.recipient(),
                inbox.device(),
                newer);
    }

    void insert(Transaction tx, UserId recipient, DeviceId device, JsonObject event) {
        tx.execute(INSERT, tx.nextPosition(), recipient, device, event.toString());
    }

    List<ToDeviceMessage> list(
            Reading reading, UserId recipient, DeviceId device, long upTo, int limit) {
        return reading.list(LIST, ToDeviceStore::read, recipient, device, upTo, limit);
    }

    List<ToDeviceMessage> after(
            Reading reading, UserId recipient, DeviceId device, long position, int limit) {
        return reading.list(AFTER, ToDeviceStore::read, recipient, device, position, limit);
    }

    boolean holdsAnyUpTo(Reading reading, UserId recipient, DeviceId device, long upTo) {
        return reading.find(ANY_UP_TO, row -> row.integer("position"), recipient, device, upTo)
                .isPresent();
    }

    void deleteUpTo(Transaction tx, UserId recipient, DeviceId device, long upTo) {
        tx.execute(DELETE_UP_TO, recipient, device, upTo);
    }

    void deleteAll(Transaction tx, UserId recipient, DeviceId device) {
        tx.execute(DELETE_ALL, recipient, device);
    }

    private static ToDeviceMessage read(Row row) {
        return new ToDeviceMessage(
                row.integer("position"), JsonReader.readObject(row.string("body")));
    }
}
