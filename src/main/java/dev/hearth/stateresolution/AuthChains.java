package dev.hearth.stateresolution;

import dev.hearth.identifier.EventId;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/// Finds out which of a few events stand in the auth chains of a large state, from the few upwards.
///
/// A walk down from the state would see all of it. Most of what is asked for, as power levels are,
/// is the ground of much that is still in force, so that the walk upwards ends at one of its first
/// steps. Where it finds nothing it has seen only what rests on the candidate, which the states
/// don't agree on.
final class AuthChains {

    private final Predicate<EventId> state;
    private final Function<EventId, ? extends Iterable<EventId>> citing;
    private final Set<EventId> found = new HashSet<>();
    private final Set<EventId> leadingNowhere = new HashSet<>();

    private AuthChains(
            Predicate<EventId> state, Function<EventId, ? extends Iterable<EventId>> citing) {
        this.state = state;
        this.citing = citing;
    }

    /// Those of the candidates that an event of the state rests on.
    ///
    /// @param citing the state events that name an event as their ground
    static Set<EventId> walkUp(
            Set<EventId> candidates,
            Predicate<EventId> state,
            Function<EventId, ? extends Iterable<EventId>> citing) {
        var chains = new AuthChains(state, citing);
        candidates.forEach(chains::look);
        return chains.found;
    }

    private void look(EventId candidate) {
        var seen = new HashSet<EventId>();
        var open = new ArrayDeque<EventId>();
        open.add(candidate);
        while (!open.isEmpty()) {
            for (var next : citing.apply(open.remove())) {
                if (state.test(next) || found.contains(next)) {
                    found.add(candidate);
                    return;
                }
                if (!leadingNowhere.contains(next) && seen.add(next)) {
                    open.add(next);
                }
            }
        }
        leadingNowhere.add(candidate);
        leadingNowhere.addAll(seen);
    }
}
