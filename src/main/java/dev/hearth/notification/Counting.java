package dev.hearth.notification;

import dev.hearth.authorization.Membership;
import dev.hearth.event.Pdu;
import dev.hearth.identifier.EventId;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonString;
import dev.hearth.receipt.Threads;
import dev.hearth.room.RoomMembership;
import dev.hearth.room.Rooms;
import dev.hearth.room.StoredEvent;
import dev.hearth.storage.Transaction;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// Counts an event in its own transaction, so that the counts come with it.
///
/// The rules are tried once, for a member whom nothing names, and that outcome is added to the
/// running counts of the event's timeline. They are tried again only for the local members whom the
/// event names; where the outcome is another one, the difference is a row of theirs. So a message
/// costs the same in a room of any size.
final class Counting {

    /// Named users beyond these are not looked at: a list of this length is meant to annoy.
    private static final int NAMED = 500;

    private final Rooms rooms;
    private final Threads threads;
    private final UnreadStore store;
    private final Timelines timelines;
    private final PushRules rulesOfAnybody;

    Counting(Rooms rooms, Threads threads, UnreadStore store, Timelines timelines) {
        this.rooms = rooms;
        this.threads = threads;
        this.store = store;
        this.timelines = timelines;
        this.rulesOfAnybody = CountingRules.ofAnybody();
    }

    void note(Transaction tx, StoredEvent event) {
        if (event.redactedBy().isPresent()) {
            return;
        }
        var pdu = event.pdu();
        var forAll = rulesOfAnybody.judge(new EventOccasion(rooms, tx, pdu, Optional.empty()));
        var named = named(tx, pdu);
        if (!forAll.notifies() && named.isEmpty()) {
            return;
        }
        var root = threads.rootOf(tx, pdu).map(EventId::value).orElse(Timelines.MAIN);
        long timeline = timelines.number(tx, pdu.roomId(), root);
        boolean personal = false;
        for (var user : named) {
            personal |= notePersonal(tx, event, timeline, user, forAll);
        }
        if (forAll.notifies() || personal) {
            timelines.add(tx, timeline, event, forAll);
            if (!root.equals(Timelines.MAIN)) {
                long main = timelines.number(tx, pdu.roomId(), Timelines.MAIN);
                timelines.noteThread(tx, timeline, main, event.position());
            }
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

    private boolean notePersonal(
            Transaction tx, StoredEvent event, long timeline, UserId user, Outcome forAll) {
        var occasion = new EventOccasion(rooms, tx, event.pdu(), Optional.of(user));
        var difference =
                Counts.NONE
                        .plus(CountingRules.of(user).judge(occasion))
                        .minus(Counts.NONE.plus(forAll));
        if (difference.isNone()) {
            return false;
        }
        store.insertPersonal(
                tx,
                user,
                timeline,
                event.position(),
                new UnreadStore.Single(event.pdu().sender().value(), difference));
        return true;
    }

    /// The local members, but the sender, whom the event names.
    private Set<UserId> named(Transaction tx, Pdu pdu) {
        var users =
                pdu.content()
                        .peekObject("m.mentions")
                        .flatMap(mentions -> mentions.peekArray("user_ids"))
                        .orElse(JsonArray.EMPTY);
        var named = new LinkedHashSet<UserId>();
        for (var value : users.values()) {
            if (named.size() < NAMED && value instanceof JsonString(var text)) {
                UserId.find(text)
                        .filter(user -> rooms.isLocal(user) && !user.equals(pdu.sender()))
                        .ifPresent(named::add);
            }
        }
        named.removeIf(user -> !isMember(tx, user, pdu.roomId()));
        return named;
    }

    private boolean isMember(Transaction tx, UserId user, RoomId room) {
        return rooms.membership(tx, user, room)
                .map(RoomMembership::membership)
                .filter(membership -> membership == Membership.JOIN)
                .isPresent();
    }
}
