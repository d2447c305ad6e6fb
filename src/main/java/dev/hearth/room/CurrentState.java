package dev.hearth.room;

import dev.hearth.authorization.Membership;
import dev.hearth.event.EventType;
import dev.hearth.identifier.ServerName;
import dev.hearth.identifier.UserId;
import dev.hearth.storage.Transaction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What follows from a change of a room's current state: its rows, who is what to the room, how
/// many they are. One event may change much or nothing: where branches meet, resolution decides.
final class CurrentState {

    private final RoomTables tables;
    private final ServerName server;
    private final List<StateListener> listeners = new ArrayList<>();

    CurrentState(RoomTables tables, ServerName server) {
        this.tables = tables;
        this.server = server;
    }

    void onChange(StateListener listener) {
        listeners.add(listener);
    }

    /// The room's state is that of its newest event now.
    ///
    /// @param was the snapshot of its current state before
    void change(Transaction tx, LiveRoom room, StoredEvent newest, long was) {
        if (room.state() == was) {
            return;
        }
        var types = new HashSet<String>();
        changes(tx, newest, was, room.state())
                .forEach((key, event) -> types.add(change(tx, room, newest, key, event)));
        tell(tx, room, types);
    }

    /// A piece of the room's state says less than before.
    void redacted(Transaction tx, LiveRoom room, String type) {
        tell(tx, room, Set.of(type));
    }

    private void tell(Transaction tx, LiveRoom room, Set<String> types) {
        var change = new StateListener.Change(room.stored(), types, room.counts().joined());
        listeners.forEach(listener -> listener.changed(tx, change));
    }

    private Map<Long, Long> changes(Transaction tx, StoredEvent newest, long was, long now) {
        boolean plain = newest.states().before() == was && newest.states().after() == now;
        return plain
                ? Map.of(
                        tables.states().keys().intern(tx, newest.pdu().stateTuple().orElseThrow()),
                        newest.number())
                : tables.states().snapshots().changes(tx, was, now);
    }

    private String change(
            Transaction tx, LiveRoom room, StoredEvent newest, long key, long number) {
        long position = newest.position();
        tables.graph().setCurrent(tx, room.number(), key, number, position);
        var event = event(tx, newest, number);
        var tuple =
                event.flatMap(found -> found.pdu().stateTuple())
                        .orElseGet(() -> tables.states().keys().tuple(tx, key));
        room.changed(tuple, event);
        if (tuple.type().equals(EventType.MEMBER)) {
            UserId.find(tuple.stateKey())
                    .ifPresent(user -> setMembership(tx, room, user, event, position));
        }
        return tuple.type();
    }

    private Optional<StoredEvent> event(Transaction tx, StoredEvent newest, long number) {
        if (number == StateDelta.REMOVED) {
            return Optional.empty();
        }
        return number == newest.number() ? Optional.of(newest) : tables.events().at(tx, number);
    }

    private void setMembership(
            Transaction tx,
            LiveRoom room,
            UserId user,
            Optional<StoredEvent> member,
            long position) {
        var membership = Membership.of(member.map(StoredEvent::pdu));
        var before = tables.memberships().set(tx, user, room.number(), membership, position);
        room.setCounts(room.counts().after(before, membership));
        if (user.isOn(server)) {
            room.setLocalMember(user, membership);
        }
    }
}
