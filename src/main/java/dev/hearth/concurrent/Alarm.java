package dev.hearth.concurrent;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Work that is done when its time has come, by one thread; each run tells when the next is due.
/// What fails is logged and tried again after a while. Closing waits for the run in progress to
/// end, within bounds; it interrupts nothing.
///
/// A maintainer's note: the thread looks at the clock twice a second while something is due later,
/// instead of sleeping until then, for a clock may be set and a machine may sleep.
public final class Alarm implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Alarm.class.getName());
    private static final long LOOK_MILLIS = 500;
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);
    private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(5);

    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Instant next = Instant.MAX;
    private boolean running;
    private boolean closed;

    public Alarm(Clock clock) {
        this.clock = clock;
    }

    /// Starts: the first run is at once.
    ///
    /// @param work gives when it is due again, if that is known
    public void start(String name, Supplier<Optional<Instant>> work) {
        set(Instant.MIN);
        running = true;
        Thread.ofVirtual().name(name).start(() -> repeat(name, work));
    }

    /// Sees to it that there is a run at this moment or before.
    public void set(Instant moment) {
        lock.lock();
        try {
            if (moment.isBefore(next)) {
                next = moment;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void repeat(String name, Supplier<Optional<Instant>> work) {
        try {
            while (awaitTurn()) {
                run(name, work).ifPresent(this::set);
            }
        } finally {
            noteEnd();
        }
    }

    private Optional<Instant> run(String name, Supplier<Optional<Instant>> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Background work failed: " + name, e);
            return Optional.of(clock.instant().plus(PAUSE_AFTER_FAILURE));
        }
    }

    /// Waits for the moment; false when closed.
    private boolean awaitTurn() {
        lock.lock();
        try {
            while (!closed && clock.instant().isBefore(next)) {
                if (next.equals(Instant.MAX)) {
                    changed.await();
                } else {
                    awaitChange(Math.min(LOOK_MILLIS, millisUntil(next)));
                }
            }
            next = Instant.MAX;
            return !closed;
        } catch (InterruptedException _) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    private long millisUntil(Instant moment) {
        return Math.max(1, Duration.between(clock.instant(), moment).toMillis());
    }

    /// Whether it was the change or the time is found out by looking.
    private void awaitChange(long millis) throws InterruptedException {
        long left = TimeUnit.MILLISECONDS.toNanos(millis);
        while (left > 0 && !closed && next.isAfter(clock.instant())) {
            left = changed.awaitNanos(left);
        }
    }

    private void noteEnd() {
        lock.lock();
        try {
            running = false;
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
            long left = PATIENCE_AT_CLOSE.toNanos();
            while (running && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
