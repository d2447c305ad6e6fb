package dev.hearth.accountdata;

import static dev.hearth.error.MatrixException.forbidden;
import static dev.hearth.error.MatrixException.notFound;

import dev.hearth.http.ClientRequest;
import dev.hearth.http.Response;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.storage.Database;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import java.util.Optional;

/// The stored filters of users. Storing an equal filter again gives the same ID, for clients store
/// theirs at every start.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#filtering Filtering
final class Filters {

    private static final int MAX_FILTERS = 200;

    private final Database database;
    private final AccountDataStore store;

    Filters(Database database, AccountDataStore store) {
        this.database = database;
        this.store = store;
    }

    Response post(ClientRequest request) {
        var user = request.ownUserId();
        var content = request.body();
        FilterCheck.check(content);
        long number = database.transact(tx -> numberOf(tx, user, content));
        return Response.json(JsonObject.of("filter_id", Long.toString(number)));
    }

    private long numberOf(Transaction tx, UserId user, JsonObject content) {
        var known = store.filters(tx, user);
        for (var filter : known) {
            if (filter.content().equals(content)) {
                return filter.number();
            }
        }
        if (known.size() >= MAX_FILTERS) {
            throw forbidden("This account has stored too many filters");
        }
        long number = known.isEmpty() ? 0 : known.getLast().number() + 1;
        store.insertFilter(tx, user, new AccountDataStore.StoredFilter(number, content));
        return number;
    }

    Response get(ClientRequest request) {
        var user = request.ownUserId();
        var filterId = request.path("filterId");
        return database.read(reading -> find(reading, user, filterId))
                .map(Response::json)
                .orElseThrow(() -> notFound("There is no filter " + filterId));
    }

    Optional<JsonObject> find(Reading reading, UserId user, String filterId) {
        if (!filterId.matches("[0-9]{1,9}")) {
            return Optional.empty();
        }
        return store.findFilter(reading, user, Long.parseLong(filterId));
    }
}
