package dev.hearth.room;

import static java.util.stream.Collectors.groupingBy;

import dev.hearth.event.Pdu;
import dev.hearth.identifier.EventId;
import dev.hearth.identifier.UserId;
import dev.hearth.room.RelationStore.Child;
import dev.hearth.room.RelationStore.Tally;
import dev.hearth.room.Visibility.Seen;
import dev.hearth.storage.Reading;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Finds what relates to the events of a page, as far as its reader may see it (REL-2, REL-3): one
/// look for all of them tells which have anything at all.
///
/// A maintainer's note: what the tallies name as the newest is nearly always what is shown. Only
/// where the reader may not see it, or it turns out not to count, its elders are looked through.
final class Aggregations {

    private static final int MAX_TALLIES = 5_000;
    private static final int MAX_REFERENCES = 200;
    private static final int LOOKED_THROUGH = 200;

    private final Rooms rooms;
    private final RelationStore store;
    private final WordStore words;
    private final Reading reading;
    private final Reader reader;
    private final Set<UserId> ignored;

    private Aggregations(Rooms rooms, Reading reading, Reader reader) {
        this.rooms = rooms;
        this.store = rooms.tables().relations();
        this.words = rooms.tables().words();
        this.reading = reading;
        this.reader = reader;
        this.ignored = rooms.visibility().ignoredBy(reading, reader.user());
    }

    /// What is bundled with one event.
    ///
    /// @param references the events that refer to it
    record Aggregated(Optional<Seen> edit, List<EventId> references, Optional<ThreadSoFar> thread) {

        static final Aggregated NOTHING =
                new Aggregated(Optional.empty(), List.of(), Optional.empty());
    }

    /// What a thread comes to.
    record ThreadSoFar(Seen latest, long count, boolean participated) {}

    /// By the numbers of those events that have anything.
    static Map<Long, Aggregated> of(
            Rooms rooms, Reading reading, Reader reader, List<StoredEvent> events) {
        var parents = new HashMap<Long, StoredEvent>();
        events.stream()
                .filter(Aggregations::mayHave)
                .forEach(event -> parents.put(hash(event.pdu()), event));
        var tallies = rooms.tables().relations().tallies(reading, parents.keySet(), MAX_TALLIES);
        return tallies.isEmpty()
                ? Map.of()
                : new Aggregations(rooms, reading, reader).of(parents, tallies);
    }

    /// State has none; and to edits and annotations nothing relates.
    private static boolean mayHave(StoredEvent event) {
        return !event.pdu().isState()
                && Relation.of(event.pdu())
                        .filter(own -> own.is(Relation.REPLACE) || own.is(Relation.ANNOTATION))
                        .isEmpty();
    }

    private static long hash(Pdu pdu) {
        return EventStore.hash(pdu.eventId().value());
    }

    /// The tallies of one event, by kind.
    private record Tallied(StoredEvent parent, Map<String, List<Tally>> byKind) {
        List<Tally> of(String kind) {
            return byKind.getOrDefault(kind, List.of());
        }
    }

    private Map<Long, Aggregated> of(Map<Long, StoredEvent> parents, List<Tally> tallies) {
        var tallied = new ArrayList<Tallied>();
        tallies.stream()
                .collect(groupingBy(Tally::parent))
                .forEach((hash, all) ->
                        Optional.ofNullable(parents.get(hash))
                                .map(parent -> new Tallied(parent, byKind(all)))
                                .ifPresent(tallied::add));
        var references = new HashMap<Long, List<Child>>();
        var candidates = new HashSet<Long>();
        for (var one : tallied) {
            one.of(Relation.REPLACE).forEach(tally -> candidates.add(tally.latest()));
            counted(one.of(Relation.THREAD)).forEach(tally -> candidates.add(tally.latest()));
            var referring = references(one);
            referring.forEach(child -> candidates.add(child.number()));
            references.put(one.parent().number(), referring);
        }
        var seen = seen(candidates);
        var found = new HashMap<Long, Aggregated>();
        for (var one : tallied) {
            var children = references.getOrDefault(one.parent().number(), List.of());
            var aggregated =
                    new Aggregated(edit(one, seen), ids(one, children, seen), thread(one, seen));
            found.put(one.parent().number(), aggregated);
        }
        return found;
    }

    private Map<String, List<Tally>> byKind(List<Tally> tallies) {
        return tallies.stream().collect(groupingBy(tally -> words.text(reading, tally.kind())));
    }

    private Map<Long, Seen> seen(Set<Long> numbers) {
        var seen = new HashMap<Long, Seen>();
        visible(List.copyOf(numbers)).forEach(each -> seen.put(each.event().number(), each));
        return seen;
    }

