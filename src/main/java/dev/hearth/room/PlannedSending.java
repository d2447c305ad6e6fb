package dev.hearth.room;

import static dev.hearth.error.MatrixException.forbidden;

import dev.hearth.authorization.Membership;
import dev.hearth.http.ClientRequest;
import dev.hearth.http.Requester;
import dev.hearth.identifier.EventId;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import java.util.Optional;
import java.util.function.Supplier;

/// Sends what was planned before, when its time has come, by the same rules as what is sent at
/// once.
public final class PlannedSending {

    private final Rooms rooms;
    private final Sending sending;
    private final Drafting drafting;

    PlannedSending(Rooms rooms, Sending sending) {
        this.rooms = rooms;
        this.sending = sending;
        this.drafting = new Drafting(rooms);
    }

    /// What is to happen in the transaction that sends: that the event is still to be sent may have
    /// changed until then.
    @FunctionalInterface
    public interface Occasion {

        /// @param send sends the event, if it is called
        void carryOut(Transaction tx, Supplier<EventId> send);
    }

    /// What there is to send; nothing where the state is already as wanted.
    private record Made(EventId id, Optional<PackedEvent> event) {}

    /// Sends an event.
    ///
    /// @throws dev.hearth.error.MatrixException if it may not be sent
    public void send(PlannedEvent event, String delayId, Occasion occasion) {
        rooms.live()
                .alone(
                        event.room(),
                        () -> {
                            sendAlone(event, delayId, occasion);
                            return true;
                        });
    }

    private void sendAlone(PlannedEvent event, String delayId, Occasion occasion) {
        var room = rooms.live().get(event.room());
        var made = rooms.database().read(reading -> make(event, reading, room));
        var sentBy = Optional.of(StoredEvent.SentBy.plan(delayId));
        rooms.live()
                .write(
                        room,
                        (tx, _) -> {
                            occasion.carryOut(
                                    tx,
                                    () -> {
                                        made.event()
                                                .ifPresent(packed ->
                                                        sending.persist(tx, room, packed, sentBy));
                                        return made.id();
                                    });
                            return true;
                        });
    }

    private Made make(PlannedEvent event, Reading reading, LiveRoom room) {
        if (event.stateKey().isEmpty()) {
            return made(sending.next(reading, room, message(event)));
        }
        var state = drafting.state(event, reading, room);
        return state.draft()
                .map(draft -> made(sending.next(reading, room, draft)))
                .orElseGet(() -> new Made(state.same().orElseThrow().eventId(), Optional.empty()));
    }

    private static Made made(PackedEvent event) {
        return new Made(event.pdu().eventId(), Optional.of(event));
    }

    /// Nobody redacts in the name of the server at a later time.
    private Draft message(PlannedEvent event) {
        return drafting.message(event, Requester.withoutDevice(event.sender()));
    }

    /// Refuses what has no right form, or comes from somebody who is not in the room. What somebody
    /// may do there is asked when it is done.
    public void check(PlannedEvent event) {
        rooms.live()
                .alone(
                        event.room(),
                        () -> {
                            var room = rooms.live().get(event.room());
                            return rooms.database().read(reading -> check(event, reading, room));
                        });
    }

    private boolean check(PlannedEvent event, Reading reading, LiveRoom room) {
        if (room.membership(reading, event.sender()) != Membership.JOIN) {
            throw forbidden("You are not in room " + event.room());
        }
        var draft =
                event.stateKey().isEmpty()
                        ? Optional.of(message(event))
                        : drafting.state(event, reading, room).draft();
        draft.ifPresent(some -> rooms.builder().build(some, room, reading));
        return true;
    }

    /// What was answered to the same request before.
    public Optional<String> answer(Reading reading, ClientRequest request) {
        return rooms.transactions().findPlan(reading, request);
    }

    /// Plans once, however often a request is repeated.
    public String planOnce(Transaction tx, ClientRequest request, Supplier<String> plan) {
        return rooms.transactions().planOnce(tx, request, plan);
    }
}
