package dev.hearth.concurrent;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;

/// Remembers what was used last, up to a weight; what was used longest ago goes first. It may be
/// empty at any time: nothing depends on it but speed.
///
/// A value that has grown is weighed again when it is put again.
public final class BoundedCache<K, V> {

    private record Entry<V>(V value, long weight) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final long capacity;
    private final ToLongFunction<V> weigher;
    private final LinkedHashMap<K, Entry<V>> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long weight;
    private long hits;
    private long misses;

    public BoundedCache(long capacity, ToLongFunction<V> weigher) {
        this.capacity = capacity;
        this.weigher = weigher;
    }

    /// How well a cache did.
    public record Statistics(long hits, long misses, long weight) {}

    public Optional<V> find(K key) {
        lock.lock();
        try {
            var found = entries.get(key);
            if (found == null) {
                misses++;
                return Optional.empty();
            }
            hits++;
            return Optional.of(found.value());
        } finally {
            lock.unlock();
        }
    }

    public void put(K key, V value) {
        var entry = new Entry<>(value, weigher.applyAsLong(value));
        lock.lock();
        try {
            var before = entries.put(key, entry);
            weight += entry.weight() - (before == null ? 0 : before.weight());
            while (weight > capacity && !entries.isEmpty()) {
                weight -= entries.pollFirstEntry().getValue().weight();
            }
        } finally {
            lock.unlock();
        }
    }

    public void remove(K key) {
        lock.lock();
        try {
            var before = entries.remove(key);
            weight -= before == null ? 0 : before.weight();
        } finally {
            lock.unlock();
        }
    }

    public Statistics statistics() {
        lock.lock();
        try {
            return new Statistics(hits, misses, weight);
        } finally {
            lock.unlock();
        }
    }
}
