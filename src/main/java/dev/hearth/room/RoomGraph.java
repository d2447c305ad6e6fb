package dev.hearth.room;

import dev.hearth.event.Pdu;
import dev.hearth.identifier.EventId;
import dev.hearth.room.StoredEvent.Place;
import dev.hearth.room.StoredEvent.SentBy;
import dev.hearth.room.StoredEvent.States;
import dev.hearth.storage.Transaction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The graph of a room's events, and what follows from a new one: the state before and after it,
/// and which events nothing follows any more.
///
/// A maintainer's note: the current state is what the states after all extremities resolve to. It
/// is worked out anew whenever an event is accepted, so an event of ours that names all of them has
/// it as the state before it, and nothing is to be resolved when somebody speaks. Rejected and
/// soft-failed events have states, too, since others may follow them; but they are in no timeline,
/// and never extremities.
final class RoomGraph {

    /// How far the history of what wasn't accepted is followed back.
    private static final int MAX_WALK = 1_000;

    /// More branches than anybody needs: what is older than the newest of them is let go.
    private static final int MAX_TIPS = 100;

    private final RoomTables tables;
    private final Resolution resolution;
    private final CurrentState current;

    RoomGraph(RoomTables tables, CurrentState current) {
        this.tables = tables;
        this.resolution = new Resolution(tables.events(), tables.graph(), tables.states());
        this.current = current;
    }

    /// An event on its way in.
    ///
    /// @param outlier what is known of it
    /// @param before the snapshot of the state before it
    private record Arrival(
            PackedEvent event,
            EventStatus status,
            Optional<SentBy> sentBy,
            Optional<StoredEvent> outlier,
            long before) {
        Pdu pdu() {
            return event.pdu();
        }
    }

    /// Adds an event of ours, which follows the room's newest.
    StoredEvent append(Transaction tx, LiveRoom room, PackedEvent event, Optional<SentBy> sentBy) {
        var followed = room.predecessors();
        long before =
                followed.size() == room.tips().size() ? room.state() : resolve(tx, room, followed);
        var arrival = new Arrival(event, EventStatus.ACCEPTED, sentBy, Optional.empty(), before);
        var left = new ArrayList<>(room.tips());
        left.removeAll(followed);
        return accept(tx, room, arrival, left, true);
    }

    private long resolve(Transaction tx, LiveRoom room, List<LiveRoom.Tip> tips) {
        return resolution.resolve(
                tx, room.version(), tips.stream().map(LiveRoom.Tip::state).toList());
    }

    /// Adds an event from elsewhere, all or some of whose predecessors are known. What is known
    /// itself stays as it is, but an outlier that was judged takes its place.
    StoredEvent insert(Transaction tx, LiveRoom room, PackedEvent event, EventStatus status) {
        var pdu = event.pdu();
        var known = tables.events().find(tx, pdu.eventId());
        if (known.filter(it -> isSettled(it, status)).isPresent()) {
            return known.get();
        }
        long before = before(tx, room, pdu, status);
        var arrival = new Arrival(event, status, Optional.empty(), known, before);
        if (status != EventStatus.ACCEPTED) {
            return store(tx, room, arrival, place(tx, arrival));
        }
        var followed = followed(tx, pdu);
        var left =
                room.tips().stream()
                        .filter(tip -> !followed.contains(tip.number()))
                        .collect(Collectors.toCollection(ArrayList::new));
        boolean isTip = !tables.graph().closeGap(tx, room.number(), pdu.eventId());
        var stored = accept(tx, room, arrival, left, isTip);
        noteGaps(tx, room, stored);
        return stored;
    }

    private static boolean isSettled(StoredEvent known, EventStatus status) {
        return known.status() != EventStatus.OUTLIER || status == EventStatus.OUTLIER;
    }

    private long before(Transaction tx, LiveRoom room, Pdu pdu, EventStatus status) {
        if (status == EventStatus.OUTLIER) {
            return StateSnapshots.EMPTY;
        }
        var states = new ArrayList<Long>();
        for (var previous : pdu.prevEvents()) {
            tables.events()
                    .find(tx, previous)
                    .filter(event -> event.states().areKnown())
                    .ifPresent(event -> states.add(event.states().after()));
        }
        if (states.isEmpty() && !pdu.prevEvents().isEmpty()) {
            throw new IllegalStateException("no state is known before " + pdu);
        }
        return resolution.resolve(tx, room.version(), states);
    }

