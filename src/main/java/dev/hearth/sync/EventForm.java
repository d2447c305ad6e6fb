package dev.hearth.sync;

import dev.hearth.json.JsonObject;
import dev.hearth.room.BundledEvents;
import dev.hearth.room.ClientEvents;
import dev.hearth.room.Reader;
import dev.hearth.room.Rooms;
import dev.hearth.room.StoredEvent;
import dev.hearth.storage.Reading;
import java.util.List;

/// Writes events in the form that the filter asks for.
final class EventForm {

    private final ClientEvents events;
    private final BundledEvents bundled;

    EventForm(Rooms rooms) {
        this.events = rooms.clientEvents();
        this.bundled = new BundledEvents(rooms);
    }

    JsonObject timeline(Reading reading, Span span, Timeline timeline) {
        var filter = span.request().filter();
        var shown =
                filter.federationFormat()
                        ? timeline.events().stream().map(seen -> ofServers(seen.event()))
                        : ofClients(reading, span, timeline).stream();
        return timeline.json(shown.map(filter.fields()::of).toList());
    }

    /// FIL-3: with the ID, by which alone a client can speak of the event. Servers compute it.
    private static JsonObject ofServers(StoredEvent event) {
        return event.shown().json().with("event_id", event.pdu().eventId());
    }

    /// REL-2: where no event is missing, the client has all that relates to them.
    private List<JsonObject> ofClients(Reading reading, Span span, Timeline timeline) {
        var requester = span.request().requester();
        return timeline.limited()
                ? bundled.inTimeline(
                        reading, new Reader(span.membership(), requester), timeline.events())
                : timeline.events().stream()
                        .map(seen -> events.inTimeline(reading, seen, requester))
                        .toList();
    }

    /// The state events that the filter lets pass.
    JsonObject state(Reading reading, Span span, List<StoredEvent> state) {
        return Answer.allEvents(
                state.stream()
                        .filter(event -> isWanted(span, event))
                        .map(event -> ofState(reading, span, event))
                        .toList());
    }

    /// Whether the filter lets a state event pass.
    static boolean isWanted(Span span, StoredEvent event) {
        var filter = span.request().filter().state();
        return filter.allowsRoom(span.membership().roomId().value()) && filter.allows(event);
    }

    private JsonObject ofState(Reading reading, Span span, StoredEvent event) {
        var filter = span.request().filter();
        return filter.federationFormat()
                ? filter.fields().of(ofServers(event))
                : filter.fields().of(events.asState(reading, event, span.request().requester()));
    }
}
