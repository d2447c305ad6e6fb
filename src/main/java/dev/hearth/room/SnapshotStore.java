package dev.hearth.room;

import dev.hearth.concurrent.BoundedCache;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;

/// `state_snapshot(number, parent, height, delta)`: a state as its difference from another.
/// Snapshots never change, so those that are committed may be remembered.
final class SnapshotStore {

    private static final String FIND =
            """
            SELECT parent, height, delta FROM state_snapshot WHERE number = ?
            """;
    private static final String INSERT =
            """
            INSERT INTO state_snapshot(number, parent, height, delta) VALUES (?, ?, ?, ?)
            """;

    private static final long CACHED_ENTRIES = 300_000;
    private static final int SNAPSHOT_WEIGHT = 10;

    private final BoundedCache<Long, Snapshot> known =
            new BoundedCache<>(
                    CACHED_ENTRIES, snapshot -> snapshot.delta().size() + SNAPSHOT_WEIGHT);

    /// One state.
    ///
    /// @param parent the snapshot that it differs from, or 0 for the empty state
    /// @param height how many steps it stands above the first of its chain
    record Snapshot(long number, long parent, long height, StateDelta delta) {}

    Snapshot get(Reading reading, long number) {
        var cached = known.find(number);
        if (cached.isPresent()) {
            return cached.get();
        }
        var read =
                reading.find(
                                FIND,
                                row ->
                                        new Snapshot(
                                                number,
                                                row.integer("parent"),
                                                row.integer("height"),
                                                StateDelta.unpack(row.bytes("delta"))),
                                number)
                        .orElseThrow();
        if (!(reading instanceof Transaction)) {
            known.put(number, read);
        }
        return read;
    }

    void insert(Transaction tx, Snapshot snapshot) {
        tx.execute(
                INSERT,
                snapshot.number(),
                snapshot.parent(),
                snapshot.height(),
                snapshot.delta().pack());
        tx.afterCommit(() -> known.put(snapshot.number(), snapshot));
    }
}
