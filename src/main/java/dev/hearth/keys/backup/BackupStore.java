package dev.hearth.keys.backup;

import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonReader;
import dev.hearth.json.JsonValue;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Row;
import dev.hearth.storage.Transaction;
import java.util.Optional;

/// `key_backup(id, owner, version, algorithm, auth_data, etag, key_count, deleted)`: the versions
/// of backups. Deleted ones stay as empty rows.
final class BackupStore {

    private static final String LAST_VERSION =
            """
            SELECT version FROM key_backup WHERE owner = ?
            ORDER BY owner DESC, version DESC LIMIT 1
            """;

    private static final String CURRENT =
            """
            SELECT id, version, algorithm, auth_data, etag, key_count FROM key_backup
            WHERE owner = ? AND NOT deleted
            ORDER BY owner DESC, version DESC LIMIT 1
            """;

    private static final String FIND =
            """
            SELECT id, version, algorithm, auth_data, etag, key_count FROM key_backup
            WHERE owner = ? AND version = ? AND NOT deleted
            """;

    private static final String WAS_DELETED =
            """
            SELECT id FROM key_backup WHERE owner = ? AND version = ? AND deleted
            """;

    private static final String INSERT =
            """
            INSERT INTO key_backup
            (id, owner, version, algorithm, auth_data, etag, key_count, deleted)
            VALUES (?, ?, ?, ?, ?, 0, 0, FALSE)
            """;

    private static final String UPDATE_AUTH_DATA =
            """
            UPDATE key_backup SET auth_data = ? WHERE id = ?
            """;

    private static final String UPDATE_KEYS =
            """
            UPDATE key_backup SET etag = ?, key_count = ? WHERE id = ?
            """;

    private static final String DELETE =
            """
            UPDATE key_backup SET auth_data = '', key_count = 0, deleted = TRUE WHERE id = ?
            """;

    long lastVersion(Reading reading, UserId owner) {
        return reading.find(LAST_VERSION, row -> row.integer("version"), owner).orElse(0L);
    }

    Optional<Backup> current(Reading reading, UserId owner) {
        return reading.find(CURRENT, BackupStore::read, owner);
    }

    Optional<Backup> find(Reading reading, UserId owner, long version) {
        return reading.find(FIND, BackupStore::read, owner, version);
    }

    boolean wasDeleted(Reading reading, UserId owner, long version) {
        return reading.find(WAS_DELETED, row -> row.integer("id"), owner, version).isPresent();
    }

    void insert(Transaction tx, UserId owner, Backup.Version version) {
        tx.execute(
                INSERT,
                tx.nextPosition(),
                owner,
                version.number(),
                version.algorithm(),
                version.authData());
    }

    void updateAuthData(Transaction tx, Backup backup, JsonValue authData) {
        tx.execute(UPDATE_AUTH_DATA, authData, backup.id());
    }

    void updateKeys(Transaction tx, Backup backup) {
        tx.execute(UPDATE_KEYS, backup.etag(), backup.count(), backup.id());
    }

    void delete(Transaction tx, Backup backup) {
        tx.execute(DELETE, backup.id());
    }

    private static Backup read(Row row) {
        var version =
                new Backup.Version(
                        row.integer("version"),
                        row.string("algorithm"),
                        JsonReader.read(row.string("auth_data")));
        return new Backup(
                row.integer("id"), version, row.integer("etag"), row.integer("key_count"));
    }
}
