package dev.hearth.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// Reads through one connection, whose statements are prepared once and kept. For one thread at a
/// time.
final class JdbcReading implements Reading {

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    JdbcReading(Connection connection) {
        this.connection = connection;
    }

    @Override
    public <T> Optional<T> find(String sql, Function<Row, T> read, Object... parameters) {
        try (var result = query(sql, parameters)) {
            return result.next() ? Optional.of(read.apply(new JdbcRow(result))) : Optional.empty();
        } catch (SQLException e) {
            throw new StorageException(sql, e);
        }
    }

    @Override
    public <T> List<T> list(String sql, Function<Row, T> read, Object... parameters) {
        var list = new ArrayList<T>();
        each(sql, row -> list.add(read.apply(row)), parameters);
        return list;
    }

    @Override
    public void each(String sql, Consumer<Row> read, Object... parameters) {
        try (var result = query(sql, parameters)) {
            var row = new JdbcRow(result);
            while (result.next()) {
                read.accept(row);
            }
        } catch (SQLException e) {
            throw new StorageException(sql, e);
        }
    }

    int execute(String sql, Object... parameters) {
        try {
            return prepared(sql, parameters).executeUpdate();
        } catch (SQLException e) {
            throw new StorageException(sql, e);
        }
    }

    Connection connection() {
        return connection;
    }

    private ResultSet query(String sql, Object... parameters) throws SQLException {
        return prepared(sql, parameters).executeQuery();
    }

    private PreparedStatement prepared(String sql, Object... parameters) throws SQLException {
        var statement = statements.get(sql);
        // A statement whose rows are still being read can't run again: then a second one is made.
        if (statement == null || statement.isClosed()) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, Parameters.column(parameters[i]));
        }
        return statement;
    }
}
