package dev.hearth.room;

import dev.hearth.identifier.EventId;
import dev.hearth.identifier.UserId;
import dev.hearth.room.RelationStore.Child;
import dev.hearth.room.Visibility.Seen;
import dev.hearth.storage.Reading;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/// A walk through what relates to an event, on which one user sees what they may and want to see.
/// Like a [walk through history][HistoryWalk] it ends after a while.
final class ChildrenWalk {

    /// How many relations lie between an event and those that are found, at most.
    static final int DEPTH = 3;

    private static final int BATCH = 100;
    private static final int MAX_STEPS = 2_000;
    private static final int MAX_DESCENDANTS = 2_000;

    private final Rooms rooms;
    private final RelationStore store;
    private final Reading reading;
    private final Reader reader;
    private final Set<UserId> ignored;
    private final Wanted wanted;
    private final long hash;

    /// What is looked for.
    ///
    /// @param kind of the relation
    /// @param type of the event
    /// @param recurse whether also for what relates to what relates to it
    record Wanted(EventId parent, Optional<String> kind, Optional<String> type, boolean recurse) {}

    /// From where a walk goes, and how far.
    ///
    /// @param from a position; going back it is seen itself, going on it isn't
    /// @param to a position; going back it isn't seen itself, going on it is
    record Way(Direction direction, long from, long to) {

        boolean passes(long position) {
            return switch (direction) {
                case BACKWARDS -> position <= from && position > to;
                case FORWARDS -> position > from && position <= to;
            };
        }

        Way after(long position) {
            return new Way(
                    direction, direction == Direction.BACKWARDS ? position - 1 : position, to);
        }
    }

    /// What a walk came to.
    ///
    /// @param reached the position from which it would go on
    record Page(List<Seen> events, long reached, boolean more) {}

    ChildrenWalk(Rooms rooms, Reading reading, Reader reader, Wanted wanted) {
        this.rooms = rooms;
        this.store = rooms.tables().relations();
        this.reading = reading;
        this.reader = reader;
        this.ignored = rooms.visibility().ignoredBy(reading, reader.user());
        this.wanted = wanted;
        this.hash = EventStore.hash(wanted.parent().value());
    }

    @FunctionalInterface
    private interface Source {
        List<Child> read(Way way);
    }

    Page walk(Way way, int limit) {
        var source = wanted.recurse() ? descendants() : children();
        var found = new ArrayList<Seen>();
        var rest = way;
        for (int steps = 0; steps < MAX_STEPS; steps += BATCH) {
            var batch = source.read(rest);
            for (var seen : shown(batch)) {
                if (found.size() == limit) {
                    return new Page(found, reached(way, found), true);
                }
                found.add(seen);
            }
            if (batch.size() < BATCH) {
                return new Page(found, rest.from(), false);
            }
            rest = rest.after(batch.getLast().position());
        }
        return new Page(found, rest.from(), true);
    }

    private static long reached(Way way, List<Seen> found) {
        return found.isEmpty() ? way.from() : way.after(found.getLast().event().position()).from();
    }

    private Source children() {
        return way ->
                switch (way.direction()) {
                    case BACKWARDS -> store.backwards(reading, hash, way.to(), way.from(), BATCH);
                    case FORWARDS -> store.forwards(reading, hash, way.from(), way.to(), BATCH);
                };
    }

    /// All of them at once: they are in no order that a statement could give.
    private Source descendants() {
        var all = new HashMap<Long, Child>();
        var level = Set.of(hash);
        for (int depth = 0; depth < DEPTH && !level.isEmpty(); depth++) {
            var found = store.ofParents(reading, level, MAX_DESCENDANTS);
            found.removeIf(child -> all.containsKey(child.number()));
            if (all.size() + found.size() > MAX_DESCENDANTS) {
                break;
            }
            found.forEach(child -> all.put(child.number(), child));
            level = hashes(found);
        }
        var oldestFirst =
                all.values().stream().sorted(Comparator.comparingLong(Child::position)).toList();
        return way ->
                inOrder(way, oldestFirst)
                        .filter(child -> way.passes(child.position()))
                        .limit(BATCH)
                        .toList();
    }

    private Set<Long> hashes(List<Child> children) {
        var hashes = new HashSet<Long>();
        rooms.events()
                .ids(reading, children.stream().map(Child::number).toList())
                .values()
                .forEach(id -> hashes.add(EventStore.hash(id.value())));
        return hashes;
    }

    private static Stream<Child> inOrder(Way way, List<Child> oldestFirst) {
        return way.direction() == Direction.BACKWARDS
                ? oldestFirst.reversed().stream()
                : oldestFirst.stream();
    }

    /// Of some children those that are wanted, in their order.
    private List<Seen> shown(List<Child> batch) {
        var kind = wanted.kind().map(text -> rooms.tables().words().find(reading, text));
        var numbers =
                batch.stream().filter(child -> isOfKind(kind, child)).map(Child::number).toList();
        var events = rooms.events().all(reading, numbers);
        var order = Comparator.<Seen>comparingLong(seen -> numbers.indexOf(seen.event().number()));
        return reader.seen(rooms, reading, ignored, events).stream()
                .filter(seen -> isWanted(seen.event()))
                .sorted(order)
                .toList();
    }

    private static boolean isOfKind(Optional<OptionalLong> kind, Child child) {
        return kind.isEmpty() || kind.get().isPresent() && kind.get().getAsLong() == child.kind();
    }

    private boolean isWanted(StoredEvent event) {
        var pdu = event.shown();
        boolean related =
                wanted.recurse()
                        || Relation.of(pdu)
                                .filter(relation -> relation.parent().equals(wanted.parent()))
                                .isPresent();
        return related && wanted.type().map(pdu.type()::equals).orElse(true);
    }
}
