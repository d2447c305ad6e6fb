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
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.storage.Reading;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What is current of a room: its newest event, and its state. Member events are looked up as they
/// are needed, so that a large room costs no more than a small one. Used under the room's lock
/// only.
final class LiveRoom {

    private static final int CACHED_MEMBERS = 500;

    private final EventStore events;
    private final long number;
    private final RoomId roomId;
    private final RoomVersion version;
    private final Map<StateTuple, Pdu> state = new HashMap<>();
    private final LinkedHashMap<StateTuple, Optional<Pdu>> members = new LinkedHashMap<>();
    private final Set<UserId> localMembers = ConcurrentHashMap.newKeySet();
    private EventId extremity;
    private long depth;

    LiveRoom(EventStore events, RoomStore.StoredRoom room, Reading reading) {
        this(events, room);
        for (var event : events.currentNonMembers(reading, number)) {
            state.put(event.pdu().stateTuple().orElseThrow(), event.shown());
        }
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

    /// A redacted event keeps its place in the state, and loses what it said, RED-4.
    void redacted(StoredEvent event) {
        var tuple = event.pdu().stateTuple();
        tuple.ifPresent(known ->
                state.computeIfPresent(
                        known,
                        (_, current) -> current.equals(event.pdu()) ? event.stripped() : current));
        tuple.ifPresent(members::remove);
    }

    private LiveRoom(EventStore events, RoomStore.StoredRoom room) {
        this.events = events;
        this.number = room.number();
        this.roomId = room.roomId();
        this.version = room.version();
        this.extremity = room.extremity();
        this.depth = room.depth();
    }

    /// A room whose create event was just made.
    static LiveRoom created(EventStore events, RoomStore.StoredRoom room, Pdu create) {
        var live = new LiveRoom(events, room);
        live.state.put(new StateTuple(EventType.CREATE, ""), create);
        return live;
    }

    long number() {
        return number;
    }

    RoomId roomId() {
        return roomId;
    }

    RoomVersion version() {
        return version;
    }

    EventId extremity() {
        return extremity;
    }

    long depth() {
        return depth;
    }

    Pdu create() {
        return Objects.requireNonNull(
                state.get(new StateTuple(EventType.CREATE, "")), "every room was created");
    }

    Optional<Pdu> find(Reading reading, StateTuple tuple) {
        if (!tuple.type().equals(EventType.MEMBER)) {
            return Optional.ofNullable(state.get(tuple));
        }
        var known = members.get(tuple);
        if (known == null) {
            known = events.current(reading, number, tuple).map(StoredEvent::shown);
            remember(tuple, known);
        }
        return known;
    }

    Membership membership(Reading reading, UserId user) {
        return Membership.of(find(reading, new StateTuple(EventType.MEMBER, user.value())));
    }

    PowerLevels powerLevels(Reading reading) {
        return new RoomFacts(create(), tuple -> find(reading, tuple)).powerLevels();
    }

    /// The event is committed: it is the newest now.
    void apply(Pdu pdu) {
        extremity = pdu.eventId();
        depth = pdu.depth();
        pdu.stateTuple()
                .ifPresent(tuple -> {
                    if (tuple.type().equals(EventType.MEMBER)) {
                        remember(tuple, Optional.of(pdu));
                    } else {
                        state.put(tuple, pdu);
                    }
                });
    }

    private void remember(StateTuple tuple, Optional<Pdu> member) {
        members.remove(tuple);
        members.put(tuple, member);
        if (members.size() > CACHED_MEMBERS) {
            members.pollFirstEntry();
        }
    }
}
