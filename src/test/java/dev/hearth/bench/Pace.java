package dev.hearth.bench;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Beats at even distances, however long what is done between them takes.
final class Pace {

    private final long step;
    private long next = System.nanoTime();

    Pace(int perSecond) {
        this.step = 1_000_000_000L / perSecond;
    }

    /// Waits for the next beat.
    void await() {
        next += step;
        for (long left = next - System.nanoTime(); left > 0; left = next - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    static void pause(Duration length) {
        long until = System.nanoTime() + length.toNanos();
        for (long left = length.toNanos(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