    /// The events that an event follows, also by way of such as weren't accepted.
    private Set<Long> followed(Transaction tx, Pdu pdu) {
        var followed = new HashSet<Long>();
        var seen = new HashSet<EventId>();
        var open = new ArrayDeque<>(pdu.prevEvents());
        while (!open.isEmpty() && seen.size() < MAX_WALK) {
            var id = open.remove();
            var found = seen.add(id) ? tables.events().find(tx, id) : Optional.<StoredEvent>empty();
            found.ifPresent(event -> {
                followed.add(event.number());
                if (event.status() != EventStatus.ACCEPTED) {
                    open.addAll(event.pdu().prevEvents());
                }
            });
        }
        return followed;
    }

    private void noteGaps(Transaction tx, LiveRoom room, StoredEvent event) {
        for (var previous : event.pdu().prevEvents()) {
            boolean known =
                    tables.events()
                            .find(tx, previous)
                            .filter(found -> found.status() != EventStatus.OUTLIER)
                            .isPresent();
            if (!known) {
                tables.graph().addGap(tx, room.number(), previous, event.number());
            }
        }
    }

    private StoredEvent accept(
            Transaction tx,
            LiveRoom room,
            Arrival arrival,
            List<LiveRoom.Tip> otherTips,
            boolean isTip) {
        var place = place(tx, arrival);
        var pdu = arrival.pdu();
        var tips = otherTips;
        if (isTip) {
            tips.add(
                    new LiveRoom.Tip(
                            place.number(), pdu.reference(), pdu.depth(), place.states().after()));
        }
        if (tips.size() > MAX_TIPS) {
            tips = tips.subList(tips.size() - MAX_TIPS, tips.size());
        }
        var stored = store(tx, room, arrival, place);
        long state = place.states().room();
        if (tips.size() != 1) {
            // Resolution asks for this event, too: it is stored by now.
            state = resolve(tx, room, tips);
            tables.events().setRoomState(tx, place.number(), state);
        }
        long was = room.state();
        room.advance(tips, state);
        current.change(tx, room, stored, was);
        tables.rooms().setHead(tx, room.number(), room.head());
        return stored;
    }

    private Place place(Transaction tx, Arrival arrival) {
        long number = arrival.outlier().map(StoredEvent::number).orElseGet(tx::nextPosition);
        return switch (arrival.status()) {
            case ACCEPTED ->
                    new Place(
                            number,
                            arrival.outlier().isPresent() ? tx.nextPosition() : number,
                            EventStatus.ACCEPTED,
                            states(arrival, with(tx, arrival, number)));
            case SOFT_FAILED ->
                    new Place(
                            number,
                            0,
                            EventStatus.SOFT_FAILED,
                            states(arrival, with(tx, arrival, number)));
            case REJECTED ->
                    new Place(number, 0, EventStatus.REJECTED, states(arrival, arrival.before()));
            case OUTLIER -> new Place(number, 0, EventStatus.OUTLIER, States.UNKNOWN);
        };
    }

    private static States states(Arrival arrival, long after) {
        return new States(arrival.before(), after, after);
    }

    /// The state after an event that is let in.
    private long with(Transaction tx, Arrival arrival, long number) {
        return arrival.pdu()
                .stateTuple()
                .map(tuple -> tables.states().keys().intern(tx, tuple))
                .map(key ->
                        tables.states()
                                .snapshots()
                                .extend(tx, arrival.before(), Map.of(key, number)))
                .orElse(arrival.before());
    }

    private StoredEvent store(Transaction tx, LiveRoom room, Arrival arrival, Place place) {
        var pdu = arrival.pdu();
        var stored =
                new StoredEvent(
                        place,
                        pdu,
                        arrival.sentBy(),
                        replaced(tx, arrival),
                        arrival.outlier().flatMap(StoredEvent::redactedBy));
        if (arrival.outlier().isPresent()) {
            tables.events().setPlace(tx, stored);
            return stored;
        }
        tables.events().insert(tx, room.number(), stored, arrival.event());
        if (pdu.isState() && place.status() != EventStatus.REJECTED) {
            var grounds =
                    pdu.authEvents().stream()
                            .distinct()
                            .flatMap(ground -> number(tx, room, ground).stream())
                            .toList();
            tables.graph().addGrounds(tx, grounds, place.number());
        }
        return stored;
    }

    private Optional<Long> number(Transaction tx, LiveRoom room, EventId ground) {
        return room.numberOf(ground)
                .or(() -> tables.events().find(tx, ground).map(StoredEvent::number));
    }

    private Optional<Long> replaced(Transaction tx, Arrival arrival) {
        if (arrival.status() == EventStatus.OUTLIER || !arrival.pdu().isState()) {
            return Optional.empty();
        }
        var key = tables.states().keys().intern(tx, arrival.pdu().stateTuple().orElseThrow());
        var before = tables.states().snapshots().find(tx, arrival.before(), key);
        return before.isPresent() ? Optional.of(before.getAsLong()) : Optional.empty();
    }
}
