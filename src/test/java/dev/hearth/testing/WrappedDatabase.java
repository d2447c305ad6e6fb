package dev.hearth.testing;

import dev.hearth.storage.Database;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import java.util.function.Function;

/// A database that does what another does, but for what a test makes different.
public abstract class WrappedDatabase implements Database {

    private final Database database;

    protected WrappedDatabase(Database database) {
        this.database = database;
    }

    @Override
    public <T> T transact(Function<Transaction, T> work) {
        return database.transact(work);
    }

    @Override
    public <T> T read(Function<Reading, T> work) {
        return database.read(work);
    }

    @Override
    public long position() {
        return database.position();
    }

    @Override
    public long takePosition() {
        return database.takePosition();
    }

    @Override
    public void settle() {
        database.settle();
    }

    @Override
    public void close() {
        database.close();
    }
}
