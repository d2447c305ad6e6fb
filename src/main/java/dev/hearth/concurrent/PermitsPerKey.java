package dev.hearth.concurrent;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// At most so many at once for each key, without waiting: requests of one address.
public final class PermitsPerKey<K> {

    private final ConcurrentHashMap<K, Integer> taken = new ConcurrentHashMap<>();
    private final int atOnce;

    public PermitsPerKey(int atOnce) {
        this.atOnce = atOnce;
    }

    /// A permit, or nothing if the key has all of its own already.
    public Optional<Hold> tryTake(K key) {
        // One too many is counted for a moment: the map tells the new count and nothing else.
        int count = taken.merge(key, 1, Integer::sum);
        if (count > atOnce) {
            giveBack(key);
            return Optional.empty();
        }
        return Optional.of(new Hold(() -> giveBack(key)));
    }

    private void giveBack(K key) {
        taken.computeIfPresent(key, (_, count) -> count == 1 ? null : count - 1);
    }

    int size() {
        return taken.size();
    }
}
