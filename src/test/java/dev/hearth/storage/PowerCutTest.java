package dev.hearth.storage;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.hearth.storage.disk.SimulatedDisk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The plug is pulled again and again, on a disk that then has any part of what was not forced:
/// checkpoints back to back, slow forces, small segments that are used again at once, and space of
/// the database that is written over as soon as it is free. `-Dhearth.powercuts=N` tells how many
/// databases go through it, `-Dhearth.seed=N` with which one it begins.
@ExtendWith(Silence.class)
class PowerCutTest {

    private static final Path FOLDER = Path.of("/simulated");
    private static final int DATABASES = Integer.getInteger("hearth.powercuts", 4);
    private static final long FIRST_SEED = Long.getLong("hearth.seed", 1);
    private static final int CUTS = 6;

    /// Without the barrier some database breaks within these.
    private static final int CONTROLS = 60;

    @Test
    void whatWasPromisedSurvivesThePlug() throws InterruptedException {
        long promised = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + DATABASES; seed++) {
            try {
                promised += new Story(seed, Volume.Order.BARRIER).run();
            } catch (RuntimeException | AssertionError e) {
                fail("-Dhearth.seed=" + seed, e);
            }
        }
        assertTrue(promised > DATABASES * 50L, "only " + promised + " were promised");
        System.out.printf(
                "power cuts: %d databases, %d cuts each, %d promised, none lost%n",
                DATABASES, CUTS, promised);
    }

    @Test
    void withoutTheBarrierSomeDatabaseBreaks() throws InterruptedException {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + CONTROLS; seed++) {
            try {
                new Story(seed, Volume.Order.NONE).run();
            } catch (RuntimeException | AssertionError e) {
                System.out.println("control: database " + seed + " broke: " + e.getMessage());
                return;
            }
        }
        fail("the simulation is too mild to prove anything");
    }

    /// One database, and all that befalls it.
    private static final class Story {
        private final SplittableRandom chance;
        private final Volume.Order order;
        private final Crowd crowd = new Crowd();
        private final StorageSettings settings;
        private SimulatedDisk disk;

        Story(long seed, Volume.Order order) {
            this.chance = new SplittableRandom(seed);
            this.order = order;
            this.disk = new SimulatedDisk(chance.nextInt(0, 12));
            this.settings =
                    new StorageSettings(64 << 10, 64 << 10, Duration.ofMillis(1), 0, () -> {});
        }

        long run() throws InterruptedException {
            for (int cut = 0; cut < CUTS; cut++) {
                disk.cutAfter(chance.nextInt(30, 400));
                live();
                disk = disk.afterPowerCut(chance);
            }
            try (var database = open()) {
                crowd.check(database);
            }
            return crowd.promised();
        }

        /// Opens, checks, and writes until the power goes.
        private void live() throws InterruptedException {
            H2Database database;
            try {
                database = open();
            } catch (RuntimeException e) {
                if (disk.isCut()) {
                    return;
                }
                throw e;
            }
            try {
                checkUnlessCut(database);
                crowd.writeUntilTheEnd(database, chance.nextInt(20, 200), disk);
                if (chance.nextInt(4) == 0) {
                    closeUnlessCut(database);
                }
            } finally {
                database.kill();
            }
        }

        private void checkUnlessCut(H2Database database) {
            try {
                crowd.check(database);
            } catch (RuntimeException e) {
                if (!disk.isCut()) {
                    throw e;
                }
            }
        }

        private void closeUnlessCut(H2Database database) {
            try {
                database.close();
            } catch (RuntimeException e) {
                if (!disk.isCut()) {
                    throw e;
                }
            }
        }

        private H2Database open() {
            var database = H2Database.open(FOLDER, settings, Foundation.on(disk).with(order));
            if (chance.nextBoolean()) {
                ((OnDisk) database.durability()).reuseSpaceAtOnce();
            }
            return database;
        }
    }
}
