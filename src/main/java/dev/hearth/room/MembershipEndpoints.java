package dev.hearth.room;

import static dev.hearth.error.MatrixException.forbidden;
import static dev.hearth.error.MatrixException.unknown;

import dev.hearth.authorization.Membership;
import dev.hearth.http.ClientRequest;
import dev.hearth.http.Limit;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import java.util.Optional;

/// Inviting others, leaving, and making others leave.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#room-membership Room membership
final class MembershipEndpoints {

    private static final String ROOM = "/_matrix/client/v3/rooms/{roomId}";

    private final Rooms rooms;

    MembershipEndpoints(Rooms rooms) {
        this.rooms = rooms;
    }

    void declare(Routes routes) {
        routes.client()
                .unlessSuspended()
                .limited(Limit.INVITES)
                .post(ROOM + "/invite", this::invite);
        routes.guest().limited(Limit.GENERAL).post(ROOM + "/leave", this::leave);
        routes.client().limited(Limit.GENERAL).post(ROOM + "/forget", this::forget);
        routes.client()
                .unlessSuspended()
                .limited(Limit.GENERAL)
                .post(ROOM + "/kick", this::kick)
                .post(ROOM + "/ban", this::ban)
                .post(ROOM + "/unban", this::unban);
    }

    private Response invite(ClientRequest request) {
        var body = request.body();
        if (body.findString("user_id").isEmpty() && body.findString("medium").isPresent()) {
            return inviteByAddress(request);
        }
        var target = UserId.parse(body.string("user_id"));
        var reason = body.findString("reason");
        rooms.decide(
                request.roomId(),
                (reading, room) -> {
                    if (room.membership(reading, target) == Membership.INVITE
                            && room.membership(reading, request.user()) == Membership.JOIN) {
                        return Optional.empty();
                    }
                    var shown =
                            WrittenMember.of(rooms.profile(), reading, Membership.INVITE, target);
                    var content = WrittenMember.because(reason, shown);
                    var draft = Draft.member(request.user(), target, content);
                    new StateContentCheck(rooms, reading, room).check(draft, Optional.empty());
                    return Optional.of(draft);
                });
        return Response.empty();
    }

    /// 3PI-1: who may not invite is told so first.
    private Response inviteByAddress(ClientRequest request) {
        rooms.decide(
                request.roomId(),
                (reading, room) -> {
                    var levels = room.powerLevels(reading);
                    if (room.membership(reading, request.user()) != Membership.JOIN
                            || levels.user(request.user()) < levels.toInvite()) {
                        throw forbidden("You may not invite to this room");
                    }
                    ThirdPartyInvites.refuse(request.body());
                    return Optional.empty();
                });
        return Response.empty();
    }

    private Response leave(ClientRequest request) {
        var reason = request.bodyOrEmpty().findString("reason");
        var draft = change(request, request.user(), "leave", reason);
        rooms.decide(
                request.roomId(),
                (reading, room) -> {
                    rooms.voice().requireNotDeclining(reading, room, draft);
                    return Optional.of(draft);
                });
        return Response.empty();
    }

    /// ROOM-12: only who is in, invited or knocking can be kicked.
    private Response kick(ClientRequest request) {
        var target = target(request);
        var reason = request.body().findString("reason");
        rooms.decide(
                request.roomId(),
                (reading, room) -> {
                    var current = room.membership(reading, target);
                    if (current == Membership.LEAVE || current == Membership.BAN) {
                        throw forbidden(target + " is not in this room");
                    }
                    return Optional.of(change(request, target, "leave", reason));
                });
        return Response.empty();
    }

    private Response ban(ClientRequest request) {
        set(request, target(request), "ban", request.body().findString("reason"));
        return Response.empty();
    }

    private Response unban(ClientRequest request) {
        var target = target(request);
        var reason = request.body().findString("reason");
        rooms.decide(
                request.roomId(),
                (reading, room) -> {
                    if (room.membership(reading, target) != Membership.BAN) {
                        throw forbidden(target + " is not banned from this room");
                    }
                    return Optional.of(change(request, target, "leave", reason));
                });
        return Response.empty();
    }

    private static UserId target(ClientRequest request) {
        return UserId.parse(request.body().string("user_id"));
    }

    private void set(
            ClientRequest request, UserId target, String membership, Optional<String> reason) {
        rooms.send(request.roomId(), change(request, target, membership, reason));
    }

    private static Draft change(
            ClientRequest request, UserId target, String membership, Optional<String> reason) {
        var content = WrittenMember.because(reason, JsonObject.of("membership", membership));
        return Draft.member(request.user(), target, content);
    }

    /// ROOM-11.
    private Response forget(ClientRequest request) {
        rooms.database()
                .change(tx -> {
                    var membership =
                            rooms.membership(tx, request.user(), request.roomId())
                                    .orElseThrow(() -> unknown("You were never in this room"));
                    if (membership.membership() != Membership.LEAVE
                            && membership.membership() != Membership.BAN) {
                        throw unknown("Leave the room before you forget it");
                    }
                    rooms.tables().memberships().forget(tx, request.user(), membership.room());
                });
        return Response.empty();
    }
}
