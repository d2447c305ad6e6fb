package dev.hearth.storage;

import dev.hearth.concurrent.Permits;
import java.sql.SQLException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;

/// The connections that read, as many as may read at once.
final class Readers {

    /// Reading from a warm cache doesn't park a virtual thread: more readers than this keep the
    /// carriers, and those who write wait for one.
    private static final int AT_ONCE = 6;

    private final Connections connections;
    private final Permits permits = new Permits(AT_ONCE);
    private final Deque<JdbcReading> idle = new ConcurrentLinkedDeque<>();

    Readers(Connections connections) {
        this.connections = connections;
    }

    <T> T read(Function<Reading, T> work) {
        try (var _ = permits.take()) {
            var reader = idle.poll();
            if (reader == null) {
                reader = connections.reader();
            }
            try {
                return work.apply(reader);
            } finally {
                // Also when the work throws, as many refusals do.
                if (endSnapshot(reader)) {
                    idle.push(reader);
                }
            }
        }
    }

    /// False if the connection is not worth keeping.
    private static boolean endSnapshot(JdbcReading reader) {
        try {
            reader.connection().rollback();
            return true;
        } catch (SQLException _) {
            return false;
        }
    }
}
