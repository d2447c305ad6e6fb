package dev.hearth.notification;

import dev.hearth.http.ClientRequest;
import dev.hearth.http.PageToken;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.room.Rooms;
import dev.hearth.storage.Database;
import dev.hearth.storage.Reading;
import java.time.Clock;
import java.time.Duration;

/// What notified a user lately (PUSH-14).
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3notifications GET
///   /notifications
final class NotificationEndpoints {

    private static final PageToken TOKEN = new PageToken('n');
    private static final Duration LATELY = Duration.ofDays(30);
    private static final int USUAL = 20;
    private static final int MOST = 100;

    private final Database database;
    private final Rooms rooms;
    private final NotifiedEvents events;
    private final Clock clock;

    NotificationEndpoints(Database database, Rooms rooms, NotifiedEvents events, Clock clock) {
        this.database = database;
        this.rooms = rooms;
        this.events = events;
        this.clock = clock;
    }

    void declare(Routes routes) {
        routes.client().get("/_matrix/client/v3/notifications", this::list);
    }

    private Response list(ClientRequest request) {
        long before =
                request.query("from")
                        .map(token -> TOKEN.parse("from", token))
                        .orElse(Long.MAX_VALUE);
        int limit = Math.clamp(request.queryNumber("limit").orElse(USUAL), 1, MOST);
        boolean highlights = request.query("only").filter("highlight"::equals).isPresent();
        long since = clock.millis() - LATELY.toMillis();
        var query = new NotifiedEvents.Query(before, since, limit, highlights);
        return Response.json(
                database.read(reading ->
                        json(reading, request, events.list(reading, request.user(), query))));
    }

    private JsonObject json(Reading reading, ClientRequest request, NotifiedEvents.Page page) {
        var list =
                page.events().stream().map(notified -> json(reading, request, notified)).toList();
        return JsonObject.builder()
                .put("notifications", JsonArray.from(list))
                .putIfPresent("next_token", page.before().map(TOKEN::of))
                .build();
    }

    private JsonObject json(Reading reading, ClientRequest request, Notified notified) {
        var event = notified.event();
        return JsonObject.of(
                "room_id",
                event.pdu().roomId(),
                "event",
                rooms.clientEvents().inSync(reading, event, request.requester()),
                "actions",
                notified.actions(),
                "read",
                notified.isRead(),
                "ts",
                event.pdu().originServerTs());
    }
}
