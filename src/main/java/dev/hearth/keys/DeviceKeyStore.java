package dev.hearth.keys;

import dev.hearth.identifier.DeviceId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonReader;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Row;
import dev.hearth.storage.Transaction;
import java.util.List;
import java.util.Optional;

/// `device_key(id, owner, device, body)`: the identity keys of devices.
final class DeviceKeyStore {

    private static final String FIND =
            """
            SELECT device, body FROM device_key WHERE owner = ? AND device = ?
            """;

    private static final String LIST =
            """
            SELECT device, body FROM device_key WHERE owner = ?
            """;

    private static final String UPDATE =
            """
            UPDATE device_key SET body = ? WHERE owner = ? AND device = ?
            """;

    private static final String INSERT =
            """
            INSERT INTO device_key (id, owner, device, body) VALUES (?, ?, ?, ?)
            """;

    private static final String DELETE =
            """
            DELETE FROM device_key WHERE owner = ? AND device = ?
            """;

    Optional<DeviceKeys> find(Reading reading, UserId owner, DeviceId device) {
        return reading.find(FIND, DeviceKeyStore::read, owner, device);
    }

    List<DeviceKeys> list(Reading reading, UserId owner) {
        return reading.list(LIST, DeviceKeyStore::read, owner);
    }

    void put(Transaction tx, UserId owner, DeviceKeys keys) {
        if (tx.execute(UPDATE, keys.body(), owner, keys.device()) == 0) {
            tx.execute(INSERT, tx.nextPosition(), owner, keys.device(), keys.body());
        }
    }

    /// Deletes the keys of a device and tells whether it had any.
    boolean delete(Transaction tx, UserId owner, DeviceId device) {
        return tx.execute(DELETE, owner, device) > 0;
    }

    private static DeviceKeys read(Row row) {
        return new DeviceKeys(
                DeviceId.parse(row.string("device")), JsonReader.readObject(row.string("body")));
    }
}
