package dev.hearth.notification;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonString;
import java.util.List;

/// A push rule, ready to be tried.
record PushRule(String id, List<Condition> conditions, Outcome outcome) {

    PushRule {
        conditions = List.copyOf(conditions);
    }

    static PushRule parse(String kind, JsonObject json) {
        var id = json.string("rule_id");
        return new PushRule(id, conditions(kind, id, json), Outcome.of(json.array("actions")));
    }

    /// PUSH-5: rules for a content, a room and a sender say it by their pattern and ID.
    private static List<Condition> conditions(String kind, String id, JsonObject json) {
        return switch (kind) {
            case "content" ->
                    List.of(Condition.EventMatch.of("content.body", json.string("pattern")));
            case "room" -> List.of(is("room_id", id));
            case "sender" -> List.of(is("sender", id));
            default ->
                    json.peekArray("conditions").orElse(JsonArray.EMPTY).objects().stream()
                            .map(Condition::parse)
                            .toList();
        };
    }

    private static Condition is(String key, String id) {
        return Condition.PropertyIs.of(key, new JsonString(id));
    }

    boolean matches(Occasion occasion) {
        return conditions.stream().allMatch(condition -> condition.holds(occasion));
    }
}
