package dev.hearth.room;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Which rooms got events lately, so that a sync with little to tell doesn't look into each of its
/// user's rooms.
///
/// A room is noted before its event is committed: whoever sees a position finds its room here, and
/// a room whose event did not come to be costs one look too many. Noting is done by the one writer
/// alone. When there are too many rooms all are forgotten, and who asks for an older time is told
/// that it isn't known.
final class RecentRooms {

    private static final int REMEMBERED = 20_000;

    private final ConcurrentHashMap<Long, Long> newest = new ConcurrentHashMap<>();

    /// From here on nothing is forgotten.
    private volatile long knownSince;

    RecentRooms(long now) {
        this.knownSince = now;
    }

    void note(long room, long position) {
        if (newest.size() >= REMEMBERED) {
            // First the mark, then the forgetting: who sees the gap sees the mark too.
            knownSince = position;
            newest.clear();
        }
        newest.put(room, position);
    }

    /// The numbers of all rooms with events after a position; nothing if that is too long ago.
    Optional<Set<Long>> since(long position) {
        var rooms =
                newest.entrySet().stream()
                        .filter(entry -> entry.getValue() > position)
                        .map(java.util.Map.Entry::getKey)
                        .collect(Collectors.toUnmodifiableSet());
        return position < knownSince ? Optional.empty() : Optional.of(rooms);
    }
}
