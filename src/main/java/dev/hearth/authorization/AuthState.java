package dev.hearth.authorization;

import dev.hearth.event.Pdu;
import dev.hearth.event.StateTuple;
import java.util.Optional;

/// The state that an event is judged by: that of its auth events, before it, or the current one.
@FunctionalInterface
public interface AuthState {

    Optional<Pdu> find(StateTuple tuple);
}
