package dev.hearth.storage;

import java.util.List;

/// Writes and reads rows in a table of the real schema, for tests that don't care which.
final class Ledger {

    private static final String INSERT =
            """
            INSERT INTO account_datum (user_id, room_id, type, content, position)
            VALUES (?, '', ?, ?, ?)
            """;

    private static final String COUNT = "SELECT COUNT(*) AS n FROM account_datum WHERE user_id = ?";

    private static final String NUMBERS =
            "SELECT type FROM account_datum WHERE user_id = ? ORDER BY user_id, position";

    private Ledger() {}

    static long add(Database database, String owner, int number) {
        return database.transact(tx -> add(tx, owner, number));
    }

    static long add(Transaction tx, String owner, int number) {
        long position = tx.nextPosition();
        tx.execute(INSERT, owner, "number." + number, new byte[] {(byte) number}, position);
        return position;
    }

    static long count(Database database, String owner) {
        return database.read(r -> r.find(COUNT, row -> row.integer("n"), owner).orElse(0L));
    }

    static List<Integer> numbers(Database database, String owner) {
        return database.read(r ->
                r.list(NUMBERS, row -> Integer.valueOf(row.string("type").substring(7)), owner));
    }
}
