package dev.hearth.concurrent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BackoffTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Backoff fresh = Backoff.between(Duration.ofSeconds(1), Duration.ofMinutes(1));

    @Test
    void waitsDoubleUpToTheMaximumWithASpread() {
        var random = new Random(1);
        Backoff backoff = fresh;
        long[] seconds = {1, 2, 4, 8, 16, 32, 60, 60};
        for (long expected : seconds) {
            backoff = backoff.afterFailure(NOW, random);
            long millis = backoff.waitFrom(NOW).toMillis();
            assertTrue(millis >= expected * 800 && millis <= expected * 1200, () -> "" + millis);
        }
    }

    @Test
    void manyFailuresDoNotOverflow() {
        var random = new Random(2);
        Backoff backoff = fresh;
        for (int i = 0; i < 1_000; i++) {
            backoff = backoff.afterFailure(NOW, random);
        }
        assertTrue(backoff.waitFrom(NOW).compareTo(Duration.ofSeconds(72)) <= 0);
    }

    @Test
    void successAllowsTheNextTryAtOnce() {
        var failed = fresh.afterFailure(NOW, new Random(3));
        assertTrue(fresh.mayTry(NOW));
        assertFalse(failed.mayTry(NOW));
        assertTrue(failed.mayTry(NOW.plusSeconds(2)));
        assertTrue(failed.afterSuccess().mayTry(NOW));
        assertEquals(Duration.ZERO, fresh.waitFrom(NOW));
    }
}
