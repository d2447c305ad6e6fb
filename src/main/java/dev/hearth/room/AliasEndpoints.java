package dev.hearth.room;

import static dev.hearth.error.MatrixException.error;
import static dev.hearth.error.MatrixException.forbidden;
import static dev.hearth.error.MatrixException.invalidParam;
import static dev.hearth.error.MatrixException.notFound;

import dev.hearth.error.ErrorCode;
import dev.hearth.error.MatrixException;
import dev.hearth.event.EventType;
import dev.hearth.event.Pdu;
import dev.hearth.event.StateTuple;
import dev.hearth.http.ClientRequest;
import dev.hearth.http.Limit;
import dev.hearth.http.OpenRequest;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.identifier.RoomAlias;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.storage.Reading;

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
        routes.client().unlessSuspended().put(ALIAS, this::put).delete(ALIAS, this::delete);
        routes.client()
                .limited(Limit.GENERAL)
                .get("/_matrix/client/v3/rooms/{roomId}/aliases", this::aliases)
                .get(
                        "/_matrix/client/unstable/org.matrix.msc2432/rooms/{roomId}/aliases",
                        this::aliases);
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
        var room =
                rooms.database()
                        .read(reading -> rooms.store().findAlias(reading, alias))
                        .orElseThrow(() -> notFound("There is no room " + alias));
        rooms.inRoom(
                room,
                (tx, live) -> {
                    requireMayDelete(tx, live, request, alias);
                    rooms.store().deleteAlias(tx, alias);
                    return true;
                });
        dropFromCanonical(request.user(), room, alias);
        return Response.empty();
    }

    /// Its maker, an administrator, and who may say what the room's main alias is.
    private void requireMayDelete(
            Reading reading, LiveRoom room, ClientRequest request, RoomAlias alias) {
        boolean own =
                rooms.store()
                        .aliasCreator(reading, alias)
                        .filter(request.user()::equals)
                        .isPresent();
        boolean powerful = room.facts(reading).maySet(request.user(), EventType.CANONICAL_ALIAS);
        if (!own && !powerful && !request.requester().administrator()) {
            throw forbidden("This alias is another user's");
        }
    }

    /// The room stops naming the alias, if the user may say so; if not, the alias is gone all the
    /// same.
    private void dropFromCanonical(UserId user, RoomId roomId, RoomAlias alias) {
        try {
            rooms.decide(
                    roomId,
                    (reading, room) ->
                            room.find(reading, new StateTuple(EventType.CANONICAL_ALIAS, ""))
                                    .map(Pdu::content)
                                    .filter(content -> !without(content, alias).equals(content))
                                    .map(content ->
                                            Draft.state(
                                                    user,
                                                    EventType.CANONICAL_ALIAS,
                                                    "",
                                                    without(content, alias))));
        } catch (MatrixException.Standard e) {
            if (e.code() != ErrorCode.M_FORBIDDEN) {
                throw e;
            }
        }
    }

    private static JsonObject without(JsonObject content, RoomAlias alias) {
        return new CanonicalAliases(content).only(name -> !name.equals(alias.value()));
    }

    /// READ-9: for members, and for everybody where the world may read.
    private Response aliases(ClientRequest request) {
        var room = request.roomId();
        var aliases =
                rooms.database()
                        .read(reading -> {
                            RoomView.of(rooms, reading, request).requireNow();
                            return rooms.store().aliases(reading, room);
                        });
        return Response.json(JsonObject.of("aliases", JsonArray.from(aliases)));
    }
}
