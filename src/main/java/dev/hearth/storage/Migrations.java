package dev.hearth.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// The numbered steps that make the schema, as resources beside this class, named in
/// `migrations/index.txt` in their order. A step is never changed once it has been released.
final class Migrations {

    /// One step: its number, and its statements.
    record Migration(int number, List<String> statements) {
        Migration {
            statements = List.copyOf(statements);
        }
    }

    private final List<Migration> steps;

    Migrations(List<Migration> steps) {
        this.steps = List.copyOf(steps);
    }

    /// Those of this Hearth.
    static Migrations ours() {
        return new Migrations(
                resource("index.txt")
                        .lines()
                        .filter(line -> !line.isBlank())
                        .map(Migrations::read)
                        .toList());
    }

    private static Migration read(String file) {
        int number = Integer.parseInt(file.substring(0, file.indexOf('-')));
        var statements =
                Arrays.stream(resource(file).split(";\\s*\\n"))
                        .map(String::strip)
                        .filter(statement -> !statement.isEmpty())
                        .toList();
        return new Migration(number, statements);
    }

    private static String resource(String name) {
        try (var stream = Migrations.class.getResourceAsStream("migrations/" + name)) {
            if (stream == null) {
                throw new IllegalStateException("the jar lacks migrations/" + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("migrations/" + name, e);
        }
    }

    long newest() {
        return steps.getLast().number();
    }

    /// The version of the schema, 0 if there is none yet.
    ///
    /// @throws NewerSchemaException if a newer Hearth has been here
    long version(JdbcReading writer) {
        writer.execute("CREATE TABLE IF NOT EXISTS schema_version(number BIGINT NOT NULL)");
        long version =
                writer.find(
                                "SELECT COALESCE(MAX(number), 0) AS n FROM schema_version",
                                row -> row.integer("n"))
                        .orElse(0L);
        if (version > newest()) {
            throw new NewerSchemaException(version, newest());
        }
        return version;
    }

    /// Brings the schema up to date. The version is written at the very end.
    void run(JdbcReading writer, long version) {
        if (version == 0) {
            // What a first start left that was cut short.
            writer.execute("DROP ALL OBJECTS");
            version(writer);
        }
        for (var step : steps) {
            if (step.number() > version) {
                step.statements().forEach(writer::execute);
            }
        }
        if (version < newest()) {
            writer.execute("INSERT INTO schema_version(number) VALUES (?)", newest());
        }
    }
}
