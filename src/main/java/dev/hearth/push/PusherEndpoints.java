package dev.hearth.push;

import static dev.hearth.error.MatrixException.forbidden;

import dev.hearth.http.ClientRequest;
import dev.hearth.http.Limit;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.storage.Database;
import dev.hearth.storage.Transaction;
import java.time.Clock;
import java.util.Optional;

/// Setting pushers, and reading them.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3pushers GET /pushers
final class PusherEndpoints {

    private static final int MAX_PUSHERS = 100;

    private final Database database;
    private final PusherStore store;
    private final Lanes lanes;
    private final Clock clock;

    PusherEndpoints(Database database, PusherStore store, Lanes lanes, Clock clock) {
        this.database = database;
        this.store = store;
        this.lanes = lanes;
        this.clock = clock;
    }

    void declare(Routes routes) {
        routes.client().get("/_matrix/client/v3/pushers", this::all);
        routes.client().limited(Limit.GENERAL).post("/_matrix/client/v3/pushers/set", this::set);
    }

    private Response all(ClientRequest request) {
        var pushers = database.read(reading -> store.ofUser(reading, request.user()));
        return Response.json(
                JsonObject.of(
                        "pushers", JsonArray.from(pushers.stream().map(Pusher::json).toList())));
    }

    private Response set(ClientRequest request) {
        var wish = PusherWish.parse(request.body());
        database.change(tx -> set(tx, request, wish));
        return Response.empty();
    }

    private void set(Transaction tx, ClientRequest request, PusherWish wish) {
        var user = request.user();
        Optional<Pusher> known = Optional.empty();
        for (var same : store.withKey(tx, wish.key())) {
            if (same.user().equals(user)) {
                known = Optional.of(same);
            } else if (wish.content().isPresent() && !wish.append()) {
                remove(tx, same);
            }
        }
        if (wish.content().isPresent()) {
            put(tx, request, wish, known);
        } else {
            known.ifPresent(pusher -> remove(tx, pusher));
        }
    }

    private void put(
            Transaction tx, ClientRequest request, PusherWish wish, Optional<Pusher> known) {
        var user = request.user();
        if (known.isEmpty() && store.ofUser(tx, user).size() >= MAX_PUSHERS) {
            throw forbidden("You have too many pushers: remove some first");
        }
        var content = wish.content().orElseThrow();
        // What was before a pusher is no news to it.
        long position = tx.nextPosition();
        long number = known.map(Pusher::number).orElse(position);
        var pusher =
                new Pusher(
                        number,
                        user,
                        request.device(),
                        wish.key(),
                        content.shown(),
                        content.data(),
                        content.enabled(),
                        clock.millis());
        if (known.isEmpty()) {
            store.insert(tx, pusher, Pusher.Progress.from(position));
        } else {
            store.update(tx, pusher);
            if (!known.get().enabled() || !known.get().data().equals(pusher.data())) {
                store.move(tx, number, Pusher.Progress.from(position));
            }
        }
        tx.afterCommit(() -> lanes.add(user, number));
    }

    void remove(Transaction tx, Pusher pusher) {
        store.delete(tx, pusher.number());
        tx.afterCommit(() -> lanes.remove(pusher.user(), pusher.number()));
    }
}
