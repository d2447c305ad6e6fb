package dev.hearth.keys;

import dev.hearth.identifier.DeviceId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonWriter;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import java.util.List;
import java.util.Optional;

/// `fallback_key(id, owner, device, algorithm, key_name, body, used)`: what is handed out when a
/// device has no one-time key left.
final class FallbackKeyStore {

    private static final String FIND =
            """
            SELECT key_name, body, used FROM fallback_key
            WHERE owner = ? AND device = ? AND algorithm = ?
            """;

    private static final String UNUSED =
            """
            SELECT algorithm FROM fallback_key
            WHERE owner = ? AND device = ? AND NOT used ORDER BY algorithm
            """;

    private static final String UPDATE =
            """
            UPDATE fallback_key SET key_name = ?, body = ?, used = FALSE
            WHERE owner = ? AND device = ? AND algorithm = ?
            """;

    private static final String INSERT =
            """
            INSERT INTO fallback_key (id, owner, device, algorithm, key_name, body, used)
            VALUES (?, ?, ?, ?, ?, ?, FALSE)
            """;

    private static final String MARK_USED =
            """
            UPDATE fallback_key SET used = TRUE
            WHERE owner = ? AND device = ? AND algorithm = ? AND NOT used
            """;

    private static final String DELETE_ALL =
            """
            DELETE FROM fallback_key WHERE owner = ? AND device = ?
            """;

    Optional<OneTimeKey> find(Reading reading, UserId owner, DeviceId device, String algorithm) {
        return reading.find(
                FIND,
                row -> OneTimeKey.stored(row.string("key_name"), row.string("body")),
                owner,
                device,
                algorithm);
    }

    List<String> unusedAlgorithms(Reading reading, UserId owner, DeviceId device) {
        return reading.list(UNUSED, row -> row.string("algorithm"), owner, device);
    }

    /// Replaces the fallback key of this algorithm by an unused one.
    void put(Transaction tx, UserId owner, DeviceId device, OneTimeKey key) {
        var algorithm = key.id().algorithm();
        var body = JsonWriter.write(key.value());
        if (tx.execute(UPDATE, key.id(), body, owner, device, algorithm) == 0) {
            tx.execute(INSERT, tx.nextPosition(), owner, device, algorithm, key.id(), body);
        }
    }

    /// Marks the key as used and tells whether it was not before.
    boolean markUsed(Transaction tx, UserId owner, DeviceId device, String algorithm) {
        return tx.execute(MARK_USED, owner, device, algorithm) > 0;
    }

    void deleteAll(Transaction tx, UserId owner, DeviceId device) {
        tx.execute(DELETE_ALL, owner, device);
    }
}
