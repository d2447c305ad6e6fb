package dev.hearth.testing;

import dev.hearth.storage.Database;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Row;
import dev.hearth.storage.Transaction;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;

/// A database that counts the statements that are run in it.
public final class CountingDatabase extends WrappedDatabase {

    private final AtomicLong statements = new AtomicLong();

    public CountingDatabase(Database database) {
        super(database);
    }

    /// How many statements some work runs, of all who use the database meanwhile.
    public long statementsOf(Runnable work) {
        long before = statements.get();
        work.run();
        return statements.get() - before;
    }

    @Override
    public <T> T transact(Function<Transaction, T> work) {
        return super.transact(tx -> work.apply(new CountingTransaction(tx)));
    }

    @Override
    public <T> T read(Function<Reading, T> work) {
        return super.read(reading -> work.apply(new CountingReading(reading)));
    }

    private class CountingReading implements Reading {
        private final Reading reading;

        CountingReading(Reading reading) {
            this.reading = reading;
        }

        @Override
        public <T> Optional<T> find(String sql, Function<Row, T> read, Object... parameters) {
            statements.incrementAndGet();
            return reading.find(sql, read, parameters);
        }

        @Override
        public <T> List<T> list(String sql, Function<Row, T> read, Object... parameters) {
            statements.incrementAndGet();
            return reading.list(sql, read, parameters);
        }

        @Override
        public void each(String sql, Consumer<Row> read, Object... parameters) {
            statements.incrementAndGet();
            reading.each(sql, read, parameters);
        }
    }

    private final class CountingTransaction extends CountingReading implements Transaction {
        private final Transaction tx;

        CountingTransaction(Transaction tx) {
            super(tx);
            this.tx = tx;
        }

        @Override
        public int execute(String sql, Object... parameters) {
            statements.incrementAndGet();
            return tx.execute(sql, parameters);
        }

        @Override
        public long nextPosition() {
            return tx.nextPosition();
        }

        @Override
        public void afterCommit(Runnable action) {
            tx.afterCommit(action);
        }
    }
}
