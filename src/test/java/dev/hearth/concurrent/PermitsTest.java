package dev.hearth.concurrent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class PermitsTest {

    @Test
    void neverMoreThanPermittedAtOnce() {
        var permits = new Permits(3);
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 2_000; i++) {
                threads.execute(() -> enter(permits, now, most));
            }
        }
        assertTrue(most.get() <= 3, () -> "at once: " + most);
        assertEquals(3, permits.free());
    }

    private static void enter(Permits permits, AtomicInteger now, AtomicInteger most) {
        try (var _ = permits.take()) {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            Thread.yield();
            now.decrementAndGet();
        }
    }

    @Test
    void patienceEndsWhenNoneComesFree() {
        var permits = new Permits(1);
        try (var _ = permits.take()) {
            assertTrue(permits.take(Duration.ZERO).isEmpty());
        }
        assertTrue(permits.take(Duration.ZERO).isPresent());
    }
}
