package dev.hearth.stateresolution;

import dev.hearth.event.StateTuple;
import dev.hearth.identifier.EventId;
import dev.hearth.roomversion.RoomVersion;
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
        var events = new KnownEvents(source);
        return switch (version.rules().stateResolution()) {
            case V1 -> DepthResolution.resolve(different, events);
            case V2 -> GraphResolution.resolve(different, events);
            case V2_1 -> GraphResolution.resolveFromNothing(different, events);
        };
    }
}
