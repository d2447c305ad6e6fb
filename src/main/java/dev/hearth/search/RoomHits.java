package dev.hearth.search;

import dev.hearth.room.RoomMembership;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/// The events of one room in which all words stand, newest first: those of the rarest word, of
/// which each is looked up among the others.
final class RoomHits {

    private static final int CHUNK = 100;

    private final WordEvents index;
    private final RoomMembership room;
    private final Budget budget;

    /// The rarest first.
    private final List<Long> places;

    private final Deque<Long> chunk = new ArrayDeque<>();
    private long upTo;
    private boolean ended;

    /// How much one request may look up, for all rooms together.
    static final class Budget {
        private int left;

        Budget(int left) {
            this.left = left;
        }

        boolean spend() {
            return left-- > 0;
        }
    }

    private record Probe(long place, int count) {}

    RoomHits(WordEvents index, RoomMembership room, Set<String> words, long upTo, Budget budget) {
        this.index = index;
        this.room = room;
        this.upTo = upTo;
        this.budget = budget;
        this.places = rarestFirst(words);
        this.ended = places.isEmpty();
    }

    /// Nothing, if one of them stands nowhere.
    private List<Long> rarestFirst(Set<String> words) {
        var probes = new ArrayList<Probe>();
        for (var word : words) {
            long place = IndexStore.place(room.roomId(), word);
            int count = budget.spend() ? index.upTo(place, upTo, CHUNK).size() : 0;
            if (count == 0) {
                return List.of();
            }
            probes.add(new Probe(place, count));
        }
        return probes.stream()
                .sorted(Comparator.comparingInt(Probe::count))
                .map(Probe::place)
                .toList();
    }

    RoomMembership room() {
        return room;
    }

    /// The next one, which stays the next until it is [taken][#take].
    OptionalLong peek() {
        while (chunk.isEmpty() && !ended) {
            fill();
        }
        return chunk.isEmpty() ? OptionalLong.empty() : OptionalLong.of(chunk.getFirst());
    }

    void take() {
        chunk.removeFirst();
    }

    private void fill() {
        var next = index.upTo(places.getFirst(), upTo, CHUNK);
        next.stream().filter(this::hasTheOthers).forEach(chunk::add);
        ended = next.size() < CHUNK || !budget.spend();
        upTo = next.isEmpty() ? upTo : next.getLast() - 1;
    }

    private boolean hasTheOthers(long event) {
        return places.stream().skip(1).allMatch(place -> budget.spend() && index.has(place, event));
    }
}
