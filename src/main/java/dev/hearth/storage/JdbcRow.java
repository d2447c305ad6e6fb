package dev.hearth.storage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/// The row that a result stands at.
final class JdbcRow implements Row {

    private final ResultSet result;

    JdbcRow(ResultSet result) {
        this.result = result;
    }

    @Override
    public String string(String column) {
        return findString(column).orElseThrow(() -> absent(column));
    }

    @Override
    public Optional<String> findString(String column) {
        try {
            return Optional.ofNullable(result.getString(column));
        } catch (SQLException e) {
            throw new StorageException(column, e);
        }
    }

    @Override
    public long integer(String column) {
        return findInteger(column).orElseThrow(() -> absent(column));
    }

    @Override
    public Optional<Long> findInteger(String column) {
        try {
            long value = result.getLong(column);
            return result.wasNull() ? Optional.empty() : Optional.of(value);
        } catch (SQLException e) {
            throw new StorageException(column, e);
        }
    }

    @Override
    public boolean bool(String column) {
        try {
            return result.getBoolean(column);
        } catch (SQLException e) {
            throw new StorageException(column, e);
        }
    }

    @Override
    public byte[] bytes(String column) {
        return findBytes(column).orElseThrow(() -> absent(column));
    }

    @Override
    public Optional<byte[]> findBytes(String column) {
        try {
            return Optional.ofNullable(result.getBytes(column));
        } catch (SQLException e) {
            throw new StorageException(column, e);
        }
    }

    private static IllegalStateException absent(String column) {
        return new IllegalStateException(column + " is NULL, where it never should be");
    }
}
