package dev.hearth.room.directory;

import static dev.hearth.error.MatrixException.forbidden;
import static dev.hearth.error.MatrixException.invalidParam;

import dev.hearth.concurrent.BoundedCache;
import dev.hearth.http.ClientRequest;
import dev.hearth.http.Limit;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.room.Rooms;
import dev.hearth.room.directory.HierarchyWalk.Progress;
import dev.hearth.room.directory.HierarchyWalk.Wish;
import dev.hearth.signing.UnpaddedBase64;
import dev.hearth.storage.Database;
import dev.hearth.storage.Reading;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// What a space leads to, page by page (SP-1 to SP-4).
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#discovering-rooms-within-spaces
///   Discovering rooms within spaces
final class HierarchyEndpoint {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 100;
    private static final int MAX_DEPTH = 50;
    private static final int TOKEN_BYTES = 16;

    /// Rooms that unfinished walks remember, all together.
    private static final long REMEMBERED = 100_000;

    private final Database database;
    private final Rooms rooms;
    private final RandomGenerator random;
    private final BoundedCache<Unfinished, Progress> unfinished =
            new BoundedCache<>(REMEMBERED, Progress::weight);

    /// A walk is gone on by who began it.
    private record Unfinished(UserId user, RoomId root, String token) {}

    HierarchyEndpoint(Database database, Rooms rooms, RandomGenerator random) {
        this.database = database;
        this.rooms = rooms;
        this.random = random;
    }

    void declare(Routes routes) {
        routes.client()
                .limited(Limit.GENERAL)
                .get("/_matrix/client/v1/rooms/{roomId}/hierarchy", this::hierarchy)
                .get(
                        "/_matrix/client/unstable/org.matrix.msc2946/rooms/{roomId}/hierarchy",
                        this::hierarchy);
    }

    private Response hierarchy(ClientRequest request) {
        int limit = request.queryNumber("limit").orElse(DEFAULT_LIMIT);
        if (limit == 0) {
            throw invalidParam("limit: expected a number above zero");
        }
        var progress = request.query("from").map(token -> resume(request, token));
        return database.read(reading ->
                page(
                        reading,
                        request,
                        progress.orElseGet(() -> begin(reading, request)),
                        Math.min(limit, MAX_LIMIT)));
    }

    private Progress begin(Reading reading, ClientRequest request) {
        var viewer = viewer(reading, request);
        boolean isSeen =
                rooms.find(reading, request.roomId())
                        .map(room -> RoomSummary.of(rooms, reading, room))
                        .filter(viewer::maySee)
                        .isPresent();
        if (!isSeen) {
            throw forbidden("You may not look into this room");
        }
        return Progress.from(request.roomId(), wish(request, new Wish(false, MAX_DEPTH)));
    }

    private Viewer viewer(Reading reading, ClientRequest request) {
        return new Viewer(rooms, reading, Optional.of(request.user()));
    }

    /// What isn't said is as in the first request.
    private static Wish wish(ClientRequest request, Wish usual) {
        return new Wish(
                request.queryFlag("suggested_only", usual.suggestedOnly()),
                Math.min(request.queryNumber("max_depth").orElse(usual.maxDepth()), MAX_DEPTH));
    }

    private Progress resume(ClientRequest request, String token) {
        var progress =
                unfinished
                        .find(new Unfinished(request.user(), request.roomId(), token))
                        .orElseThrow(() -> invalidParam("from: this place is not known (any more)"))
                        .copy();
        if (!wish(request, progress.wish()).equals(progress.wish())) {
            throw invalidParam("suggested_only and max_depth stay as in the first request");
        }
        return progress;
    }

    private Response page(Reading reading, ClientRequest request, Progress progress, int limit) {
        var walk = new HierarchyWalk(rooms, viewer(reading, request), progress);
        var answer = JsonObject.of("rooms", JsonArray.from(walk.page(reading, limit)));
        if (progress.isDone()) {
            return Response.json(answer);
        }
        var token = UnpaddedBase64.random(random, TOKEN_BYTES);
        unfinished.put(new Unfinished(request.user(), request.roomId(), token), progress);
        return Response.json(answer.with("next_batch", token));
    }
}
