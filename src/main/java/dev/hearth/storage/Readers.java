package dev.hearth.storage;

import dev.hearth.concurrent.Permits;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;
import java.util.stream.Stream;

/// The connections that read, as many as may read at once.
///
/// All are made at the beginning: were the engine to fail, a connection made afterwards would open
/// the file once more, in its own way.
final class Readers {

    private static final Logger LOG = System.getLogger(Readers.class.getName());

    /// Reading from a warm cache doesn't park a virtual thread: many more readers than cores don't
    /// read more, they keep the carriers, and those who write wait for one.
    private static final int AT_ONCE =
            Math.clamp(Runtime.getRuntime().availableProcessors() + 1L, 3, 8);

    private final List<JdbcReading> all;
    private final Permits permits = new Permits(AT_ONCE);
    private final Deque<JdbcReading> idle = new ConcurrentLinkedDeque<>();

    Readers(Connections connections) {
        this.all = Stream.generate(connections::reader).limit(AT_ONCE).toList();
        idle.addAll(all);
    }

    <T> T read(Function<Reading, T> work) {
        try (var _ = permits.take()) {
            // There is one for each permit.
            var reader = idle.removeFirst();
            try {
                return work.apply(reader);
            } finally {
                // Also when the work throws, as many refusals do.
                endSnapshot(reader);
                idle.addFirst(reader);
            }
        }
    }

    private static void endSnapshot(JdbcReading reader) {
        try {
            reader.connection().rollback();
        } catch (SQLException e) {
            LOG.log(Level.ERROR, "A reading can't be ended", e);
        }
    }

    void close() {
        all.forEach(JdbcReading::close);
    }
}
