package dev.hearth.room;

import static dev.hearth.error.MatrixException.invalidParam;
import static dev.hearth.error.MatrixException.notFound;

import dev.hearth.event.StateTuple;
import dev.hearth.http.ClientRequest;
import dev.hearth.http.Limit;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.identifier.EventId;
import dev.hearth.identifier.TransactionId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// Making rooms, sending into them, and their state.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#rooms-1 Rooms
final class RoomEndpoints {

    private static final String ROOM = "/_matrix/client/v3/rooms/{roomId}";

    private final Rooms rooms;
    private final Drafting drafting;

    RoomEndpoints(Rooms rooms) {
        this.rooms = rooms;
        this.drafting = new Drafting(rooms);
    }

    void declare(Routes routes) {
        routes.client()
                .unlessSuspended()
                .limited(Limit.ROOMS)
                .post("/_matrix/client/v3/createRoom", this::create)
                .post(ROOM + "/upgrade", this::upgrade);
        routes.client()
                .limited(Limit.MESSAGES)
                .put(ROOM + "/redact/{eventId}/{txnId}", this::redact);
        routes.guest()
                .limited(Limit.MESSAGES)
                .put(ROOM + "/send/{eventType}/{txnId}", this::send)
                .post(ROOM + "/send/{eventType}", this::sendAnew);
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

    private Response upgrade(ClientRequest request) {
        return Response.json(
                JsonObject.of("replacement_room", RoomUpgrade.upgrade(rooms, request)));
    }

    private Response send(ClientRequest request) {
        TransactionId.parse(request.path("txnId"));
        Supplier<PlannedEvent> event = () -> message(request);
        return planned(request, event)
                .orElseGet(() -> once(request, drafting.message(event.get(), request.requester())));
    }

    /// Clients of before transaction IDs send each request as another one.
    private Response sendAnew(ClientRequest request) {
        if (PlannedEvent.delay(request).isPresent()) {
            throw invalidParam("What is to be sent later needs a transaction ID");
        }
        var draft = drafting.message(message(request), request.requester());
        return sent(rooms.send(request.roomId(), draft).pdu().eventId().value());
    }

    private PlannedEvent message(ClientRequest request) {
        var event = PlannedEvent.of(request, Optional.empty(), request.body());
        new WhileSuspended(rooms).check(request, event);
        return event;
    }

    /// The answer to who wants to have something sent later.
    private Optional<Response> planned(ClientRequest request, Supplier<PlannedEvent> event) {
        return PlannedEvent.delay(request)
                .map(delay -> rooms.neighbors().planner().plan(request, event, delay))
                .map(id -> Response.json(JsonObject.of("delay_id", id)));
    }

    private Response redact(ClientRequest request) {
        var content = WrittenMember.withoutEmptyReason(request.bodyOrEmpty());
        content.presentString("reason");
        return redact(request, request.eventId(), content);
    }

    private Response redact(ClientRequest request, EventId target, JsonObject content) {
        new WhileSuspended(rooms).checkRedaction(request, target);
        return once(request, Draft.redaction(request.requester(), target, content));
    }

    private Response once(ClientRequest request, Draft draft) {
        return sent(rooms.sendOnce(request, draft));
    }

    private static Response sent(String eventId) {
        return Response.json(JsonObject.of("event_id", eventId));
    }

    private Response putState(ClientRequest request) {
        return putState(request, "");
    }

    private Response putKeyedState(ClientRequest request) {
        return putState(request, request.path("stateKey"));
    }

    private Response putState(ClientRequest request, String stateKey) {
        Supplier<PlannedEvent> event =
                () -> PlannedEvent.of(request, Optional.of(stateKey), request.body());
        return planned(request, event).orElseGet(() -> putState(event.get()));
    }

    private Response putState(PlannedEvent event) {
        var same = new AtomicReference<String>();
        var sent =
                rooms.decide(
                        event.room(),
                        (reading, room) -> {
                            var state = drafting.state(event, reading, room);
                            state.same().ifPresent(before -> same.set(before.eventId().value()));
                            return state.draft();
                        });
        var eventId = sent.map(stored -> stored.pdu().eventId().value()).orElseGet(same::get);
        return sent(eventId);
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
                    return Response.list(JsonArray.from(events));
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
