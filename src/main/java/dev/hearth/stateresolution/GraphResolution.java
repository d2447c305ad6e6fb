package dev.hearth.stateresolution;

import dev.hearth.event.EventType;
import dev.hearth.event.MemberContent;
import dev.hearth.event.Pdu;
import dev.hearth.event.StateTuple;
import dev.hearth.identifier.EventId;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// State resolution by the graph of grounds: versions 2 and 2.1 of the algorithm. First what can
/// take power from someone is settled, then the rest by the power levels that follow from it.
final class GraphResolution {

    private final KnownEvents events;
    private final Set<EventId> full;

    private GraphResolution(KnownEvents events, Set<EventId> full) {
        this.events = events;
        this.full = full;
    }

    /// Version 2: starts from what the states agree on.
    static Map<StateTuple, EventId> resolve(Conflict conflict, KnownEvents events) {
        var full = FullConflict.withoutSubgraph(conflict, events);
        return new GraphResolution(events, full).from(conflict.agreed());
    }

    /// Version 2.1: starts from nothing, so that what the states agree on can't bear witness
    /// against itself, and judges anew also what lies between events in conflict.
    static Map<StateTuple, EventId> resolveFromNothing(Conflict conflict, KnownEvents events) {
        var full = FullConflict.withSubgraph(conflict, events);
        return new GraphResolution(events, full).from(AgreedState.of(Map.of()));
    }

    private Map<StateTuple, EventId> from(AgreedState start) {
        var building = new IterativeAuth(events, start);
        var powerful = powerEventsAndGrounds();
        building.apply(PowerOrder.sort(events.findAll(powerful), events));
        var levels = building.find(StateTuples.POWER_LEVELS).flatMap(events::find);
        var rest = new HashSet<>(full);
        rest.removeAll(powerful);
        building.apply(MainlineOrder.sort(events.findAll(rest), levels, events));
        return building.built();
    }

    private Set<EventId> powerEventsAndGrounds() {
        var powerful = new HashSet<EventId>();
        for (var event : events.findAll(full)) {
            if (isPowerEvent(event)) {
                powerful.add(event.eventId());
            }
        }
        var chain = events.authChain(Set.copyOf(powerful));
        chain.retainAll(full);
        powerful.addAll(chain);
        return powerful;
    }

    /// Whether an event may take from someone the power to do something.
    private static boolean isPowerEvent(Pdu event) {
        return switch (event.type()) {
            case EventType.POWER_LEVELS, EventType.JOIN_RULES, EventType.CREATE -> event.isState();
            case EventType.MEMBER -> event.stateKey().isPresent() && removesAnother(event);
            default -> false;
        };
    }

    private static boolean removesAnother(Pdu event) {
        var member = MemberContent.of(event);
        return (member.says("leave") || member.says("ban"))
                && !event.stateKey().equals(Optional.of(event.sender().value()));
    }
}
