package dev.hearth.room;

import dev.hearth.event.Pdu;
import dev.hearth.event.StateTuple;
import dev.hearth.identifier.EventId;
import dev.hearth.roomversion.RoomVersion;
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
        var loaded = different.stream().map(number -> states.snapshots().load(tx, number)).toList();
        var numbers = new HashSet<Long>();
        loaded.forEach(state -> numbers.addAll(state.values()));
        var ids = events.ids(tx, numbers);
        var tuples = new HashMap<Long, StateTuple>();
        var maps = loaded.stream().map(state -> named(tx, state, ids, tuples)).toList();
        var resolved = StateResolution.resolve(version, maps, new Known(tx));
        return states.snapshots().merge(tx, different, numbered(tx, resolved, ids));
    }

    private Map<StateTuple, EventId> named(
            Reading reading,
            Map<Long, Long> state,
            Map<Long, EventId> ids,
            Map<Long, StateTuple> tuples) {
        var named = new HashMap<StateTuple, EventId>();
        state.forEach((key, event) ->
                named.put(
                        tuples.computeIfAbsent(key, k -> states.keys().tuple(reading, k)),
                        ids.get(event)));
        return named;
    }

    /// An event that stood in none of the states may have won: one of their grounds.
    private Map<Long, Long> numbered(
            Transaction tx, Map<StateTuple, EventId> resolved, Map<Long, EventId> ids) {
        var numbers = new HashMap<EventId, Long>();
        ids.forEach((number, id) -> numbers.put(id, number));
        var state = new HashMap<Long, Long>();
        resolved.forEach((tuple, id) ->
                state.put(
                        states.keys().intern(tx, tuple),
                        numbers.computeIfAbsent(
                                id, _ -> events.find(tx, id).orElseThrow().number())));
        return state;
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
