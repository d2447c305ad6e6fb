package dev.hearth.room;

import dev.hearth.http.ClientRequest;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.storage.Reading;
import java.util.List;
import java.util.Optional;

/// Reading what relates to an event (REL-9).
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#relationships-api Relationships API
final class RelationEndpoints {

    /// The second was used before the specification had the endpoint, and still is.
    private static final List<String> PREFIXES =
            List.of("/_matrix/client/v1", "/_matrix/client/unstable");

    private static final int DEFAULT_LIMIT = 10;
    private static final int MAX_LIMIT = 500;

    private final Rooms rooms;

    RelationEndpoints(Rooms rooms) {
        this.rooms = rooms;
    }

    void declare(Routes routes) {
        new ThreadEndpoints(rooms).declare(routes);
        for (var prefix : PREFIXES) {
            var path = prefix + "/rooms/{roomId}/relations/{eventId}";
            routes.client()
                    .get(path, request -> relations(request, Optional.empty(), Optional.empty()))
                    .get(path + "/{relType}", this::ofKind)
                    .get(path + "/{relType}/{eventType}", this::ofKindAndType);
        }
    }

    private Response ofKind(ClientRequest request) {
        return relations(request, Optional.of(request.path("relType")), Optional.empty());
    }

    private Response ofKindAndType(ClientRequest request) {
        return relations(
                request,
                Optional.of(request.path("relType")),
                Optional.of(request.path("eventType")));
    }

    private Response relations(
            ClientRequest request, Optional<String> kind, Optional<String> type) {
        var wanted =
                new ChildrenWalk.Wanted(
                        request.eventId(), kind, type, request.queryFlag("recurse", false));
        return rooms.database().read(reading -> relations(reading, request, wanted));
    }

    private Response relations(Reading reading, ClientRequest request, ChildrenWalk.Wanted wanted) {
        var view = RoomView.ofEvents(rooms, reading, request);
        view.event(rooms, reading, request);
        var reader = view.reader(request);
        int limit = Math.min(request.queryNumber("limit").orElse(DEFAULT_LIMIT), MAX_LIMIT);
        var page = new ChildrenWalk(rooms, reading, reader, wanted).walk(way(request, view), limit);
        var answer =
                JsonObject.builder()
                        .put(
                                "chunk",
                                JsonArray.from(
                                        new BundledEvents(rooms)
                                                .full(reading, reader, page.events())))
                        .putIfPresent("prev_batch", request.query("from"));
        if (page.more()) {
            answer.put("next_batch", RoomToken.of(page.reached()));
        }
        if (wanted.recurse()) {
            answer.put("recursion_depth", ChildrenWalk.DEPTH);
        }
        return Response.json(answer.build());
    }

    private static ChildrenWalk.Way way(ClientRequest request, RoomView view) {
        var from = request.query("from").map(RoomToken::position);
        var to = request.query("to").map(RoomToken::position);
        long upTo = view.historyUpTo();
        var direction = request.query("dir").map(Direction::parse).orElse(Direction.BACKWARDS);
        return switch (direction) {
            case BACKWARDS ->
                    new ChildrenWalk.Way(
                            direction, Math.min(from.orElse(upTo), upTo), to.orElse(0L));
            case FORWARDS ->
                    new ChildrenWalk.Way(
                            direction, from.orElse(0L), Math.min(to.orElse(upTo), upTo));
        };
    }
}
