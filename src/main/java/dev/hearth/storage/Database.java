package dev.hearth.storage;

import java.util.function.Consumer;
import java.util.function.Function;

/// The one database. See the package documentation for what it promises.
public interface Database extends AutoCloseable {

    /// Runs one change and commits it, without waiting for the disk. Only one runs at a time.
    /// Blocking on anything but the database within is forbidden.
    <T> T transact(Function<Transaction, T> work);

    /// As [#transact], for work without a result.
    default void change(Consumer<Transaction> work) {
        transact(tx -> {
            work.accept(tx);
            return true;
        });
    }

    /// Runs a piece of reading on a consistent snapshot. How many run at once is bounded: it waits
    /// for its turn, fairly.
    <T> T read(Function<Reading, T> work);

    /// The newest position that is committed: everything up to it is visible to a [#read] that
    /// begins now.
    long position();

    /// Takes a position for what is told by `/sync` but not stored (typing, presence), in order
    /// with those of commits.
    long takePosition();

    /// The gate: returns when everything committed until now is on the disk.
    void settle();

    @Override
    void close();
}
