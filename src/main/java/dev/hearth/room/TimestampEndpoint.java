package dev.hearth.room;

import static dev.hearth.error.MatrixException.invalidParam;
import static dev.hearth.error.MatrixException.missingParam;
import static dev.hearth.error.MatrixException.notFound;

import dev.hearth.http.ClientRequest;
import dev.hearth.http.Limit;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.json.JsonObject;
import dev.hearth.storage.Reading;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The event of a room that is the nearest to a moment (READ-7), among those that the user may see.
///
/// @spec
///   https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1roomsroomidtimestamp_to_event
///   Get the closest event ID to the given timestamp
final class TimestampEndpoint {

    private static final Pattern MOMENT = Pattern.compile("[0-9]{1,18}");

    /// What can't be seen is passed over; from so many events on, there is none.
    private static final int MAX_STEPS = 2_000;

    private static final int FIRST_BATCH = 4;

    private final Rooms rooms;

    TimestampEndpoint(Rooms rooms) {
        this.rooms = rooms;
    }

    void declare(Routes routes) {
        routes.client()
                .limited(Limit.GENERAL)
                .get("/_matrix/client/v1/rooms/{roomId}/timestamp_to_event", this::nearest)
                .get(
                        "/_matrix/client/unstable/org.matrix.msc3030/rooms/{roomId}/timestamp_to_event",
                        this::nearest);
    }

    private Response nearest(ClientRequest request) {
        return rooms.database().read(reading -> nearest(reading, request));
    }

    private Response nearest(Reading reading, ClientRequest request) {
        var view = RoomView.of(rooms, reading, request);
        long moment = moment(request);
        var direction = Direction.of(request);
        int size = FIRST_BATCH;
        for (int from = 0; from < MAX_STEPS; ) {
            var events = events(reading, view, new Search(moment, direction, from, size));
            var found = firstSeen(reading, request, view, events);
            if (found.isPresent()) {
                return answer(found.get());
            }
            if (events.size() < size) {
                break;
            }
            from += size;
            size *= 2;
        }
        throw notFound("There is no such event that you may see");
    }

    private static long moment(ClientRequest request) {
        var text = request.query("ts").orElseThrow(() -> missingParam("ts: expected a moment"));
        if (!MOMENT.matcher(text).matches()) {
            throw invalidParam("ts: expected milliseconds since 1970");
        }
        return Long.parseLong(text);
    }

    private record Search(long moment, Direction direction, int from, int size) {}

    private List<StoredEvent> events(Reading reading, RoomView view, Search search) {
        var slice = new EventStore.Slice(search.from(), search.size());
        return switch (search.direction()) {
            case FORWARDS -> rooms.events().since(reading, view.room(), search.moment(), slice);
            case BACKWARDS -> rooms.events().until(reading, view.room(), search.moment(), slice);
        };
    }

    private Optional<StoredEvent> firstSeen(
            Reading reading, ClientRequest request, RoomView view, List<StoredEvent> events) {
        var within =
                events.stream().filter(event -> event.position() <= view.historyUpTo()).toList();
        return rooms.visibility().seen(reading, view.membership(), request.user(), within).stream()
                .map(Visibility.Seen::event)
                .findFirst();
    }

    private static Response answer(StoredEvent event) {
        return Response.json(
                JsonObject.of(
                        "event_id", event.pdu().eventId(),
                        "origin_server_ts", event.pdu().originServerTs()));
    }
}