    private List<Seen> visible(List<Long> numbers) {
        return reader.seen(rooms, reading, ignored, rooms.events().all(reading, numbers));
    }

    private static Predicate<Seen> relatesTo(StoredEvent parent, String kind) {
        return child ->
                Relation.of(child.event().shown())
                        .filter(relation -> relation.is(kind))
                        .filter(relation -> relation.parent().equals(parent.pdu().eventId()))
                        .isPresent();
    }

    private boolean isIgnored(Tally tally) {
        return UserId.find(words.text(reading, tally.sender()))
                .filter(ignored::contains)
                .isPresent();
    }

    private List<Tally> counted(List<Tally> tallies) {
        return ignored.isEmpty()
                ? tallies
                : tallies.stream().filter(tally -> !isIgnored(tally)).toList();
    }

    private List<Child> references(Tallied one) {
        return one.of(Relation.REFERENCE).isEmpty()
                ? List.of()
                : store.ofKind(
                        reading,
                        hash(one.parent().pdu()),
                        one.of(Relation.REFERENCE).getFirst().kind(),
                        MAX_REFERENCES);
    }

    /// REL-6: the oldest first.
    private static List<EventId> ids(Tallied one, List<Child> children, Map<Long, Seen> seen) {
        return children.reversed().stream()
                .flatMap(child -> Optional.ofNullable(seen.get(child.number())).stream())
                .filter(relatesTo(one.parent(), Relation.REFERENCE))
                .map(child -> child.event().pdu().eventId())
                .toList();
    }

    /// REL-5: not of what was redacted.
    private Optional<Seen> edit(Tallied one, Map<Long, Seen> seen) {
        var original = one.parent();
        if (original.redactedBy().isPresent()) {
            return Optional.empty();
        }
        var counts = relatesTo(original, Relation.REPLACE).and(edit -> isEdit(original, edit));
        var own =
                one.of(Relation.REPLACE).stream()
                        .filter(tally -> isOf(tally, original.pdu().sender()))
                        .findFirst();
        return own.flatMap(tally ->
                Optional.ofNullable(seen.get(tally.latest()))
                        .filter(counts)
                        .or(() -> newestEdit(tally, counts)));
    }

    private boolean isOf(Tally tally, UserId sender) {
        return words.text(reading, tally.sender()).equals(sender.value());
    }

    private static boolean isEdit(StoredEvent original, Seen edit) {
        return Relations.isEditOf(original.pdu(), edit.event().pdu());
    }

    private Optional<Seen> newestEdit(Tally tally, Predicate<Seen> counts) {
        return visible(numbers(store.ofSender(reading, tally, LOOKED_THROUGH))).stream()
                .filter(counts)
                .max(
                        Comparator.<Seen>comparingLong(edit -> edit.event().pdu().originServerTs())
                                .thenComparing(edit -> edit.event().pdu().eventId().value()));
    }

    private static List<Long> numbers(List<Child> children) {
        return children.stream().map(Child::number).toList();
    }

    /// REL-7: without what ignored users said. A thread begins at an event that relates to none.
    private Optional<ThreadSoFar> thread(Tallied one, Map<Long, Seen> seen) {
        var root = one.parent();
        var all = one.of(Relation.THREAD);
        var counted = counted(all);
        if (counted.isEmpty() || Relation.of(root.shown()).isPresent()) {
            return Optional.empty();
        }
        boolean participated =
                root.pdu().sender().equals(reader.user())
                        || all.stream().anyMatch(tally -> isOf(tally, reader.user()));
        var newest = counted.stream().max(Comparator.comparingLong(Tally::rank)).orElseThrow();
        long count = counted.stream().mapToLong(Tally::children).sum();
        return Optional.ofNullable(seen.get(newest.latest()))
                .filter(relatesTo(root, Relation.THREAD))
                .map(latest -> new ThreadSoFar(latest, count, participated))
                .or(() -> threadAsSeen(root, newest, participated));
    }

    /// For who may not see the newest event: what they may see is all that counts.
    private Optional<ThreadSoFar> threadAsSeen(
            StoredEvent root, Tally newest, boolean participated) {
        var children = store.ofKind(reading, newest.parent(), newest.kind(), LOOKED_THROUGH);
        var visible = new ArrayList<>(visible(numbers(children)));
        visible.removeIf(relatesTo(root, Relation.THREAD).negate());
        return visible.stream()
                .max(Comparator.comparingLong(seen -> seen.event().position()))
                .map(latest -> new ThreadSoFar(latest, visible.size(), participated));
    }
}
