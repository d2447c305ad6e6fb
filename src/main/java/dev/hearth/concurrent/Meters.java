package dev.hearth.concurrent;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// Counts how often something was done for each key, and says how long to wait when it was too
/// often: a leaky bucket for each key.
///
/// A maintainer's note: a bucket is one number, the time at which it will be empty again. A use
/// adds the interval between two sustained uses to it; a use is too early while that time lies
/// further in the future than a whole burst would put it. A meter that grows with its keys would be
/// a way to exhaust memory, so the keys used longest ago are forgotten: in their favor.
public final class Meters<K> {

    private static final int REMEMBERED_KEYS = 65_536;

    private final ReentrantLock lock = new ReentrantLock();
    private final int remembered;

    /// The microsecond at which each bucket is empty, the key used longest ago first.
    private final LinkedHashMap<K, Long> emptyAt = new LinkedHashMap<>(16, 0.75f, true);

    public Meters() {
        this(REMEMBERED_KEYS);
    }

    Meters(int remembered) {
        this.remembered = remembered;
    }

    /// What a key may do: `burst` uses at once, `perSecond` sustained.
    public record Rate(double perSecond, int burst) {
        private long interval() {
            return (long) (1_000_000 / perSecond);
        }
    }

    /// Counts one use if the rate allows it.
    ///
    /// @return zero if it is allowed; else how long to wait, and nothing was counted
    public Duration use(K key, Rate rate, long nowMillis) {
        long now = nowMillis * 1000;
        lock.lock();
        try {
            long empty = Math.max(now, emptyAt.getOrDefault(key, now)) + rate.interval();
            long early = empty - now - rate.burst() * rate.interval();
            if (early > 0) {
                return Duration.ofNanos(early * 1000);
            }
            emptyAt.put(key, empty);
            if (emptyAt.size() > remembered) {
                emptyAt.pollFirstEntry();
            }
            return Duration.ZERO;
        } finally {
            lock.unlock();
        }
    }

    int size() {
        return emptyAt.size();
    }
}
