package dev.hearth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/// A table among the tests' resources: a row on each line, a tab between columns, `#` before words
/// for people.
final class Table {

    private Table() {}

    static Stream<String[]> rows(String name) throws IOException {
        try (var table = Table.class.getResourceAsStream(name)) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t"));
        }
    }
}
