package dev.hearth.room;

import dev.hearth.event.Pdu;
import dev.hearth.event.StateTuple;
import dev.hearth.identifier.EventId;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.stateresolution.AgreedState;
import dev.hearth.stateresolution.EventSource;
import dev.hearth.stateresolution.StateResolution;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Makes one state of those that several branches of a room's history lead to.
///
/// @spec https://spec.matrix.org/v1.19/server-server-api/#room-state-resolution Room state
///   resolution
final class Resolution {

    private final EventStore events;
    private final GraphStore graph;
    private final RoomStates states;

    Resolution(EventStore events, GraphStore graph, RoomStates states) {
        this.events = events;
        this.graph = graph;
        this.states = states;
    }

    /// The snapshot of what several snapshots resolve to.
    long resolve(Transaction tx, RoomVersion version, Collection<Long> snapshots) {
        var different = List.copyOf(new HashSet<>(snapshots));
        if (different.size() <= 1) {
            return different.isEmpty() ? StateSnapshots.EMPTY : different.getFirst();
        }
        var keys = new HashSet<Long>();
        different.stream()
                .skip(1)
                .forEach(other ->
                        keys.addAll(
                                states.snapshots()
                                        .changes(tx, different.getFirst(), other)
                                        .keySet()));
        var differing = different.stream().map(state -> named(tx, state, keys)).toList();
        var agreed = new Agreed(tx, different.getFirst(), keys);
        var settled = StateResolution.settle(version, agreed, differing, new Known(tx));
        var changes = new HashMap<Long, Long>();
        keys.forEach(key -> changes.put(key, StateDelta.REMOVED));
        settled.forEach(
                (tuple, id) -> changes.put(states.keys().intern(tx, tuple), number(tx, id)));
        return states.snapshots().merge(tx, different, changes);
    }

    private Map<StateTuple, EventId> named(Reading reading, long snapshot, Set<Long> keys) {
        var named = new HashMap<StateTuple, EventId>();
        for (long key : keys) {
            states.snapshots()
                    .find(reading, snapshot, key)
                    .ifPresent(event ->
                            named.put(states.keys().tuple(reading, key), id(reading, event)));
        }
        return named;
    }

    private EventId id(Reading reading, long number) {
        return events.ids(reading, List.of(number)).values().iterator().next();
    }

    private long number(Reading reading, EventId id) {
        return events.find(reading, id).orElseThrow().number();
    }

    /// What is under all other keys, of any of the states.
    private final class Agreed implements AgreedState {
        private final Reading reading;
        private final long snapshot;
        private final Set<Long> differing;

        Agreed(Reading reading, long snapshot, Set<Long> differing) {
            this.reading = reading;
            this.snapshot = snapshot;
            this.differing = differing;
        }

        @Override
        public Optional<EventId> find(StateTuple tuple) {
            var found = number(tuple);
            return found.isPresent()
                    ? Optional.of(id(reading, found.getAsLong()))
                    : Optional.empty();
        }

        private OptionalLong number(StateTuple tuple) {
            var key = states.keys().find(reading, tuple);
            return key.isEmpty() || differing.contains(key.getAsLong())
                    ? OptionalLong.empty()
                    : states.snapshots().find(reading, snapshot, key.getAsLong());
        }

        @Override
        public boolean contains(EventId id) {
            return events.find(reading, id)
                    .filter(event -> event.pdu().isState())
                    .filter(event -> {
                        var agreed = number(event.pdu().stateTuple().orElseThrow());
                        return agreed.isPresent() && agreed.getAsLong() == event.number();
                    })
                    .isPresent();
        }
    }

    /// What the store knows, for one resolution.
    private final class Known implements EventSource {
        private final Reading reading;
        private final Map<EventId, StoredEvent> known = new HashMap<>();

        Known(Reading reading) {
            this.reading = reading;
        }

        @Override
        public Map<EventId, Pdu> load(Collection<EventId> ids) {
            var loaded = new HashMap<EventId, Pdu>();
            for (var id : ids) {
                events.find(reading, id)
                        .ifPresent(event -> {
                            known.put(id, event);
                            loaded.put(id, event.pdu());
                        });
            }
            return loaded;
        }

        @Override
        public boolean isRejected(EventId id) {
            var event = known.get(id);
            return event != null && event.status() == EventStatus.REJECTED;
        }

        @Override
        public Iterable<EventId> citing(EventId ground) {
            return events.find(reading, ground)
                    .<Iterable<EventId>>map(event -> () -> new Citing(reading, event.number()))
                    .orElse(List.of());
        }
    }

    /// Who names an event as its ground, page by page, as mostly one of the first answers the
    /// question.
    private final class Citing implements Iterator<EventId> {

        private static final int PAGE = 30;

        private final Reading reading;
        private final long ground;
        private Iterator<EventId> page = Collections.emptyIterator();
        private long before = Long.MAX_VALUE;

        Citing(Reading reading, long ground) {
            this.reading = reading;
            this.ground = ground;
        }

        @Override
        public boolean hasNext() {
            if (!page.hasNext() && before > 0) {
                var numbers = graph.citing(reading, ground, before, PAGE);
                before = numbers.size() < PAGE ? 0 : numbers.getLast();
                page = events.ids(reading, numbers).values().iterator();
            }
            return page.hasNext();
        }

        @Override
        public EventId next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return page.next();
        }
    }
}
