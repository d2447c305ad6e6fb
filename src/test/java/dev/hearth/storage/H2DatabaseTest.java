package dev.hearth.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2DatabaseTest {

    private static final String USERS = "SELECT user_id FROM account_datum ORDER BY position";

    @TempDir private Path folder;

    @Test
    void theSameStatementMayRunWithinItsOwnRows() {
        try (var database = H2Database.inMemory()) {
            Ledger.add(database, "alice", 1);
            Ledger.add(database, "bob", 2);
            var pairs = new ArrayList<String>();
            database.change(tx ->
                    tx.each(
                            USERS,
                            outer ->
                                    tx.each(
                                            USERS,
                                            inner ->
                                                    pairs.add(
                                                            outer.string("user_id")
                                                                    + inner.string("user_id")))));
            assertEquals(List.of("alicealice", "alicebob", "bobalice", "bobbob"), pairs);
        }
    }

    @Test
    void whatAnOlderSnapshotFoundIsNotGivenToALaterReading() {
        try (var database = open()) {
            Ledger.add(database, "alice", 1);
            database.read(_ -> {
                assertEquals(0, Ledger.count(database, "bob"), "the snapshot is taken");
                var writer = Thread.ofVirtual().start(() -> Ledger.add(database, "alice", 2));
                assertTrue(ended(writer));
                assertEquals(List.of(1), Ledger.numbers(database, "alice"));
                return true;
            });
            assertEquals(List.of(1, 2), Ledger.numbers(database, "alice"));
        }
    }

    private static boolean ended(Thread thread) {
        try {
            return thread.join(Duration.ofSeconds(30));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anInterruptedWriterHarmsNobody() {
        try (var database = open()) {
            Thread.currentThread().interrupt();
            Ledger.add(database, "alice", 1);
            database.settle();
            assertTrue(Thread.interrupted(), "the interrupt is kept for whom it concerns");
            Ledger.add(database, "alice", 2);
            assertEquals(List.of(1, 2), Ledger.numbers(database, "alice"));
        }
    }

    @Test
    void anInterruptedReaderHarmsNobody() {
        try (var database = open()) {
            Ledger.add(database, "alice", 1);
        }
        try (var database = open()) {
            Thread.currentThread().interrupt();
            assertEquals(1, Ledger.count(database, "alice"));
            assertTrue(Thread.interrupted(), "the interrupt is kept for whom it concerns");
            Ledger.add(database, "alice", 2);
            database.settle();
            assertEquals(2, Ledger.count(database, "alice"));
        }
    }

    @Test
    void interruptsInTheMiddleOfReadingAndWritingHarmNobody() throws InterruptedException {
        try (var database = open()) {
            var threads = new ArrayList<Thread>();
            for (int i = 0; i < 8; i++) {
                var owner = "user" + i;
                threads.add(
                        Thread.ofVirtual()
                                .start(() -> {
                                    for (int number = 0; number < 100; number++) {
                                        Ledger.add(database, owner, number);
                                        database.settle();
                                        Ledger.count(database, owner);
                                    }
                                }));
            }
            while (threads.stream().anyMatch(Thread::isAlive)) {
                threads.forEach(Thread::interrupt);
                Thread.yield();
            }
            for (int i = 0; i < 8; i++) {
                assertEquals(100, Ledger.count(database, "user" + i));
            }
        }
    }

    @Test
    void onlyOneMayHaveTheFolder() {
        try (var database = open()) {
            var refusal = assertThrows(UnusableFolderException.class, this::open);
            assertTrue(refusal.getMessage().contains("in use"), refusal.getMessage());
            Ledger.add(database, "alice", 1);
        }
        open().close();
    }

    @Test
    void anotherProcessIsRefused() throws IOException, InterruptedException {
        try (var _ = open()) {
            var other =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-XX:TieredStopAtLevel=1",
                                    "-Xshare:auto",
                                    "-cp",
                                    System.getProperty("java.class.path")
                                            + ":"
                                            + System.getProperty("jdk.module.path", ""),
                                    OpensFolder.class.getName(),
                                    folder.toString())
                            .redirectErrorStream(true)
                            .start();
            var words = new String(other.getInputStream().readAllBytes());
            assertEquals(3, other.waitFor(), words);
            assertTrue(words.contains("in use by another process"), words);
        }
    }

    @Test
    void everythingInTheFolderIsPrivate() throws IOException {
        var inner = folder.resolve("deep/data");
        try (var database = H2Database.open(inner)) {
            Ledger.add(database, "alice", 1);
            database.settle();
            try (var files = Files.walk(inner)) {
                for (var file : files.toList()) {
                    var found = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
                    var wanted = Files.isDirectory(file) ? "rwx------" : "rw-------";
                    assertEquals(wanted, found, file.toString());
                }
            }
        }
    }

    @Test
    void aReadingThatFailsLeavesItsConnectionUsable() {
        try (var database = H2Database.inMemory()) {
            for (int i = 0; i < 100; i++) {
                assertThrows(
                        StorageException.class,
                        () -> database.read(r -> r.find("SELECT nonsense", Row::toString)));
            }
            assertEquals(0, Ledger.count(database, "alice"));
        }
    }

    @Test
    void aReadingWithinAReadingIsPartOfIt() throws InterruptedException {
        try (var database = H2Database.inMemory()) {
            Ledger.add(database, "alice", 1);
            var threads =
                    IntStream.range(0, 100)
                            .mapToObj(_ ->
                                    Thread.ofVirtual()
                                            .start(() ->
                                                    database.read(outer -> {
                                                        Thread.yield();
                                                        return Ledger.count(database, "alice");
                                                    })))
                            .toList();
            for (var thread : threads) {
                thread.join();
            }
            assertEquals(1, Ledger.count(database, "alice"));
        }
    }

    /// What isn't committed may be undone: caches tell by this that they must not remember it.
    @Test
    void aReadingWithinATransactionIsThatTransaction() {
        try (var database = H2Database.inMemory()) {
            database.change(tx -> assertSame(tx, database.<Reading>read(reading -> reading)));
        }
    }

    @Test
    void aTransactionWithinATransactionIsRefused() {
        try (var database = H2Database.inMemory()) {
            assertThrows(
                    IllegalStateException.class,
                    () -> database.change(_ -> Ledger.add(database, "alice", 1)));
            Ledger.add(database, "alice", 2);
            assertEquals(List.of(2), Ledger.numbers(database, "alice"));
        }
    }

    @Test
    void whatATransactionThatFailedHasDoneIsUndone() {
        try (var database = open()) {
            assertThrows(
                    IllegalArgumentException.class,
                    () ->
                            database.change(tx -> {
                                Ledger.add(tx, "alice", 1);
                                throw new IllegalArgumentException();
                            }));
            Ledger.add(database, "alice", 2);
        }
        try (var database = open()) {
            assertEquals(List.of(2), Ledger.numbers(database, "alice"));
        }
    }

    @Test
    void whatFollowsACommitMayFailAlone() {
        try (var database = H2Database.inMemory()) {
            var ran = new ArrayList<Integer>();
            long position =
                    database.transact(tx -> {
                        tx.afterCommit(() -> {
                            throw new IllegalStateException("for a test");
                        });
                        tx.afterCommit(() -> ran.add(1));
                        return Ledger.add(tx, "alice", 1);
                    });
            assertEquals(position, database.position());
            assertEquals(List.of(1), ran);
        }
    }

    @Test
    void positionsOnlyEverGoForward() {
        long before;
        try (var database = open()) {
            Ledger.add(database, "alice", 1);
            // Taken for what no row remembers.
            before = database.takePosition();
        }
        try (var database = open()) {
            assertTrue(database.position() >= before, "nothing was forgotten");
            assertTrue(database.takePosition() > before, "and none is given twice");
        }
    }

    @Test
    void nothingAndBytesAndFlagsComeBackAsTheyWere() {
        try (var database = open()) {
            database.change(tx -> {
                tx.execute(
                        "INSERT INTO registration_token (digest, administrator, uses_left)"
                                + " VALUES (?, ?, ?)",
                        new byte[0],
                        true,
                        Long.MIN_VALUE);
                tx.execute(
                        "INSERT INTO refresh_token"
                                + " (digest, user_id, device_id, replaces, superseded)"
                                + " VALUES (?, ?, ?, ?, ?)",
                        new byte[] {0, -1},
                        "a",
                        "",
                        Optional.empty(),
                        false);
                Ledger.add(tx, "Zoë \uD83D\uDE00", 200);
            });
            database.settle();
            database.kill();
        }
        try (var database = open()) {
            var token =
                    database.read(r ->
                            r.find(
                                    "SELECT * FROM registration_token",
                                    row ->
                                            List.of(
                                                    row.bytes("digest").length,
                                                    row.bool("administrator"),
                                                    row.integer("uses_left"))));
            assertEquals(Optional.of(List.of(0, true, Long.MIN_VALUE)), token);
            var replaced =
                    database.read(r ->
                            r.find(
                                    "SELECT replaces FROM refresh_token",
                                    row -> row.findBytes("replaces").isPresent()));
            assertEquals(Optional.of(false), replaced);
            assertEquals(List.of(200), Ledger.numbers(database, "Zoë \uD83D\uDE00"));
        }
    }

    private H2Database open() {
        return H2Database.open(folder);
    }
}
