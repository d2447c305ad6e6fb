package dev.hearth.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;

/// The prepared statements of one connection, kept for the next use; the longest unused are closed.
/// A statement whose rows are still being read is not here, so that the same SQL can run within:
/// then another one is made.
final class Statements {

    private static final int KEPT = 500;

    private final Connection connection;
    private final LinkedHashMap<String, ArrayDeque<PreparedStatement>> idle =
            new LinkedHashMap<>(16, 0.75f, true);
    private int kept;

    Statements(Connection connection) {
        this.connection = connection;
    }

    PreparedStatement take(String sql) throws SQLException {
        var same = idle.get(sql);
        var statement = same == null ? null : same.poll();
        if (statement == null) {
            return connection.prepareStatement(sql);
        }
        kept--;
        return statement;
    }

    void giveBack(String sql, PreparedStatement statement) throws SQLException {
        idle.computeIfAbsent(sql, _ -> new ArrayDeque<>()).push(statement);
        kept++;
        if (kept > KEPT) {
            closeLongestUnused();
        }
    }

    private void closeLongestUnused() throws SQLException {
        Iterator<ArrayDeque<PreparedStatement>> oldest = idle.values().iterator();
        while (kept > KEPT && oldest.hasNext()) {
            var statements = oldest.next();
            oldest.remove();
            for (var statement : statements) {
                statement.close();
                kept--;
            }
        }
    }
}
