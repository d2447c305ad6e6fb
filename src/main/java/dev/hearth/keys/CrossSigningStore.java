package dev.hearth.keys;

import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonReader;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/// `cross_signing_key(id, owner, kind, body)`: up to three keys for each user.
final class CrossSigningStore {

    private static final String LIST =
            """
            SELECT kind, body FROM cross_signing_key WHERE owner = ?
            """;

    private static final String UPDATE =
            """
            UPDATE cross_signing_key SET body = ? WHERE owner = ? AND kind = ?
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

    void put(Transaction tx, UserId owner, CrossSigningKey key) {
        var kind = key.kind().usage();
        if (tx.execute(UPDATE, key.body(), owner, kind) == 0) {
            tx.execute(INSERT, tx.nextPosition(), owner, kind, key.body());
        }
    }

    void delete(Transaction tx, UserId owner, CrossSigningKind kind) {
        tx.execute(DELETE, owner, kind.usage());
    }
}
