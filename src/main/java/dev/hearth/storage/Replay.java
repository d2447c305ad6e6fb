package dev.hearth.storage;

import dev.hearth.storage.journal.Replayer;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Does in H2 what the journal tells.
final class Replay implements Replayer {

    private final JdbcReading writer;

    Replay(JdbcReading writer) {
        this.writer = writer;
    }

    @Override
    public void execute(String sql, @Nullable Object[] columns) {
        writer.executeColumns(sql, columns);
    }

    @Override
    public void commit(long sequence) {
        try {
            writer.execute(Mark.UPDATE, sequence);
            writer.connection().commit();
        } catch (SQLException e) {
            throw new StorageException("replaying transaction " + sequence, e);
        }
    }
}
