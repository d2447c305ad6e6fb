package dev.hearth.keys;

import dev.hearth.identifier.DeviceId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonWriter;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Row;
import dev.hearth.storage.Transaction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `one_time_key(id, owner, device, algorithm, key_name, body)`: keys that can be claimed;
/// `claimed_key(id, owner, device, digest)`: by what those are known that were; `key_claim(id,
/// owner, device, position)`: when something was last claimed of a device.
final class OneTimeKeyStore {

    private static final String LIST =
            """
            SELECT id, key_name, body FROM one_time_key WHERE owner = ? AND device = ?
            """;

    private static final String OLDEST =
            """
            SELECT id, key_name, body FROM one_time_key
            WHERE owner = ? AND device = ? AND algorithm = ?
            ORDER BY owner, device, algorithm, id
            LIMIT 1
            """;

    private static final String COUNT =
            """
            SELECT algorithm, COUNT(*) AS total FROM one_time_key
            WHERE owner = ? AND device = ? GROUP BY algorithm ORDER BY algorithm
            """;

    private static final String INSERT =
            """
            INSERT INTO one_time_key (id, owner, device, algorithm, key_name, body)
            VALUES (?, ?, ?, ?, ?, ?)
            """;

    private static final String DELETE =
            """
            DELETE FROM one_time_key WHERE id = ?
            """;

    private static final String DELETE_ALL =
            """
            DELETE FROM one_time_key WHERE owner = ? AND device = ?
            """;

    private static final String FIND_CLAIMED =
            """
            SELECT id FROM claimed_key WHERE owner = ? AND device = ? AND digest = ?
            """;

    private static final String INSERT_CLAIMED =
            """
            INSERT INTO claimed_key (id, owner, device, digest) VALUES (?, ?, ?, ?)
            """;

    private static final String DELETE_CLAIMED =
            """
            DELETE FROM claimed_key WHERE owner = ? AND device = ?
            """;

    private static final String LAST_CLAIM =
            """
            SELECT position FROM key_claim WHERE owner = ? AND device = ?
            """;

    private static final String MOVE_CLAIM =
            """
            UPDATE key_claim SET position = ? WHERE owner = ? AND device = ?
            """;

    private static final String INSERT_CLAIM =
            """
            INSERT INTO key_claim (id, owner, device, position) VALUES (?, ?, ?, ?)
            """;

    private static final String DELETE_CLAIM =
            """
            DELETE FROM key_claim WHERE owner = ? AND device = ?
            """;

    private record Stored(long id, OneTimeKey key) {}

    List<OneTimeKey> list(Reading reading, UserId owner, DeviceId device) {
        return reading.list(LIST, row -> read(row).key(), owner, device);
    }

    Map<String, Long> count(Reading reading, UserId owner, DeviceId device) {
        var counts = new LinkedHashMap<String, Long>();
        reading.each(
                COUNT,
                row -> counts.put(row.string("algorithm"), row.integer("total")),
                owner,
                device);
        return counts;
    }

    void insert(Transaction tx, UserId owner, DeviceId device, OneTimeKey key) {
        tx.execute(
                INSERT,
                tx.nextPosition(),
                owner,
                device,
                key.id().algorithm(),
                key.id(),
                JsonWriter.write(key.value()));
    }

    /// Whether this key was given away once and must not come back.
    boolean wasClaimed(Reading reading, UserId owner, DeviceId device, OneTimeKey key) {
        return reading.find(FIND_CLAIMED, row -> row.integer("id"), owner, device, key.digest())
                .isPresent();
    }

    /// Takes the oldest key away.
    Optional<OneTimeKey> take(Transaction tx, UserId owner, DeviceId device, String algorithm) {
        var oldest = tx.find(OLDEST, OneTimeKeyStore::read, owner, device, algorithm);
        oldest.ifPresent(stored -> {
            tx.execute(DELETE, stored.id());
            tx.execute(INSERT_CLAIMED, tx.nextPosition(), owner, device, stored.key().digest());
        });
        return oldest.map(Stored::key);
    }

    /// Remembers that a key of the device was claimed just now.
    void noteClaim(Transaction tx, UserId owner, DeviceId device) {
        long position = tx.nextPosition();
        if (tx.execute(MOVE_CLAIM, position, owner, device) == 0) {
            tx.execute(INSERT_CLAIM, position, owner, device, position);
        }
    }

    /// When a key of the device was last claimed; 0 for never.
    long lastClaim(Reading reading, UserId owner, DeviceId device) {
        return reading.find(LAST_CLAIM, row -> row.integer("position"), owner, device).orElse(0L);
    }

    void deleteAll(Transaction tx, UserId owner, DeviceId device) {
        tx.execute(DELETE_ALL, owner, device);
        tx.execute(DELETE_CLAIMED, owner, device);
        tx.execute(DELETE_CLAIM, owner, device);
    }

    private static Stored read(Row row) {
        return new Stored(
                row.integer("id"), OneTimeKey.stored(row.string("key_name"), row.string("body")));
    }
}
