package dev.hearth.notification;

import static dev.hearth.error.MatrixException.invalidParam;
import static dev.hearth.error.MatrixException.missingParam;
import static dev.hearth.error.MatrixException.tooLarge;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonString;
import dev.hearth.json.JsonValue;
import dev.hearth.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/// Whether a push rule that a user sends makes sense (PUSH-10).
final class PushRuleCheck {

    private static final int MAX_RULES = 1_000;
    private static final int MAX_RULE_BYTES = 4_096;
    private static final int MAX_ALL_BYTES = 256 * 1_024;
    private static final int MAX_ID_BYTES = 512;

    /// Every message of a room is held against them.
    private static final int MAX_WILDCARD_PATTERNS = 4_096;

    private static final Set<String> ACTIONS = Set.of("notify", "dont_notify", "coalesce");

    private PushRuleCheck() {}

    static void id(String id) {
        if (id.startsWith(".")) {
            throw invalidParam("ruleId: those that begin with a dot are the server's own");
        }
        if (id.isEmpty() || id.contains("/") || id.contains("\\")) {
            throw invalidParam("ruleId: expected a text without / and \\");
        }
        if (bytes(id) > MAX_ID_BYTES) {
            throw invalidParam("ruleId: it has at most " + MAX_ID_BYTES + " bytes");
        }
    }

    /// A new rule, as clients are told it.
    static JsonObject rule(RuleKind kind, String id, JsonObject body) {
        var rule =
                JsonObject.builder().put("rule_id", id).put("default", false).put("enabled", true);
        if (kind.hasConditions()) {
            rule.put("conditions", conditions(body));
        } else if (kind == RuleKind.CONTENT) {
            rule.put(
                    "pattern",
                    body.findString("pattern")
                            .orElseThrow(() -> missingParam("pattern: what to look for")));
        }
        var made = rule.put("actions", actions(body)).build();
        if (bytes(JsonWriter.write(made)) > MAX_RULE_BYTES) {
            throw tooLarge("A push rule has at most " + MAX_RULE_BYTES + " bytes");
        }
        return made;
    }

    private static JsonArray conditions(JsonObject body) {
        var conditions = body.findArray("conditions").orElse(JsonArray.EMPTY);
        for (var condition : conditions.objects()) {
            if (condition.findString("kind").isEmpty()) {
                throw missingParam("conditions: each has a kind");
            }
        }
        return conditions;
    }

    /// PUSH-4: old actions are kept as they are.
    static JsonArray actions(JsonObject body) {
        var actions =
                body.findArray("actions")
                        .orElseThrow(() -> missingParam("actions: a list, perhaps empty"));
        if (!actions.stream().allMatch(PushRuleCheck::isAction)) {
            throw invalidParam("actions: expected notify, and objects with a set_tweak");
        }
        if (bytes(JsonWriter.write(actions)) > MAX_RULE_BYTES) {
            throw tooLarge("Actions have at most " + MAX_RULE_BYTES + " bytes");
        }
        return actions;
    }

    /// What the specification doesn't know is a slip, of which the user would learn by what they
    /// aren't told, or a proposal, whose clients try whether it is known here.
    private static boolean isAction(JsonValue action) {
        return action instanceof JsonString(var name) && ACTIONS.contains(name)
                || action instanceof JsonObject tweak && tweak.peekString("set_tweak").isPresent();
    }

    static void size(OwnRules own) {
        excess(own)
                .ifPresent(excess -> {
                    throw tooLarge(excess + ": remove some first");
                });
    }

    /// What is too much, if anything is: one user can't fill memory and disk.
    static Optional<String> excess(OwnRules own) {
        if (own.count() > MAX_RULES || bytes(JsonWriter.write(own.json())) > MAX_ALL_BYTES) {
            return Optional.of("You have too many push rules");
        }
        return wildcardPatterns(own) > MAX_WILDCARD_PATTERNS
                ? Optional.of(
                        "Your patterns with * and ? have more than "
                                + MAX_WILDCARD_PATTERNS
                                + " characters in all")
                : Optional.empty();
    }

    private static int wildcardPatterns(OwnRules own) {
        int length = 0;
        for (var kind : RuleKind.values()) {
            for (var rule : own.of(kind)) {
                length += wildcardPattern(rule);
                for (var condition :
                        rule.peekArray("conditions").orElse(JsonArray.EMPTY).objects()) {
                    length += wildcardPattern(condition);
                }
            }
        }
        return length;
    }

    private static int wildcardPattern(JsonObject holder) {
        return holder.peekString("pattern").filter(Wildcards::areIn).map(String::length).orElse(0);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
