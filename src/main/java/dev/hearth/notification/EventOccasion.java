package dev.hearth.notification;

import dev.hearth.authorization.Membership;
import dev.hearth.authorization.RoomFacts;
import dev.hearth.event.EventType;
import dev.hearth.event.Pdu;
import dev.hearth.event.StateTuple;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.room.RoomMembership;
import dev.hearth.room.Rooms;
import dev.hearth.room.StoredEvent;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import java.util.Optional;
import java.util.function.LongSupplier;

/// An event that has just become part of its room, with the room as it is now.
///
/// @param owner of the rules, if they are somebody's
/// @param members how many are in the room
record EventOccasion(
        Surroundings around, Reading reading, Pdu pdu, Optional<UserId> owner, LongSupplier members)
        implements Occasion {

    /// Where events are looked at.
    record Surroundings(Rooms rooms, ThreadHearers hearers) {}

    /// While the event becomes part of the room: its members need no look-up.
    static EventOccasion arriving(
            Surroundings around, Transaction tx, Pdu pdu, Optional<UserId> owner) {
        return new EventOccasion(
                around, tx, pdu, owner, () -> around.rooms().joinedMembers(pdu.roomId()));
    }

    /// Some time after.
    static EventOccasion after(Surroundings around, Reading reading, Pdu pdu, UserId owner) {
        return new EventOccasion(
                around,
                reading,
                pdu,
                Optional.of(owner),
                () -> count(around.rooms(), reading, pdu));
    }

    private static long count(Rooms rooms, Reading reading, Pdu pdu) {
        return rooms.membership(reading, pdu.sender(), pdu.roomId())
                .map(sender -> rooms.countMembers(reading, sender.room(), Membership.JOIN))
                .orElse(0L);
    }

    private Rooms rooms() {
        return around.rooms();
    }

    @Override
    public Optional<Boolean> isInThreadSubscribedTo() {
        return around.hearers().isOne(reading, pdu, owner);
    }

    @Override
    public JsonObject event() {
        return pdu.json();
    }

    @Override
    public UserId sender() {
        return pdu.sender();
    }

    @Override
    public long joinedMembers() {
        return members.getAsLong();
    }

    /// The number of the room, which somebody who has just sent is known to.
    private Optional<Long> room() {
        return rooms().membership(reading, pdu.sender(), pdu.roomId()).map(RoomMembership::room);
    }

    @Override
    public boolean senderMayNotify(String key) {
        return state(new StateTuple(EventType.CREATE, ""))
                .map(create -> new RoomFacts(create, this::state).powerLevels())
                .filter(levels -> levels.user(pdu.sender()) >= levels.toNotify(key))
                .isPresent();
    }

    private Optional<Pdu> state(StateTuple tuple) {
        return room().flatMap(room -> rooms().currentState(reading, room, tuple))
                .map(StoredEvent::shown);
    }

    @Override
    public Optional<String> displayName() {
        return owner.flatMap(user -> state(new StateTuple(EventType.MEMBER, user.value())))
                .flatMap(member -> member.content().peekString("displayname"));
    }
}
