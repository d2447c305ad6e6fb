package dev.hearth.storage;

/// The counter of positions. Only under the writer's permit.
///
/// Most positions are remembered by some row, those of what is never stored are not; so the counter
/// is stored in steps, ahead of it. A step is stored by the transaction that takes its first
/// number, and so is on the disk before that number is seen outside. A start begins with the step.
final class Positions {

    private static final long STEP = 10_000;

    private static final String MAKE =
            "CREATE TABLE IF NOT EXISTS position_step (upto BIGINT NOT NULL)";

    private static final String FIND = "SELECT upto FROM position_step";

    private static final String FIRST = "INSERT INTO position_step (upto) VALUES (0)";

    static final String UPDATE = "UPDATE position_step SET upto = ?";

    private long next;
    private long step;

    Positions(JdbcReading writer) {
        step = makeTable(writer);
        next = step;
    }

    /// Makes the table if there is none.
    ///
    /// @return the stored step
    static long makeTable(JdbcReading writer) {
        writer.execute(MAKE);
        var found = writer.find(FIND, row -> row.integer("upto"));
        if (found.isEmpty()) {
            writer.execute(FIRST);
        }
        return found.orElse(0L);
    }

    /// Whether the next position is beyond what is stored.
    boolean needStep() {
        return next >= step;
    }

    /// The step to store now.
    long nextStep() {
        return next + STEP;
    }

    long step() {
        return step;
    }

    /// What is stored, or would be if its transaction had not failed.
    void step(long stored) {
        step = stored;
    }

    long take() {
        return ++next;
    }

    long last() {
        return next;
    }
}
