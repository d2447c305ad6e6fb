package dev.hearth.stateresolution;

import dev.hearth.event.Pdu;
import dev.hearth.identifier.EventId;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/// Where state resolution gets the events of one room from.
public interface EventSource {

    /// Those of the events that we have. All grounds of what is had should be had, too.
    Map<EventId, Pdu> load(Collection<EventId> ids);

    /// Whether an event was rejected on receipt. Such a one is no ground for another.
    boolean isRejected(EventId id);

    /// Those of some events that stand in the auth chain of any event of a state. This answer walks
    /// down from the whole state; with an index of who names whom [AuthChains#walkUp] finds it from
    /// the other end, at the cost of the conflict alone.
    ///
    /// @param candidates a few events
    /// @param state perhaps thousands
    default Set<EventId> inAuthChains(Set<EventId> candidates, Set<EventId> state) {
        return AuthChains.walkDown(candidates, state, this);
    }
}
