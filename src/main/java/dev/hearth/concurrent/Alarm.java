package dev.hearth.concurrent;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// Work that is done when its time has come, by one thread; each run tells when the next is due.
/// What fails is logged and tried again after a while. Closing waits for the run in progress to
/// end, within bounds; it interrupts nothing.
///
/// A maintainer's note: the thread looks at the clock twice a second while something is due later,
/// instead of sleeping until then, for a clock may be set and a machine may sleep.
public final class Alarm implements AutoCloseable {

    private static final Duration PAUSE_BETWEEN_LOOKS = Duration.ofMillis(500);
    private static final Duration PAUSE_WITHOUT_MOMENT = Duration.ofDays(1);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

    private final Clock clock;
    private final Supplier<Optional<Instant>> work;
    private final AtomicReference<Instant> next = new AtomicReference<>(Instant.MAX);
    private final Repeating looks;

    /// @param work gives when it is due again, if that is known
    public Alarm(Clock clock, String name, Supplier<Optional<Instant>> work) {
        this.clock = clock;
        this.work = work;
        this.looks = new Repeating(this::pause, name, this::look);
    }

    /// Starts: the first run is at once.
    public void start() {
        set(Instant.MIN);
        looks.start();
    }

    /// Sees to it that there is a run at this moment or before.
    public void set(Instant moment) {
        var before = next.getAndAccumulate(moment, Alarm::earlier);
        if (moment.isBefore(before)) {
            looks.soon();
        }
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private Duration pause() {
        var moment = next.get();
        var now = clock.instant();
        if (moment.equals(Instant.MAX)) {
            return PAUSE_WITHOUT_MOMENT;
        }
        if (!now.isBefore(moment)) {
            return Duration.ZERO;
        }
        var left = Duration.between(now, moment);
        return left.compareTo(PAUSE_BETWEEN_LOOKS) < 0 ? left : PAUSE_BETWEEN_LOOKS;
    }

    private void look() {
        if (clock.instant().isBefore(next.get())) {
            return;
        }
        next.set(Instant.MAX);
        try {
            work.get().ifPresent(this::set);
        } catch (RuntimeException e) {
            set(clock.instant().plus(PAUSE_AFTER_FAILURE));
            throw e;
        }
    }

    @Override
    public void close() {
        looks.close();
    }
}
