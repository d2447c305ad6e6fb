package dev.hearth.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogOutputTest {

    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-01-31T12:00:00.5Z"), ZoneOffset.UTC);

    private final LineLogger logger = new LineLogger("dev.hearth.http.WebServer", CLOCK);

    @TempDir private Path folder;

    @AfterEach
    void backToStandardError() {
        LogOutput.use(new Log(Level.INFO, Optional.empty()));
    }

    @Test
    void aLineTellsTimeLevelPackageAndMessage() {
        assertEquals(
                "2026-01-31 12:00:00.500 ERROR   http: It broke" + System.lineSeparator(),
                logger.line(Level.ERROR, "It broke"));
    }

    @Test
    void aMessageCannotFakeALine() {
        assertEquals(1, logger.line(Level.INFO, "GET /x\nERROR http: fake").lines().count());
    }

    @Test
    void theJdkFindsItAndWritesToTheFile() throws IOException {
        var file = folder.resolve("100%.log");
        LogOutput.use(new Log(Level.DEBUG, Optional.of(file)));
        var found = System.getLogger("dev.hearth.Test");
        found.log(Level.DEBUG, "one {0}", "with a parameter");
        found.log(Level.ERROR, "two", new IllegalStateException("why"));
        found.log(Level.TRACE, "three");
        System.getLogger("elsewhere").log(Level.INFO, "four");
        var text = Files.readString(file);
        assertTrue(text.contains("DEBUG   hearth: one with a parameter"), text);
        assertTrue(text.contains("java.lang.IllegalStateException: why"), text);
        assertFalse(text.contains("three") || text.contains("four"), text);
    }
}
