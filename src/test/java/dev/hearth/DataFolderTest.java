package dev.hearth;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.identifier.ServerName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a server is, on disk.
class DataFolderTest {

    @TempDir private Path parent;

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void everythingIsPrivateAlsoInAFolderThatWasThere() throws IOException {
        var path = Files.createDirectory(parent.resolve("data"));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        var folder = new DataFolder(path);
        folder.open(new ServerName("example.org"));
        folder.signingKey(RandomGenerator.getDefault());
        assertEquals("rwx------", permissions(path));
        assertEquals("rw-------", permissions(path.resolve("server_name")));
        assertEquals("rw-------", permissions(path.resolve("signing.key")));
    }

    @Test
    void theSigningKeyStays() throws IOException {
        var folder = new DataFolder(parent.resolve("deep").resolve("data"));
        folder.open(new ServerName("example.org"));
        var first = folder.signingKey(RandomGenerator.getDefault());
        var again = new DataFolder(folder.path());
        again.open(new ServerName("example.org"));
        assertArrayEquals(first.seed(), again.signingKey(RandomGenerator.getDefault()).seed());
    }

    @Test
    void aServersNameIsForEver() throws IOException {
        new DataFolder(parent).open(new ServerName("example.org"));
        var refusal =
                assertThrows(
                        IllegalStateException.class,
                        () -> new DataFolder(parent).open(new ServerName("example.com")));
        assertTrue(refusal.getMessage().contains("--server-name example.org"));
        new DataFolder(parent).open(new ServerName("example.org"));
    }
}
