package dev.hearth.receipt;

import dev.hearth.authorization.Membership;
import dev.hearth.identifier.EventId;
import dev.hearth.identifier.UserId;
import dev.hearth.room.Rooms;
import dev.hearth.room.StoredEvent;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import java.util.function.Consumer;

/// RCPT-7: who sends has read what was before, in that thread; who comes in begins there.
final class OwnSends {

    private final Rooms rooms;
    private final ReceiptStore store;
    private final Threads threads;
    private final Consumer<UserId> cleared;

    /// @param cleared hears for whom less may be unread
    OwnSends(Rooms rooms, ReceiptStore store, Threads threads, Consumer<UserId> cleared) {
        this.rooms = rooms;
        this.store = store;
        this.threads = threads;
        this.cleared = cleared;
    }

    void note(Transaction tx, StoredEvent event) {
        var pdu = event.pdu();
        if (!rooms.isLocal(pdu.sender())) {
            return;
        }
        if (!pdu.isMembershipOf(pdu.sender())) {
            mark(tx, event, threads.rootOf(tx, pdu).map(EventId::value).orElse(Receipt.MAIN));
        } else if (Membership.of(pdu) == Membership.JOIN && wasOutside(tx, event)) {
            mark(tx, event, Receipt.UNTHREADED);
        }
    }

    /// A new name is no coming in, and says nothing about reading: clients set it everywhere.
    private boolean wasOutside(Reading reading, StoredEvent event) {
        var user = event.pdu().sender();
        return rooms.membership(reading, user, event.pdu().roomId())
                .map(membership ->
                        rooms.membershipAt(reading, membership.room(), user, event.position() - 1))
                .filter(before -> before == Membership.JOIN)
                .isEmpty();
    }

    private void mark(Transaction tx, StoredEvent event, String thread) {
        var pdu = event.pdu();
        store.put(
                tx,
                new Receipt(
                        pdu.sender(),
                        pdu.roomId(),
                        Receipt.SENT,
                        thread,
                        pdu.eventId(),
                        event.position(),
                        pdu.originServerTs()),
                0);
        tx.afterCommit(() -> cleared.accept(pdu.sender()));
    }
}
