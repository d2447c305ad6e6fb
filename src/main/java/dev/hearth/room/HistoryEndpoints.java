package dev.hearth.room;

import static dev.hearth.error.MatrixException.invalidParam;
import static dev.hearth.error.MatrixException.notFound;

import dev.hearth.http.ClientRequest;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.storage.Reading;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reading what was said: pages of history, one event, what is around an event. Only what the user
/// may see is shown.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#syncing Syncing
final class HistoryEndpoints {

    private static final String ROOM = "/_matrix/client/v3/rooms/{roomId}";
    private static final int DEFAULT_LIMIT = 10;
    private static final int MAX_LIMIT = 1_000;

    /// Our own tokens, and those of `/sync`, with which clients begin.
    private static final Pattern TOKEN = Pattern.compile("[st]([0-9]{1,18})(_[0-9]{1,18})?");

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

    private Response messages(ClientRequest request) {
        boolean backwards =
                switch (request.query("dir").orElse("b")) {
                    case "b" -> true;
                    case "f" -> false;
                    default -> throw invalidParam("dir: expected b or f");
                };
        int limit = limit(request, DEFAULT_LIMIT);
        var from = request.query("from").map(HistoryEndpoints::position);
        var to = request.query("to").map(HistoryEndpoints::position);
        return rooms.database()
                .read(reading -> {
                    var view = RoomView.of(rooms, reading, request);
                    return backwards
                            ? backwards(reading, request, view, from, to, limit)
                            : forwards(reading, request, view, from, limit);
                });
    }

    private static int limit(ClientRequest request, int otherwise) {
        return Math.min(request.queryNumber("limit").orElse(otherwise), MAX_LIMIT);
    }

    private static long position(String token) {
        var matcher = TOKEN.matcher(token);
        if (!matcher.matches()) {
            throw invalidParam("This is no token that the server gave out");
        }
        return Long.parseLong(matcher.group(1));
    }

    private Response backwards(
            Reading reading,
            ClientRequest request,
            RoomView view,
            Optional<Long> from,
            Optional<Long> to,
            int limit) {
        long start = Math.min(from.orElse(Long.MAX_VALUE), view.upTo());
        var events = rooms.events().backwards(reading, view.room(), to.orElse(0L), start, limit);
        var page =
                JsonObject.builder()
                        .put("start", "t" + from.orElse(rooms.database().position()))
                        .put("chunk", visible(reading, request, view, events));
        if (events.size() == limit && limit > 0) {
            page.put("end", "t" + (events.getLast().position() - 1));
        }
        return Response.json(page.build());
    }

    private Response forwards(
            Reading reading, ClientRequest request, RoomView view, Optional<Long> from, int limit) {
        long start = from.orElse(0L);
        var events = rooms.events().forwards(reading, view.room(), start, view.upTo(), limit);
        var page =
                JsonObject.builder()
                        .put("start", "t" + start)
                        .put("chunk", visible(reading, request, view, events));
        if (!events.isEmpty()) {
            page.put("end", "t" + events.getLast().position());
        }
        return Response.json(page.build());
    }

    private JsonArray visible(
            Reading reading, ClientRequest request, RoomView view, List<StoredEvent> events) {
        return JsonArray.from(
                events.stream()
                        .filter(event -> isVisible(reading, request, view, event))
                        .map(event ->
                                rooms.clientEvents().full(reading, event, request.requester()))
                        .toList());
    }

    private boolean isVisible(
            Reading reading, ClientRequest request, RoomView view, StoredEvent event) {
        return rooms.visibility()
                .allows(reading, Optional.of(view.membership()), request.user(), event);
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

    private Response context(ClientRequest request) {
        int limit = limit(request, DEFAULT_LIMIT);
        return rooms.database().read(reading -> context(reading, request, limit));
    }

    private Response context(Reading reading, ClientRequest request, int limit) {
        var view = RoomView.of(rooms, reading, request);
        var event = find(reading, request, view);
        long at = event.position();
        int before = limit / 2;
        int after = limit - before;
        var earlier = rooms.events().backwards(reading, view.room(), 0, at - 1, before);
        var later = rooms.events().forwards(reading, view.room(), at, view.upTo(), after);
        long end = later.isEmpty() ? at : later.getLast().position();
        long start = earlier.isEmpty() ? at - 1 : earlier.getLast().position() - 1;
        var state =
                rooms.stateAt(reading, view.room(), end).stream()
                        .map(s -> rooms.clientEvents().full(reading, s, request.requester()))
                        .toList();
        return Response.json(
                JsonObject.of(
                        "event", rooms.clientEvents().full(reading, event, request.requester()),
                        "events_before", visible(reading, request, view, earlier),
                        "events_after", visible(reading, request, view, later),
                        "state", JsonArray.from(state),
                        "start", "t" + start,
                        "end", "t" + end));
    }
}
