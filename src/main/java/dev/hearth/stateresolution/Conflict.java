package dev.hearth.stateresolution;

import dev.hearth.event.StateTuple;
import dev.hearth.identifier.EventId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What several states agree on, and what they don't. State that one of them lacks is in conflict.
///
/// @param agreed what all have alike
/// @param differing for each state its other events
record Conflict(Map<StateTuple, EventId> agreed, List<Set<EventId>> differing) {

    static Conflict among(List<Map<StateTuple, EventId>> states) {
        var agreed = new HashMap<StateTuple, EventId>();
        states.getFirst()
                .forEach((tuple, event) -> {
                    if (states.stream().allMatch(state -> event.equals(state.get(tuple)))) {
                        agreed.put(tuple, event);
                    }
                });
        var differing = new ArrayList<Set<EventId>>();
        for (var state : states) {
            var others = new LinkedHashSet<EventId>();
            state.forEach((tuple, event) -> {
                if (!agreed.containsKey(tuple)) {
                    others.add(event);
                }
            });
            differing.add(others);
        }
        return new Conflict(agreed, differing);
    }

    /// All events in conflict.
    Set<EventId> events() {
        var all = new HashSet<EventId>();
        differing.forEach(all::addAll);
        return all;
    }
}
