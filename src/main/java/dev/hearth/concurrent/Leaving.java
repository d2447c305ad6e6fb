package dev.hearth.concurrent;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Knows who is inside, so that a stop can let them finish: first nobody enters any more, then one
/// waits until all have left.
public final class Leaving {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition left = lock.newCondition();
    private int inside;
    private boolean closed;

    /// Goes in, unless it is closing time.
    public Optional<Hold> enter() {
        lock.lock();
        try {
            if (closed) {
                return Optional.empty();
            }
            inside++;
            return Optional.of(new Hold(this::leave));
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        lock.lock();
        try {
            inside--;
            left.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Lets nobody in any more, and waits until all are out.
    ///
    /// @return whether they are; patience may have ended first
    public boolean close(Duration patience) {
        lock.lock();
        try {
            closed = true;
            long nanos = patience.toNanos();
            while (inside > 0 && nanos > 0) {
                nanos = left.awaitNanos(nanos);
            }
            return inside == 0;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
