package dev.hearth.delayed;

import static dev.hearth.error.MatrixException.invalidParam;
import static dev.hearth.error.MatrixException.notFound;

import dev.hearth.error.ErrorCode;
import dev.hearth.error.MatrixException;
import dev.hearth.http.ClientRequest;
import dev.hearth.http.Limit;
import dev.hearth.http.OpenRequest;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.identifier.TransactionId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.room.PlannedEvent;
import dev.hearth.storage.Reading;
import java.util.List;

/// Planning events, looking at what is planned, and changing one's mind. To change it the delay ID
/// is enough: so a call's server can be told to say that a participant is gone.
///
/// @spec https://github.com/matrix-org/matrix-spec-proposals/pull/4140 MSC4140: Cancellable delayed
///   events
final class DelayedEventEndpoints {

    private static final String PREFIX = "/_matrix/client/unstable/org.matrix.msc4140";
    private static final String EVENTS = PREFIX + "/delayed_events";
    private static final String EVENT = EVENTS + "/{delayId}";

    private final DelayedEvents events;

    DelayedEventEndpoints(DelayedEvents events) {
        this.events = events;
    }

    void declare(Routes routes) {
        routes.guest()
                .unlessSuspended()
                .limited(Limit.MESSAGES)
                .put(PREFIX + "/rooms/{roomId}/delayed_event/{eventType}/{txnId}", this::plan);
        routes.guest().limited(Limit.GENERAL).get(EVENTS, this::list).get(EVENT, this::one);
        routes.open()
                .limited(Limit.GENERAL)
                .post(EVENT, this::changeByBody)
                .post(EVENT + "/{action}", this::change);
    }

    private Response plan(ClientRequest request) {
        TransactionId.parse(request.path("txnId"));
        var body = request.body();
        var id = events.plan(request, () -> event(request, body), body.integer("delay"));
        return Response.json(JsonObject.of("delay_id", id));
    }

    private static PlannedEvent event(ClientRequest request, JsonObject body) {
        return PlannedEvent.of(request, body.findString("state_key"), body.object("content"));
    }

    private Response one(ClientRequest request) {
        var delayId = request.path("delayId");
        return events.database()
                .read(reading -> events.find(reading, request.user(), delayId))
                .map(event -> Response.json(event.json()))
                .orElseThrow(() -> notFound("You have no delayed event with this ID"));
    }

    /// What is scheduled, unless something else is asked for: so shipped servers answer, and then
    /// under the names that shipped clients look for.
    private Response list(ClientRequest request) {
        return Response.json(events.database().read(reading -> list(reading, request)));
    }

    private JsonObject list(Reading reading, ClientRequest request) {
        return switch (request.query("status").orElse("")) {
            case "" -> JsonObject.of("delayed_events", scheduled(reading, request));
            case "scheduled" -> {
                var scheduled = scheduled(reading, request);
                yield JsonObject.of("delayed_events", scheduled, "scheduled", scheduled);
            }
            case "finalised" ->
                    JsonObject.of(
                            "delayed_events",
                            chosen(events.finalized(reading, request.user()), request));
            default -> throw invalidParam("status: expected scheduled or finalised");
        };
    }

    private JsonArray scheduled(Reading reading, ClientRequest request) {
        return chosen(events.scheduled(reading, request.user()), request);
    }

    private static JsonArray chosen(List<DelayedEvent> events, ClientRequest request) {
        var ids = request.queryAll("delay_id");
        var room = request.query("room_id");
        var type = request.query("type");
        return JsonArray.from(
                events.stream()
                        .filter(event -> ids.isEmpty() || ids.contains(event.id()))
                        .filter(event ->
                                room.filter(id -> !id.equals(event.event().room().value()))
                                        .isEmpty())
                        .filter(event ->
                                type.filter(name -> !name.equals(event.event().type())).isEmpty())
                        .map(DelayedEvent::json)
                        .toList());
    }

    /// The older form, with the action in the body.
    private Response changeByBody(OpenRequest request) {
        var action = request.body().string("action");
        if (!change(request.path("delayId"), action)) {
            throw invalidParam("action: expected restart, cancel or send");
        }
        return Response.empty();
    }

    private Response change(OpenRequest request) {
        if (!change(request.path("delayId"), request.path("action"))) {
            throw MatrixException.error(
                    ErrorCode.M_UNRECOGNIZED, "A delayed event is restarted, cancelled or sent");
        }
        return Response.empty();
    }

    private boolean change(String delayId, String action) {
        switch (action) {
            case "restart" -> events.restart(delayId);
            case "cancel" -> events.cancel(delayId);
            case "send" -> events.send(delayId);
            default -> {
                return false;
            }
        }
        return true;
    }
}
