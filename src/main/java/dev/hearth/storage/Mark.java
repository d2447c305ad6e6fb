package dev.hearth.storage;

/// The engine's own record of how much of the journal it has: every transaction moves it, for the
/// engine saves when its memory is full, and not only when it is asked to.
final class Mark {

    static final String UPDATE = "UPDATE journal_mark SET sequence = ?";

    private static final String MAKE =
            """
            CREATE TABLE IF NOT EXISTS journal_mark (
                id BIGINT PRIMARY KEY,
                sequence BIGINT NOT NULL
            )
            """;

    private static final String FIND = "SELECT sequence FROM journal_mark";

    private static final String FIRST = "INSERT INTO journal_mark (id, sequence) VALUES (1, 0)";

    private Mark() {}

    /// The last transaction that the engine has.
    static long find(JdbcReading writer) {
        writer.execute(MAKE);
        var found = writer.find(FIND, row -> row.integer("sequence"));
        if (found.isEmpty()) {
            writer.execute(FIRST);
        }
        return found.orElse(0L);
    }
}
