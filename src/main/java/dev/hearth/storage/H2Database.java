package dev.hearth.storage;

import dev.hearth.concurrent.Hold;
import dev.hearth.concurrent.Permits;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/// H2, embedded: one connection that writes, and a bounded number that read on snapshots.
public final class H2Database implements Database {

    /// H2 saves only when it is told to (or its memory is full), and doesn't compact beside us.
    private static final String SETTINGS =
            ";WRITE_DELAY=2000000000;AUTO_COMPACT_FILL_RATE=0;DB_CLOSE_ON_EXIT=FALSE"
                    + ";CACHE_SIZE=16384;LOCK_TIMEOUT=10000";

    private static final int READERS = 8;

    /// Positions are taken in steps: a stored step covers those that no row remembers.
    private static final long STEP = 10_000;

    private static final AtomicLong MEMORY_NAMES = new AtomicLong();

    private final String url;
    private final boolean durable;
    private final JdbcReading writer;
    private final Permits writing = new Permits(1);
    private final Permits reading = new Permits(READERS);
    private final Deque<JdbcReading> idleReaders = new ConcurrentLinkedDeque<>();
    private long nextPosition;
    private long storedStep;
    private volatile long committedPosition;

    /// How many transactions were committed, and how many of them are on the disk. Written under
    /// the writer's permit.
    private volatile long commits;

    private volatile long settled;

    private H2Database(String url, boolean durable) {
        this.url = url;
        this.durable = durable;
        this.writer = connect();
        Migrations.run(writer);
        storedStep = step();
        nextPosition = storedStep;
        committedPosition = storedStep;
    }

    /// A database that is gone when it is closed: for tests.
    public static H2Database inMemory() {
        return new H2Database(
                "jdbc:h2:mem:hearth" + MEMORY_NAMES.incrementAndGet() + ";DB_CLOSE_DELAY=-1",
                false);
    }

    /// The database in a folder, made if there is none.
    public static H2Database open(Path folder) {
        return new H2Database("jdbc:h2:file:" + folder.toAbsolutePath().resolve("hearth"), true);
    }

    private JdbcReading connect() {
        try {
            return new JdbcReading(DriverManager.getConnection(url + SETTINGS, "sa", ""));
        } catch (SQLException e) {
            throw new StorageException("opening " + url, e);
        }
    }

    private long step() {
        writer.execute("CREATE TABLE IF NOT EXISTS position_step(upto BIGINT NOT NULL)");
        var found = writer.find("SELECT upto FROM position_step", row -> row.integer("upto"));
        if (found.isEmpty()) {
            writer.execute("INSERT INTO position_step(upto) VALUES (0)");
        }
        return found.orElse(0L);
    }

    @Override
    public <T> T transact(Function<Transaction, T> work) {
        try (var _ = writing.take()) {
            var tx = new JdbcTransaction();
            T result = commit(tx, work);
            committedPosition = nextPosition;
            commits++;
            tx.afterCommit.forEach(Runnable::run);
            return result;
        }
    }

    private <T> T commit(JdbcTransaction tx, Function<Transaction, T> work) {
        long stepBefore = storedStep;
        try {
            writer.connection().setAutoCommit(false);
            boolean done = false;
            try {
                T result = work.apply(tx);
                writer.connection().commit();
                done = true;
                return result;
            } finally {
                if (!done) {
                    storedStep = stepBefore;
                    writer.connection().rollback();
                }
            }
        } catch (SQLException e) {
            throw new StorageException("a transaction", e);
        }
    }

    @Override
    public <T> T read(Function<Reading, T> work) {
        try (Hold _ = reading.take()) {
            var idle = idleReaders.poll();
            var reader = idle == null ? reader() : idle;
            try {
                return work.apply(reader);
            } finally {
                // Also when the work throws, as many refusals do: the connection must come back.
                reader.connection().rollback();
                idleReaders.push(reader);
            }
        } catch (SQLException e) {
            throw new StorageException("a reading", e);
        }
    }

    private JdbcReading reader() throws SQLException {
        var reader = connect();
        reader.execute("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SNAPSHOT");
        reader.connection().setAutoCommit(false);
        return reader;
    }

    @Override
    public long position() {
        return committedPosition;
    }

    @Override
    public long takePosition() {
        return transact(Transaction::nextPosition);
    }

    private long take() {
        if (nextPosition + 1 > storedStep) {
            storedStep = nextPosition + STEP;
            writer.execute("UPDATE position_step SET upto = ?", storedStep);
        }
        return ++nextPosition;
    }

    @Override
    public void settle() {
        // The journal takes this place. Until then one checkpoint serves all who wait, and who
        // finds
        // nothing new waits for nothing.
        long seen = commits;
        if (!durable || settled >= seen) {
            return;
        }
        try (var _ = writing.take()) {
            if (settled < seen) {
                writer.execute("CHECKPOINT SYNC");
                settled = commits;
            }
        }
    }

    @Override
    public void close() {
        try (var _ = writing.take()) {
            writer.execute("SHUTDOWN");
        }
    }

    private final class JdbcTransaction implements Transaction {
        private final List<Runnable> afterCommit = new ArrayList<>();

        @Override
        public int execute(String sql, Object... parameters) {
            return writer.execute(sql, parameters);
        }

        @Override
        public long nextPosition() {
            return take();
        }

        @Override
        public void afterCommit(Runnable action) {
            afterCommit.add(action);
        }

        @Override
        public <T> java.util.Optional<T> find(
                String sql, Function<Row, T> read, Object... parameters) {
            return writer.find(sql, read, parameters);
        }

        @Override
        public <T> List<T> list(String sql, Function<Row, T> read, Object... parameters) {
            return writer.list(sql, read, parameters);
        }

        @Override
        public void each(String sql, java.util.function.Consumer<Row> read, Object... parameters) {
            writer.each(sql, read, parameters);
        }
    }
}
