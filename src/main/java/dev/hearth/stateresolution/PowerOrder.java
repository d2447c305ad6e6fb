package dev.hearth.stateresolution;

import dev.hearth.authorization.RoomFacts;
import dev.hearth.event.Pdu;
import dev.hearth.identifier.EventId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/// Puts grounds before what rests on them, and otherwise the more powerful sender first, then the
/// earlier event.
///
/// @spec https://spec.matrix.org/v1.19/rooms/v12/#definitions Reverse topological power ordering
final class PowerOrder {

    private final Map<EventId, Pdu> set = new HashMap<>();
    private final Map<EventId, Integer> openGrounds = new HashMap<>();
    private final Map<EventId, List<Pdu>> citing = new HashMap<>();
    private final PriorityQueue<Pdu> ready;

    private PowerOrder(Collection<Pdu> unordered, KnownEvents events) {
        Map<EventId, Long> powers = new HashMap<>();
        for (var event : unordered) {
            set.put(event.eventId(), event);
            powers.put(event.eventId(), senderPower(event, events));
        }
        Comparator<Pdu> byPower = Comparator.comparing(event -> powers.get(event.eventId()));
        ready = new PriorityQueue<>(byPower.reversed().thenComparing(EventIdOrder.BY_TIME));
    }

    static List<Pdu> sort(Collection<Pdu> unordered, KnownEvents events) {
        return new PowerOrder(unordered, events).sorted();
    }

    private List<Pdu> sorted() {
        for (var event : set.values()) {
            var grounds = event.authEvents().stream().distinct().filter(set::containsKey).toList();
            openGrounds.put(event.eventId(), grounds.size());
            grounds.forEach(id -> citing.computeIfAbsent(id, _ -> new ArrayList<>()).add(event));
            if (grounds.isEmpty()) {
                ready.add(event);
            }
        }
        var sorted = new ArrayList<Pdu>();
        while (!ready.isEmpty()) {
            var event = ready.remove();
            sorted.add(event);
            for (var next : citing.getOrDefault(event.eventId(), List.of())) {
                if (openGrounds.merge(next.eventId(), -1, Integer::sum) == 0) {
                    ready.add(next);
                }
            }
        }
        return sorted;
    }

    /// The power that the event's own grounds give its sender.
    private static long senderPower(Pdu event, KnownEvents events) {
        var grounds = events.grounds(event);
        return Optional.ofNullable(grounds.get(StateTuples.CREATE))
                .map(create ->
                        new RoomFacts(create, tuple -> Optional.ofNullable(grounds.get(tuple))))
                .map(facts -> facts.powerLevels().user(event.sender()))
                .orElse(0L);
    }
}
