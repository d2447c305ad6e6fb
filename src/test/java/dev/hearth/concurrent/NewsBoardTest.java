package dev.hearth.concurrent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class NewsBoardTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration NONE = Duration.ZERO;

    @Test
    void newsBetweenMarkAndWaitIsSeen() {
        var board = new NewsBoard<String>();
        long mark = board.mark();
        board.publish("alice");
        assertTrue(board.awaitNewsSince(mark, "alice", LONG));
    }

    @Test
    void newsBeforeTheMarkAndOfOtherTopicsIsNoNews() {
        var board = new NewsBoard<String>();
        board.publish("alice");
        long mark = board.mark();
        board.publish("bob");
        assertFalse(board.awaitNewsSince(mark, "alice", NONE));
        assertEquals(0, board.topicsWaitedFor());
    }

    @Test
    void aForgottenTopicCountsAsNews() {
        var board = new NewsBoard<Integer>(10);
        long mark = board.mark();
        for (int topic = 0; topic < 100; topic++) {
            board.publish(topic);
        }
        assertEquals(10, board.topicsRemembered());
        assertTrue(board.awaitNewsSince(mark, 0, LONG));
        assertFalse(board.awaitNewsSince(board.mark(), 0, NONE));
    }

    @Test
    void closingEndsAllWaitsThoseToComeIncluded() throws Exception {
        var board = new NewsBoard<Integer>();
        var waits = new ArrayList<Future<Boolean>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int topic = 0; topic < 100; topic++) {
                int mine = topic;
                waits.add(threads.submit(() -> board.awaitNewsSince(0, mine, LONG)));
            }
            board.close();
        }
        for (var wait : waits) {
            assertFalse(wait.get());
        }
        assertFalse(board.awaitNewsSince(0, 1, LONG));
        assertEquals(0, board.topicsWaitedFor());
    }

    /// Readers that only wait on the board see every one of many writes: nothing between reading
    /// and waiting is lost, or they would wait for their whole patience and see fewer.
    @Test
    void thousandsOfReadersMissNothing() throws Exception {
        var board = new NewsBoard<Integer>(8);
        int topics = 20;
        int writes = 200;
        var values = new AtomicLong[topics];
        var readers = new ArrayList<Future<Boolean>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int topic = 0; topic < topics; topic++) {
                var value = new AtomicLong();
                values[topic] = value;
                int mine = topic;
                for (int i = 0; i < 100; i++) {
                    readers.add(threads.submit(() -> readUntil(board, mine, value, writes)));
                }
            }
            for (int topic = 0; topic < topics; topic++) {
                int mine = topic;
                threads.execute(() -> write(board, mine, values[mine], writes));
            }
        }
        for (var reader : readers) {
            assertTrue(reader.get(), "a reader waited in vain");
        }
        assertEquals(0, board.topicsWaitedFor());
    }

    private static void write(NewsBoard<Integer> board, int topic, AtomicLong value, int times) {
        for (int i = 0; i < times; i++) {
            value.incrementAndGet();
            board.publish(topic);
            Thread.yield();
        }
    }

    private static boolean readUntil(
            NewsBoard<Integer> board, int topic, AtomicLong value, int target) {
        while (true) {
            long mark = board.mark();
            if (value.get() == target) {
                return true;
            }
            if (!board.awaitNewsSince(mark, topic, LONG)) {
                return false;
            }
        }
    }
}
