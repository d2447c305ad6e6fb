package dev.hearth.concurrent;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// What changed lately, and at which position last, so that who asks for little news needn't look
/// everywhere.
///
/// A change is noted before it is committed: who sees its position finds it here, and a change that
/// did not come to be costs one look too many. One thread notes at a time, the writer's. When there
/// is too much all is forgotten, and who asks for an older time is told that it isn't known.
public final class Recent<K> {

    private final int remembered;
    private final ConcurrentHashMap<K, Long> newest = new ConcurrentHashMap<>();

    /// From here on nothing is forgotten.
    private volatile long knownSince;

    /// @param now a position; nothing is known of what was before
    public Recent(int remembered, long now) {
        this.remembered = remembered;
        this.knownSince = now;
    }

    public void note(K what, long position) {
        if (newest.size() >= remembered) {
            // First the mark, then the forgetting: who sees the gap sees the mark too.
            knownSince = position;
            newest.clear();
        }
        newest.put(what, position);
    }

    /// Whether it may have changed after a position.
    public boolean mayHaveChanged(K what, long since) {
        var last = newest.get(what);
        return last == null ? since < knownSince : last > since;
    }

    /// All that changed after a position; nothing if that is too long ago to know.
    public Optional<Set<K>> since(long position) {
        var changed =
                newest.entrySet().stream()
                        .filter(entry -> entry.getValue() > position)
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toUnmodifiableSet());
        return position < knownSince ? Optional.empty() : Optional.of(changed);
    }
}
