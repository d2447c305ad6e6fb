package dev.hearth.room;

import static dev.hearth.error.MatrixException.badJson;
import static dev.hearth.error.MatrixException.invalidParam;
import static dev.hearth.error.MatrixException.notFound;

import dev.hearth.authorization.Membership;
import dev.hearth.event.EventType;
import dev.hearth.event.Pdu;
import dev.hearth.event.StateTuple;
import dev.hearth.http.ClientRequest;
import dev.hearth.http.Limit;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.identifier.EventId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonWriter;
import dev.hearth.storage.Reading;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// Making rooms, sending into them, and their state.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#rooms-1 Rooms
final class RoomEndpoints {

    private static final String ROOM = "/_matrix/client/v3/rooms/{roomId}";

    private final Rooms rooms;

    RoomEndpoints(Rooms rooms) {
        this.rooms = rooms;
    }

    void declare(Routes routes) {
        routes.client()
                .unlessSuspended()
                .limited(Limit.ROOMS)
                .post("/_matrix/client/v3/createRoom", this::create);
        routes.client()
                .limited(Limit.MESSAGES)
                .put(ROOM + "/redact/{eventId}/{txnId}", this::redact);
        routes.guest().limited(Limit.MESSAGES).put(ROOM + "/send/{eventType}/{txnId}", this::send);
        routes.guest()
                .unlessSuspended()
                .limited(Limit.MESSAGES)
                .put(ROOM + "/state/{eventType}", this::putState)
                .put(ROOM + "/state/{eventType}/", this::putState)
                .put(ROOM + "/state/{eventType}/{stateKey}", this::putKeyedState);
        routes.guest()
                .get(ROOM + "/state", this::allState)
                .get(ROOM + "/state/{eventType}", this::state)
                .get(ROOM + "/state/{eventType}/", this::state)
                .get(ROOM + "/state/{eventType}/{stateKey}", this::keyedState);
    }

    private Response create(ClientRequest request) {
        return Response.json(JsonObject.of("room_id", RoomCreation.create(rooms, request)));
    }

    private Response send(ClientRequest request) {
        var type = request.path("eventType");
        refuseCreate(type);
        var content = request.body();
        if (type.equals(EventType.REDACTION)) {
            var target = EventId.parse(content.string("redacts"));
            return redact(request, target, content.without("redacts"));
        }
        request.requester().requireNotSuspended();
        return once(request, Draft.message(request.user(), type, content));
    }

    private Response redact(ClientRequest request) {
        var content = request.bodyOrEmpty();
        content.findString("reason");
        return redact(request, request.eventId(), content);
    }

    private Response redact(ClientRequest request, EventId target, JsonObject content) {
        new WhileSuspended(rooms).checkRedaction(request, target);
        return once(request, Draft.redaction(request.requester(), target, content));
    }

    private static void refuseCreate(String type) {
        if (type.equals(EventType.CREATE)) {
            throw badJson("m.room.create can't be sent: a room is made by createRoom");
        }
    }

    private Response once(ClientRequest request, Draft draft) {
        return Response.json(JsonObject.of("event_id", rooms.sendOnce(request, draft)));
    }

    private Response putState(ClientRequest request) {
        return putState(request, "");
    }

    private Response putKeyedState(ClientRequest request) {
        return putState(request, request.path("stateKey"));
    }

    private Response putState(ClientRequest request, String stateKey) {
        var type = request.path("eventType");
        refuseCreate(type);
        var content = request.body();
        var same = new AtomicReference<String>();
        var sent =
                rooms.decide(
                        request.roomId(),
                        (reading, room) -> {
                            var whole = completed(reading, type, stateKey, content);
                            var draft = Draft.state(request.user(), type, stateKey, whole);
                            var before = same(reading, room, draft);
                            before.ifPresent(event -> same.set(event.eventId().value()));
                            return before.isPresent() ? Optional.empty() : Optional.of(draft);
                        });
        var eventId = sent.map(event -> event.pdu().eventId().value()).orElseGet(same::get);
        return Response.json(JsonObject.of("event_id", eventId));
    }

    private JsonObject completed(
            Reading reading, String type, String stateKey, JsonObject content) {
        return type.equals(EventType.MEMBER)
                ? WrittenMember.completed(rooms.profile(), reading, stateKey, content)
                : content;
    }

    /// SEND-2: what is already so is not said again.
    private Optional<Pdu> same(Reading reading, LiveRoom room, Draft draft) {
        var current =
                room.find(reading, new StateTuple(draft.type(), draft.stateKey().orElseThrow()));
        var same =
                current.filter(event -> event.sender().equals(draft.sender()))
                        .filter(event -> event.content().equals(draft.content()))
                        .filter(_ -> room.membership(reading, draft.sender()) == Membership.JOIN);
        if (same.isEmpty()) {
            new StateContentCheck(rooms, reading, room).check(draft, current);
        }
        return same;
    }

    private Response allState(ClientRequest request) {
        return rooms.database()
                .read(reading -> {
                    var view = RoomView.of(rooms, reading, request);
                    var events =
                            rooms.stateAt(reading, view.room(), view.upTo()).stream()
                                    .map(event ->
                                            rooms.clientEvents()
                                                    .fullState(reading, event, request.requester()))
                                    .toList();
                    return new Response(
                            200,
                            new Response.Bytes(
                                    JsonWriter.writeBytes(JsonArray.from(events)),
                                    "application/json"),
                            Map.of());
                });
    }

    private Response state(ClientRequest request) {
        return state(request, "");
    }

    private Response keyedState(ClientRequest request) {
        return state(request, request.path("stateKey"));
    }

    private Response state(ClientRequest request, String stateKey) {
        var tuple = new StateTuple(request.path("eventType"), stateKey);
        boolean whole =
                switch (request.query("format").orElse("content")) {
                    case "content" -> false;
                    case "event" -> true;
                    default -> throw invalidParam("format: expected content or event");
                };
        return rooms.database()
                .read(reading -> {
                    var view = RoomView.of(rooms, reading, request);
                    var event =
                            rooms.stateAt(reading, view.room(), tuple, view.upTo())
                                    .orElseThrow(() -> notFound("The room has no such state"));
                    var client = rooms.clientEvents().full(reading, event, request.requester());
                    return Response.json(whole ? client : client.object("content"));
                });
    }
}
