package dev.hearth.keys.dehydration;

import dev.hearth.identifier.DeviceId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonReader;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Row;
import dev.hearth.storage.Transaction;
import java.util.Optional;

/// `dehydrated_device(owner, device, display_name, sealed)`: at most one for each user.
final class DehydratedDeviceStore {

    private static final String FIND =
            """
            SELECT device, display_name, sealed FROM dehydrated_device WHERE owner = ?
            """;
    private static final String INSERT =
            """
            INSERT INTO dehydrated_device(owner, device, display_name, sealed) VALUES (?, ?, ?, ?)
            """;
    private static final String DELETE =
            """
            DELETE FROM dehydrated_device WHERE owner = ?
            """;

    Optional<DehydratedDevice> find(Reading reading, UserId owner) {
        return reading.find(FIND, DehydratedDeviceStore::device, owner);
    }

    void insert(Transaction tx, UserId owner, DehydratedDevice device) {
        tx.execute(INSERT, owner, device.id(), device.displayName(), device.sealed());
    }

    void delete(Transaction tx, UserId owner) {
        tx.execute(DELETE, owner);
    }

    private static DehydratedDevice device(Row row) {
        return new DehydratedDevice(
                DeviceId.parse(row.string("device")),
                row.findString("display_name"),
                JsonReader.readObject(row.string("sealed")));
    }
}
