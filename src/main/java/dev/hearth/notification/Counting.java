package dev.hearth.notification;

import dev.hearth.event.EventType;
import dev.hearth.event.Pdu;
import dev.hearth.identifier.EventId;
import dev.hearth.identifier.UserId;
import dev.hearth.receipt.Threads;
import dev.hearth.room.Rooms;
import dev.hearth.room.StoredEvent;
import dev.hearth.storage.Transaction;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Counts an event in its own transaction, so that the counts come with it.
///
/// The default rules are tried once, for a member whom nothing names, and that outcome is added to
/// the running counts of the event's timeline. Rules are tried again only for the local members
/// whom the event names, and for those with rules of their own: once for all who have the same.
/// Where the outcome is another one than the user's counts begin with, it is a row of theirs; in a
/// room that a user made silent they begin with nothing. So a message costs the same in a room of
/// any size, and what most people change about their rules costs nothing.
final class Counting {

    private final EventOccasion.Surroundings around;
    private final Rooms rooms;
    private final Threads threads;
    private final UnreadStore store;
    private final Timelines timelines;
    private final Rulesets rulesets;
    private final PushRules rulesOfAnybody;
    private final Clusters clusters;
    private final Named named;
    private final Notifications.Listener listener;

    /// What notifications are counted by.
    record Parts(
            EventOccasion.Surroundings around,
            Threads threads,
            UnreadStore store,
            Timelines timelines) {}

    /// @param listener hears of events that notify
    Counting(Parts parts, Rulesets rulesets, Named named, Notifications.Listener listener) {
        this.around = parts.around();
        this.rooms = around.rooms();
        this.threads = parts.threads();
        this.store = parts.store();
        this.timelines = parts.timelines();
        this.rulesets = rulesets;
        this.rulesOfAnybody = rulesets.ofAnybody();
        this.clusters = new Clusters(rooms, rulesets);
        this.named = named;
        this.listener = listener;
    }

    void note(Transaction tx, StoredEvent event) {
        if (event.redactedBy().isPresent()) {
            return;
        }
        var pdu = event.pdu();
        if (pdu.type().equals(EventType.MEMBER)) {
            clusters.memberChanged(tx, pdu.roomId());
        }
        var forAll =
                rulesOfAnybody.judge(EventOccasion.arriving(around, tx, pdu, Optional.empty()));
        var others = others(tx, pdu, forAll);
        if (forAll.notifies() || !others.isEmpty()) {
            count(tx, event, forAll, others);
        }
    }

    /// To whom the event is something else than their counts begin with.
    private Map<UserId, Outcome> others(Transaction tx, Pdu pdu, Outcome forAll) {
        var others = new LinkedHashMap<UserId, Outcome>();
        var names = new LinkedHashSet<>(named.by(tx, pdu));
        names.addAll(around.hearers().of(tx, pdu, rooms.audience(pdu.roomId())));
        for (var user : names) {
            var rules = rulesets.of(tx, user);
            boolean loud = rules.areLoudIn(pdu.roomId());
            var outcome = rules.counting().judge(occasion(tx, pdu, user));
            if (!outcome.equals(loud ? forAll : Outcome.NOTHING)) {
                others.put(user, outcome);
            }
        }
        for (var cluster : clusters.in(tx, pdu.roomId())) {
            var users =
                    cluster.users().stream()
                            .filter(user -> !names.contains(user) && !user.equals(pdu.sender()))
                            .toList();
            if (!users.isEmpty()) {
                var outcome = cluster.rules().judge(occasion(tx, pdu, users.getFirst()));
                if (!outcome.equals(cluster.loud() ? forAll : Outcome.NOTHING)) {
                    users.forEach(user -> others.put(user, outcome));
                }
            }
        }
        return others;
    }

    private EventOccasion occasion(Transaction tx, Pdu pdu, UserId owner) {
        return EventOccasion.arriving(around, tx, pdu, Optional.of(owner));
    }

    private void count(
            Transaction tx, StoredEvent event, Outcome forAll, Map<UserId, Outcome> others) {
        var room = event.pdu().roomId();
        var root = threads.rootOf(tx, event.pdu()).map(EventId::value).orElse(Timelines.MAIN);
        long timeline = timelines.number(tx, room, root);
        var toAll = Counts.of(forAll);
        var sender = event.pdu().sender().value();
        var single = new UnreadStore.Single(event.position(), sender, toAll, Counts.NONE);
        others.forEach((user, outcome) ->
                store.insertPersonal(tx, user, timeline, single.is(Counts.of(outcome))));
        timelines.add(tx, timeline, event, forAll);
        var whom = forAll.notifies() ? rooms.audience(room) : Set.<UserId>of();
        tx.afterCommit(() -> {
            listener.notified(whom, event.position());
            listener.notified(others.keySet(), event.position());
        });
        if (!root.equals(Timelines.MAIN)) {
            long main = timelines.number(tx, room, Timelines.MAIN);
            timelines.noteThread(tx, timeline, main, event.position());
        }
    }

    /// RED-3: what was taken back is unread for nobody. The running counts stay as they are, since
    /// all newer events stand on them; a row for everybody takes from them.
    void takeBack(Transaction tx, StoredEvent event) {
        var counted = store.counted(tx, event.position());
        if (counted.isEmpty()) {
            return;
        }
        long timeline = counted.get().timeline();
        store.silence(tx, timeline, event.position());
        if (!counted.get().counts().isNone()) {
            var less = Counts.NONE.minus(counted.get().counts());
            store.insertForAll(tx, timeline, event.position(), less);
        }
    }
}
