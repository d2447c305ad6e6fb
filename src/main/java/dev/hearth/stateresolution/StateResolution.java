package dev.hearth.stateresolution;

import dev.hearth.event.StateTuple;
import dev.hearth.identifier.EventId;
import dev.hearth.roomversion.RoomVersion;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// Resolves the states after several predecessors into the state after all of them.
///
/// @spec https://spec.matrix.org/v1.19/rooms/v12/#state-resolution State resolution of room version
///   12
/// @spec https://spec.matrix.org/v1.19/rooms/v2/#state-resolution State resolution of room version
///   2
/// @spec https://spec.matrix.org/v1.19/rooms/v1/#state-resolution State resolution of room version
///   1
public final class StateResolution {

    private StateResolution() {}

    public static Map<StateTuple, EventId> resolve(
            RoomVersion version, List<Map<StateTuple, EventId>> states, EventSource source) {
        var different = List.copyOf(new HashSet<>(states));
        if (different.size() <= 1) {
            return different.isEmpty() ? Map.of() : Map.copyOf(different.getFirst());
        }
        var agreed = new HashMap<>(different.getFirst());
        different.forEach(state -> agreed.entrySet().removeIf(entry -> !isIn(state, entry)));
        var differing = different.stream().map(state -> without(state, agreed)).toList();
        var resolved = new HashMap<>(settle(version, AgreedState.of(agreed), differing, source));
        resolved.putAll(agreed);
        return Map.copyOf(resolved);
    }

    /// By the key: the entries of an immutable map don't know theirs, and are gone through.
    private static boolean isIn(
            Map<StateTuple, EventId> state, Map.Entry<StateTuple, EventId> entry) {
        return entry.getValue().equals(state.get(entry.getKey()));
    }

    private static Map<StateTuple, EventId> without(
            Map<StateTuple, EventId> state, Map<StateTuple, EventId> agreed) {
        var rest = new HashMap<>(state);
        rest.keySet().removeAll(agreed.keySet());
        return rest;
    }

    /// Resolves what states differ in, at a cost that doesn't grow with what they agree on.
    ///
    /// @param differing for each state what it has that isn't agreed
    /// @return the state beside what is agreed: what differed and isn't in it is no more
    public static Map<StateTuple, EventId> settle(
            RoomVersion version,
            AgreedState agreed,
            List<Map<StateTuple, EventId>> differing,
            EventSource source) {
        var events = new KnownEvents(source);
        var conflict = new Conflict(agreed, differing);
        var settled =
                new HashMap<>(
                        switch (version.rules().stateResolution()) {
                            case V1 -> DepthResolution.resolve(conflict, events);
                            case V2 -> GraphResolution.resolve(conflict, events);
                            case V2_1 -> GraphResolution.resolveFromNothing(conflict, events);
                        });
        settled.keySet().removeIf(tuple -> agreed.find(tuple).isPresent());
        return settled;
    }
}
