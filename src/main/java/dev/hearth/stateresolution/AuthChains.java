package dev.hearth.stateresolution;

import dev.hearth.event.Pdu;
import dev.hearth.identifier.EventId;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;

/// Two ways to find out which events stand in the auth chains of others.
public final class AuthChains {

    private AuthChains() {}

    /// From the candidates upwards, until an event of the state is met. Where a candidate is in no
    /// chain, the walk ends with those events that came after it in one branch.
    ///
    /// @param citing the state events that name an event as their ground, by an index
    public static Set<EventId> walkUp(
            Set<EventId> candidates,
            Set<EventId> state,
            Function<EventId, ? extends Collection<EventId>> citing) {
        var found = new HashSet<EventId>();
        for (var candidate : candidates) {
            if (leadsTo(state, candidate, citing)) {
                found.add(candidate);
            }
        }
        return found;
    }

    private static boolean leadsTo(
            Set<EventId> state,
            EventId start,
            Function<EventId, ? extends Collection<EventId>> citing) {
        var seen = new HashSet<EventId>();
        var open = new ArrayDeque<EventId>();
        open.add(start);
        while (!open.isEmpty()) {
            for (var next : citing.apply(open.remove())) {
                if (state.contains(next)) {
                    return true;
                }
                if (seen.add(next)) {
                    open.add(next);
                }
            }
        }
        return false;
    }

    /// From the state downwards, level by level, until all candidates are found or all is seen.
    static Set<EventId> walkDown(Set<EventId> candidates, Set<EventId> state, EventSource source) {
        var found = new HashSet<EventId>();
        Set<EventId> level = state;
        var seen = new HashSet<>(state);
        while (!level.isEmpty() && found.size() < candidates.size()) {
            var next = new LinkedHashSet<EventId>();
            for (Pdu event : source.load(level).values()) {
                for (var ground : event.authEvents()) {
                    if (candidates.contains(ground)) {
                        found.add(ground);
                    }
                    if (seen.add(ground)) {
                        next.add(ground);
                    }
                }
            }
            level = next;
        }
        return found;
    }
}
