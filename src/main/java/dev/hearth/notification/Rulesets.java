package dev.hearth.notification;

import dev.hearth.concurrent.BoundedCache;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// The push rules of all users: default ones, and what the few changed who changed something.
///
/// When each of these last did is in memory, and is noted before the change is committed: so who
/// sees a change finds it noted, and a remembered rule set is good while its position is the noted
/// one. What a transaction reads of its own change is remembered after its commit alone.
final class Rulesets {

    /// In rules, of some hundred bytes each.
    private static final int CACHED = 20_000;

    private final PushRuleStore store;
    private final DefaultPushRules defaults;
    private final PushRules ofAnybody;
    private final Map<UserId, Long> changed;
    private final AtomicLong version = new AtomicLong();
    private final BoundedCache<UserId, Ruleset> known =
            new BoundedCache<>(CACHED, ruleset -> ruleset.all().rules().size());

    Rulesets(Reading reading, PushRuleStore store, DefaultPushRules defaults) {
        this.store = store;
        this.defaults = defaults;
        this.ofAnybody =
                CountingRules.ofAnybody(
                        Ruleset.of(defaults.of(CountingRules.NOBODY), 0).counting());
        this.changed = new ConcurrentHashMap<>(store.changed(reading));
    }

    /// The rules of somebody who changed none, whom no event names.
    PushRules ofAnybody() {
        return ofAnybody;
    }

    /// Who has rules of their own.
    Set<UserId> peculiar() {
        return changed.keySet();
    }

    /// Grows with each change of anybody's rules.
    long version() {
        return version.get();
    }

    long lastChange(UserId user) {
        return changed.getOrDefault(user, 0L);
    }

    /// A change that is about to be committed.
    void note(UserId user, long position) {
        changed.put(user, position);
        version.incrementAndGet();
    }

    /// The user has none any more.
    void forget(Transaction tx, UserId user) {
        tx.afterCommit(() -> {
            changed.remove(user);
            known.remove(user);
            version.incrementAndGet();
        });
    }

    /// The rules as clients are told them.
    JsonObject json(Reading reading, UserId user) {
        var own = lastChange(user) == 0 ? OwnRules.NONE : store.find(reading, user).own();
        return own.over(defaults.of(user));
    }

    JsonObject defaults(UserId user) {
        return defaults.of(user);
    }

    Ruleset of(Reading reading, UserId user) {
        long noted = lastChange(user);
        return known.find(user)
                .filter(ruleset -> ruleset.position() == noted)
                .orElseGet(() -> look(reading, user, noted));
    }

    private Ruleset look(Reading reading, UserId user, long noted) {
        var stored = noted == 0 ? PushRuleStore.Stored.NOTHING : store.find(reading, user);
        var ruleset = compile(user, stored);
        if (ruleset.position() == noted) {
            remember(reading, user, ruleset);
        }
        return ruleset;
    }

    Ruleset compile(UserId user, PushRuleStore.Stored stored) {
        return Ruleset.of(stored.own().over(defaults.of(user)), stored.position());
    }

    private void remember(Reading reading, UserId user, Ruleset ruleset) {
        if (reading instanceof Transaction tx) {
            tx.afterCommit(() -> known.put(user, ruleset));
        } else {
            known.put(user, ruleset);
        }
    }
}
