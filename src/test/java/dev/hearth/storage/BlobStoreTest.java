package dev.hearth.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.storage.disk.SimulatedDisk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobStoreTest {

    private static final byte[] HELLO = "hello".getBytes();

    @TempDir private Path folder;

    @Test
    void whatIsStoredIsReadAsItWas() throws IOException {
        var content = new byte[300_000];
        new SplittableRandom(1).nextBytes(content);
        var blob = open().store("abcdef", stream(content), content.length).orElseThrow();
        assertEquals(new Blob("abcdef", 300_000), blob);
        assertEquals(Optional.of(blob), open().find("abcdef"));
        try (var read = open().read("abcdef").orElseThrow()) {
            assertArrayEquals(content, read.readAllBytes());
        }
        try (var read = open().read("abcdef", 299_998).orElseThrow()) {
            assertArrayEquals(new byte[] {content[299_998], content[299_999]}, read.readAllBytes());
        }
    }

    @Test
    void contentNamesItself() throws Exception {
        var store = open();
        var sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(HELLO));
        var blob = new Blob(sha256, 5);
        assertEquals(Optional.of(blob), store.store(stream(HELLO), 5));
        assertEquals(Optional.of(blob), store.store(stream(HELLO), 5));
        try (var read = store.read(sha256).orElseThrow()) {
            assertArrayEquals(HELLO, read.readAllBytes());
        }
    }

    @Test
    void whatIsTooLargeIsNotStored() throws IOException {
        var store = open();
        assertEquals(Optional.empty(), store.store("abcdef", stream(HELLO), 4));
        assertEquals(Optional.empty(), store.store(stream(HELLO), 4));
        assertEquals(Optional.empty(), store.find("abcdef"));
        assertEquals(List.of(), files());
    }

    @Test
    void whatIsDeletedIsGone() throws IOException {
        var store = open();
        store.store("abcdef", stream(HELLO), 5);
        store.delete("abcdef");
        store.delete("abcdef");
        assertTrue(store.read("abcdef").isEmpty());
        assertEquals(List.of(), files());
    }

    @Test
    void aNameIsNoPath() {
        for (var name : List.of("../../x", "ab/cd", "", "ab", "a.b", "a\0bc")) {
            assertThrows(IllegalArgumentException.class, () -> open().read(name), name);
        }
    }

    @Test
    void filesArePrivate() throws IOException {
        open().store("abcdef", stream(HELLO), 5);
        for (var file : files()) {
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
    }

    @Test
    void aFullDiskIsToldBeforeAnythingIsWritten() throws IOException {
        var store = BlobStore.open(folder, Long.MAX_VALUE);
        assertThrows(StorageFullException.class, () -> store.store(stream(HELLO), 5));
    }

    @Test
    void aReaderThatIsInterruptedGoesOn() throws IOException {
        open().store("abcdef", stream(HELLO), 5);
        try (var read = open().read("abcdef").orElseThrow()) {
            Thread.currentThread().interrupt();
            assertArrayEquals(HELLO, read.readAllBytes());
            assertTrue(Thread.interrupted(), "the interrupt is kept for whom it concerns");
        }
    }

    @Test
    void afterAPowerCutABlobIsWholeOrNotThere() throws IOException {
        for (long seed = 0; seed < 100; seed++) {
            var chance = new SplittableRandom(seed);
            var disk = new SimulatedDisk(0);
            var promised = new HashMap<String, byte[]>();
            var attempted = storeUntilCut(disk, chance, promised);
            var store = BlobStore.open(folder, 0, disk.afterPowerCut(chance));
            for (var name : promised.keySet()) {
                assertTrue(store.find(name).isPresent(), "seed " + seed + " " + name);
            }
            for (var entry : attempted.entrySet()) {
                var read = store.read(entry.getKey());
                if (read.isPresent()) {
                    assertArrayEquals(entry.getValue(), read.get().readAllBytes());
                }
            }
        }
    }

    private Map<String, byte[]> storeUntilCut(
            SimulatedDisk disk, SplittableRandom chance, Map<String, byte[]> promised) {
        disk.cutAfter(chance.nextInt(5, 60));
        var attempted = new HashMap<String, byte[]>();
        try {
            var store = BlobStore.open(folder, 0, disk);
            for (int number = 0; number < 50; number++) {
                var content = new byte[chance.nextInt(30_000)];
                chance.nextBytes(content);
                var name = "blob" + number;
                attempted.put(name, content);
                store.store(name, stream(content), content.length);
                promised.put(name, content);
            }
        } catch (IOException _) {
            // The power has gone.
        }
        return attempted;
    }

    private BlobStore open() throws IOException {
        return BlobStore.open(folder, 0);
    }

    private List<Path> files() throws IOException {
        try (var walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile).toList();
        }
    }

    private static ByteArrayInputStream stream(byte[] content) {
        return new ByteArrayInputStream(content);
    }
}
