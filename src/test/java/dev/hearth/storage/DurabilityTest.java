package dev.hearth.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.storage.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Silence.class)
class DurabilityTest {

    private static final Path FOLDER = Path.of("/simulated");

    /// Nothing is saved unless something asks for it.
    private static final StorageSettings QUIET =
            new StorageSettings(64 << 10, 1 << 20, Duration.ofDays(1), 0, () -> {});

    private final SimulatedDisk disk = new SimulatedDisk(0);
    private final SplittableRandom chance = new SplittableRandom(1);

    @Test
    void whatWasSettledSurvivesThePlugAndWhatWasNotMayNot() {
        var database = open(disk);
        Ledger.add(database, "alice", 1);
        database.settle();
        Ledger.add(database, "alice", 2);
        database.kill();
        try (var again = open(disk.afterPowerCut(chance))) {
            assertEquals(List.of(1), Ledger.numbers(again, "alice"));
        }
    }

    @Test
    void whatWasOnlyReadCostsNoForce() {
        try (var database = open(disk)) {
            Ledger.add(database, "alice", 1);
            database.settle();
            long before = disk.forces();
            Ledger.count(database, "alice");
            database.settle();
            database.change(tx -> tx.execute("DELETE FROM account_datum WHERE user_id = 'nobody'"));
            database.takePosition();
            database.settle();
            assertEquals(before, disk.forces());
        }
    }

    @Test
    void manyChangesWithoutAnAnswerBetweenCostOneForce() {
        try (var database = open(disk)) {
            Ledger.add(database, "alice", 0);
            database.settle();
            long before = disk.forces();
            for (int i = 1; i <= 50; i++) {
                Ledger.add(database, "alice", i);
            }
            database.settle();
            assertEquals(1, disk.forces() - before);
        }
    }

    @Test
    void thousandsWhoWaitShareForces() throws InterruptedException {
        var slow = new SimulatedDisk(3);
        try (var database = open(slow)) {
            long before = slow.forces();
            var threads =
                    IntStream.range(0, 2_000)
                            .mapToObj(number ->
                                    Thread.ofVirtual()
                                            .start(() -> {
                                                Ledger.add(database, "alice", number);
                                                database.settle();
                                            }))
                            .toList();
            for (var thread : threads) {
                thread.join();
            }
            assertTrue(slow.forces() - before < 1_000, "they shared forces");
        }
        try (var again = open(slow.afterPowerCut(chance))) {
            assertEquals(2_000, Ledger.count(again, "alice"));
        }
    }

    @Test
    void aJournalThatCannotBeForcedEndsTheServer() {
        var ended = new CountDownLatch(1);
        var database = open(disk, QUIET.onFatal(ended::countDown));
        Ledger.add(database, "alice", 1);
        database.settle();
        disk.failNextForce("segment");
        Ledger.add(database, "alice", 2);
        assertThrows(RuntimeException.class, database::settle);
        assertThrows(RuntimeException.class, database::settle, "it is never tried again");
        assertThrows(RuntimeException.class, () -> Ledger.add(database, "alice", 3));
        assertTrue(happens(ended));
        database.close();
        try (var again = open(disk.afterPowerCut(chance))) {
            var left = Ledger.numbers(again, "alice");
            assertTrue(List.of(List.of(1), List.of(1, 2)).contains(left), left.toString());
        }
    }

    @Test
    void aDatabaseThatCannotBeSavedEndsTheServer() {
        var ended = new CountDownLatch(1);
        var database =
                open(
                        disk,
                        new StorageSettings(
                                64 << 10, 1 << 20, Duration.ofMillis(1), 0, ended::countDown));
        disk.failNextForce("mv.db");
        Ledger.add(database, "alice", 1);
        database.settle();
        assertTrue(happens(ended));
        database.close();
        try (var again = open(disk.afterPowerCut(chance))) {
            assertEquals(List.of(1), Ledger.numbers(again, "alice"));
        }
    }

    @Test
    void aFullDiskRefusesChangesUntilThereIsRoom() {
        try (var database = open(disk, QUIET.withReserve(1_000))) {
            Ledger.add(database, "alice", 1);
            database.settle();
            disk.free(999);
            // The journal looks before each group.
            Ledger.add(database, "alice", 2);
            database.settle();
            var refusal =
                    assertThrows(
                            StorageFullException.class, () -> Ledger.add(database, "alice", 3));
            assertTrue(refusal.getMessage().contains("full"), refusal.getMessage());
            assertEquals(List.of(1, 2), Ledger.numbers(database, "alice"));
            disk.free(1_000);
            Ledger.add(database, "alice", 4);
            assertEquals(List.of(1, 2, 4), Ledger.numbers(database, "alice"));
        }
    }

