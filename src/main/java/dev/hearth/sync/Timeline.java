package dev.hearth.sync;

import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.room.RoomToken;
import dev.hearth.room.StoredEvent;
import dev.hearth.room.Visibility.Seen;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The newest events of a room that are new to a client.
///
/// @param events the oldest first
/// @param limited whether events are missing between what the client knows and the first one
/// @param start the position right before the first event, or where nothing more is missing
/// @param filtered whether something that happened is not in it because the filter drops it
record Timeline(List<Seen> events, boolean limited, long start, boolean filtered) {

    boolean isEmpty() {
        return events.isEmpty() && !limited;
    }

    Timeline asLimited() {
        return new Timeline(events, true, start, filtered);
    }

    Timeline with(Seen last) {
        var all = new ArrayList<>(events);
        all.add(last);
        return new Timeline(List.copyOf(all), limited, start, filtered);
    }

    /// The numbers of the events.
    Set<Long> numbers() {
        return events.stream().map(seen -> seen.event().number()).collect(Collectors.toSet());
    }

    /// All who sent something.
    Set<UserId> senders() {
        return events.stream()
                .map(seen -> seen.event().pdu().sender())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /// Who sent something before the timeline itself tells of their membership.
    Set<UserId> sendersUnintroduced() {
        var introduced = new LinkedHashSet<String>();
        var unknown = new LinkedHashSet<UserId>();
        for (var seen : events) {
            var pdu = seen.event().pdu();
            if (StateSection.isMember(seen.event())) {
                introduced.add(pdu.stateKey().orElseThrow());
            }
            if (!introduced.contains(pdu.sender().value())) {
                unknown.add(pdu.sender());
            }
        }
        return unknown;
    }

    List<StoredEvent> stored() {
        return events.stream().map(Seen::event).toList();
    }

    JsonObject json(List<JsonObject> shown) {
        return JsonObject.of(
                "events",
                JsonArray.from(shown),
                "limited",
                limited,
                "prev_batch",
                RoomToken.of(start));
    }
}
