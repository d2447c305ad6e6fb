package dev.hearth.storage.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.storage.disk.Disk;
import dev.hearth.storage.disk.SimulatedDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JournalTest {

    private static final Path FOLDER = Path.of("/journal");
    private static final int SEGMENT = 64 << 10;
    private static final String SQL = "INSERT INTO t VALUES (?, ?)";

    private final SimulatedDisk disk = new SimulatedDisk(0);

    @Test
    void whatWasForcedIsReplayedAsItWas() throws IOException {
        try (var journal = begin(disk, 0)) {
            var log = new TransactionLog();
            log.add(SQL, new @Nullable Object[] {"ä€\uD83D\uDE00", null});
            log.add(SQL, new @Nullable Object[] {Long.MIN_VALUE, new byte[] {1, 0, -1}});
            log.add("DELETE FROM t", new @Nullable Object[] {true, false, -1L, "", new byte[0]});
            journal.append(log);
            journal.append(one(2));
            journal.force();
        }
        assertEquals(
                List.of(
                        SQL + " [ä€\uD83D\uDE00, null]",
                        SQL + " [-9223372036854775808, [1, 0, -1]]",
                        "DELETE FROM t [true, false, -1, , []]",
                        "commit 1",
                        SQL + " [2, x]",
                        "commit 2"),
                replayAll(disk, 0));
    }

    @Test
    void replayBeginsAfterWhatTheDatabaseHas() throws IOException {
        write(1, 5);
        assertEquals(List.of(4L, 5L), commits(disk, 3));
        assertEquals(List.of(), commits(disk, 5));
    }

    @Test
    void readingEndsAtTheFirstRecordThatIsNotWhole() throws IOException {
        write(1, 5);
        damage(recordStart(3) + 20);
        assertEquals(List.of(1L, 2L), commits(disk, 0));
    }

    @Test
    void aRecordOfAnotherPlaceDoesNotPass() throws IOException {
        write(1, 5);
        // All records have the same length after the first one, which has the dictionary.
        copy(recordStart(2), recordStart(3), recordStart(3) - recordStart(2));
        assertEquals(List.of(1L, 2L), commits(disk, 0));
    }

    @Test
    void whatWasCutOffNeverComesBack() throws IOException {
        write(1, 3);
        damage(recordStart(2) + 20);
        // The new second record is as long as the lost one, and the old third one follows it.
        try (var folder = open(disk);
                var journal = Journal.begin(folder, folder.replay(0, IGNORE), NOBODY)) {
            journal.append(one(7));
            journal.force();
        }
        assertEquals(List.of("commit 1", SQL + " [7, x]", "commit 2"), tail(replayAll(disk, 0), 3));
    }

    @Test
    void segmentsAreUsedAgainAndTheirOldRecordsAreNot() throws IOException {
        try (var journal = begin(disk, 0)) {
            for (long number = 1; number <= 5_000; number++) {
                journal.append(one(number));
                if (number % 300 == 0) {
                    journal.force();
                    journal.recycle(number - 20);
                }
            }
            journal.force();
        }
        var files = disk.list(FOLDER).size();
        assertTrue(files < 6, files + " files");
        assertEquals(numbers(4_981, 5_000), commits(disk, 4_980));
    }

    @Test
    void aTransactionLargerThanASegmentIsKeptToo() throws IOException {
        try (var journal = begin(disk, 0)) {
            journal.append(one(1));
            var large = new TransactionLog();
            large.add(SQL, new @Nullable Object[] {"large", new byte[10 * SEGMENT]});
            journal.append(large);
            journal.append(one(3));
            journal.force();
            assertEquals(3, journal.appended());
        }
        assertEquals(numbers(1, 3), commits(disk, 0));
        try (var folder = open(disk);
                var journal = Journal.begin(folder, folder.replay(0, IGNORE), NOBODY)) {
            journal.append(one(4));
        }
        for (var file : disk.list(FOLDER)) {
            assertEquals(SEGMENT, disk.open(file).size(), "the large one is not kept");
        }
    }

    @Test
    void filesOfDifferentTimesAreRefused() throws IOException {
        try (var journal = begin(disk, 10)) {
            journal.append(one(11));
            journal.force();
        }
        var refusal = assertThrows(JournalGapException.class, () -> commits(disk, 5));
        assertTrue(String.valueOf(refusal.getMessage()).contains("ends with transaction 5"));
    }

    @Test
    void whatAPowerCutLeavesIsABeginningOfWhatWasWritten() throws IOException {
        for (long seed = 0; seed < 50; seed++) {
            var chance = new SplittableRandom(seed);
            var first = new SimulatedDisk(0);
            long forced = 0;
            var journal = begin(first, 0);
            for (int number = 1; number < 2_000; number++) {
                journal.append(one(number));
                if (chance.nextInt(40) == 0) {
                    journal.force();
                    forced = number;
                }
            }
            journal.append(one(2_000));
            first.cutAfter(chance.nextInt(1, 3));
            assertThrows(UncheckedIOException.class, journal::force);
            journal.close();
            var left = commits(first.afterPowerCut(chance), 0);
            assertTrue(left.size() >= forced, "seed " + seed);
            assertEquals(numbers(1, left.size()), left, "seed " + seed);
        }
    }

    @Test
    void oneForceServesAllWhoWait() throws IOException, InterruptedException {
        var slow = new SimulatedDisk(2);
        try (var journal = begin(slow, 0)) {
            long before = slow.forces();
            var done = new AtomicInteger();
            var threads =
                    IntStream.range(0, 5_000)
                            .mapToObj(_ ->
                                    Thread.ofVirtual()
                                            .start(() -> {
                                                synchronized (done) {
                                                    journal.append(one(1));
                                                }
                                                journal.force();
                                                done.incrementAndGet();
                                            }))
                            .toList();
            for (var thread : threads) {
                thread.join();
            }
            assertEquals(5_000, done.get());
            long forces = slow.forces() - before;
            assertTrue(forces < 2_500, forces + " forces for 5,000 records");
        }
        assertEquals(numbers(1, 5_000), commits(slow, 0));
    }

    @Test
    void aForceThatFailedIsNeverTriedAgain() throws IOException {
        var failures = new AtomicInteger();
        var owner =
                new Journal.Owner() {
                    @Override
                    public void beforeGroup() {}

                    @Override
                    public void failed(IOException cause) {
                        failures.incrementAndGet();
                    }
                };
        try (var journal = Journal.begin(open(disk), 0, owner)) {
            journal.append(one(1));
            disk.failNextForce("segment");
            assertThrows(UncheckedIOException.class, journal::force);
            assertThrows(UncheckedIOException.class, journal::force);
            assertThrows(UncheckedIOException.class, () -> journal.append(one(2)));
        }
        assertEquals(1, failures.get());
    }

    private static final Journal.Owner NOBODY =
            new Journal.Owner() {
                @Override
                public void beforeGroup() {}

                @Override
                public void failed(IOException cause) {}
            };

    private static final Replayer IGNORE = replayer(new ArrayList<>());

    private static JournalFolder open(Disk disk) throws IOException {
        return JournalFolder.open(disk, FOLDER, SEGMENT, 4);
    }

    private static Journal begin(Disk disk, long after) throws IOException {
        return Journal.begin(open(disk), after, NOBODY);
    }

    private void write(long from, long to) throws IOException {
        try (var journal = begin(disk, from - 1)) {
            for (long number = from; number <= to; number++) {
                journal.append(one(number));
            }
            journal.force();
        }
    }

    private static TransactionLog one(long number) {
        var log = new TransactionLog();
        log.add(SQL, new @Nullable Object[] {number, "x"});
        return log;
    }

    private static Replayer replayer(List<String> lines) {
        return new Replayer() {
            @Override
            public void execute(String sql, @Nullable Object[] columns) {
                var shown = Arrays.deepToString(columns);
                lines.add(sql + " " + shown);
            }

            @Override
            public void commit(long sequence) {
                lines.add("commit " + sequence);
            }
        };
    }

    private static List<String> replayAll(Disk disk, long after) throws IOException {
        var lines = new ArrayList<String>();
        try (var folder = open(disk)) {
            folder.replay(after, replayer(lines));
        }
        return lines;
    }

    private static List<Long> commits(Disk disk, long after) throws IOException {
        return replayAll(disk, after).stream()
                .filter(line -> line.startsWith("commit"))
                .map(line -> Long.valueOf(line.substring(7)))
                .toList();
    }

    private static List<Long> numbers(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    private static List<String> tail(List<String> lines, int count) {
        return lines.subList(lines.size() - count, lines.size());
    }

    /// The one segment with records.
    private Path written() throws IOException {
        for (var path : disk.list(FOLDER)) {
            if (SegmentFile.open(disk, path).header().isPresent()) {
                return path;
            }
        }
        throw new AssertionError("no segment was written");
    }

    private long recordStart(long sequence) throws IOException {
        long at = SegmentFile.HEADER;
        try (var file = disk.open(written())) {
            for (long number = 1; number < sequence; number++) {
                var length = ByteBuffer.allocate(4);
                file.read(length, at);
                at += Segment.RECORD_HEADER + length.getInt(0);
            }
        }
        return at;
    }

    private void damage(long position) throws IOException {
        try (var file = disk.open(written())) {
            var one = ByteBuffer.allocate(1);
            file.read(one, position);
            file.write(one.put(0, (byte) (one.get(0) ^ 1)).rewind(), position);
        }
    }

    private void copy(long from, long to, long length) throws IOException {
        try (var file = disk.open(written())) {
            var bytes = ByteBuffer.allocate((int) length);
            file.read(bytes, from);
            file.write(bytes.rewind(), to);
        }
    }
}
