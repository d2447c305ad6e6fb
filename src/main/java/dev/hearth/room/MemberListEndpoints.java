package dev.hearth.room;

import static dev.hearth.error.MatrixException.invalidParam;

import dev.hearth.authorization.Membership;
import dev.hearth.event.EventType;
import dev.hearth.http.ClientRequest;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonNull;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonValue;
import dev.hearth.storage.Reading;
import java.util.List;
import java.util.Optional;

/// Who is in a room, and in which rooms a user is.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#room-membership Room membership
final class MemberListEndpoints {

    private static final String ROOM = "/_matrix/client/v3/rooms/{roomId}";

    private final Rooms rooms;

    MemberListEndpoints(Rooms rooms) {
        this.rooms = rooms;
    }

    void declare(Routes routes) {
        routes.client()
                .get("/_matrix/client/v3/joined_rooms", this::joinedRooms)
                .get(ROOM + "/joined_members", this::joinedMembers);
        routes.guest().get(ROOM + "/members", this::members);
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
