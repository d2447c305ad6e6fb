package dev.hearth.stateresolution;

import dev.hearth.event.StateTuple;
import dev.hearth.identifier.EventId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What all states that are to be resolved have alike. It may be thousands of events, and few of
/// them matter, so they are asked for one by one.
public interface AgreedState {

    /// The event under a tuple; nothing where the states differ.
    Optional<EventId> find(StateTuple tuple);

    /// Whether an event is one of them.
    boolean contains(EventId event);

    /// Of what is in memory.
    static AgreedState of(Map<StateTuple, EventId> agreed) {
        var events = Set.copyOf(agreed.values());
        return new AgreedState() {
            @Override
            public Optional<EventId> find(StateTuple tuple) {
                return Optional.ofNullable(agreed.get(tuple));
            }

            @Override
            public boolean contains(EventId event) {
                return events.contains(event);
            }
        };
    }
}
