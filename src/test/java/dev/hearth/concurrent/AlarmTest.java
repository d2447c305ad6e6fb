package dev.hearth.concurrent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class AlarmTest {

    private final TestClock clock = new TestClock();
    private final Semaphore rings = new Semaphore(0);

    private Optional<Instant> ring() {
        rings.release();
        return Optional.empty();
    }

    private void awaitRing() throws InterruptedException {
        assertTrue(rings.tryAcquire(1, TimeUnit.MINUTES));
    }

    @Test
    void itRingsWhenItStartsAndWhenTheClockHasComeToTheMoment() throws InterruptedException {
        try (var alarm = new Alarm(clock, "test", this::ring)) {
            alarm.start();
            awaitRing();
            alarm.set(clock.instant().plusSeconds(10));
            alarm.set(clock.instant().plusSeconds(20));
            clock.pass(Duration.ofSeconds(9));
            assertEquals(0, rings.availablePermits());
            clock.pass(Duration.ofSeconds(1));
            awaitRing();
        }
        assertEquals(0, rings.availablePermits());
    }

    @Test
    void anEarlierMomentComesFirst() throws InterruptedException {
        try (var alarm = new Alarm(clock, "test", this::ring)) {
            alarm.start();
            awaitRing();
            alarm.set(clock.instant().plusSeconds(10));
            alarm.set(clock.instant().minusSeconds(10));
            awaitRing();
        }
    }

    @Test
    void theWorkTellsWhenItIsDueAgain() throws InterruptedException {
        var left = new CountDownLatch(3);
        Supplier<Optional<Instant>> work =
                () -> {
                    left.countDown();
                    return Optional.of(clock.instant());
                };
        try (var alarm = new Alarm(clock, "test", work)) {
            alarm.start();
            assertTrue(left.await(1, TimeUnit.MINUTES));
        }
    }

    @Test
    void whatFailsIsTriedAgain() throws InterruptedException {
        var runs = new AtomicInteger();
        Supplier<Optional<Instant>> work =
                () -> {
                    rings.release();
                    if (runs.incrementAndGet() == 1) {
                        throw new IllegalStateException("as the test wants");
                    }
                    return Optional.empty();
                };
        try (var alarm = new Alarm(clock, "test", work)) {
            alarm.start();
            awaitRing();
            while (!rings.tryAcquire(100, TimeUnit.MILLISECONDS)) {
                clock.pass(Duration.ofMinutes(1));
            }
        }
    }
}
