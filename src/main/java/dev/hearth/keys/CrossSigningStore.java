package dev.hearth.keys;

import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonReader;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/// `cross_signing_key(id, owner, kind, body)`: up to three keys for each user, each with the
/// position at which it came.
final class CrossSigningStore {

    private static final String LIST =
            """
            SELECT kind, body FROM cross_signing_key WHERE owner = ?
            """;

    private static final String LAST_CHANGE =
            """
            SELECT id FROM cross_signing_key WHERE owner = ? AND kind = ?
            """;

    private static final String INSERT =
            """
            INSERT INTO cross_signing_key (id, owner, kind, body) VALUES (?, ?, ?, ?)
            """;

    private static final String DELETE =
            """
            DELETE FROM cross_signing_key WHERE owner = ? AND kind = ?
            """;

    Map<CrossSigningKind, CrossSigningKey> list(Reading reading, UserId owner) {
        var bodies = new HashMap<String, String>();
        reading.each(LIST, row -> bodies.put(row.string("kind"), row.string("body")), owner);
        var keys = new EnumMap<CrossSigningKind, CrossSigningKey>(CrossSigningKind.class);
        for (var kind : CrossSigningKind.values()) {
            var body = bodies.get(kind.usage());
            if (body != null) {
                keys.put(kind, new CrossSigningKey(kind, JsonReader.readObject(body)));
            }
        }
        return keys;
    }

    /// When a key was last put; 0 if there is none.
    long lastChange(Reading reading, UserId owner, CrossSigningKind kind) {
        return reading.find(LAST_CHANGE, row -> row.integer("id"), owner, kind.usage()).orElse(0L);
    }

    void put(Transaction tx, UserId owner, CrossSigningKey key) {
        delete(tx, owner, key.kind());
        tx.execute(INSERT, tx.nextPosition(), owner, key.kind().usage(), key.body());
    }

    void delete(Transaction tx, UserId owner, CrossSigningKind kind) {
        tx.execute(DELETE, owner, kind.usage());
    }
}
