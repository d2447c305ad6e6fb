package dev.hearth.storage;

import dev.hearth.storage.journal.TransactionLog;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// The transaction that is running on the writing connection.
final class JdbcTransaction implements Transaction {

    private static final Logger LOG = System.getLogger(JdbcTransaction.class.getName());

    private final JdbcReading writer;
    private final Positions positions;
    private final Durability durability;
    private final TransactionLog log = new TransactionLog();
    private final List<Runnable> afterCommit = new ArrayList<>();

    JdbcTransaction(JdbcReading writer, Positions positions, Durability durability) {
        this.writer = writer;
        this.positions = positions;
        this.durability = durability;
    }

    @Override
    public int execute(String sql, Object... parameters) {
        durability.refuseIfFull();
        return executeInAnyCase(sql, parameters);
    }

    private int executeInAnyCase(String sql, Object... parameters) {
        var columns = Parameters.columns(parameters);
        int changed = writer.executeColumns(sql, columns);
        // What changed nothing changes nothing when it is replayed, either.
        if (changed > 0) {
            log.add(sql, columns);
        }
        return changed;
    }

    @Override
    public long nextPosition() {
        if (positions.needStep()) {
            long step = positions.nextStep();
            executeInAnyCase(Positions.UPDATE, step);
            positions.step(step);
        }
        return positions.take();
    }

    @Override
    public void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    /// The commit has happened: what fails here fails alone.
    void runAfterCommit() {
        for (var action : afterCommit) {
            try {
                action.run();
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "What follows a commit failed", e);
            }
        }
    }

    TransactionLog log() {
        return log;
    }

    @Override
    public <T> Optional<T> find(String sql, Function<Row, T> read, Object... parameters) {
        return writer.find(sql, read, parameters);
    }

    @Override
    public <T> List<T> list(String sql, Function<Row, T> read, Object... parameters) {
        return writer.list(sql, read, parameters);
    }

    @Override
    public void each(String sql, Consumer<Row> read, Object... parameters) {
        writer.each(sql, read, parameters);
    }
}
