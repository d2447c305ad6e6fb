package dev.hearth.concurrent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class RepeatingTest {

    @Test
    void workIsRepeatedThoughItFails() throws InterruptedException {
        var runs = new CountDownLatch(3);
        try (var _ = Repeating.every(Duration.ofMillis(1), "test", () -> fail(runs))) {
            assertTrue(runs.await(1, TimeUnit.MINUTES));
        }
    }

    private static void fail(CountDownLatch runs) {
        runs.countDown();
        throw new IllegalStateException("as the test wants");
    }

    @Test
    void aWishDoesNotWaitForThePauseAndClosingEndsIt() throws InterruptedException {
        var ran = new CountDownLatch(1);
        var runs = new AtomicInteger();
        var repeating =
                Repeating.every(
                        Duration.ofDays(1),
                        "test",
                        () -> {
                            runs.incrementAndGet();
                            ran.countDown();
                        });
        repeating.soon();
        assertTrue(ran.await(1, TimeUnit.MINUTES));
        repeating.close();
        repeating.soon();
        assertEquals(1, runs.get());
    }
}
