package dev.hearth.stateresolution;

import dev.hearth.identifier.EventId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// All that has to be judged anew: the events in conflict, those of their grounds that not every
/// state knows, and, since state resolution 2.1, what lies between events in conflict.
///
/// @spec https://spec.matrix.org/v1.19/rooms/v12/#definitions Definitions
final class FullConflict {

    private FullConflict() {}

    static Set<EventId> withoutSubgraph(Conflict conflict, KnownEvents events) {
        var full = conflict.events();
        full.addAll(authDifference(conflict, events));
        return full;
    }

    static Set<EventId> withSubgraph(Conflict conflict, KnownEvents events) {
        var full = withoutSubgraph(conflict, events);
        full.addAll(subgraph(conflict.events(), events));
        return full;
    }

    /// What is in the auth chains of some states and not of all.
    ///
    /// The chains of what all states agree on are in all of them, and may be huge. So they are not
    /// walked: only where events in conflict differ in their chains, it is asked whether one of the
    /// agreed rests on the difference, too.
    private static Set<EventId> authDifference(Conflict conflict, KnownEvents events) {
        List<Set<EventId>> chains = new ArrayList<>();
        conflict.differing().forEach(each -> chains.add(events.authChain(each.values())));
        var difference = new HashSet<EventId>();
        chains.forEach(difference::addAll);
        difference.removeIf(id -> chains.stream().allMatch(chain -> chain.contains(id)));
        if (!difference.isEmpty()) {
            var shared =
                    AuthChains.walkUp(
                            Set.copyOf(difference),
                            conflict.agreed()::contains,
                            events.source()::citing);
            difference.removeAll(shared);
        }
        return difference;
    }

    /// What can be reached from one event in conflict and leads down to another.
    private static Set<EventId> subgraph(Set<EventId> conflicted, KnownEvents events) {
        var below = events.authChain(conflicted);
        below.addAll(conflicted);
        Map<EventId, List<EventId>> citing = new HashMap<>();
        for (var event : events.findAll(below)) {
            for (var ground : event.authEvents()) {
                citing.computeIfAbsent(ground, _ -> new ArrayList<>()).add(event.eventId());
            }
        }
        return above(conflicted, citing);
    }

    private static Set<EventId> above(
            Collection<EventId> start, Map<EventId, List<EventId>> citing) {
        var above = new HashSet<>(start);
        var open = new ArrayDeque<>(start);
        while (!open.isEmpty()) {
            for (var next : citing.getOrDefault(open.remove(), List.of())) {
                if (above.add(next)) {
                    open.add(next);
                }
            }
        }
        return above;
    }
}
