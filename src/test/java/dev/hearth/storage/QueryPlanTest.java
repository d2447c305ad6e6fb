package dev.hearth.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// No statement of any store may read a whole table: what is fast with ten rows must be so with a
/// million. The engine is asked how it would do each, on an empty database.
class QueryPlanTest {

    private static final List<String> VERBS = List.of("SELECT", "UPDATE", "DELETE");
    private static final Path CLASSES = Path.of("target", "classes");

    /// What may go through all rows: once a day, or through a table that is always small.
    private static final Set<String> WHOLE_TABLES =
            Set.of("RoomStore.FORGET_ONCE", "TokenStore.DELETE_ADMINISTRATORS");

    @Test
    void noStatementReadsAWholeTable() throws Exception {
        var scanning = new ArrayList<String>();
        try (var connection = DriverManager.getConnection("jdbc:h2:mem:plans")) {
            Migrations.ours().run(new JdbcReading(connection), 0);
            for (var store : stores()) {
                for (var constant : constants(store)) {
                    var name = store.getSimpleName() + "." + constant.getName();
                    var sql = (String) constant.get(null);
                    if (isStatement(sql)
                            && !WHOLE_TABLES.contains(name)
                            && scans(connection, sql, name)) {
                        scanning.add(name);
                    }
                }
            }
        }
        assertEquals(List.of(), scanning);
    }

    private static List<Class<?>> stores() throws IOException {
        try (var walk = Files.walk(CLASSES)) {
            return walk.filter(file -> file.toString().endsWith("Store.class"))
                    .<Class<?>>map(QueryPlanTest::load)
                    .toList();
        }
    }

    private static Class<?> load(Path file) {
        var name = CLASSES.relativize(file).toString().replace('/', '.').replace(".class", "");
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(name, e);
        }
    }

    private static List<Field> constants(Class<?> store) {
        return Stream.of(store.getDeclaredFields())
                .filter(field -> field.getType() == String.class)
                .filter(field -> java.lang.reflect.Modifier.isStatic(field.getModifiers()))
                .filter(Field::trySetAccessible)
                .toList();
    }

    private static boolean isStatement(String text) {
        return text.contains("WHERE ") && VERBS.stream().anyMatch(text.strip()::startsWith);
    }

    private static boolean scans(Connection connection, String sql, String name) {
        try (var statement = connection.prepareStatement("EXPLAIN " + sql)) {
            fill(statement);
            try (var plan = statement.executeQuery()) {
                plan.next();
                return Arrays.stream(plan.getString(1).split("\n"))
                        .anyMatch(line -> line.contains(".tableScan"));
            }
        } catch (SQLException e) {
            // A piece of which statements are made isn't one by itself.
            if (e.getErrorCode() == 42_000 || e.getErrorCode() == 42_001) {
                return false;
            }
            throw new AssertionError(name + ": " + sql, e);
        }
    }

    private static void fill(PreparedStatement statement) throws SQLException {
        int count = statement.getParameterMetaData().getParameterCount();
        for (int i = 1; i <= count; i++) {
            statement.setNull(i, Types.BIGINT);
        }
    }
}
