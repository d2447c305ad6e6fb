package dev.hearth.room;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.room.Aggregations.Aggregated;
import dev.hearth.room.Visibility.Seen;
import dev.hearth.storage.Reading;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Pages of events, each with what relates to it (REL-2): its newest edit, what refers to it, and
/// the thread that begins at it.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#aggregations-of-child-events Aggregations
///   of child events
public final class BundledEvents {

    private static final String RELATIONS = "m.relations";

    private final Rooms rooms;
    private final ClientEvents events;

    public BundledEvents(Rooms rooms) {
        this.rooms = rooms;
        this.events = rooms.clientEvents();
    }

    /// Events of one room with their room, as everywhere but in `/sync`.
    public List<JsonObject> full(Reading reading, Reader reader, List<Seen> page) {
        var room = reader.membership().roomId();
        return inTimeline(reading, reader, page).stream()
                .map(event -> event.with("room_id", room))
                .toList();
    }

    /// Events of one room without it.
    public List<JsonObject> inTimeline(Reading reading, Reader reader, List<Seen> page) {
        var aggregated = aggregated(reading, reader, page);
        var threads =
                aggregated.values().stream()
                        .flatMap(found -> found.thread().stream())
                        .map(Aggregations.ThreadSoFar::latest)
                        .toList();
        // REL-7: the latest event of a thread comes with its own. No thread begins at it.
        var bundle = new Bundle(reading, reader, latest(reading, reader, threads));
        return page.stream()
                .map(seen ->
                        with(
                                events.inTimeline(reading, seen, reader.requester()),
                                bundle.of(aggregated, seen)))
                .toList();
    }

    private Map<Long, Aggregated> aggregated(Reading reading, Reader reader, List<Seen> page) {
        return Aggregations.of(rooms, reading, reader, page.stream().map(Seen::event).toList());
    }

    private Map<Long, JsonObject> latest(Reading reading, Reader reader, List<Seen> threads) {
        var latest = new HashMap<Long, JsonObject>();
        var aggregated = aggregated(reading, reader, threads);
        var bundle = new Bundle(reading, reader, Map.of());
        for (var seen : threads) {
            long number = seen.event().number();
            var json = events.full(reading, seen, reader.requester());
            latest.put(number, with(json, bundle.of(aggregated, seen)));
        }
        return latest;
    }

    private static JsonObject with(JsonObject event, JsonObject relations) {
        return relations.isEmpty()
                ? event
                : event.with("unsigned", event.object("unsigned").with(RELATIONS, relations));
    }

    /// Writes what is bundled.
    private final class Bundle {
        private final Reading reading;
        private final Reader reader;

        /// The latest events of threads.
        private final Map<Long, JsonObject> latest;

        Bundle(Reading reading, Reader reader, Map<Long, JsonObject> latest) {
            this.reading = reading;
            this.reader = reader;
            this.latest = latest;
        }

        JsonObject of(Map<Long, Aggregated> aggregated, Seen seen) {
            var found = aggregated.getOrDefault(seen.event().number(), Aggregated.NOTHING);
            return JsonObject.builder()
                    .putIfPresent(
                            Relation.REPLACE,
                            found.edit()
                                    .map(edit -> events.full(reading, edit, reader.requester())))
                    .putUnlessEmpty(Relation.REFERENCE, references(found))
                    .putIfPresent(Relation.THREAD, found.thread().flatMap(this::thread))
                    .build();
        }

        private JsonObject references(Aggregated found) {
            var chunk =
                    found.references().stream().map(id -> JsonObject.of("event_id", id)).toList();
            return chunk.isEmpty()
                    ? JsonObject.EMPTY
                    : JsonObject.of("chunk", JsonArray.from(chunk));
        }

        private Optional<JsonObject> thread(Aggregations.ThreadSoFar thread) {
            return Optional.ofNullable(latest.get(thread.latest().event().number()))
                    .map(event ->
                            JsonObject.of(
                                    "latest_event", event,
                                    "count", thread.count(),
                                    "current_user_participated", thread.participated()));
        }
    }
}
