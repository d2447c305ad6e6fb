package dev.hearth.room.directory;

import static dev.hearth.error.MatrixException.error;
import static dev.hearth.error.MatrixException.invalidParam;
import static dev.hearth.error.MatrixException.notFound;

import dev.hearth.configuration.Configuration;
import dev.hearth.error.ErrorCode;
import dev.hearth.http.ClientRequest;
import dev.hearth.http.OpenRequest;
import dev.hearth.http.Request;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.identifier.ServerName;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.storage.Database;

/// The list of public rooms, and what is in it (ROOM-7).
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#published-room-directory Published room
///   directory
final class PublicRoomEndpoints {

    private static final String PUBLIC_ROOMS = "/_matrix/client/v3/publicRooms";
    private static final String VISIBILITY = "/_matrix/client/v3/directory/list/room/{roomId}";
    private static final int MAX_LIMIT = 500;
    private static final int DEFAULT_LIMIT = 100;

    private final Database database;
    private final PublishedRooms published;
    private final Publishing publishing;
    private final ServerName server;
    private final Configuration.Directory settings;

    PublicRoomEndpoints(
            Database database,
            PublishedRooms published,
            Publishing publishing,
            ServerName server,
            Configuration.Directory settings) {
        this.database = database;
        this.published = published;
        this.publishing = publishing;
        this.server = server;
        this.settings = settings;
    }

    void declare(Routes routes) {
        routes.open().get(PUBLIC_ROOMS, this::all).get(VISIBILITY, this::visibility);
        routes.client().post(PUBLIC_ROOMS, this::search);
        routes.client().unlessSuspended().put(VISIBILITY, this::setVisibility);
    }

    private Response all(OpenRequest request) {
        if (!settings.publicWithoutAuth() && request.requester().isEmpty()) {
            throw error(ErrorCode.M_MISSING_TOKEN, "The room list is for users of this server");
        }
        requireOurs(request);
        var limit = request.queryNumber("limit");
        var from = request.query("since").map(ListPlace::parse).orElse(ListPlace.START);
        return page(from, RoomFilter.EVERYTHING, limit.orElse(0));
    }

    private Response search(ClientRequest request) {
        requireOurs(request);
        var body = request.body();
        long limit = body.findInteger("limit").orElse(0L);
        if (limit < 0) {
            throw invalidParam("limit: expected a number that is not negative");
        }
        var filter = RoomFilter.parse(body.findObject("filter").orElse(JsonObject.EMPTY));
        var from = body.findString("since").map(ListPlace::parse).orElse(ListPlace.START);
        body.findBoolean("include_all_networks");
        // Other networks come with application services, and there are none.
        return body.findString("third_party_instance_id").filter(id -> !id.isEmpty()).isPresent()
                ? Response.json(JsonObject.of("chunk", JsonArray.EMPTY))
                : page(from, filter, limit);
    }

    private Response page(ListPlace from, RoomFilter filter, long limit) {
        int most = limit == 0 ? DEFAULT_LIMIT : (int) Math.min(limit, MAX_LIMIT);
        return Response.json(database.read(reading -> published.page(reading, from, filter, most)));
    }

    /// The lists of other servers are reached by federation.
    private void requireOurs(Request request) {
        var asked = request.query("server").filter(name -> !name.isEmpty()).map(ServerName::parse);
        if (asked.filter(name -> !name.equals(server)).isPresent()) {
            throw notFound("The room list of " + asked.get() + " can't be had from here");
        }
    }

    private Response visibility(OpenRequest request) {
        boolean visible =
                database.read(reading -> {
                    var room = publishing.known(reading, request.roomId());
                    return published.contains(reading, room.number());
                });
        return Response.json(JsonObject.of("visibility", visible ? "public" : "private"));
    }

    private Response setVisibility(ClientRequest request) {
        var visible =
                switch (request.body().findString("visibility").orElse("public")) {
                    case "public" -> true;
                    case "private" -> false;
                    default -> throw invalidParam("visibility: expected public or private");
                };
        database.change(tx -> publishing.set(tx, request.roomId(), request.requester(), visible));
        return Response.empty();
    }
}
