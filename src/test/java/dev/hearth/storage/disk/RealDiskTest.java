package dev.hearth.storage.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealDiskTest {

    @TempDir private Path folder;

    private final RealDisk disk = new RealDisk();

    @Test
    void whatWasReadableByOthersIsNoMore() throws IOException {
        var path = Files.writeString(folder.resolve("old"), "x");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));
        disk.open(path).close();
        assertEquals("rw-------", permissions(path));
    }

    @Test
    void foldersAreMadeWithThoseAboveThemAndArePrivate() throws IOException {
        var deep = folder.resolve("a/b/c");
        disk.makeFolder(deep);
        disk.makeFolder(deep);
        assertEquals("rwx------", permissions(deep));
        assertEquals("rwx------", permissions(folder.resolve("a")));
    }

    @Test
    void aFileThatIsNotThereIsNotMadeByReading() {
        var path = folder.resolve("nothing");
        assertThrows(NoSuchFileException.class, () -> disk.openExisting(path));
        assertFalse(disk.exists(path));
    }

    @Test
    void aClosedFileStaysClosed() throws IOException {
        var file = disk.open(folder.resolve("file"));
        file.close();
        assertThrows(IOException.class, () -> file.write(ByteBuffer.allocate(1), 0));
    }

    @Test
    void oneMayHaveTheLockAndThenAnother() throws IOException {
        var lock = disk.lock(folder);
        assertThrows(
                FolderInUseException.class,
                () -> disk.lock(folder.resolve("../").resolve(folder.getFileName())));
        lock.close();
        disk.lock(folder).close();
    }

    @Test
    void interruptsOfOneReaderDisturbNoOther() throws Exception {
        try (var file = disk.open(folder.resolve("file"))) {
            file.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 0);
            var failed = new AtomicBoolean();
            Runnable reading =
                    () -> {
                        try {
                            for (int i = 0; i < 5_000; i++) {
                                var bytes = ByteBuffer.allocate(3);
                                int got = file.read(bytes, 0);
                                if (got != 3 || bytes.get(2) != 3) {
                                    failed.set(true);
                                }
                            }
                        } catch (IOException e) {
                            failed.set(true);
                        }
                    };
            var disturbed = Thread.ofPlatform().start(reading);
            var other = Thread.ofVirtual().start(reading);
            while (disturbed.isAlive()) {
                disturbed.interrupt();
                Thread.yield();
            }
            for (var thread : List.of(disturbed, other)) {
                thread.join();
            }
            assertFalse(failed.get());
            assertTrue(disk.exists(folder.resolve("file")));
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
