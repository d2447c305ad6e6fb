package dev.hearth.room;

import static dev.hearth.error.MatrixException.notFound;

import dev.hearth.authorization.Membership;
import dev.hearth.http.ClientRequest;
import dev.hearth.http.Limit;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.identifier.RoomId;
import dev.hearth.json.JsonObject;
import java.util.Optional;

/// Coming into rooms, and asking to be let in.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#joining-rooms Joining rooms
final class JoinEndpoints {

    private final Rooms rooms;

    JoinEndpoints(Rooms rooms) {
        this.rooms = rooms;
    }

    void declare(Routes routes) {
        routes.client()
                .unlessSuspended()
                .limited(Limit.JOINS)
                .post("/_matrix/client/v3/knock/{roomIdOrAlias}", this::knock)
                .post(
                        "/_matrix/client/unstable/xyz.amorgan.knock/knock/{roomIdOrAlias}",
                        this::knock);
        // The list of what guests may names the second only, and clients only know the first.
        routes.guest()
                .unlessSuspended()
                .limited(Limit.JOINS)
                .post("/_matrix/client/v3/join/{roomIdOrAlias}", this::joinByIdOrAlias)
                .post("/_matrix/client/v3/rooms/{roomId}/join", this::joinById);
    }

    private Response joinById(ClientRequest request) {
        return join(request, known(request.roomId().value()));
    }

    private Response joinByIdOrAlias(ClientRequest request) {
        return join(request, idOrAlias(request));
    }

    private RoomId idOrAlias(ClientRequest request) {
        return known(request.path("roomIdOrAlias"));
    }

    private RoomId known(String idOrAlias) {
        return rooms.database()
                .read(reading -> rooms.findNamed(reading, idOrAlias))
                .orElseThrow(() -> notFound("There is no room " + idOrAlias))
                .roomId();
    }

    /// ROOM-9: who is in already stays in, and nothing is said.
    private Response join(ClientRequest request, RoomId roomId) {
        var user = request.user();
        var extra = WrittenMember.withoutEmptyReason(request.bodyOrEmpty());
        StateShape.checkMember(extra);
        extra.findObject("third_party_signed")
                .filter(signed -> !signed.isEmpty())
                .ifPresent(signed ->
                        rooms.decide(
                                roomId,
                                (reading, room) ->
                                        new ThirdPartyInvites(rooms, reading, room)
                                                .redeemed(user, signed)));
        rooms.decide(
                roomId,
                (reading, room) -> {
                    if (room.membership(reading, user) == Membership.JOIN) {
                        return Optional.empty();
                    }
                    var own = WrittenMember.of(rooms.profile(), reading, Membership.JOIN, user);
                    var content =
                            new JoinCheck(rooms, reading, room)
                                    .admit(user, WrittenMember.withExtra(own, extra));
                    return Optional.of(Draft.member(user, user, content));
                });
        return Response.json(JsonObject.of("room_id", roomId));
    }

    /// KNK-1: the authorization rules say who may knock, and where.
    private Response knock(ClientRequest request) {
        var user = request.user();
        var reason = request.bodyOrEmpty().findString("reason");
        var roomId = idOrAlias(request);
        rooms.decide(
                roomId,
                (reading, room) -> {
                    var own = WrittenMember.of(rooms.profile(), reading, Membership.KNOCK, user);
                    var draft = Draft.member(user, user, WrittenMember.because(reason, own));
                    new StateContentCheck(rooms, reading, room).check(draft, Optional.empty());
                    return Optional.of(draft);
                });
        return Response.json(JsonObject.of("room_id", roomId));
    }
}
