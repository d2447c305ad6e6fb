package dev.hearth.storage;

import dev.hearth.storage.journal.TransactionLog;
import java.sql.SQLException;

/// How what is committed gets to the disk, if it does.
interface Durability {

    /// Before the first change of a transaction.
    ///
    /// @throws StorageFullException if no change can be accepted now
    void refuseIfFull();

    /// Commits the transaction of the writing connection. Only under the writer's permit.
    void commit(TransactionLog log) throws SQLException;

    /// After a transaction that failed: whether the engine itself has failed, which ends the
    /// process.
    void checkEngine();

    /// Returns when everything committed until now is on the disk.
    void settle();

    /// Waits for the transaction in progress, puts everything on the disk, and closes.
    void close();
}