    /// The journal's file is there in its whole length; the database's would have to grow.
    @Test
    void aDiskThatIsFullToTheLastByteEndsNothing() {
        var ended = new CountDownLatch(1);
        try (var database = open(disk, QUIET.withReserve(1_000).onFatal(ended::countDown))) {
            Ledger.add(database, "alice", 1);
            database.settle();
            disk.free(0);
            Ledger.add(database, "alice", 2);
            database.settle();
            ((OnDisk) database.durability()).checkpoint();
            assertEquals(1, ended.getCount());
            assertThrows(StorageFullException.class, () -> Ledger.add(database, "alice", 3));
        }
        disk.free(Long.MAX_VALUE);
        try (var again = open(disk)) {
            assertEquals(List.of(1, 2), Ledger.numbers(again, "alice"));
        }
    }

    @Test
    void aJournalWithoutItsDatabaseIsRefused() throws IOException {
        try (var database = open(disk)) {
            Ledger.add(database, "alice", 1);
            database.settle();
        }
        disk.delete(FOLDER.resolve("hearth.mv.db"));
        var refusal = assertThrows(UnusableFolderException.class, () -> open(disk));
        assertTrue(String.valueOf(refusal.getMessage()).contains("backup"));
    }

    @Test
    void aNewerSchemaIsRefusedAndLeftAlone() {
        try (var database = open(disk)) {
            database.change(
                    tx -> tx.execute("INSERT INTO schema_version (number) VALUES (?)", 999_999));
        }
        assertThrows(NewerSchemaException.class, () -> open(disk));
        assertThrows(NewerSchemaException.class, () -> open(disk));
    }

    @Test
    void aMigrationThatIsCutShortBeginsAgain() {
        var old = Foundation.on(disk).with(new Migrations(STEPS.subList(0, 1)));
        var database = H2Database.open(FOLDER, QUIET, old);
        database.change(tx -> tx.execute("INSERT INTO one (n) VALUES (?)", 1));
        database.settle();
        database.kill();
        var cuts = new ArrayList<Long>();
        boolean cut = true;
        for (long after = 1; cut; after++) {
            // A copy of the old state, of which nothing is lost: the journal was forced.
            var today = disk.afterPowerCut(chance);
            today.cutAfter(after);
            cut = isCutWhileOpening(today);
            cuts.add(after);
            checkMigrated(today.afterPowerCut(chance));
        }
        assertTrue(cuts.size() > 20, "the migration was cut " + cuts.size() + " times");
    }

    private static final List<Migrations.Migration> STEPS =
            List.of(
                    new Migrations.Migration(1, List.of("CREATE TABLE one (n BIGINT PRIMARY KEY)")),
                    new Migrations.Migration(
                            2,
                            List.of(
                                    "CREATE TABLE other (n BIGINT PRIMARY KEY)",
                                    "INSERT INTO other (n) SELECT n + 1 FROM one")),
                    new Migrations.Migration(
                            3, List.of("ALTER TABLE one ADD COLUMN m BIGINT DEFAULT 7")));

    private static boolean isCutWhileOpening(SimulatedDisk disk) {
        try {
            H2Database.open(FOLDER, QUIET, migrating(disk)).kill();
        } catch (RuntimeException e) {
            if (!disk.isCut()) {
                throw e;
            }
        }
        return disk.isCut();
    }

    private static void checkMigrated(SimulatedDisk disk) {
        try (var database = H2Database.open(FOLDER, QUIET, migrating(disk))) {
            assertEquals(
                    List.of("1 7 2"),
                    database.read(r ->
                            r.list(
                                    "SELECT f.n AS a, f.m AS b, s.n AS c FROM one f, other s",
                                    row ->
                                            row.integer("a")
                                                    + " "
                                                    + row.integer("b")
                                                    + " "
                                                    + row.integer("c"))));
            assertTrue(disk.exists(FOLDER.resolve("hearth-schema-1.mv.db")), "a copy is kept");
        }
    }

    private static Foundation migrating(SimulatedDisk disk) {
        return Foundation.on(disk).with(new Migrations(STEPS));
    }

    private static boolean happens(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static H2Database open(SimulatedDisk disk) {
        return open(disk, QUIET);
    }

    private static H2Database open(SimulatedDisk disk, StorageSettings settings) {
        return H2Database.open(FOLDER, settings, Foundation.on(disk));
    }
}
