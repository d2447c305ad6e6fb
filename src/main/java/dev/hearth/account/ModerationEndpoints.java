package dev.hearth.account;

import static dev.hearth.error.MatrixException.forbidden;
import static dev.hearth.error.MatrixException.notFound;

import dev.hearth.http.ClientRequest;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.storage.Reading;
import java.util.List;

/// What administrators do about an account: look where it is used, suspend it, lock it.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#server-administration Server
///   administration
final class ModerationEndpoints {

    /// Both can be set at once; what is taken back leaves the other as it is.
    private enum Measure {
        LOCKED,
        SUSPENDED;

        String key() {
            return switch (this) {
                case LOCKED -> "locked";
                case SUSPENDED -> "suspended";
            };
        }

        boolean of(Account account) {
            return switch (this) {
                case LOCKED -> account.locked();
                case SUSPENDED -> account.suspended();
            };
        }
    }

    private final Accounts accounts;
    private final AccountStore store;

    ModerationEndpoints(Accounts accounts, AccountStore store) {
        this.accounts = accounts;
        this.store = store;
    }

    void declare(Routes routes) {
        // Clients that don't find v1.18 among the versions ask by the name before it.
        for (var base :
                List.of(
                        "/_matrix/client/v1/admin",
                        "/_matrix/client/unstable/uk.timedout.msc4323/admin")) {
            routes.client()
                    .get(base + "/lock/{userId}", request -> tell(request, Measure.LOCKED))
                    .put(base + "/lock/{userId}", request -> take(request, Measure.LOCKED))
                    .get(base + "/suspend/{userId}", request -> tell(request, Measure.SUSPENDED))
                    .put(base + "/suspend/{userId}", request -> take(request, Measure.SUSPENDED));
        }
        routes.client().get("/_matrix/client/v3/admin/whois/{userId}", this::whois);
    }

    private Response tell(ClientRequest request, Measure measure) {
        var user = moderated(request);
        var account = accounts.database().read(reading -> account(reading, request, user));
        return Response.json(JsonObject.of(measure.key(), measure.of(account)));
    }

    private Response take(ClientRequest request, Measure measure) {
        var user = moderated(request);
        boolean taken = request.body().bool(measure.key());
        if (user.equals(request.user())) {
            throw forbidden("You can't do this to yourself");
        }
        accounts.database()
                .change(tx -> {
                    account(tx, request, user);
                    switch (measure) {
                        case LOCKED -> store.lock(tx, user, taken);
                        case SUSPENDED -> store.suspend(tx, user, taken);
                    }
                    accounts.tokens().changed(tx, user);
                });
        return Response.json(JsonObject.of(measure.key(), taken));
    }

    /// MOD-3: who asks is looked at first, so that nobody else learns who is here.
    private UserId moderated(ClientRequest request) {
        request.requester().requireAdministrator();
        var user = request.userId();
        accounts.requireLocal(user);
        return user;
    }

    private Account account(Reading reading, ClientRequest request, UserId user) {
        var account =
                store.find(reading, user)
                        .filter(found -> !found.deactivated())
                        .orElseThrow(() -> notFound("There is no user " + user));
        if (account.isAdministrator() && !user.equals(request.user())) {
            throw forbidden(user + " is an administrator as you are");
        }
        return account;
    }

    /// MOD-4: of each device, where it was last seen.
    private Response whois(ClientRequest request) {
        var user = request.userId().equals(request.user()) ? request.user() : moderated(request);
        var devices =
                accounts.database()
                        .read(reading -> {
                            if (!accounts.exists(reading, user)) {
                                throw notFound("There is no user " + user);
                            }
                            return accounts.devices(reading, user);
                        });
        var told = JsonObject.builder();
        for (var device : devices) {
            var sessions = JsonArray.of(JsonObject.of("connections", connections(device)));
            told.put(device.id().value(), JsonObject.of("sessions", sessions));
        }
        return Response.json(JsonObject.of("user_id", user, "devices", told.build()));
    }

    private static JsonArray connections(Device device) {
        var connection =
                JsonObject.builder()
                        .putIfPresent("ip", device.lastSeenIp())
                        .putIfPresent("last_seen", device.lastSeenTs())
                        .putIfPresent("user_agent", device.lastSeenUserAgent());
        return connection.isEmpty() ? JsonArray.EMPTY : JsonArray.of(connection.build());
    }
}
