package dev.hearth.authorization;

import dev.hearth.event.EventType;
import dev.hearth.event.Pdu;
import dev.hearth.event.StateTuple;
import dev.hearth.roomversion.Tweak;
import java.util.Collection;
import java.util.HashSet;

/// The rules about the events that an event names as its grounds: they don't depend on state, and
/// are judged once.
final class AuthEventRules {

    private AuthEventRules() {}

    /// @param authEvents what the event names, as far as it is known and accepted
    static Verdict decide(Pdu event, Collection<Pdu> authEvents) {
        if (authEvents.size() < event.authEvents().size()) {
            return Verdict.reject(
                    Rule.GROUNDS_ARE_ACCEPTED,
                    "It names an event that is unknown, rejected or named twice");
        }
        var allowed = AuthEventSelection.of(event);
        var seen = new HashSet<StateTuple>();
        boolean hasCreate = false;
        for (var ground : authEvents) {
            var tuple = ground.stateTuple();
            if (tuple.isEmpty() || !allowed.contains(tuple.get())) {
                return Verdict.reject(
                        Rule.GROUNDS_ARE_SELECTED,
                        "It names " + ground + ", which is no ground for it");
            }
            if (!seen.add(tuple.get())) {
                return Verdict.reject(
                        Rule.GROUNDS_ARE_DISTINCT, "It names two events for " + tuple.get());
            }
            if (!ground.roomId().equals(event.roomId())) {
                return Verdict.reject(
                        Rule.GROUNDS_ARE_OF_THE_ROOM, "It names an event of another room");
            }
            hasCreate |= tuple.get().type().equals(EventType.CREATE);
        }
        boolean wantsCreate = !event.roomVersion().has(Tweak.ROOM_ID_IS_CREATE_HASH);
        return wantsCreate && !hasCreate
                ? Verdict.reject(Rule.GROUNDS_HOLD_CREATE, "It doesn't name the create event")
                : Verdict.allow();
    }
}
