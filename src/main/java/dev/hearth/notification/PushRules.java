package dev.hearth.notification;

import dev.hearth.identifier.RoomId;
import dev.hearth.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A set of push rules in the order in which they are tried; the first that matches decides
/// (PUSH-1).
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#push-rules Push rules
record PushRules(List<PushRule> rules) {

    PushRules {
        rules = List.copyOf(rules);
    }

    /// Reads a set as clients know it; rules that are off never match, so they are left out.
    static PushRules parse(JsonObject ruleset) {
        var rules = new ArrayList<PushRule>();
        for (var kind : RuleKind.values()) {
            kind.rulesIn(ruleset).stream()
                    .filter(rule -> rule.isTrue("enabled"))
                    .forEach(rule -> rules.add(PushRule.parse(kind, rule)));
        }
        return new PushRules(rules);
    }

    PushRules without(Set<String> ids) {
        return new PushRules(rules.stream().filter(rule -> !rule.isOneOf(ids)).toList());
    }

    Optional<PushRule> find(String id) {
        return rules.stream().filter(rule -> rule.id().equals(id)).findFirst();
    }

    /// What an event is to the owner of these rules, who isn't its sender.
    Outcome judge(Occasion occasion) {
        return match(occasion).outcome();
    }

    /// The rule that matches, [PushRule#NONE] if none does.
    PushRule match(Occasion occasion) {
        for (var rule : rules) {
            if (rule.matches(occasion)) {
                return rule;
            }
        }
        return PushRule.NONE;
    }

    /// These rules as they are for the events of one room, so that two users' can be compared:
    /// without what can't match there, and without names.
    PushRules in(RoomId room) {
        var left = new ArrayList<PushRule>();
        for (var rule : rules) {
            var there = rule.in(room);
            there.ifPresent(found -> left.add(found.nameless()));
            if (there.filter(found -> found.conditions().isEmpty()).isPresent()) {
                break;
            }
        }
        return new PushRules(left);
    }

    /// Whether every event comes to nothing.
    boolean areSilent() {
        return rules.stream().noneMatch(rule -> rule.outcome().notifies());
    }

    boolean askForTheirOwner() {
        return rules.stream().anyMatch(PushRule::asksForItsOwner);
    }
}
