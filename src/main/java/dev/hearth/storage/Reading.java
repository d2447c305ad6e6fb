package dev.hearth.storage;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// A consistent view of the database for the length of one piece of work. Parameters and columns
/// may be `String`, `Long`, `Integer`, `Boolean`, `byte[]`, and `Optional` of these for NULL;
/// anything else is stored by its string form, so that identifiers need no unwrapping.
public interface Reading {

    /// Reads at most one row.
    <T> Optional<T> find(String sql, Function<Row, T> read, Object... parameters);

    /// Reads all rows; the statement bounds how many there can be.
    <T> List<T> list(String sql, Function<Row, T> read, Object... parameters);

    /// Hands over row by row what may be too much to keep in memory.
    void each(String sql, Consumer<Row> read, Object... parameters);
}
