package dev.hearth.room;

import dev.hearth.authorization.Membership;
import dev.hearth.storage.Transaction;
import java.util.Optional;

/// A room with its first two events: that it was made, and that its creator is in it.
final class NewRoom {

    private NewRoom() {}

    static LiveRoom begin(Rooms rooms, Transaction tx, PackedEvent create) {
        var pdu = create.pdu();
        var creator = pdu.sender();
        var stored = new StoredRoom(tx.nextPosition(), pdu.roomId(), pdu.roomVersion());
        rooms.store().insert(tx, stored);
        var room = LiveRoom.created(rooms.states(), stored);
        rooms.persist(tx, room, create, Optional.empty());
        var join = WrittenMember.of(rooms.profile(), tx, Membership.JOIN, creator);
        rooms.append(tx, room, Draft.member(creator, creator, join), Optional.empty());
        return room;
    }
}
