package dev.hearth.concurrent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

final class KeyedLockTest {

    private static final int THREADS = 40_000;
    private static final int KEYS = 4;

    private final KeyedLock<Integer> locks = new KeyedLock<>();

    @Test
    void noUpdateIsLostAndNoEntryStaysUnderManyThreads() {
        var counts = new int[KEYS];
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < THREADS; i++) {
                int key = i % KEYS;
                threads.execute(() -> countUnderLock(counts, key));
            }
        }
        int each = THREADS / KEYS;
        assertArrayEquals(new int[] {each, each, each, each}, counts);
        assertEquals(0, locks.size());
    }

    private void countUnderLock(int[] counts, int key) {
        try (var _ = locks.hold(key)) {
            int before = counts[key];
            Thread.yield();
            counts[key] = before + 1;
        }
    }

    @Test
    void theSameThreadMayHoldAKeyTwice() {
        try (var _ = locks.hold(1);
                var _ = locks.hold(1)) {
            assertEquals(1, locks.size());
        }
        assertEquals(0, locks.size());
    }

    @Test
    void givingBackTwiceDoesNothing() {
        var hold = locks.hold(1);
        hold.close();
        hold.close();
        assertEquals(0, locks.size());
    }
}
