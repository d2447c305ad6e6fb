package dev.hearth.room;

import static dev.hearth.error.MatrixException.invalidParam;
import static dev.hearth.error.MatrixException.missingParam;
import static dev.hearth.error.MatrixException.notFound;

import dev.hearth.event.EventType;
import dev.hearth.event.StateTuple;
import dev.hearth.http.ClientRequest;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonReader;
import dev.hearth.storage.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reading what was said: pages of history, one event, what is around an event. Only what the user
/// may see is shown.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#syncing Syncing
final class HistoryEndpoints {

    private static final String ROOM = "/_matrix/client/v3/rooms/{roomId}";
    private static final int MAX_LIMIT = 1_000;

    private final Rooms rooms;

    HistoryEndpoints(Rooms rooms) {
        this.rooms = rooms;
    }

    void declare(Routes routes) {
        routes.guest()
                .get(ROOM + "/messages", this::messages)
                .get(ROOM + "/event/{eventId}", this::event)
                .get(ROOM + "/context/{eventId}", this::context);
    }

    private enum Direction {
        BACKWARDS,
        FORWARDS
    }

    /// READ-1: who may not look into the room hears of nothing else.
    private Response messages(ClientRequest request) {
        return rooms.database().read(reading -> messages(reading, request));
    }

    private Response messages(Reading reading, ClientRequest request) {
        var view = RoomView.of(rooms, reading, request);
        var filter = filter(request);
        var walk = new HistoryWalk(rooms, reading, view, request.user(), filter);
        int limit = limit(request, filter);
        var from = request.query("from").map(HistoryEndpoints::position);
        var to = request.query("to").map(HistoryEndpoints::position);
        long upTo = view.upTo();
        return switch (direction(request)) {
            case BACKWARDS -> {
                long start = Math.min(from.orElse(upTo), upTo);
                var page = walk.backwards(start, to.orElse(0L), limit);
                boolean more = limit > 0 && !page.exhausted();
                long shown = from.orElse(Math.min(rooms.database().position(), upTo));
                yield answer(reading, request, new Shown(page, shown, more, filter));
            }
            case FORWARDS -> {
                long start = from.orElse(0L);
                var page = walk.forwards(start, Math.min(to.orElse(upTo), upTo), limit);
                boolean more = page.reached() > start;
                yield answer(reading, request, new Shown(page, start, more, filter));
            }
        };
    }

    private static Direction direction(ClientRequest request) {
        return switch (request.query("dir").orElse("")) {
            case "b" -> Direction.BACKWARDS;
            case "f" -> Direction.FORWARDS;
            case "" -> throw missingParam("dir: expected b or f");
            default -> throw invalidParam("dir: expected b or f");
        };
    }

    private static EventFilter filter(ClientRequest request) {
        return request.query("filter")
                .filter(text -> !text.isEmpty())
                .map(JsonReader::readObject)
                .map(EventFilter::parse)
                .orElse(EventFilter.EVERYTHING);
    }

    private static int limit(ClientRequest request, EventFilter filter) {
        return Math.min(request.queryNumber("limit").orElse(filter.limit()), MAX_LIMIT);
    }

    private static long position(String token) {
        return RoomToken.position(token);
    }

    /// A page, and where it stands.
    private record Shown(HistoryWalk.Page page, long start, boolean more, EventFilter filter) {}

    private Response answer(Reading reading, ClientRequest request, Shown shown) {
        var events = shown.page().events();
        var answer =
                JsonObject.builder()
                        .put("start", RoomToken.of(shown.start()))
                        .put("chunk", full(reading, request, events));
        if (shown.filter().lazyLoadMembers() && !events.isEmpty()) {
            long snapshot = events.getFirst().states().after();
            answer.put("state", asState(reading, request, senders(reading, events, snapshot)));
        }
        if (shown.more()) {
            answer.put("end", RoomToken.of(shown.page().reached()));
        }
        return Response.json(answer.build());
    }

    private JsonArray full(Reading reading, ClientRequest request, List<StoredEvent> events) {
        return JsonArray.from(
                events.stream()
                        .map(event ->
                                rooms.clientEvents().full(reading, event, request.requester()))
                        .toList());
    }

    private JsonArray asState(Reading reading, ClientRequest request, List<StoredEvent> events) {
        return JsonArray.from(
                events.stream()
                        .map(event ->
                                rooms.clientEvents().fullState(reading, event, request.requester()))
                        .toList());
    }

    /// The member events of those who sent some events.
    private List<StoredEvent> senders(Reading reading, List<StoredEvent> events, long snapshot) {
        return events.stream()
                .map(event -> event.pdu().sender().value())
                .distinct()
                .map(sender -> new StateTuple(EventType.MEMBER, sender))
                .flatMap(tuple -> rooms.states().in(reading, snapshot, tuple).stream())
                .toList();
    }

    private Response event(ClientRequest request) {
        return rooms.database()
                .read(reading -> {
                    var view = RoomView.of(rooms, reading, request);
                    var event = find(reading, request, view);
                    return Response.json(
                            rooms.clientEvents().full(reading, event, request.requester()));
                });
    }

    private StoredEvent find(Reading reading, ClientRequest request, RoomView view) {
        return rooms.find(reading, request.roomId(), request.eventId())
                .filter(event -> isVisible(reading, request, view, event))
                .orElseThrow(() -> notFound("There is no such event that you may see"));
    }

    private boolean isVisible(
            Reading reading, ClientRequest request, RoomView view, StoredEvent event) {
        return rooms.visibility()
                .allows(reading, Optional.of(view.membership()), request.user(), event);
    }

    private Response context(ClientRequest request) {
        return rooms.database().read(reading -> context(reading, request));
    }

    /// READ-4: the filter is for what is around the event, and so is the limit.
    private Response context(Reading reading, ClientRequest request) {
        var view = RoomView.of(rooms, reading, request);
        var event = find(reading, request, view);
        var filter = filter(request);
        int limit = limit(request, filter);
        var walk = new HistoryWalk(rooms, reading, view, request.user(), filter);
        long at = event.position();
        var earlier = walk.backwards(at - 1, 0, limit / 2);
        var later = walk.forwards(at, view.upTo(), limit - limit / 2);
        var last = later.events().isEmpty() ? event : later.events().getLast();
        return Response.json(
                JsonObject.of(
                        "event", rooms.clientEvents().full(reading, event, request.requester()),
                        "events_before", full(reading, request, earlier.events()),
                        "events_after", full(reading, request, later.events()),
                        "state",
                                asState(
                                        reading,
                                        request,
                                        around(reading, filter, last, event, earlier, later)),
                        "start", RoomToken.of(earlier.reached()),
                        "end", RoomToken.of(later.reached())));
    }

    private List<StoredEvent> around(
            Reading reading,
            EventFilter filter,
            StoredEvent last,
            StoredEvent event,
            HistoryWalk.Page earlier,
            HistoryWalk.Page later) {
        long snapshot = last.states().after();
        if (!filter.lazyLoadMembers()) {
            return rooms.states().all(reading, snapshot, _ -> true);
        }
        var told = new ArrayList<>(earlier.events());
        told.add(event);
        told.addAll(later.events());
        var state =
                new ArrayList<>(
                        rooms.states()
                                .all(reading, snapshot, type -> !type.equals(EventType.MEMBER)));
        state.addAll(senders(reading, told, snapshot));
        return state;
    }
}
