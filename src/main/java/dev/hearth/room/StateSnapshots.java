package dev.hearth.room;

import dev.hearth.room.SnapshotStore.Snapshot;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.LongPredicate;

/// The states that a room has gone through, each under a number: a state is a map from [state
/// keys][StateKeys] to event numbers. [#EMPTY] is the state before the first event.
///
/// A maintainer's note: a full copy for each change of state is what fills the disks of other
/// servers, and a plain chain of changes is slow to read. So a snapshot is the difference from an
/// ancestor that is chosen by its height in the chain: drop the lowest digit that isn't zero, in
/// base 8. From any height a handful of steps lead to the ground (the number of octal digits that
/// aren't zero), and a change is copied about four times in its life. A chain may branch, where the
/// history of the room does; a merge goes on from the higher of its predecessors.
final class StateSnapshots {

    static final long EMPTY = 0;

    private static final int DIGIT_BITS = 3;
    private static final long DIGIT = (1 << DIGIT_BITS) - 1;

    private final SnapshotStore store;

    StateSnapshots(SnapshotStore store) {
        this.store = store;
    }

    /// The state, as far as its keys are wanted; members that aren't cost next to nothing.
    Map<Long, Long> load(Reading reading, long number, LongPredicate wanted) {
        var state = new HashMap<Long, Long>();
        for (long at = number; at != EMPTY; ) {
            var snapshot = store.get(reading, at);
            snapshot.delta()
                    .forEach((key, event) -> {
                        if (wanted.test(key)) {
                            state.putIfAbsent(key, event);
                        }
                    });
            at = snapshot.parent();
        }
        state.values().removeIf(event -> event == StateDelta.REMOVED);
        return state;
    }

    /// The event under one key.
    OptionalLong find(Reading reading, long number, long key) {
        for (long at = number; at != EMPTY; ) {
            var snapshot = store.get(reading, at);
            var found = snapshot.delta().find(key);
            if (found.isPresent()) {
                return found.getAsLong() == StateDelta.REMOVED ? OptionalLong.empty() : found;
            }
            at = snapshot.parent();
        }
        return OptionalLong.empty();
    }

    /// The state that follows from another by some changes.
    ///
    /// @param changes for each key the event, or [StateDelta#REMOVED]
    long extend(Transaction tx, long from, Map<Long, Long> changes) {
        if (changes.isEmpty()) {
            return from;
        }
        var delta = new TreeMap<>(changes);
        long number = tx.nextPosition();
        if (from == EMPTY) {
            store.insert(tx, new Snapshot(number, EMPTY, 0, StateDelta.of(delta)));
            return number;
        }
        var ancestor = store.get(tx, from);
        long height = ancestor.height() + 1;
        while (ancestor.height() > parentHeight(height)) {
            ancestor.delta().forEach(delta::putIfAbsent);
            ancestor = store.get(tx, ancestor.parent());
        }
        store.insert(tx, new Snapshot(number, ancestor.number(), height, StateDelta.of(delta)));
        return number;
    }

    private static long parentHeight(long height) {
        int digit = Long.numberOfTrailingZeros(height) / DIGIT_BITS;
        return height & ~(DIGIT << digit * DIGIT_BITS);
    }

    /// A state that was worked out from several: it goes on from the highest of them.
    ///
    /// @param settled for each key in which they differ, and perhaps for others, what it came to
    long merge(Transaction tx, Collection<Long> predecessors, Map<Long, Long> settled) {
        long base =
                predecessors.stream()
                        .filter(number -> number != EMPTY)
                        .max(Comparator.comparingLong(number -> store.get(tx, number).height()))
                        .orElse(EMPTY);
        var changes = new HashMap<>(settled);
        changes.entrySet()
                .removeIf(change ->
                        find(tx, base, change.getKey()).orElse(StateDelta.REMOVED)
                                == change.getValue());
        return extend(tx, base, changes);
    }

    /// What has to change in one state to make it the other. Where both are of one chain, only what
    /// changed between is looked at.
    Map<Long, Long> changes(Reading reading, long from, long to) {
        var before = new HashMap<Long, Long>();
        var after = new HashMap<Long, Long>();
        long common = meet(reading, from, to, before, after);
        var changes = new HashMap<Long, Long>();
        after.forEach((key, event) -> changes.put(key, event));
        before.forEach((key, _) ->
                changes.computeIfAbsent(
                        key, _ -> find(reading, common, key).orElse(StateDelta.REMOVED)));
        changes.entrySet()
                .removeIf(change -> {
                    var event = before.get(change.getKey());
                    long was =
                            event == null
                                    ? find(reading, common, change.getKey())
                                            .orElse(StateDelta.REMOVED)
                                    : event;
                    return was == change.getValue();
                });
        return changes;
    }

    /// Collects the steps from two states to the nearest ancestor of both, and names it.
    private long meet(
            Reading reading, long one, long other, Map<Long, Long> ofOne, Map<Long, Long> ofOther) {
        while (one != other) {
            long height = height(reading, one);
            long otherHeight = height(reading, other);
            if (height >= otherHeight) {
                one = climbDown(reading, one, ofOne);
            }
            if (otherHeight >= height) {
                other = climbDown(reading, other, ofOther);
            }
        }
        return one;
    }

    private long height(Reading reading, long number) {
        return number == EMPTY ? -1 : store.get(reading, number).height();
    }

    private long climbDown(Reading reading, long number, Map<Long, Long> steps) {
        var snapshot = store.get(reading, number);
        snapshot.delta().forEach(steps::putIfAbsent);
        return snapshot.parent();
    }
}
