package dev.hearth.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.h2.engine.Database;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;

/// The one place that reaches through JDBC to the store beneath H2. Its SQL `CHECKPOINT` is never
/// used: beside a running writer it saves a picture that never was.
final class H2Store {

    /// In percent: a file that is used so well is left alone.
    private static final int WORTH_KEEPING = 60;

    /// In bytes, for it is written once more each time.
    private static final int COMPACTED_AT_ONCE = 1 << 20;

    private static final int VERSIONS_KEPT = 3;

    private final Database database;
    private final MVStore store;

    H2Store(Connection connection) {
        try {
            var session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
            this.database = session.getDatabase();
            this.store = database.getStore().getMvStore();
            // A chunk that compacting has emptied would be written over by the very save that makes
            // it obsolete: cut short, that save leaves a file without either.
            store.setVersionsToKeep(VERSIONS_KEPT);
        } catch (SQLException e) {
            throw new StorageException("reaching the store", e);
        }
    }

    /// Takes the picture that is to be saved. Only under the writer's permit, since beside a writer
    /// H2 takes the tables of its picture one after the other. It doesn't wait for the disk: H2's
    /// own threads write the picture.
    void save() {
        if (store.tryCommit() < 0 && store.hasUnsavedChanges()) {
            store.commit();
        }
    }

    /// Moves some of what still counts out of chunks that are mostly obsolete, so that their space
    /// can be used again: else the file would only ever grow. Only under the writer's permit.
    void compact() {
        store.compact(WORTH_KEEPING, COMPACTED_AT_ONCE);
    }

    /// Returns when the picture is on the disk. Without the writer's permit.
    void sync() {
        // It does nothing, after all that H2's threads were told to write before.
        store.executeFilestoreOperation(() -> {});
        store.sync();
    }

    /// Why the store has given up, as it does when a write fails.
    Optional<Throwable> failure() {
        return Optional.ofNullable(store.getPanicException());
    }

    /// Ends the engine as it is, without saving. SQL can't, if the engine has failed.
    void shutDown() {
        database.shutdownImmediately();
    }

    /// Lets space be used again at once, for tests: a space is never free for so short in life.
    void reuseSpaceAtOnce() {
        store.setRetentionTime(0);
    }
}
