package dev.hearth.subscription;

import static dev.hearth.error.MatrixException.invalidParam;

import dev.hearth.http.ClientRequest;
import dev.hearth.http.Limit;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.identifier.EventId;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonObjectBuilder;
import dev.hearth.room.RoomToken;
import dev.hearth.storage.Database;
import dev.hearth.subscription.Subscriptions.Followed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Subscribing to threads, and catching up with the subscriptions that other clients changed.
///
/// @spec https://github.com/matrix-org/matrix-spec-proposals/pull/4306 MSC4306:
///   `io.element.msc4306`
/// @spec https://github.com/matrix-org/matrix-spec-proposals/pull/4308 MSC4308:
///   `io.element.msc4308`
final class SubscriptionEndpoints {

    private static final String SUBSCRIPTION =
            "/_matrix/client/unstable/io.element.msc4306/rooms/{roomId}/thread/{threadRoot}"
                    + "/subscription";
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;

    private final Database database;
    private final Subscriptions subscriptions;

    SubscriptionEndpoints(Database database, Subscriptions subscriptions) {
        this.database = database;
        this.subscriptions = subscriptions;
    }

    void declare(Routes routes) {
        routes.client()
                .limited(Limit.GENERAL)
                .get(SUBSCRIPTION, this::get)
                .put(SUBSCRIPTION, this::put)
                .delete(SUBSCRIPTION, this::delete)
                .get(
                        "/_matrix/client/unstable/io.element.msc4308/thread_subscriptions",
                        this::changes);
    }

    private static Followed thread(ClientRequest request) {
        return new Followed(
                request.user(), request.roomId(), EventId.parse(request.path("threadRoot")));
    }

    private Response get(ClientRequest request) {
        var found = database.read(reading -> subscriptions.get(reading, thread(request)));
        return Response.json(JsonObject.of("automatic", found.automatic()));
    }

    private Response put(ClientRequest request) {
        var cause = request.bodyOrEmpty().findString("automatic").map(EventId::parse);
        var thread = thread(request);
        database.change(tx ->
                cause.ifPresentOrElse(
                        event -> subscriptions.subscribeAutomatically(tx, thread, event),
                        () -> subscriptions.subscribe(tx, thread)));
        return Response.empty();
    }

    private Response delete(ClientRequest request) {
        var thread = thread(request);
        database.change(tx -> subscriptions.unsubscribe(tx, thread));
        return Response.empty();
    }

    /// Only backwards: what is new is told by sliding sync.
    private Response changes(ClientRequest request) {
        if (!request.query("dir").orElse("b").equals("b")) {
            throw invalidParam("dir: expected b");
        }
        int limit = Math.clamp(request.queryNumber("limit").orElse(DEFAULT_LIMIT), 1, MAX_LIMIT);
        long from = request.query("from").map(RoomToken::position).orElse(Long.MAX_VALUE);
        long to = request.query("to").map(RoomToken::position).orElse(0L);
        var found =
                database.read(reading ->
                        subscriptions.changes(reading, request.user(), to, from, limit + 1));
        var page = found.subList(0, Math.min(limit, found.size()));
        var answer = JsonObject.builder().putAll(json(page));
        if (found.size() > limit) {
            answer.put("end", RoomToken.of(page.getLast().position() - 1));
        }
        return Response.json(answer.build());
    }

    private static JsonObject json(List<Subscription> page) {
        return JsonObject.builder()
                .putUnlessEmpty("subscribed", byRoom(page, true))
                .putUnlessEmpty("unsubscribed", byRoom(page, false))
                .build();
    }

    private static JsonObject byRoom(List<Subscription> page, boolean subscribed) {
        var rooms = new LinkedHashMap<String, JsonObjectBuilder>();
        page.stream()
                .filter(subscription -> subscription.subscribed() == subscribed)
                .forEach(subscription ->
                        rooms.computeIfAbsent(
                                        subscription.room().value(), _ -> JsonObject.builder())
                                .put(subscription.root().value(), json(subscription)));
        var json = JsonObject.builder();
        for (Map.Entry<String, JsonObjectBuilder> room : rooms.entrySet()) {
            json.put(room.getKey(), room.getValue().build());
        }
        return json.build();
    }

    /// What one thread is in the list, and in sliding sync.
    private static JsonObject json(Subscription subscription) {
        var json = JsonObject.of("bump_stamp", subscription.position());
        return subscription.subscribed() ? json.with("automatic", subscription.automatic()) : json;
    }
}
