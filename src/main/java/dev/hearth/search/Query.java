package dev.hearth.search;

import static dev.hearth.error.MatrixException.badJson;
import static dev.hearth.error.MatrixException.invalidParam;

import dev.hearth.accountdata.FilterCheck;
import dev.hearth.json.JsonObject;
import dev.hearth.room.EventFilter;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What is looked for, and what is to be told of what is found.
///
/// @param wanted the stretches of the term, all of which must be there
/// @spec https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3search Search
record Query(
        Wanted wanted,
        Set<SearchableText.Key> keys,
        EventFilter filter,
        Order order,
        Optional<Context> context,
        boolean includeState,
        Set<Group> groups) {

    private static final int LONGEST_TERM = 1_000;
    private static final int DEFAULT_CONTEXT = 5;
    private static final int MAX_CONTEXT = 50;

    /// Which results come first.
    enum Order {
        RANK,
        RECENT
    }

    /// By what results are put together.
    enum Group {
        ROOM_ID("room_id"),
        SENDER("sender");

        private final String wireName;

        Group(String wireName) {
            this.wireName = wireName;
        }

        String wireName() {
            return wireName;
        }

        static Optional<Group> find(String name) {
            return Arrays.stream(values()).filter(group -> group.wireName.equals(name)).findFirst();
        }
    }

    /// How much of what is around a result is told.
    record Context(int before, int after, boolean profiles) {}

    static Query parse(JsonObject json) {
        var term = json.string("search_term");
        if (term.length() > LONGEST_TERM) {
            throw invalidParam("search_term: longer than " + LONGEST_TERM + " characters");
        }
        var filter = json.findObject("filter").orElse(JsonObject.EMPTY);
        FilterCheck.checkEvents(filter);
        return new Query(
                Wanted.of(term),
                keys(json),
                EventFilter.parse(filter),
                order(json.findString("order_by").orElse("rank")),
                json.findObject("event_context").map(Query::context),
                json.findBoolean("include_state").orElse(false),
                groups(json));
    }

    private static Set<SearchableText.Key> keys(JsonObject json) {
        var keys = EnumSet.noneOf(SearchableText.Key.class);
        var names = json.findArray("keys");
        if (names.isEmpty()) {
            return EnumSet.allOf(SearchableText.Key.class);
        }
        for (var name : names.get().strings()) {
            keys.add(
                    SearchableText.Key.find(name)
                            .orElseThrow(() ->
                                    invalidParam(
                                            "keys: expected content.body, content.name or"
                                                    + " content.topic")));
        }
        return keys;
    }

    private static Order order(String name) {
        return switch (name) {
            case "rank" -> Order.RANK;
            case "recent" -> Order.RECENT;
            case String _ -> throw invalidParam("order_by: expected rank or recent");
        };
    }

    private static Context context(JsonObject json) {
        return new Context(
                count(json, "before_limit"),
                count(json, "after_limit"),
                json.findBoolean("include_profile").orElse(false));
    }

    private static int count(JsonObject json, String key) {
        long count = json.findInteger(key).orElse((long) DEFAULT_CONTEXT);
        if (count < 0) {
            throw badJson(key + ": " + count + " is less than nothing");
        }
        return (int) Math.min(count, MAX_CONTEXT);
    }

    private static Set<Group> groups(JsonObject json) {
        var groups = new LinkedHashSet<Group>();
        var wanted =
                json.findObject("groupings")
                        .flatMap(groupings -> groupings.findArray("group_by"))
                        .map(array -> array.objects())
                        .orElse(List.of());
        for (var group : wanted) {
            groups.add(
                    Group.find(group.string("key"))
                            .orElseThrow(
                                    () -> invalidParam("group_by: expected room_id or sender")));
        }
        return groups;
    }
}
