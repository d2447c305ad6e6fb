package dev.hearth.concurrent;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// At most so many at once: hashing passwords, decoding images, requests to one destination. Who
/// came first is served first.
public final class Permits {

    private final Semaphore semaphore;

    public Permits(int atOnce) {
        if (atOnce < 1) {
            throw new IllegalArgumentException("at least one must be permitted, not " + atOnce);
        }
        semaphore = new Semaphore(atOnce, true);
    }

    /// Waits for a permit, for as long as it takes: what the holders do is bounded.
    public Hold take() {
        semaphore.acquireUninterruptibly();
        return new Hold(semaphore::release);
    }

    /// Waits for a permit with patience; empty if none came free.
    public Optional<Hold> take(Duration patience) {
        return take(1, patience);
    }

    /// Waits for several at once with patience; empty if they didn't come free.
    public Optional<Hold> take(int several, Duration patience) {
        try {
            return semaphore.tryAcquire(several, patience.toNanos(), TimeUnit.NANOSECONDS)
                    ? Optional.of(new Hold(() -> semaphore.release(several)))
                    : Optional.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /// Takes several at once if they are free now, passing whoever waits.
    public Optional<Hold> tryTake(int several) {
        return semaphore.tryAcquire(several)
                ? Optional.of(new Hold(() -> semaphore.release(several)))
                : Optional.empty();
    }

    /// How many more could take one now.
    public int free() {
        return semaphore.availablePermits();
    }
}
