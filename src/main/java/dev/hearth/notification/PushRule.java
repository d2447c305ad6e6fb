package dev.hearth.notification;

import dev.hearth.identifier.RoomId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A push rule, ready to be tried.
///
/// @param actions as its user set them
record PushRule(String id, List<Condition> conditions, JsonArray actions, Outcome outcome) {

    /// What no rule matches.
    static final PushRule NONE = new PushRule("", List.of(), JsonArray.EMPTY, Outcome.NOTHING);

    PushRule {
        conditions = List.copyOf(conditions);
    }

    static PushRule parse(RuleKind kind, JsonObject json) {
        var id = json.string("rule_id");
        var conditions = new ArrayList<Condition>();
        if (DefaultPushRules.LEGACY_MENTIONS.contains(id)) {
            conditions.add(new Condition.WithoutMentions());
        }
        conditions.addAll(conditions(kind, id, json));
        var actions = json.array("actions");
        return new PushRule(id, conditions, actions, Outcome.of(actions));
    }

    /// PUSH-5: rules for a content, a room and a sender say it by their pattern and ID.
    private static List<Condition> conditions(RuleKind kind, String id, JsonObject json) {
        return switch (kind) {
            case CONTENT ->
                    List.of(Condition.EventMatch.of("content.body", json.string("pattern")));
            case ROOM -> List.of(is("room_id", id));
            case SENDER -> List.of(is("sender", id));
            case OVERRIDE, POSTCONTENT, UNDERRIDE ->
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

    /// What is left of the rule for events of one room; nothing if it can't match there.
    Optional<PushRule> in(RoomId room) {
        var left = new ArrayList<Condition>();
        for (var condition : conditions) {
            var always = condition.alwaysIn(room);
            if (always.isEmpty()) {
                left.add(condition);
            } else if (!always.get()) {
                return Optional.empty();
            }
        }
        return Optional.of(new PushRule(id, left, actions, outcome));
    }

    /// The same rule without what makes no difference to a count.
    PushRule nameless() {
        return new PushRule("", conditions, JsonArray.EMPTY, outcome);
    }

    boolean isOneOf(Set<String> ids) {
        return ids.contains(id);
    }

    /// Whether it matters whose rule it is.
    boolean asksForItsOwner() {
        return conditions.stream().anyMatch(Condition.ContainsDisplayName.class::isInstance);
    }
}
