package dev.hearth.stateresolution;

import dev.hearth.authorization.AuthEventSelection;
import dev.hearth.authorization.Authorization;
import dev.hearth.event.Pdu;
import dev.hearth.event.StateTuple;
import dev.hearth.identifier.EventId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Builds a state by letting one event after the other in, if the rules allow it in what is built
/// so far.
///
/// @spec https://spec.matrix.org/v1.19/rooms/v12/#definitions Iterative auth checks
final class IterativeAuth {

    private final KnownEvents events;
    private final AgreedState start;
    private final Map<StateTuple, EventId> built = new HashMap<>();

    IterativeAuth(KnownEvents events, AgreedState start) {
        this.events = events;
        this.start = start;
    }

    /// What was let in.
    Map<StateTuple, EventId> built() {
        return built;
    }

    /// What the state has so far.
    Optional<EventId> find(StateTuple tuple) {
        var event = built.get(tuple);
        return event == null ? start.find(tuple) : Optional.of(event);
    }

    void apply(List<Pdu> ordered) {
        for (var event : ordered) {
            var tuple = event.stateTuple();
            if (tuple.isPresent() && isAllowed(event)) {
                built.put(tuple.get(), event.eventId());
            }
        }
    }

    /// What the state lacks is filled up from the event's own grounds.
    private boolean isAllowed(Pdu event) {
        var grounds = events.grounds(event);
        for (var tuple : AuthEventSelection.of(event)) {
            find(tuple).flatMap(events::find).ifPresent(found -> grounds.put(tuple, found));
        }
        return isAllowed(event, grounds);
    }

    static boolean isAllowed(Pdu event, Map<StateTuple, Pdu> state) {
        // A create event is judged by itself.
        var create =
                event.isState(StateTuples.CREATE.type())
                        ? Optional.of(event)
                        : Optional.ofNullable(state.get(StateTuples.CREATE));
        return create.map(known ->
                        Authorization.decide(
                                        event,
                                        known,
                                        tuple -> Optional.ofNullable(state.get(tuple)))
                                .isAllowed())
                .orElse(false);
    }
}
