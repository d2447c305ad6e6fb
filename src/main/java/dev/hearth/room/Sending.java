package dev.hearth.room;

import dev.hearth.concurrent.NewsBoard;
import dev.hearth.concurrent.Recent;
import dev.hearth.event.Pdu;
import dev.hearth.http.ClientRequest;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.TransactionId;
import dev.hearth.identifier.UserId;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/// How an event of ours comes into its room, and what follows from it.
final class Sending {

    private final Rooms rooms;
    private final ServerVoice voice;
    private final RoomTables tables;
    private final CurrentState current;
    private final RoomGraph graph;
    private final Relations relations;
    private final Redactions redactions;
    private final Recent<Long> recent;
    private final NewsBoard<UserId> news;
    private final Succession succession;
    private final GuestDoors guestDoors;
    private final List<BiConsumer<Transaction, StoredEvent>> persisting = new ArrayList<>();

    Sending(
            Rooms rooms,
            RoomTables tables,
            Recent<Long> recent,
            NewsBoard<UserId> news,
            Clock clock) {
        this.rooms = rooms;
        this.voice = new ServerVoice(rooms, this);
        this.tables = tables;
        this.current = new CurrentState(tables, rooms.server());
        this.graph = new RoomGraph(tables, current);
        this.relations = new Relations(tables);
        this.redactions = new Redactions(rooms.database(), tables, relations, current, clock);
        this.recent = recent;
        this.news = news;
        this.succession = new Succession(rooms);
        this.guestDoors = new GuestDoors(rooms);
        current.onChange(guestDoors);
    }

    ServerVoice voice() {
        return voice;
    }

    void onPersisting(BiConsumer<Transaction, StoredEvent> hook) {
        persisting.add(hook);
    }

    void onStateChange(StateListener listener) {
        current.onChange(listener);
    }

    Redactions redactions() {
        return redactions;
    }

    /// Sends a message once, however often it is asked for. It is made, signed and judged before
    /// the database's one writer is taken: the room's lock alone keeps it true until it is written.
    String once(ClientRequest request, RoomId roomId, Draft draft) {
        TransactionId.parse(request.path("txnId"));
        return rooms.live().alone(roomId, () -> onceAlone(request, roomId, draft));
    }

    /// Either what was answered before, or what is to be sent now.
    private record Attempt(Optional<String> answer, Optional<PackedEvent> event) {

        static Attempt answered(String answer) {
            return new Attempt(Optional.of(answer), Optional.empty());
        }

        static Attempt of(PackedEvent event) {
            return new Attempt(Optional.empty(), Optional.of(event));
        }
    }

    private String onceAlone(ClientRequest request, RoomId roomId, Draft draft) {
        var room = rooms.live().get(roomId);
        var attempt =
                rooms.database()
                        .read(reading ->
                                rooms.transactions()
                                        .find(reading, request)
                                        .map(Attempt::answered)
                                        .orElseGet(() -> Attempt.of(next(reading, room, draft))));
        if (attempt.answer().isPresent()) {
            return attempt.answer().get();
        }
        var event = attempt.event().orElseThrow();
        var sentBy = new StoredEvent.SentBy(request.device().value(), request.path("txnId"));
        return rooms.live()
                .write(
                        room,
                        (tx, _) -> {
                            persist(tx, room, event, Optional.of(sentBy));
                            var id = event.pdu().eventId().value();
                            rooms.transactions().keep(tx, request, id);
                            return id;
                        });
    }

    /// What is to be sent into a room, if anything, by what it is now.
    @FunctionalInterface
    interface Decision {
        Optional<Draft> of(Reading reading, LiveRoom room);
    }

    /// Sends what a decision comes to. It is decided, made, signed and judged on a reading, alone
    /// in the room, and only then is the database's writer taken.
    Optional<StoredEvent> decide(RoomId roomId, Decision decision) {
        return rooms.live().alone(roomId, () -> decideAlone(roomId, decision));
    }

    private Optional<StoredEvent> decideAlone(RoomId roomId, Decision decision) {
        var room = rooms.live().get(roomId);
        var event =
                rooms.database()
                        .read(reading ->
                                decision.of(reading, room)
                                        .map(draft -> next(reading, room, draft)));
        return event.map(made ->
                rooms.live().write(room, (tx, _) -> persist(tx, room, made, Optional.empty())));
    }

    PackedEvent next(Reading reading, LiveRoom room, Draft draft) {
        if (draft.redacts().isPresent()) {
            new RedactionCheck(rooms, reading, room).check(draft);
        }
        new RelationCheck(tables, reading, room.roomId()).check(draft);
        return rooms.builder().next(draft, room, reading);
    }

    /// Adds an event of ours to its room; what follows from it is in the same transaction.
    StoredEvent persist(
            Transaction tx, LiveRoom room, PackedEvent event, Optional<StoredEvent.SentBy> sentBy) {
        var stored = graph.append(tx, room, event, sentBy);
        follow(tx, room, stored);
        return stored;
    }

    /// Adds an event from elsewhere, once it is known what to make of it. Only what is accepted is
    /// told to anybody.
    StoredEvent receive(Transaction tx, LiveRoom room, Pdu pdu, EventStatus status) {
        long before = room.changes();
        var stored = graph.insert(tx, room, PackedEvent.of(pdu), status);
        if (status == EventStatus.ACCEPTED && room.changes() != before) {
            follow(tx, room, redactions.catchUp(tx, room, stored));
        }
        return stored;
    }

    private void follow(Transaction tx, LiveRoom room, StoredEvent stored) {
        recent.note(room.number(), stored.position());
        redactions.follow(tx, room, stored);
        relations.note(tx, room.number(), stored);
        persisting.forEach(hook -> hook.accept(tx, stored));
        succession.note(tx, room, stored);
        guestDoors.follow(tx, room);
        wake(tx, room, stored.pdu());
    }

    private void wake(Transaction tx, LiveRoom room, Pdu pdu) {
        var members = room.localMembers();
        tx.afterCommit(() -> {
            news.publishTo(members);
            rooms.peeking().publish(pdu.roomId());
            pdu.stateKey().flatMap(UserId::find).ifPresent(news::publish);
        });
    }
}
