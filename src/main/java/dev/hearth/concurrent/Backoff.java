package dev.hearth.concurrent;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/// When to try again something that failed: each failure doubles the wait up to a maximum, spread
/// by a fifth in either direction so that many don't come back at once.
///
/// @param failures how often it failed in a row
/// @param notBefore when it may be tried again
public record Backoff(Duration first, Duration maximum, int failures, Instant notBefore) {

    private static final double SPREAD = 0.2;

    public Backoff {
        if (first.isNegative() || first.isZero() || maximum.compareTo(first) < 0 || failures < 0) {
            throw new IllegalArgumentException("no back-off: " + first + " up to " + maximum);
        }
    }

    /// Nothing failed yet.
    public static Backoff between(Duration first, Duration maximum) {
        return new Backoff(first, maximum, 0, Instant.MIN);
    }

    public Backoff afterFailure(Instant now, RandomGenerator random) {
        double factor = 1 - SPREAD + 2 * SPREAD * random.nextDouble();
        var wait = Duration.ofNanos((long) (nextWait().toNanos() * factor));
        return new Backoff(first, maximum, failures + 1, now.plus(wait));
    }

    /// Doubling stops well before the arithmetic could overflow.
    private Duration nextWait() {
        Duration wait = first;
        for (int doubled = 0; doubled < failures && wait.compareTo(maximum) < 0; doubled++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(maximum) < 0 ? wait : maximum;
    }

    /// Success, or a sign of life: the next try may be at once.
    public Backoff afterSuccess() {
        return between(first, maximum);
    }

    public boolean mayTry(Instant now) {
        return !now.isBefore(notBefore);
    }

    /// How long to wait from now.
    public Duration waitFrom(Instant now) {
        return mayTry(now) ? Duration.ZERO : Duration.between(now, notBefore);
    }
}
