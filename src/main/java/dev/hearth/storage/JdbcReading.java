package dev.hearth.storage;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads through one connection, whose statements are prepared once and kept. For one thread at a
/// time.
final class JdbcReading implements Reading {

    private static final Logger LOG = System.getLogger(JdbcReading.class.getName());

    private final Connection connection;
    private final Statements statements;

    JdbcReading(Connection connection) {
        this.connection = connection;
        this.statements = new Statements(connection);
    }

    @Override
    public <T> Optional<T> find(String sql, Function<Row, T> read, Object... parameters) {
        return run(
                sql,
                Parameters.columns(parameters),
                statement -> {
                    try (var result = statement.executeQuery()) {
                        return result.next()
                                ? Optional.of(read.apply(new JdbcRow(result)))
                                : Optional.empty();
                    }
                });
    }

    @Override
    public <T> List<T> list(String sql, Function<Row, T> read, Object... parameters) {
        var list = new ArrayList<T>();
        each(sql, row -> list.add(read.apply(row)), parameters);
        return list;
    }

    @Override
    public void each(String sql, Consumer<Row> read, Object... parameters) {
        run(
                sql,
                Parameters.columns(parameters),
                statement -> {
                    try (var result = statement.executeQuery()) {
                        var row = new JdbcRow(result);
                        while (result.next()) {
                            read.accept(row);
                        }
                    }
                    return true;
                });
    }

    int execute(String sql, Object... parameters) {
        return executeColumns(sql, Parameters.columns(parameters));
    }

    /// As [#execute], with values as the engine takes them.
    int executeColumns(String sql, @Nullable Object[] columns) {
        return run(sql, columns, PreparedStatement::executeUpdate);
    }

    /// Gives the connection up. That it may have failed already changes nothing.
    void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.log(Level.DEBUG, "Closing a connection", e);
        }
    }

    Connection connection() {
        return connection;
    }

    private interface Use<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    private <T> T run(String sql, @Nullable Object[] columns, Use<T> use) {
        try {
            var statement = statements.take(sql);
            try {
                for (int i = 0; i < columns.length; i++) {
                    statement.setObject(i + 1, columns[i]);
                }
                return use.of(statement);
            } finally {
                statements.giveBack(sql, statement);
            }
        } catch (SQLException e) {
            throw new StorageException(sql, e);
        }
    }
}
