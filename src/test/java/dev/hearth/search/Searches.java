package dev.hearth.search;

import static dev.hearth.testing.TestClient.escape;

import dev.hearth.json.JsonObject;
import dev.hearth.testing.TestUser;
import java.util.List;

/// What tests ask of the search, and what they read in its answers.
final class Searches {

    private Searches() {}

    static JsonObject term(String term) {
        return JsonObject.of("search_term", term);
    }

    static JsonObject recent(String term, JsonObject filter) {
        return term(term).with("order_by", "recent").with("filter", filter);
    }

    static JsonObject search(TestUser user, JsonObject wanted) {
        return search(user, wanted, "");
    }

    static JsonObject search(TestUser user, JsonObject wanted, String batch) {
        var query = batch.isEmpty() ? "" : "?next_batch=" + escape(batch);
        var body = JsonObject.of("search_categories", JsonObject.of("room_events", wanted));
        return user.client()
                .post("/_matrix/client/v3/search" + query, body)
                .ok()
                .object("search_categories")
                .object("room_events");
    }

    static List<JsonObject> results(JsonObject found) {
        return found.array("results").objects();
    }

    static List<String> ids(JsonObject found) {
        return results(found).stream()
                .map(result -> result.object("result").string("event_id"))
                .toList();
    }
}
