package dev.hearth.stateresolution;

import dev.hearth.event.Pdu;
import dev.hearth.identifier.EventId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Puts those first that rest on older power levels, of the line that leads to those in force.
///
/// @spec https://spec.matrix.org/v1.19/rooms/v12/#definitions Mainline ordering
final class MainlineOrder {

    /// The position of what rests on no power levels of the line.
    private static final int NOWHERE = Integer.MAX_VALUE;

    private final KnownEvents events;
    private final Map<EventId, Integer> line = new HashMap<>();
    private final Map<EventId, Integer> positions = new HashMap<>();

    private MainlineOrder(Optional<Pdu> powerLevels, KnownEvents events) {
        this.events = events;
        var next = powerLevels;
        while (next.isPresent() && !line.containsKey(next.get().eventId())) {
            line.put(next.get().eventId(), line.size());
            next = events.powerLevelsOf(next.get());
        }
    }

    static List<Pdu> sort(
            Collection<Pdu> unordered, Optional<Pdu> powerLevels, KnownEvents events) {
        var mainline = new MainlineOrder(powerLevels, events);
        var sorted = new ArrayList<>(unordered);
        Comparator<Pdu> byPosition = Comparator.comparingInt(mainline::position);
        sorted.sort(byPosition.reversed().thenComparing(EventIdOrder.BY_TIME));
        return sorted;
    }

    /// The place in the line where one gets by going from power levels to those they rest on.
    private int position(Pdu event) {
        var passed = new HashSet<EventId>();
        var next = events.powerLevelsOf(event);
        int position = NOWHERE;
        while (next.isPresent() && passed.add(next.get().eventId())) {
            var id = next.get().eventId();
            var known =
                    Optional.ofNullable(line.get(id))
                            .or(() -> Optional.ofNullable(positions.get(id)));
            if (known.isPresent()) {
                position = known.get();
                break;
            }
            next = events.powerLevelsOf(next.get());
        }
        for (var id : passed) {
            positions.put(id, position);
        }
        return position;
    }
}
