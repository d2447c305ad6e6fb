package dev.hearth.search;

import dev.hearth.storage.Reading;
import java.util.ArrayList;
import java.util.List;

/// In which events words stand, as one request sees it: what is on disk, and what isn't yet.
///
/// @param recent as it was before the reading began: what moves to the disk meanwhile is in both
/// @param stored up to which event all were on disk then, and nothing newer but what is in both
record WordEvents(Reading reading, IndexStore store, RecentWords recent, long stored) {

    /// Newest first: events up to one in which a word stands.
    List<Long> upTo(long place, long upTo, int limit) {
        var found = new ArrayList<>(recent.events(place, upTo, limit));
        if (found.size() < limit) {
            long next = found.isEmpty() ? upTo : found.getLast() - 1;
            found.addAll(store.events(reading, place, next, stored, limit - found.size()));
        }
        return found;
    }

    boolean has(long place, long event) {
        return recent.standsIn(place, event) || store.standsIn(reading, place, event);
    }
}
