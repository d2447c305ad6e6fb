package dev.hearth.typing;

import dev.hearth.identifier.UserId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// Who types in one room.
///
/// @param position of the newest change
/// @param until when each of them stops unless they say so again, in milliseconds since 1970
record RoomTyping(long position, Map<UserId, Long> until) {

    static final RoomTyping NOBODY = new RoomTyping(0, Map.of());

    RoomTyping {
        until = Map.copyOf(until);
    }

    RoomTyping with(UserId user, long end, long changed) {
        var more = new HashMap<>(until);
        more.put(user, end);
        return new RoomTyping(changed, more);
    }

    RoomTyping without(Predicate<UserId> gone, long changed) {
        var fewer = new HashMap<>(until);
        fewer.keySet().removeIf(gone);
        return new RoomTyping(changed, fewer);
    }

    boolean has(UserId user) {
        return until.containsKey(user);
    }

    boolean isOver(UserId user, long now) {
        return until.getOrDefault(user, Long.MAX_VALUE) <= now;
    }

    boolean isAnyOver(long now) {
        return until.values().stream().anyMatch(end -> end <= now);
    }

    Set<UserId> users() {
        return until.keySet();
    }
}
