package dev.hearth.stateresolution;

import dev.hearth.event.StateTuple;
import dev.hearth.identifier.EventId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What several states agree on, and what they don't. State that one of them lacks is in conflict.
///
/// @param agreed what all have alike
/// @param differing for each state what else it has
record Conflict(AgreedState agreed, List<Map<StateTuple, EventId>> differing) {

    /// All events in conflict.
    Set<EventId> events() {
        var all = new HashSet<EventId>();
        differing.forEach(state -> all.addAll(state.values()));
        return all;
    }
}
