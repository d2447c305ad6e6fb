package dev.hearth.storage.journal;

import org.jspecify.annotations.Nullable;

/// Does again what the journal tells, one transaction after the other.
public interface Replayer {

    void execute(String sql, @Nullable Object[] columns);

    /// The transaction of all statements since the last commit is complete.
    void commit(long sequence);
}
