package dev.hearth.storage;

import dev.hearth.storage.journal.TransactionLog;
import java.sql.SQLException;

/// Nothing is kept.
final class InMemory implements Durability {

    private final JdbcReading writer;

    InMemory(JdbcReading writer) {
        this.writer = writer;
    }

    @Override
    public void refuseIfFull() {
        // There is no disk.
    }

    @Override
    public void commit(TransactionLog log) throws SQLException {
        writer.connection().commit();
    }

    @Override
    public void checkEngine() {
        // It ends with the test that made it.
    }

    @Override
    public void settle() {
        // Nobody is promised anything.
    }

    @Override
    public void close() {
        writer.execute("SHUTDOWN");
    }
}
