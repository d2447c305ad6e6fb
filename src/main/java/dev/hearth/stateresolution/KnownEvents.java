package dev.hearth.stateresolution;

import dev.hearth.event.EventType;
import dev.hearth.event.Pdu;
import dev.hearth.event.StateTuple;
import dev.hearth.identifier.EventId;
import dev.hearth.roomversion.Tweak;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The events that one resolution has looked at, each asked for once.
final class KnownEvents {

    private final EventSource source;
    private final Map<EventId, Optional<Pdu>> known = new HashMap<>();

    KnownEvents(EventSource source) {
        this.source = source;
    }

    EventSource source() {
        return source;
    }

    Optional<Pdu> find(EventId id) {
        load(List.of(id));
        return known.getOrDefault(id, Optional.empty());
    }

    List<Pdu> findAll(Collection<EventId> ids) {
        load(ids);
        return ids.stream().map(known::get).flatMap(Optional::stream).toList();
    }

    private void load(Collection<EventId> ids) {
        var wanted = new LinkedHashSet<>(ids);
        wanted.removeAll(known.keySet());
        if (!wanted.isEmpty()) {
            var loaded = source.load(wanted);
            wanted.forEach(id -> known.put(id, Optional.ofNullable(loaded.get(id))));
        }
    }

    /// What some events rest on, and what that rests on, down to the start of the room. An event
    /// that none of the others rests on isn't in it. Chains can run in circles where senders choose
    /// the IDs, so nothing is visited twice.
    Set<EventId> authChain(Collection<EventId> ids) {
        var chain = new HashSet<EventId>();
        Collection<EventId> level = ids;
        while (!level.isEmpty()) {
            var next = new LinkedHashSet<EventId>();
            for (var event : findAll(level)) {
                for (var ground : event.authEvents()) {
                    if (chain.add(ground)) {
                        next.add(ground);
                    }
                }
            }
            level = next;
        }
        return chain;
    }

    /// The state that an event's own grounds make up, with the room's create event; what was
    /// rejected is left out.
    Map<StateTuple, Pdu> grounds(Pdu event) {
        var grounds = new HashMap<StateTuple, Pdu>();
        for (var ground : findAll(event.authEvents())) {
            if (!source.isRejected(ground.eventId())) {
                ground.stateTuple().ifPresent(tuple -> grounds.put(tuple, ground));
            }
        }
        // Since v12 nobody names the create event: it is told by the room ID.
        if (event.roomVersion().has(Tweak.ROOM_ID_IS_CREATE_HASH)) {
            find(new EventId("$" + event.roomId().value().substring(1)))
                    .ifPresent(create -> grounds.put(StateTuples.CREATE, create));
        }
        return grounds;
    }

    /// The power levels that an event names as its ground.
    Optional<Pdu> powerLevelsOf(Pdu event) {
        return findAll(event.authEvents()).stream()
                .filter(ground -> ground.isState(EventType.POWER_LEVELS))
                .findFirst();
    }
}
