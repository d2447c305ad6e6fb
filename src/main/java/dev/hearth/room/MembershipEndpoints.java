package dev.hearth.room;

import static dev.hearth.error.MatrixException.error;
import static dev.hearth.error.MatrixException.forbidden;
import static dev.hearth.error.MatrixException.invalidParam;
import static dev.hearth.error.MatrixException.notFound;
import static dev.hearth.error.MatrixException.unknown;

import dev.hearth.authorization.Membership;
import dev.hearth.error.ErrorCode;
import dev.hearth.event.EventType;
import dev.hearth.event.StateTuple;
import dev.hearth.http.ClientRequest;
import dev.hearth.http.Limit;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.identifier.RoomAlias;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonNull;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonValue;
import dev.hearth.storage.Reading;
import java.util.List;
import java.util.Optional;

/// Coming into rooms and going out of them.
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
                .limited(Limit.JOINS)
                .post("/_matrix/client/v3/join/{roomIdOrAlias}", this::joinByIdOrAlias);
        routes.guest().unlessSuspended().limited(Limit.JOINS).post(ROOM + "/join", this::join);
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
        routes.client()
                .get("/_matrix/client/v3/joined_rooms", this::joinedRooms)
                .get(ROOM + "/joined_members", this::joinedMembers);
        routes.guest().get(ROOM + "/members", this::members);
    }

    private Response joinByIdOrAlias(ClientRequest request) {
        var text = request.path("roomIdOrAlias");
        return join(request, text.startsWith("#") ? resolve(text) : RoomId.parse(text));
    }

    private RoomId resolve(String text) {
        var alias = RoomAlias.parse(text);
        return rooms.database()
                .read(reading -> rooms.store().findAlias(reading, alias))
                .orElseThrow(() -> notFound("There is no room " + alias));
    }

    private Response join(ClientRequest request) {
        return join(request, request.roomId());
    }

    /// ROOM-9: who is in already stays in, and nothing is said.
    private Response join(ClientRequest request, RoomId roomId) {
        var user = request.user();
        var extra = request.bodyOrEmpty();
        StateShape.checkMember(extra);
        if (rooms.database().read(reading -> rooms.store().find(reading, roomId)).isEmpty()) {
            throw notFound("There is no room " + roomId);
        }
        rooms.decide(
                roomId,
                (reading, room) -> {
                    if (room.membership(reading, user) == Membership.JOIN) {
                        return Optional.empty();
                    }
                    if (request.requester().guest()) {
                        requireOpenToGuests(reading, room);
                    }
                    var content = member(reading, "join", user, Optional.empty());
                    content = WrittenMember.withExtra(content, extra);
                    return Optional.of(Draft.member(user, user, content));
                });
        return Response.json(JsonObject.of("room_id", roomId));
    }

    private static void requireOpenToGuests(Reading reading, LiveRoom room) {
        boolean open =
                room.find(reading, new StateTuple(EventType.GUEST_ACCESS, ""))
                        .flatMap(event -> event.content().peekString("guest_access"))
                        .filter("can_join"::equals)
                        .isPresent();
        if (!open) {
            throw error(ErrorCode.M_GUEST_ACCESS_FORBIDDEN, "Guests may not join this room");
        }
    }

    private JsonObject member(
            Reading reading, String membership, UserId user, Optional<String> reason) {
        return JsonObject.builder()
                .put("membership", membership)
                .putAll(rooms.profile().of(reading, user))
                .putIfPresent("reason", reason)
                .build();
    }

    private Response invite(ClientRequest request) {
        var body = request.body();
        var target = UserId.parse(body.string("user_id"));
        var reason = body.findString("reason");
        rooms.decide(
                request.roomId(),
                (reading, room) -> {
                    if (room.membership(reading, target) == Membership.INVITE
                            && room.membership(reading, request.user()) == Membership.JOIN) {
                        return Optional.empty();
                    }
                    var content = member(reading, "invite", target, reason);
                    var draft = Draft.member(request.user(), target, content);
                    new StateContentCheck(rooms, reading, room).check(draft, Optional.empty());
                    return Optional.of(draft);
                });
        return Response.empty();
    }

    private Response leave(ClientRequest request) {
        set(request, request.user(), "leave", request.bodyOrEmpty().findString("reason"));
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
        var content =
                JsonObject.builder()
                        .put("membership", membership)
                        .putIfPresent("reason", reason)
                        .build();
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
                    rooms.memberships().forget(tx, request.user(), membership.room());
                });
        return Response.empty();
    }

    private Response joinedRooms(ClientRequest request) {
        var joined =
                rooms
                        .database()
                        .read(reading -> rooms.memberships(reading, request.user()))
                        .stream()
                        .filter(membership -> membership.membership() == Membership.JOIN)
                        .map(RoomMembership::roomId)
                        .toList();
        return Response.json(JsonObject.of("joined_rooms", JsonArray.from(joined)));
    }

    /// READ-6: both keys are there, null where there is nothing.
    private Response joinedMembers(ClientRequest request) {
        return rooms.database()
                .read(reading -> {
                    var membership = rooms.requireJoined(reading, request.user(), request.roomId());
                    var joined = JsonObject.builder();
                    for (var event : members(reading, membership.room())) {
                        var pdu = event.shown();
                        if (Membership.of(pdu) == Membership.JOIN) {
                            joined.put(pdu.stateKey().orElseThrow(), shown(pdu.content()));
                        }
                    }
                    return Response.json(JsonObject.of("joined", joined.build()));
                });
    }

    private List<StoredEvent> members(Reading reading, long room) {
        return rooms.states().currentAt(reading, room, Long.MAX_VALUE, EventType.MEMBER::equals);
    }

    private static JsonObject shown(JsonObject content) {
        return JsonObject.of(
                "display_name", text(content, "displayname"),
                "avatar_url", text(content, "avatar_url"));
    }

    private static JsonValue text(JsonObject content, String key) {
        return content.peekString(key).<JsonValue>map(JsonValue::of).orElse(JsonNull.NULL);
    }

    private Response members(ClientRequest request) {
        var wanted = membershipQuery(request, "membership");
        var unwanted = membershipQuery(request, "not_membership");
        var at = request.query("at").map(RoomToken::position);
        return rooms.database()
                .read(reading -> {
                    var view = RoomView.of(rooms, reading, request);
                    long upTo =
                            at.map(then -> view.since(rooms, reading, request.user(), then))
                                    .orElse(view.upTo());
                    var chunk =
                            rooms
                                    .states()
                                    .currentAt(reading, view.room(), upTo, EventType.MEMBER::equals)
                                    .stream()
                                    .filter(event -> matches(event, wanted, unwanted))
                                    .map(event ->
                                            rooms.clientEvents()
                                                    .fullState(reading, event, request.requester()))
                                    .toList();
                    return Response.json(JsonObject.of("chunk", JsonArray.from(chunk)));
                });
    }

    private static Optional<Membership> membershipQuery(ClientRequest request, String name) {
        return request.query(name)
                .map(text ->
                        Membership.find(text)
                                .orElseThrow(() ->
                                        invalidParam(name + ": there is no membership " + text)));
    }

    /// READ-6: the one or the other, where both are given.
    private static boolean matches(
            StoredEvent event, Optional<Membership> wanted, Optional<Membership> unwanted) {
        var membership = Membership.of(event.pdu());
        boolean isWanted = wanted.map(membership::equals).orElse(unwanted.isEmpty());
        return isWanted || unwanted.map(kind -> kind != membership).orElse(false);
    }
}
