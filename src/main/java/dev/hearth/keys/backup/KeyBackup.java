package dev.hearth.keys.backup;

import static dev.hearth.error.MatrixException.invalidParam;
import static dev.hearth.error.MatrixException.notFound;

import dev.hearth.error.MatrixException.WrongRoomKeysVersion;
import dev.hearth.http.Routes;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonValue;
import dev.hearth.storage.Database;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import java.util.LinkedHashMap;
import java.util.Map;

/// The backups of room keys. Every user sees only their own.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#server-side-key-backups Server-side key
///   backups
public final class KeyBackup {

    private final Database database;
    private final BackupStore backups = new BackupStore();
    private final BackedUpKeyStore keys = new BackedUpKeyStore();

    public KeyBackup(Database database) {
        this.database = database;
    }

    public void declare(Routes routes) {
        new BackupEndpoints(this).declare(routes);
    }

    /// Begins a new backup, which is the current one from now on, and tells its version.
    String create(UserId owner, String algorithm, JsonValue authData) {
        return database.transact(tx -> {
            long number = backups.lastVersion(tx, owner) + 1;
            backups.insert(tx, owner, new Backup.Version(number, algorithm, authData));
            return Long.toString(number);
        });
    }

    Backup current(UserId owner) {
        return database.read(reading -> current(reading, owner));
    }

    Backup version(UserId owner, String version) {
        return database.read(reading -> existing(reading, owner, version));
    }

    /// Replaces the data by which clients encrypt for a backup; its algorithm must stay, KB-5.
    void update(UserId owner, String version, String algorithm, JsonValue authData) {
        database.change(tx -> {
            var backup = existing(tx, owner, version);
            if (!backup.version().algorithm().equals(algorithm)) {
                throw invalidParam("The algorithm of a backup can't be changed");
            }
            backups.updateAuthData(tx, backup, authData);
        });
    }

    /// Deletes a backup with its keys. Deleting it again is no error, KB-5.
    void delete(UserId owner, String version) {
        database.change(tx -> {
            if (!backups.wasDeleted(tx, owner, number(version))) {
                var backup = existing(tx, owner, version);
                keys.delete(tx, backup, new Scope.Everything());
                backups.delete(tx, backup);
            }
        });
    }

    /// Stores the keys that are better than what the current backup has for their sessions.
    Backup store(UserId owner, String version, Map<Session, BackedUpKey> uploaded) {
        return database.transact(tx -> {
            var backup = writable(tx, owner, version);
            long added = 0;
            boolean changed = false;
            for (var entry : uploaded.entrySet()) {
                switch (store(tx, backup, entry.getKey(), entry.getValue())) {
                    case ADDED -> {
                        added++;
                        changed = true;
                    }
                    case REPLACED -> changed = true;
                    case KEPT -> {}
                }
            }
            return changed ? changed(tx, backup, backup.count() + added) : backup;
        });
    }

    private enum Outcome {
        ADDED,
        REPLACED,
        KEPT
    }

    private Outcome store(Transaction tx, Backup backup, Session session, BackedUpKey key) {
        var stored = keys.find(tx, backup, session);
        if (stored.isEmpty()) {
            keys.insert(tx, backup, session, key);
            return Outcome.ADDED;
        }
        if (!key.isBetterThan(stored.get())) {
            return Outcome.KEPT;
        }
        keys.update(tx, backup, session, key);
        return Outcome.REPLACED;
    }

    Map<Session, BackedUpKey> read(UserId owner, String version, Scope scope) {
        return database.read(reading -> {
            var backup = existing(reading, owner, version);
            var found = new LinkedHashMap<Session, BackedUpKey>();
            keys.each(reading, backup, scope, found::put);
            return found;
        });
    }

    /// Deletes keys from a backup, which may be an older one, KB-1.
    Backup delete(UserId owner, String version, Scope scope) {
        return database.transact(tx -> {
            var backup = existing(tx, owner, version);
            int deleted = keys.delete(tx, backup, scope);
            return deleted == 0 ? backup : changed(tx, backup, backup.count() - deleted);
        });
    }

    private Backup changed(Transaction tx, Backup backup, long count) {
        var changed = backup.changedTo(count);
        backups.updateKeys(tx, changed);
        return changed;
    }

    /// The current backup, if it is the one that the client means, KB-1.
    private Backup writable(Transaction tx, UserId owner, String version) {
        var current = current(tx, owner);
        if (!current.name().equals(version)) {
            existing(tx, owner, version);
            throw new WrongRoomKeysVersion(current.name());
        }
        return current;
    }

    private Backup current(Reading reading, UserId owner) {
        return backups.current(reading, owner)
                .orElseThrow(() -> notFound("There is no backup of room keys"));
    }

    private Backup existing(Reading reading, UserId owner, String version) {
        return backups.find(reading, owner, number(version)).orElseThrow(KeyBackup::unknown);
    }

    private static long number(String version) {
        // Versions are opaque to clients, so what is not even a number is just unknown.
        if (version.isEmpty()
                || version.length() > 18
                || !version.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw unknown();
        }
        return Long.parseLong(version);
    }

    private static RuntimeException unknown() {
        return notFound("There is no backup of this version");
    }

    /// Takes away all backups of a user who is no more.
    public void accountRemoved(Transaction tx, UserId owner) {
        for (var backup = backups.current(tx, owner);
                backup.isPresent();
                backup = backups.current(tx, owner)) {
            keys.delete(tx, backup.get(), new Scope.Everything());
            backups.delete(tx, backup.get());
        }
    }
}
