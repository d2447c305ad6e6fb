package dev.hearth.keys;

import dev.hearth.identifier.UserId;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import java.util.List;

/// `device_list_change(id, owner, position)`: when the keys of a user last changed. One row for
/// each user is enough: who asks about a span that ends before the newest change is told with the
/// next.
final class DeviceListStore {

    private static final String BETWEEN =
            """
            SELECT owner FROM device_list_change WHERE position > ? AND position <= ?
            """;

    private static final String UPDATE =
            """
            UPDATE device_list_change SET position = ? WHERE owner = ?
            """;

    private static final String INSERT =
            """
            INSERT INTO device_list_change (id, owner, position) VALUES (?, ?, ?)
            """;

    List<UserId> changedBetween(Reading reading, long since, long upTo) {
        return reading.list(BETWEEN, row -> UserId.parse(row.string("owner")), since, upTo);
    }

    void mark(Transaction tx, UserId owner) {
        long position = tx.nextPosition();
        if (tx.execute(UPDATE, position, owner) == 0) {
            tx.execute(INSERT, position, owner, position);
        }
    }
}
