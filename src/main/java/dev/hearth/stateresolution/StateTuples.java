package dev.hearth.stateresolution;

import dev.hearth.event.EventType;
import dev.hearth.event.StateTuple;

/// The two pieces of state that resolution itself asks for.
final class StateTuples {

    static final StateTuple CREATE = new StateTuple(EventType.CREATE, "");
    static final StateTuple POWER_LEVELS = new StateTuple(EventType.POWER_LEVELS, "");

    private StateTuples() {}
}
