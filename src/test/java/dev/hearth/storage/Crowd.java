package dev.hearth.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.storage.disk.SimulatedDisk;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/// Many who write at once, remember what they were promised, and check it afterwards. Each writes
/// numbers from 1 on: a row that stays, a row that is deleted twenty numbers later, and a row that
/// counts, all in one transaction.
final class Crowd {

    private static final int WRITERS = 8;
    private static final int WINDOW = 20;
    private static final int ONLOOKERS = 2;

    private static final String INSERT =
            """
            INSERT INTO account_datum (user_id, room_id, type, content, position)
            VALUES (?, ?, ?, ?, ?)
            """;

    private static final String COUNT_UP =
            """
            UPDATE account_datum SET position = ?, content = ?
            WHERE user_id = ? AND room_id = '' AND type = 'counter'
            """;

    private static final String SEND =
            """
            INSERT INTO to_device_message (position, recipient, device, body)
            VALUES (?, ?, ?, ?)
            """;

    private static final String FORGET =
            "DELETE FROM to_device_message WHERE recipient = ? AND device = ?";

    private static final String ROWS =
            """
            SELECT type, content FROM account_datum
            WHERE user_id = ? AND room_id = 'r' ORDER BY user_id, position
            """;

    private static final String COUNTER =
            """
            SELECT content FROM account_datum
            WHERE user_id = ? AND room_id = '' AND type = 'counter'
            """;

    private static final String INBOX =
            """
            SELECT device FROM to_device_message
            WHERE recipient = ? AND device >= '' ORDER BY recipient, device, position
            """;

    /// The newest number that each was promised.
    private final AtomicLongArray promised = new AtomicLongArray(WRITERS);

    private final AtomicReference<String> failure = new AtomicReference<>("");

    /// The highest position that anybody saw.
    private final AtomicLong seen = new AtomicLong();

    /// Writes until the disk fails, or every writer has written so many more.
    void writeUntilTheEnd(H2Database database, int most, SimulatedDisk disk)
            throws InterruptedException {
        var threads =
                IntStream.range(0, WRITERS)
                        .mapToObj(writer ->
                                Thread.ofVirtual()
                                        .start(() ->
                                                until(disk, () -> write(database, writer, most))))
                        .toList();
        var onlookers =
                IntStream.range(0, ONLOOKERS)
                        .mapToObj(_ ->
                                Thread.ofVirtual()
                                        .start(() -> until(disk, () -> lookOn(database, threads))))
                        .toList();
        for (var thread : threads) {
            thread.join();
        }
        for (var onlooker : onlookers) {
            onlooker.join();
        }
        if (!failure.get().isEmpty()) {
            throw new AssertionError(failure.get());
        }
    }

    /// Reads while others write: what one reading sees is of one moment.
    private void lookOn(H2Database database, List<Thread> writers) {
        while (writers.stream().anyMatch(Thread::isAlive)) {
            for (int writer = 0; writer < WRITERS; writer++) {
                var owner = owner(writer);
                database.read(reading -> {
                    int newest = newest(reading, owner);
                    var rows = reading.list(ROWS, row -> row.string("type"), owner).size();
                    if (newest != rows) {
                        failure.set("the counter is " + newest + " of " + rows);
                    }
                    return rows;
                });
            }
        }
    }

    /// Works until the power goes: only then may it fail.
    private void until(SimulatedDisk disk, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | AssertionError e) {
            if (!disk.isCut()) {
                failure.set("without a power cut: " + e);
            }
        }
    }

    private void write(H2Database database, int writer, int most) {
        int next = newest(database, writer) + 1;
        for (int number = next; number < next + most; number++) {
            int now = number;
            if (number % 17 == 0) {
                failInTheMiddle(database, writer, number);
            }
            long position = database.transact(tx -> write(tx, writer, now));
            database.settle();
            promised.set(writer, number);
            seen.accumulateAndGet(position, Math::max);
        }
    }

    private static void failInTheMiddle(H2Database database, int writer, int number) {
        try {
            database.change(tx -> {
                write(tx, writer, number);
                throw new ArithmeticException();
            });
        } catch (ArithmeticException _) {
            // As it should.
        }
    }

    private static long write(Transaction tx, int writer, int number) {
        var owner = owner(writer);
        long position = tx.nextPosition();
        tx.execute(INSERT, owner, "r", "n" + number, content(writer, number), position);
        tx.execute(SEND, position, owner, "d" + number, "x".repeat(number % 100));
        tx.execute(FORGET, owner, "d" + (number - WINDOW));
        if (tx.execute(COUNT_UP, position, bytes(number), owner) == 0) {
            tx.execute(INSERT, owner, "", "counter", bytes(number), position);
        }
        return position;
    }

    private static String owner(int writer) {
        return "@writer" + writer + ":example.org";
    }

    private static byte[] bytes(int number) {
        return Integer.toString(number).getBytes();
    }

    private static byte[] content(int writer, int number) {
        var random = new SplittableRandom(writer * 1_000_003L + number);
        var content = new byte[random.nextInt(50, 1500)];
        random.nextBytes(content);
        return content;
    }

    private static int newest(H2Database database, int writer) {
        return database.read(reading -> newest(reading, owner(writer)));
    }

    private static int newest(Reading reading, String owner) {
        return reading.find(
                        COUNTER, row -> Integer.valueOf(new String(row.bytes("content"))), owner)
                .orElse(0);
    }

    /// Everything promised is there, in order, without gaps, and whole; and the tables agree.
    void check(H2Database database) {
        assertTrue(database.position() >= seen.get(), "no position is given twice");
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            int newest = newest(database, writer);
            assertTrue(
                    newest >= promised.get(writer),
                    () ->
                            "writer "
                                    + writer
                                    + " was promised "
                                    + promised.get(writer)
                                    + ", and there is "
                                    + newest);
            database.read(r -> {
                check(r, writer, newest);
                return true;
            });
        }
    }

    private static void check(Reading reading, int writer, int newest) {
        var owner = owner(writer);
        var types = reading.list(ROWS, row -> row.string("type"), owner);
        assertEquals(IntStream.rangeClosed(1, newest).mapToObj(n -> "n" + n).toList(), types);
        var contents = reading.list(ROWS, row -> row.bytes("content"), owner);
        for (int number = 1; number <= newest; number++) {
            assertArrayEquals(content(writer, number), contents.get(number - 1));
        }
        var inbox = reading.list(INBOX, row -> row.string("device"), owner);
        assertEquals(
                IntStream.rangeClosed(Math.max(1, newest - WINDOW + 1), newest)
                        .mapToObj(n -> "d" + n)
                        .sorted()
                        .toList(),
                inbox);
    }

    long promised() {
        return IntStream.range(0, WRITERS).mapToLong(promised::get).sum();
    }
}
