package dev.hearth.notification;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A set of push rules in the order in which they are tried; the first that matches decides
/// (PUSH-1).
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#push-rules Push rules
record PushRules(List<PushRule> rules) {

    private static final List<String> KINDS =
            List.of("override", "content", "room", "sender", "underride");

    PushRules {
        rules = List.copyOf(rules);
    }

    /// Reads a set as clients know it; rules that are off never match, so they are left out.
    static PushRules parse(JsonObject ruleset) {
        var rules = new ArrayList<PushRule>();
        for (var kind : KINDS) {
            ruleset.peekArray(kind).orElse(JsonArray.EMPTY).objects().stream()
                    .filter(rule -> rule.isTrue("enabled"))
                    .forEach(rule -> rules.add(PushRule.parse(kind, rule)));
        }
        return new PushRules(rules);
    }

    PushRules without(Set<String> ids) {
        return new PushRules(rules.stream().filter(rule -> !ids.contains(rule.id())).toList());
    }

    /// What an event is to the owner of these rules, who isn't its sender.
    Outcome judge(Occasion occasion) {
        return rules.stream()
                .filter(rule -> rule.matches(occasion))
                .findFirst()
                .map(PushRule::outcome)
                .orElse(Outcome.NOTHING);
    }
}
