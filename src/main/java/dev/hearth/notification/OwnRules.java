package dev.hearth.notification;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a user has of their own beside the default push rules: rules, the most important first, and
/// changes of default ones. Only these are stored, so that default rules can come and go.
///
/// @param json by kind: the rules as clients know them, and the changed members of default ones
record OwnRules(JsonObject json) {

    static final OwnRules NONE = new OwnRules(JsonObject.EMPTY);

    private static final String OWN = "own";
    private static final String DEFAULT = "default";

    /// The one default rule that comes before what users make.
    private static final String MASTER = ".m.rule.master";

    private static final String RULE_ID = "rule_id";

    List<JsonObject> of(RuleKind kind) {
        return section(kind).peekArray(OWN).orElse(JsonArray.EMPTY).objects();
    }

    private JsonObject section(RuleKind kind) {
        return json.peekObject(kind.wireName()).orElse(JsonObject.EMPTY);
    }

    Optional<JsonObject> find(RuleKind kind, String id) {
        return find(of(kind), id);
    }

    /// One of the rules of a kind.
    static Optional<JsonObject> find(List<JsonObject> rules, String id) {
        return rules.stream().filter(rule -> isOf(rule, id)).findFirst();
    }

    static boolean isOf(JsonObject rule, String id) {
        return rule.string(RULE_ID).equals(id);
    }

    /// How many rules the user made.
    int count() {
        int count = 0;
        for (var kind : RuleKind.values()) {
            count += of(kind).size();
        }
        return count;
    }

    /// Other rules of a kind.
    OwnRules with(RuleKind kind, List<JsonObject> rules) {
        return new OwnRules(
                json.with(kind.wireName(), section(kind).with(OWN, JsonArray.from(rules))));
    }

    /// One member of a rule changed, which is the user's own or a default one.
    OwnRules changed(RuleKind kind, String id, String member, Object value) {
        if (find(kind, id).isPresent()) {
            return with(
                    kind,
                    of(kind).stream()
                            .map(rule -> isOf(rule, id) ? rule.with(member, value) : rule)
                            .toList());
        }
        var changes = section(kind).peekObject(DEFAULT).orElse(JsonObject.EMPTY);
        var change = changes.peekObject(id).orElse(JsonObject.EMPTY).with(member, value);
        return new OwnRules(
                json.with(kind.wireName(), section(kind).with(DEFAULT, changes.with(id, change))));
    }

    /// The whole rule set: the user's own before the default ones, but for the master rule.
    JsonObject over(JsonObject defaults) {
        var ruleset = JsonObject.builder();
        for (var kind : RuleKind.values()) {
            if (!defaults.has(kind.wireName())) {
                continue;
            }
            var rules = new ArrayList<JsonObject>();
            var own = of(kind);
            var changes = section(kind).peekObject(DEFAULT).orElse(JsonObject.EMPTY);
            for (var rule : defaults.array(kind.wireName()).objects()) {
                rules.add(changed(rule, changes));
            }
            boolean masterFirst = !rules.isEmpty() && isOf(rules.getFirst(), MASTER);
            rules.addAll(masterFirst ? 1 : 0, own);
            ruleset.put(kind.wireName(), JsonArray.from(rules));
        }
        return ruleset.build();
    }

    private static JsonObject changed(JsonObject rule, JsonObject changes) {
        return changes.peekObject(rule.string(RULE_ID))
                .map(change -> JsonObject.builder().putAll(rule).putAll(change).build())
                .orElse(rule);
    }
}
