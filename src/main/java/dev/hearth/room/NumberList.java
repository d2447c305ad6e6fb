package dev.hearth.room;

import dev.hearth.storage.Reading;
import dev.hearth.storage.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/// Reads what stands under any of some numbers, many with one statement.
final class NumberList {

    private static final int TOGETHER = 32;

    /// What follows `IN` in a statement.
    static final String SQL = "(" + "?, ".repeat(TOGETHER - 1) + "?)";

    private NumberList() {}

    /// One statement serves for any number of numbers: the last of them fills up the list.
    ///
    /// @param sql with the list as its first parameters
    /// @param others the parameters after the list
    static <T> List<T> read(
            Reading reading,
            String sql,
            Function<Row, T> read,
            Collection<Long> numbers,
            Object... others) {
        var wanted = List.copyOf(numbers);
        var found = new ArrayList<T>(wanted.size());
        for (int from = 0; from < wanted.size(); from += TOGETHER) {
            var parameters = new Object[TOGETHER + others.length];
            for (int i = 0; i < TOGETHER; i++) {
                parameters[i] = wanted.get(Math.min(from + i, wanted.size() - 1));
            }
            System.arraycopy(others, 0, parameters, TOGETHER, others.length);
            found.addAll(reading.list(sql, read, parameters));
        }
        return found;
    }
}
