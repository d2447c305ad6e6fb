package dev.hearth.room;

import dev.hearth.authorization.Membership;
import dev.hearth.authorization.RoomFacts;
import dev.hearth.event.EventType;
import dev.hearth.event.Pdu;
import dev.hearth.event.PowerLevels;
import dev.hearth.event.StateTuple;
import dev.hearth.identifier.EventId;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonValue;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.storage.Reading;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What is current of a room: its newest events, its state as far as it was asked for, and who of
/// this server is in it. State is looked up as it is needed, so that a large room costs no more
/// than a small one. Used under the room's lock only.
final class LiveRoom {

    private static final int KEPT_STATE = 200;

    /// The most predecessors that an event may name.
    private static final int MAX_PREV_EVENTS = 20;

    private static final int STATE_WEIGHT = 5_000;
    private static final int MEMBER_WEIGHT = 200;

    private final RoomStates states;
    private final StoredRoom room;
    private final LinkedHashMap<StateTuple, Optional<StoredEvent>> known = new LinkedHashMap<>();
    private final Set<UserId> localMembers = ConcurrentHashMap.newKeySet();
    private List<Tip> tips;
    private long state;
    private MemberCounts counts;
    private long changes;

    /// An event that no other follows: a forward extremity.
    ///
    /// @param reference how an event that follows names it
    record Tip(long number, JsonValue reference, long depth, long state) {

        static Tip of(StoredEvent event) {
            return new Tip(
                    event.number(),
                    event.pdu().reference(),
                    event.pdu().depth(),
                    event.states().after());
        }
    }

    private LiveRoom(
            RoomStates states, StoredRoom room, List<Tip> tips, long state, MemberCounts counts) {
        this.states = states;
        this.room = room;
        this.tips = tips;
        this.state = state;
        this.counts = counts;
    }

    /// A room as it is in the store.
    static LiveRoom of(RoomStates states, StoredRoom room, RoomStore.Head head, List<Tip> tips) {
        return new LiveRoom(states, room, List.copyOf(tips), head.state(), head.counts());
    }

    /// A room without any event.
    static LiveRoom created(RoomStates states, StoredRoom room) {
        return new LiveRoom(states, room, List.of(), StateSnapshots.EMPTY, MemberCounts.NOBODY);
    }

    StoredRoom stored() {
        return room;
    }

    long number() {
        return room.number();
    }

    RoomId roomId() {
        return room.roomId();
    }

    RoomVersion version() {
        return room.version();
    }

    List<Tip> tips() {
        return tips;
    }

    /// What a new event follows: all that nothing follows yet. If those are too many, half of the
    /// oldest and half of the newest, so that each event that is sent makes them fewer.
    List<Tip> predecessors() {
        if (tips.size() <= MAX_PREV_EVENTS) {
            return tips;
        }
        var chosen = new ArrayList<>(tips.subList(0, MAX_PREV_EVENTS / 2));
        chosen.addAll(tips.subList(tips.size() - MAX_PREV_EVENTS / 2, tips.size()));
        return chosen;
    }

    long nextDepth() {
        long deepest = predecessors().stream().mapToLong(Tip::depth).max().orElse(0);
        return Math.min(deepest + 1, (1L << 53) - 1);
    }

    /// The snapshot of the current state.
    long state() {
        return state;
    }

    MemberCounts counts() {
        return counts;
    }

    RoomStore.Head head() {
        return new RoomStore.Head(tips.stream().map(Tip::number).toList(), state, counts);
    }

    /// How often it was changed: what is changed in a transaction that fails is of no use.
    long changes() {
        return changes;
    }

    long weight() {
        return 1_000
                + (long) known.size() * STATE_WEIGHT
                + (long) localMembers.size() * MEMBER_WEIGHT;
    }

    Pdu create(Reading reading) {
        return find(reading, new StateTuple(EventType.CREATE, "")).orElseThrow();
    }

    Optional<Pdu> find(Reading reading, StateTuple tuple) {
        return stored(reading, tuple).map(StoredEvent::shown);
    }

    private Optional<StoredEvent> stored(Reading reading, StateTuple tuple) {
        var found = known.get(tuple);
        if (found == null) {
            found = states.current(reading, number(), tuple);
            remember(tuple, found);
        }
        return found;
    }

    private void remember(StateTuple tuple, Optional<StoredEvent> event) {
        known.remove(tuple);
        known.put(tuple, event);
        if (known.size() > KEPT_STATE) {
            known.pollFirstEntry();
        }
    }

    Membership membership(Reading reading, UserId user) {
        return Membership.of(find(reading, new StateTuple(EventType.MEMBER, user.value())));
    }

    /// What the rules ask of the current state.
    RoomFacts facts(Reading reading) {
        return new RoomFacts(create(reading), tuple -> find(reading, tuple));
    }

    PowerLevels powerLevels(Reading reading) {
        return facts(reading).powerLevels();
    }

    /// The number of an event of the current state, if it is at hand.
    Optional<Long> numberOf(EventId id) {
        return known.values().stream()
                .flatMap(Optional::stream)
                .filter(event -> event.pdu().eventId().equals(id))
                .map(StoredEvent::number)
                .findAny();
    }

    /// Who of this server is in the room. Others may look while the room changes: they see who was
    /// in before, after, or between.
    Set<UserId> localMembers() {
        return localMembers;
    }

    void setLocalMember(UserId user, Membership membership) {
        if (membership == Membership.JOIN) {
            localMembers.add(user);
        } else {
            localMembers.remove(user);
        }
    }

    /// Other events are the newest now.
    void advance(List<Tip> newTips, long newState) {
        changes++;
        tips = List.copyOf(newTips);
        state = newState;
    }

    void setCounts(MemberCounts newCounts) {
        changes++;
        counts = newCounts;
    }

    /// A piece of the current state is another now.
    void changed(StateTuple tuple, Optional<StoredEvent> event) {
        changes++;
        if (event.isPresent()) {
            remember(tuple, event);
        } else {
            known.remove(tuple);
        }
    }

    /// A redacted event keeps its place in the state, and loses what it said, RED-4.
    void redacted(StoredEvent event) {
        changes++;
        event.pdu().stateTuple().ifPresent(known::remove);
    }
}
