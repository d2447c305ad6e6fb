package dev.hearth.sync;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.room.ClientEvents;
import dev.hearth.room.Rooms;
import dev.hearth.room.StoredEvent;
import dev.hearth.room.Visibility.Seen;
import dev.hearth.storage.Reading;
import java.util.List;

/// Writes events in the form that the filter asks for.
final class EventForm {

    private final ClientEvents events;

    EventForm(Rooms rooms) {
        this.events = rooms.clientEvents();
    }

    JsonObject timeline(Reading reading, Span span, Timeline timeline) {
        return timeline.json(
                timeline.events().stream().map(seen -> ofTimeline(reading, span, seen)).toList());
    }

    private JsonObject ofTimeline(Reading reading, Span span, Seen seen) {
        var filter = span.request().filter();
        return filter.federationFormat()
                ? filter.fields().of(seen.event().shown().json())
                : filter.fields().of(events.inTimeline(reading, seen, span.request().requester()));
    }

    /// The state events that the filter lets pass.
    JsonObject state(Reading reading, Span span, List<StoredEvent> state) {
        var filter = span.request().filter().state();
        if (!filter.allowsRoom(span.membership().roomId().value())) {
            return JsonObject.of("events", JsonArray.EMPTY);
        }
        var shown =
                state.stream()
                        .filter(filter::allows)
                        .map(event -> ofState(reading, span, event))
                        .toList();
        return JsonObject.of("events", JsonArray.from(shown));
    }

    private JsonObject ofState(Reading reading, Span span, StoredEvent event) {
        var filter = span.request().filter();
        return filter.federationFormat()
                ? filter.fields().of(event.shown().json())
                : filter.fields().of(events.asState(reading, event, span.request().requester()));
    }
}
