package dev.hearth.concurrent;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Does something when the time is over, unless it is closed before: closes a socket whose other
/// side is too slow. What it does must be quick, and safe at any moment.
public final class TimeLimit implements AutoCloseable {

    private final CountDownLatch closed = new CountDownLatch(1);

    private TimeLimit() {}

    public static TimeLimit after(Duration time, Runnable then) {
        var limit = new TimeLimit();
        Thread.ofVirtual().name("time-limit").start(() -> limit.watch(time, then));
        return limit;
    }

    private void watch(Duration time, Runnable then) {
        try {
            if (!closed.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                then.run();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
