package dev.hearth.room;

import static dev.hearth.error.MatrixException.error;
import static dev.hearth.error.MatrixException.forbidden;
import static dev.hearth.error.MatrixException.invalidParam;
import static dev.hearth.error.MatrixException.notFound;

import dev.hearth.error.ErrorCode;
import dev.hearth.http.ClientRequest;
import dev.hearth.http.OpenRequest;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.identifier.RoomAlias;
import dev.hearth.identifier.RoomId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;

/// The names of rooms (ROOM-6).
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#room-aliases Room aliases
final class AliasEndpoints {

    private static final String ALIAS = "/_matrix/client/v3/directory/room/{roomAlias}";

    private final Rooms rooms;

    AliasEndpoints(Rooms rooms) {
        this.rooms = rooms;
    }

    void declare(Routes routes) {
        routes.open().get(ALIAS, this::get);
        routes.client().put(ALIAS, this::put).delete(ALIAS, this::delete);
        routes.guest().get("/_matrix/client/v3/rooms/{roomId}/aliases", this::aliases);
    }

    private Response get(OpenRequest request) {
        var alias = RoomAlias.parse(request.path("roomAlias"));
        var room =
                rooms.database()
                        .read(reading -> rooms.store().findAlias(reading, alias))
                        .orElseThrow(() -> notFound("There is no room " + alias));
        return Response.json(
                JsonObject.of("room_id", room, "servers", JsonArray.of(rooms.server())));
    }

    private Response put(ClientRequest request) {
        var alias = RoomAlias.parse(request.path("roomAlias"));
        if (!alias.server().equals(rooms.server())) {
            throw invalidParam("Aliases here end with :" + rooms.server());
        }
        var room = RoomId.parse(request.body().string("room_id"));
        rooms.database()
                .change(tx -> {
                    rooms.requireJoined(tx, request.user(), room);
                    if (rooms.store().findAlias(tx, alias).isPresent()) {
                        throw error(ErrorCode.M_UNKNOWN, "The alias is taken").withStatus(409);
                    }
                    rooms.store().insertAlias(tx, alias, room, request.user());
                });
        return Response.empty();
    }

    private Response delete(ClientRequest request) {
        var alias = RoomAlias.parse(request.path("roomAlias"));
        rooms.database()
                .change(tx -> {
                    var creator =
                            rooms.store()
                                    .aliasCreator(tx, alias)
                                    .orElseThrow(() -> notFound("There is no such alias"));
                    if (!creator.equals(request.user()) && !request.requester().administrator()) {
                        throw forbidden("This alias is another user's");
                    }
                    rooms.store().deleteAlias(tx, alias);
                });
        return Response.empty();
    }

    private Response aliases(ClientRequest request) {
        var room = request.roomId();
        var aliases =
                rooms.database()
                        .read(reading -> {
                            rooms.requireJoined(reading, request.user(), room);
                            return rooms.store().aliases(reading, room);
                        });
        return Response.json(JsonObject.of("aliases", JsonArray.from(aliases)));
    }
}
