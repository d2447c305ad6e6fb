package dev.hearth.concurrent;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// One lock for each key, for as long as somebody holds it or waits for it.
///
/// A maintainer's note: an entry counts its holders and waiters, and the count changes only inside
/// the map's own per-key exclusion. So an entry can't be dropped between being found and being
/// counted, and the last one out removes it: the map is as large as what is in use. Weak references
/// would do the same with more to explain; a fixed array of stripes would let two rooms share a
/// lock and so deadlock whoever holds both.
public final class KeyedLock<K> {

    private final ConcurrentHashMap<K, Entry> entries = new ConcurrentHashMap<>();

    /// Waits for the key's lock and takes it. The same thread may hold it more than once.
    public Hold hold(K key) {
        Entry entry =
                entries.compute(key, (_, found) -> counted(found == null ? new Entry() : found));
        entry.lock.lock();
        return new Hold(() -> release(key, entry));
    }

    private static Entry counted(Entry entry) {
        entry.users++;
        return entry;
    }

    private void release(K key, Entry entry) {
        entry.lock.unlock();
        entries.computeIfPresent(key, (_, found) -> --found.users == 0 ? null : found);
    }

    /// How many keys are held or waited for.
    int size() {
        return entries.size();
    }

    private static final class Entry {
        private final ReentrantLock lock = new ReentrantLock();

        /// Holders and waiters; read and written only inside the map's exclusion for the key.
        private int users;
    }
}
