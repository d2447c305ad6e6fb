package dev.hearth.notification;

import static dev.hearth.error.MatrixException.invalidParam;
import static dev.hearth.error.MatrixException.notFound;
import static dev.hearth.error.MatrixException.unknown;

import dev.hearth.concurrent.NewsBoard;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.storage.Database;
import dev.hearth.storage.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What users change about their push rules. Each change wakes all their devices (PUSH-12), and
/// leaves counted what was counted by the rules before it.
final class PushRuleChanges {

    private final Database database;
    private final NewsBoard<UserId> news;
    private final PushRuleStore store;
    private final Rulesets rulesets;
    private final Changeover changeover;

    PushRuleChanges(
            Database database,
            NewsBoard<UserId> news,
            PushRuleStore store,
            Rulesets rulesets,
            Changeover changeover) {
        this.database = database;
        this.news = news;
        this.store = store;
        this.rulesets = rulesets;
        this.changeover = changeover;
    }

    /// Which rule is meant.
    record Name(UserId user, RuleKind kind, String id) {

        boolean isDefault() {
            return id.startsWith(".");
        }
    }

    /// Where a rule is put: the ID of the rule that it is directly above, or below.
    record Place(Optional<String> before, Optional<String> after) {

        /// If both are given the one above counts.
        Optional<String> neighbor() {
            return before.or(() -> after);
        }
    }

    /// PUSH-10: makes a rule, or gives the one of this name another content.
    void put(Name name, JsonObject rule, Place place) {
        change(name.user(), own -> put(own, name, rule, place));
    }

    private static OwnRules put(OwnRules own, Name name, JsonObject made, Place place) {
        var rules = new ArrayList<>(own.of(name.kind()));
        var known = own.find(name.kind(), name.id());
        var rule = known.map(old -> made.with("enabled", old.get("enabled"))).orElse(made);
        int before = known.map(rules::indexOf).orElse(0);
        known.ifPresent(rules::remove);
        // A rule that is put beside itself stays where it is.
        int index =
                place.neighbor()
                        .filter(neighbor -> known.isEmpty() || !neighbor.equals(name.id()))
                        .map(neighbor -> index(rules, place, neighbor))
                        .orElse(before);
        rules.add(index, rule);
        return own.with(name.kind(), rules);
    }

    private static int index(List<JsonObject> rules, Place place, String neighbor) {
        for (int i = 0; i < rules.size(); i++) {
            if (OwnRules.isOf(rules.get(i), neighbor)) {
                return place.before().isPresent() ? i : i + 1;
            }
        }
        throw unknown("before/after rule not found: " + neighbor);
    }

    void delete(Name name) {
        if (name.isDefault() && isKnown(OwnRules.NONE, name)) {
            throw invalidParam("A default rule can't be deleted, but disabled");
        }
        change(
                name.user(),
                own -> {
                    requireKnown(own, name);
                    var rules = new ArrayList<>(own.of(name.kind()));
                    rules.removeIf(rule -> OwnRules.isOf(rule, name.id()));
                    return own.with(name.kind(), rules);
                });
    }

    /// PUSH-11: changes one member of a rule, which may be a default one.
    void set(Name name, String member, Object value) {
        change(
                name.user(),
                own -> {
                    requireKnown(own, name);
                    return own.changed(name.kind(), name.id(), member, value);
                });
    }

    private void requireKnown(OwnRules own, Name name) {
        if (!isKnown(own, name)) {
            throw notFound("There is no such push rule");
        }
    }

    private boolean isKnown(OwnRules own, Name name) {
        var all = own.over(rulesets.defaults(name.user()));
        return OwnRules.find(name.kind().rulesIn(all), name.id()).isPresent();
    }

    private void change(UserId user, UnaryOperator<OwnRules> change) {
        database.change(tx -> change(tx, user, change));
    }

    void change(Transaction tx, UserId user, UnaryOperator<OwnRules> change) {
        var stored = store.find(tx, user);
        var own = change.apply(stored.own());
        if (own.equals(stored.own())) {
            return;
        }
        PushRuleCheck.size(own);
        var changed = new PushRuleStore.Stored(own, tx.nextPosition());
        changeover.note(tx, user, rulesets.compile(user, stored), rulesets.compile(user, changed));
        rulesets.note(user, changed.position());
        store.put(tx, user, changed);
        tx.afterCommit(() -> news.publish(user));
    }

    void accountRemoved(Transaction tx, UserId user) {
        store.delete(tx, user);
        rulesets.forget(tx, user);
    }
}
