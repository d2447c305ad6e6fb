package dev.hearth.notification;

import dev.hearth.identifier.RoomId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonString;
import java.util.ArrayList;
import java.util.List;

/// The push rules for a room, taken along into the one that took its place: whoever made the one
/// silent wants the other silent too. Where that would be more rules than one may have, none are
/// taken along: nobody is kept out of a room by them.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#room-upgrades Room upgrades
final class FollowingRules {

    private FollowingRules() {}

    static OwnRules follow(OwnRules own, RoomId old, RoomId room) {
        var followed = own;
        for (var kind : RuleKind.values()) {
            followed = followed.with(kind, follow(kind, followed.of(kind), old, room));
        }
        return PushRuleCheck.excess(followed).isEmpty() ? followed : own;
    }

    private static List<JsonObject> follow(
            RuleKind kind, List<JsonObject> rules, RoomId old, RoomId room) {
        var all = new ArrayList<>(rules);
        for (var rule : rules) {
            var moved = kind.hasConditions() ? conditions(rule, old, room) : rule;
            var id = rule.string("rule_id");
            var newId = id.replace(old.value(), room.value());
            boolean concerns = kind.hasConditions() ? !moved.equals(rule) : isOfRoom(kind, id, old);
            if (concerns && all.stream().noneMatch(other -> OwnRules.isOf(other, newId))) {
                all.add(all.indexOf(rule), moved.with("rule_id", newId));
            }
        }
        return all;
    }

    private static boolean isOfRoom(RuleKind kind, String id, RoomId room) {
        return kind == RuleKind.ROOM && id.equals(room.value());
    }

    private static JsonObject conditions(JsonObject rule, RoomId old, RoomId room) {
        var oldId = new JsonString(old.value());
        var conditions =
                rule.peekArray("conditions").orElse(JsonArray.EMPTY).objects().stream()
                        .map(condition ->
                                isAboutRoom(condition, oldId)
                                        ? condition.with("pattern", room)
                                        : condition)
                        .toList();
        return rule.with("conditions", JsonArray.from(conditions));
    }

    private static boolean isAboutRoom(JsonObject condition, JsonString room) {
        return condition.peekString("kind").filter("event_match"::equals).isPresent()
                && condition.peekString("key").filter("room_id"::equals).isPresent()
                && condition.find("pattern").filter(room::equals).isPresent();
    }
}
