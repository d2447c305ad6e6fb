package dev.hearth.search;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// In which events words stand that the index on disk doesn't have yet, by their
/// [places][IndexStore#place].
///
/// Locks: none. Any thread looks; one at a time changes it.
final class RecentWords {

    private static final long[] NONE = {};

    /// The numbers of events, the oldest first; each array is never changed.
    private final Map<Long, long[]> events = new ConcurrentHashMap<>();

    /// How many of them there are in all.
    private int size;

    /// A word stands in an event that is newer than all before.
    void add(long place, long event) {
        events.merge(place, new long[] {event}, (all, one) -> with(all, one[0]));
        size++;
    }

    /// Once, though a fault had it noted before.
    private static long[] with(long[] all, long event) {
        if (all[all.length - 1] >= event) {
            return all;
        }
        var more = Arrays.copyOf(all, all.length + 1);
        more[all.length] = event;
        return more;
    }

    void remove(long place, long event) {
        events.computeIfPresent(
                place,
                (_, all) -> {
                    var rest = Arrays.stream(all).filter(number -> number != event).toArray();
                    return rest.length == 0 ? null : rest;
                });
    }

    private long[] of(long place) {
        return events.getOrDefault(place, NONE);
    }

    /// Newest first: events up to one in which a word stands.
    List<Long> events(long place, long upTo, int limit) {
        return Arrays.stream(of(place))
                .boxed()
                .filter(event -> event <= upTo)
                .toList()
                .reversed()
                .stream()
                .limit(limit)
                .toList();
    }

    boolean standsIn(long place, long event) {
        return Arrays.binarySearch(of(place), event) >= 0;
    }

    /// How many there were to be noted.
    int size() {
        return size;
    }

    /// All, by their places in order, the oldest event first.
    SortedMap<Long, long[]> all() {
        return new TreeMap<>(events);
    }
}
