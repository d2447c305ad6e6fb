package dev.hearth.concurrent;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Named work in the background that is done again and again by one thread, with a pause after each
/// time. What fails once is logged and tried again after the pause. Closing waits for the run in
/// progress to end, within bounds; it interrupts nothing.
public final class Repeating implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Repeating.class.getName());
    private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(5);

    private final String name;
    private final Supplier<Duration> pause;
    private final Runnable work;
    private final Leaving leaving = new Leaving();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean wanted;
    private boolean closed;

    /// @param pause how long to wait before the next run, asked each time
    Repeating(Supplier<Duration> pause, String name, Runnable work) {
        this.name = name;
        this.pause = pause;
        this.work = work;
    }

    /// Starts: the first run comes after the first pause.
    public static Repeating every(Duration pause, String name, Runnable work) {
        var repeating = new Repeating(() -> pause, name, work);
        repeating.start();
        return repeating;
    }

    void start() {
        leaving.enter()
                .ifPresent(inside -> Thread.ofVirtual().name(name).start(() -> repeat(inside)));
    }

    private void repeat(Hold inside) {
        try (inside) {
            while (awaitTurn(pause.get())) {
                runOnce();
            }
        }
    }

    private void runOnce() {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Background work failed: " + name, e);
        }
    }

    /// Waits for the pause or a wish; false when closed.
    private boolean awaitTurn(Duration patience) {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (!closed && !wanted && left > 0) {
                left = changed.awaitNanos(left);
            }
            wanted = false;
            return !closed;
        } catch (InterruptedException _) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    /// Asks for a run without waiting for the pause to end; during a run, for another one after it.
    public void soon() {
        lock.lock();
        try {
            wanted = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        leaving.close(PATIENCE_AT_CLOSE);
    }
}
