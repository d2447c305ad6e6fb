package dev.hearth.storage;

import dev.hearth.concurrent.Permits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/// H2, embedded: one connection that writes, and a bounded number that read on snapshots.
public final class H2Database implements Database {

    private static final Logger LOG = System.getLogger(H2Database.class.getName());
    private static final AtomicLong MEMORY_NAMES = new AtomicLong();

    private final JdbcReading writer;
    private final Readers readers;
    private final Durability durability;
    private final Permits writing;
    private final Positions positions;

    /// What the current thread has in hand, so that a reading within another piece of work is part
    /// of it. Else it would wait for a permit that those hold who wait for it. While the thread
    /// changes the database this is its transaction: whoever reads can see that nothing is
    /// committed.
    private final ScopedValue<Reading> inHand = ScopedValue.newInstance();

    private volatile long committedPosition;
    private volatile boolean closed;

    private H2Database(
            JdbcReading writer, Connections connections, Durability durability, Permits writing)
            throws SQLException {
        this.writer = writer;
        this.readers = new Readers(connections);
        this.durability = durability;
        this.writing = writing;
        this.positions = new Positions(writer);
        this.committedPosition = positions.last();
        writer.connection().setAutoCommit(false);
    }

    /// A database that is gone when it is closed: for tests.
    public static H2Database inMemory() {
        try {
            var name = "hearth" + MEMORY_NAMES.incrementAndGet();
            var connections = new Connections("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
            var writer = connections.writer();
            Migrations.ours().run(writer, 0);
            return new H2Database(writer, connections, new InMemory(writer), new Permits(1));
        } catch (SQLException e) {
            throw new StorageException("a database in memory", e);
        }
    }

    /// The database in a folder, made if there is none.
    public static H2Database open(Path folder) {
        return open(folder, StorageSettings.DEFAULT);
    }

    /// The database in a folder, made if there is none.
    ///
    /// @throws UnusableFolderException if another process has it, or it isn't whole
    /// @throws NewerSchemaException if a newer Hearth has been here
    public static H2Database open(Path folder, StorageSettings settings) {
        return open(folder, settings, Foundation.ours());
    }

    static H2Database open(Path folder, StorageSettings settings, Foundation foundation) {
        boolean interrupted = Thread.interrupted();
        try {
            return serve(OpenFolder.open(foundation, folder.toAbsolutePath(), settings), settings);
        } catch (IOException e) {
            throw new UncheckedIOException("The data folder can't be used: " + e.getMessage(), e);
        } catch (SQLException e) {
            throw new StorageException("opening " + folder, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static H2Database serve(OpenFolder opened, StorageSettings settings)
            throws IOException, SQLException {
        try {
            var writing = new Permits(1);
            var durability = new OnDisk(opened, settings, writing);
            return new H2Database(opened.writer(), opened.connections(), durability, writing);
        } catch (IOException | SQLException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    @Override
    public <T> T transact(Function<Transaction, T> work) {
        if (inHand.isBound() && inHand.get() instanceof Transaction) {
            throw new IllegalStateException("a transaction within a transaction");
        }
        // H2 would give up on an interrupt, and with it everybody's database.
        boolean interrupted = Thread.interrupted();
        try (var _ = writing.take()) {
            refuseIfClosed();
            var tx = new JdbcTransaction(writer, positions, durability);
            return ScopedValue.where(inHand, tx).call(() -> attempt(tx, work));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private <T> T attempt(JdbcTransaction tx, Function<Transaction, T> work) {
        long stepBefore = positions.step();
        boolean done = false;
        try {
            T result = work.apply(tx);
            durability.commit(tx.log());
            done = true;
            committedPosition = positions.last();
            tx.runAfterCommit();
            return result;
        } catch (SQLException e) {
            throw new StorageException("a transaction", e);
        } finally {
            if (!done) {
                positions.step(stepBefore);
                rollBack();
            }
        }
    }

    private void rollBack() {
        try {
            writer.connection().rollback();
        } catch (SQLException e) {
            LOG.log(Level.ERROR, "A transaction can't be rolled back", e);
        }
        durability.checkEngine();
    }

    @Override
    public <T> T read(Function<Reading, T> work) {
        if (inHand.isBound()) {
            return work.apply(inHand.get());
        }
        boolean interrupted = Thread.interrupted();
        try {
            refuseIfClosed();
            return readers.read(
                    reader -> ScopedValue.where(inHand, reader).call(() -> work.apply(reader)));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void refuseIfClosed() {
        if (closed) {
            throw new IllegalStateException("the database is closed");
        }
    }

    @Override
    public long position() {
        return committedPosition;
    }

    @Override
    public long takePosition() {
        return transact(Transaction::nextPosition);
    }

    @Override
    public void settle() {
        durability.settle();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            durability.close();
            readers.close();
        }
    }

    /// Ends as a loss of power would end it, for tests.
    void kill() {
        closed = true;
        if (durability instanceof OnDisk onDisk) {
            onDisk.kill();
        }
        readers.close();
    }

    Durability durability() {
        return durability;
    }
}
