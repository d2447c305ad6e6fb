package dev.hearth.room;

import dev.hearth.authorization.Membership;
import dev.hearth.event.CreateContent;
import dev.hearth.event.EventType;
import dev.hearth.event.Pdu;
import dev.hearth.event.StateTuple;
import dev.hearth.identifier.UserId;
import dev.hearth.storage.Transaction;
import java.util.Optional;

/// Who comes into a room that takes the place of another takes along what they had set for that one
/// (ROOM-13). A room may only be a successor if who may say so does: whoever made it has the power
/// to close the old one, or the old one names it. Else anybody could make a room that looks like
/// somebody's direct chat.
final class Succession {

    private static final StateTuple TOMBSTONE = new StateTuple(EventType.TOMBSTONE, "");

    private final Rooms rooms;

    Succession(Rooms rooms) {
        this.rooms = rooms;
    }

    /// An event came into a room.
    void note(Transaction tx, LiveRoom room, StoredEvent event) {
        if (!event.pdu().type().equals(EventType.MEMBER)) {
            return;
        }
        event.pdu()
                .stateKey()
                .flatMap(UserId::find)
                .filter(user -> rooms.isLocal(user) && isComing(tx, event))
                .ifPresent(user -> come(tx, room, user));
    }

    private boolean isComing(Transaction tx, StoredEvent event) {
        if (Membership.of(event.pdu()) != Membership.JOIN) {
            return false;
        }
        var before = event.replaces().flatMap(number -> rooms.events().at(tx, number));
        return Membership.of(before.map(StoredEvent::pdu)) != Membership.JOIN;
    }

    private void come(Transaction tx, LiveRoom room, UserId user) {
        var create = room.create(tx);
        new CreateContent(create)
                .predecessor()
                .flatMap(old -> rooms.membership(tx, user, old))
                .filter(membership -> membership.joinedUntil() > 0 && !membership.forgotten())
                .filter(membership -> isSuccessor(tx, membership.room(), create))
                .ifPresent(old ->
                        rooms.neighbors()
                                .residents()
                                .succeed(tx, user, old.roomId(), room.roomId()));
    }

    private boolean isSuccessor(Transaction tx, long old, Pdu create) {
        boolean named =
                rooms.currentState(tx, old, TOMBSTONE)
                        .flatMap(event -> event.shown().content().peekString("replacement_room"))
                        .equals(Optional.of(create.roomId().value()));
        return named || rooms.facts(tx, old).maySet(create.sender(), EventType.TOMBSTONE);
    }
}
