package dev.hearth.notification;

import dev.hearth.authorization.Membership;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.receipt.ReadUpTo;
import dev.hearth.receipt.Receipts;
import dev.hearth.room.Rooms;
import dev.hearth.storage.Transaction;

/// Keeps counted what was counted when a user changes their push rules: an event is judged when it
/// arrives, and later rules change nothing about it (PUSH-7).
///
/// What needs care is a room that becomes silent, or loud again: there the counts begin at another
/// figure, so each unread event that has no row of the user's own gets one.
final class Changeover {

    /// Beyond these the unread events of a room, and of all of a user's rooms, count by the new
    /// rules.
    private static final int IN_TIMELINE = 500;

    private static final int IN_ALL = 5_000;
    private static final int THREADS = 100;

    private final Rooms rooms;
    private final Receipts receipts;
    private final UnreadStore store;
    private final Timelines timelines;

    Changeover(Rooms rooms, Receipts receipts, UnreadStore store, Timelines timelines) {
        this.rooms = rooms;
        this.receipts = receipts;
        this.store = store;
        this.timelines = timelines;
    }

    void note(Transaction tx, UserId user, Ruleset before, Ruleset after) {
        int left = IN_ALL;
        for (var membership : rooms.memberships(tx, user)) {
            var room = membership.roomId();
            boolean wasLoud = before.areLoudIn(room);
            if (membership.membership() == Membership.JOIN
                    && wasLoud != after.areLoudIn(room)
                    && left > 0) {
                left -= settle(tx, user, room, wasLoud);
            }
        }
    }

    private int settle(Transaction tx, UserId user, RoomId room, boolean wasLoud) {
        var main = timelines.find(tx, room, Timelines.MAIN);
        if (main.isEmpty()) {
            return 0;
        }
        ReadUpTo read = receipts.readUpTo(tx, user, room);
        int settled = settle(tx, user, main.get(), read.inMain(), wasLoud);
        for (var thread : timelines.threads(tx, main.get(), read.unthreaded(), THREADS)) {
            settled += settle(tx, user, thread.timeline(), read.in(thread.root()), wasLoud);
        }
        return settled;
    }

    private int settle(Transaction tx, UserId user, long timeline, long read, boolean wasLoud) {
        var own = store.personalPositions(tx, user, timeline, read);
        int settled = 0;
        for (var event : store.since(tx, timeline, read, IN_TIMELINE)) {
            if (!event.toAll().isNone() && !own.contains(event.position())) {
                var outcome = wasLoud ? event.toAll() : Counts.NONE;
                store.insertPersonal(tx, user, timeline, event.is(outcome));
                settled++;
            }
        }
        return settled;
    }
}
