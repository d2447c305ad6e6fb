package dev.hearth.room;

import static dev.hearth.room.RoomServer.ALICE;
import static dev.hearth.room.RoomServer.BOB;
import static dev.hearth.room.RoomServer.CAROL;
import static dev.hearth.room.RoomServer.path;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.authorization.Membership;
import dev.hearth.event.Pdu;
import dev.hearth.event.StateTuple;
import dev.hearth.identifier.EventId;
import dev.hearth.json.JsonArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A room whose history branches and comes together, and events that aren't let in.
class RoomGraphTest {

    private static final StateTuple TOPIC = new StateTuple("m.room.topic", "");

    private final RoomServer server = new RoomServer();
    private Branch branch = new Branch(server, server.create());

    @BeforeEach
    void aRoomOfAliceAndBob() {
        var room = server.createWithBob();
        var levels = server.state(ALICE, room, "m.room.power_levels", "").ok();
        var users = levels.object("users").with(BOB.value(), 60);
        server.as(ALICE)
                .put(path(room) + "/state/m.room.power_levels", levels.with("users", users))
                .ok();
        branch = new Branch(server, room);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private String roomId() {
        return branch.room.value();
    }

    private EventId say(String text) {
        return EventId.parse(
                server.say(ALICE, roomId(), text, "body", text).ok().string("event_id"));
    }

    private String topic() {
        return server.state(ALICE, roomId(), "m.room.topic", "").ok().string("topic");
    }

    private List<String> timeline() {
        return server
                .as(ALICE)
                .get(path(roomId()) + "/messages?dir=f&limit=200")
                .ok()
                .array("chunk")
                .objects()
                .stream()
                .map(event -> event.string("event_id"))
                .toList();
    }

    private long joined() {
        return branch.storedHead().counts().joined();
    }

    @Test
    void anEventOfOursFollowsAllBranchesAndTheirResolvedState() {
        var fork = branch.tip();
        var one = branch.topic(ALICE, "one", fork);
        var other = branch.topic(ALICE, "other", fork);
        branch.accept(other, one);
        assertEquals(Set.of(one.eventId(), other.eventId()), Set.copyOf(branch.head()));
        // The later of two changes by equals wins, whatever came first.
        assertEquals("other", topic());
        var merged = say("merge");
        assertEquals(List.of(merged), branch.head());
        var event = branch.stored(merged);
        assertEquals(Set.of(one.eventId(), other.eventId()), Set.copyOf(event.pdu().prevEvents()));
        assertEquals(101, event.pdu().depth());
        assertEquals(Optional.of(other), at(event.states().before()));
        assertEquals(List.of(branch.stored(merged).number()), branch.storedHead().extremities());
        assertTrue(timeline().containsAll(List.of(one.eventId().value(), merged.value())));
    }

    private Optional<Pdu> at(long snapshot) {
        return server.database.read(reading ->
                server.rooms.states().in(reading, snapshot, TOPIC).map(StoredEvent::pdu));
    }

    @Test
    void aBanOnOneBranchTakesBackWhatTheBannedDidOnTheOther() {
        var fork = branch.tip();
        long before = server.database.position();
        branch.accept(branch.topic(BOB, "of Bob", fork));
        assertEquals("of Bob", topic());
        assertEquals(2, joined());
        long withTopic = server.database.position();
        branch.accept(branch.member(ALICE, BOB, "ban", fork));
        server.state(ALICE, roomId(), "m.room.topic", "").refused(404, "M_NOT_FOUND");
        assertEquals(1, joined());
        assertEquals(1, branch.storedHead().counts().banned());
        var membership =
                server.database
                        .read(r -> server.rooms.membership(r, BOB, branch.room))
                        .orElseThrow();
        assertEquals(Membership.BAN, membership.membership());
        assertTrue(membership.position() > withTopic);
        long room = membership.room();
        // The one change without an event of its own is told by nothing but the state.
        assertEquals(
                List.of(),
                server
                        .database
                        .read(r -> server.rooms.stateAt(r, room, TOPIC, Long.MAX_VALUE))
                        .stream()
                        .toList());
        assertEquals(
                1,
                server.database
                        .read(r -> server.rooms.stateChanges(r, room, before, withTopic))
                        .size());
        assertEquals(
                List.of("m.room.member"),
                server
                        .database
                        .read(r -> server.rooms.stateChanges(r, room, withTopic, Long.MAX_VALUE))
                        .stream()
                        .map(event -> event.pdu().type())
                        .toList());
        server.say(BOB, roomId(), "x", "body", "x").refused(403, "M_FORBIDDEN");
        say("after");
        assertEquals(1, branch.head().size());
    }

    @Test
    void eachBranchHasItsOwnState() {
        var fork = branch.tip();
        var one = branch.topic(ALICE, "one", fork);
        branch.accept(one);
        var later = branch.message(ALICE, "later", one.eventId());
        var beside = branch.message(ALICE, "beside", fork);
        branch.accept(later, beside);
        assertEquals(Optional.of(one), at(branch.stored(later.eventId()).states().after()));
        assertEquals(Optional.empty(), at(branch.stored(beside.eventId()).states().after()));
        assertEquals("one", topic());
        assertEquals(Set.of(later.eventId(), beside.eventId()), Set.copyOf(branch.head()));
    }

    @Test
    void aRejectedEventIsNoPartOfTheRoom() {
        var tip = branch.tip();
        var rejected = branch.topic(CAROL, "of Carol", tip);
        var stored = branch.receive(rejected, EventStatus.REJECTED);
        assertEquals(0, stored.position());
        assertEquals(stored.states().before(), stored.states().after());
        assertEquals(List.of(tip), branch.head());
        isToldToNobody(rejected);
        var next = branch.message(ALICE, "next", rejected.eventId());
        branch.accept(next);
        // What follows it follows what it followed.
        assertEquals(List.of(next.eventId()), branch.head());
        assertEquals(Optional.empty(), at(branch.stored(next.eventId()).states().before()));
    }

    private void isToldToNobody(Pdu pdu) {
        assertFalse(timeline().contains(pdu.eventId().value()));
        server.event(ALICE, roomId(), pdu.eventId().value()).refused(404, "M_NOT_FOUND");
        server.state(ALICE, roomId(), "m.room.topic", "").refused(404, "M_NOT_FOUND");
    }

    @Test
    void aSoftFailedEventCountsForWhatIsBuiltOnItAlone() {
        var tip = branch.tip();
        var failed = branch.topic(BOB, "of Bob", tip);
        branch.receive(failed, EventStatus.SOFT_FAILED);
        assertEquals(List.of(tip), branch.head());
        isToldToNobody(failed);
        var next = branch.message(ALICE, "next", failed.eventId());
        branch.accept(next);
        assertEquals(List.of(next.eventId()), branch.head());
        assertEquals("of Bob", topic());
        assertFalse(timeline().contains(failed.eventId().value()));
    }

    @Test
    void anOutlierGetsItsPlaceWhenItIsAccepted() {
        var tip = branch.tip();
        var event = branch.topic(ALICE, "far", tip);
        var outlier = branch.receive(event, EventStatus.OUTLIER);
        assertEquals(0, outlier.position());
        assertEquals(List.of(tip), branch.head());
        isToldToNobody(event);
        assertEquals(outlier.number(), branch.receive(event, EventStatus.OUTLIER).number());
        var between = branch.stored(say("between"));
        var accepted = branch.accept(event);
        assertEquals(outlier.number(), accepted.number());
        assertNotEquals(outlier.number(), accepted.position());
        assertTrue(accepted.position() > between.position());
        assertEquals("far", topic());
        assertEquals(event.eventId().value(), timeline().getLast());
        assertEquals(accepted, branch.accept(event));
    }

    @Test
    void whatWasMissedIsNoExtremityWhenItComesLate() {
        var tip = branch.tip();
        var missed = branch.message(ALICE, "missed", tip);
        var next = branch.message(ALICE, "next", tip, missed.eventId());
        branch.accept(next);
        assertEquals(List.of(next.eventId()), branch.head());
        branch.accept(missed);
        assertEquals(List.of(next.eventId()), branch.head());
    }

    @Test
    void withoutAnyKnownPredecessorTheStateHasToBeTold() {
        var missed = branch.message(ALICE, "missed", branch.tip());
        branch.accept(missed);
        var unknown = new EventId("$" + "x".repeat(43));
        var json =
                missed.json()
                        .with("prev_events", JsonArray.of(unknown))
                        .without("signatures", "hashes");
        var pdu = server.signer.sign(json, missed.roomVersion());
        assertThrows(IllegalStateException.class, () -> branch.accept(pdu));
        assertEquals(List.of(missed.eventId()), branch.head());
    }

    @Test
    void ofManyBranchesAnEventFollowsTwentyAndTheRestLater() {
        var fork = branch.tip();
        var all = new ArrayList<EventId>();
        for (int i = 0; i < 25; i++) {
            all.add(branch.accept(branch.message(ALICE, "m" + i, fork)).pdu().eventId());
        }
        assertEquals(25, branch.head().size());
        var first = branch.stored(say("first"));
        assertEquals(20, first.pdu().prevEvents().size());
        assertEquals(6, branch.head().size());
        var second = say("second");
        assertEquals(List.of(second), branch.head());
        var followed = new ArrayList<>(first.pdu().prevEvents());
        followed.addAll(branch.stored(second).pdu().prevEvents());
        assertTrue(followed.containsAll(all));
    }

    @Test
    void aRoomIsTheSameWhenItIsReadAnew() {
        var fork = branch.tip();
        branch.accept(branch.topic(ALICE, "one", fork), branch.topic(BOB, "other", fork));
        var again = new LiveRooms(server.database, RoomTables.create(), server.rooms.server());
        var room = again.alone(branch.room, () -> again.get(branch.room));
        assertEquals(branch.head(), branch.ids(room.head().extremities()));
        assertEquals(Set.of(ALICE, BOB), room.localMembers());
        assertEquals(branch.storedHead(), room.head());
    }

    @Test
    void aFailedTransactionLeavesTheRoomAsItWas() {
        var tip = branch.tip();
        var lost = branch.topic(ALICE, "lost", tip);
        assertThrows(
                IllegalStateException.class,
                () ->
                        server.rooms.inRoom(
                                branch.room,
                                (tx, room) -> {
                                    server.rooms.receive(tx, room, lost, EventStatus.ACCEPTED);
                                    throw new IllegalStateException("on purpose");
                                }));
        assertEquals(List.of(tip), branch.head());
        server.state(ALICE, roomId(), "m.room.topic", "").refused(404, "M_NOT_FOUND");
        branch.accept(branch.topic(ALICE, "found", tip));
        assertEquals("found", topic());
    }

    @Test
    void whoIsCountedIsWhoIsIn() {
        assertEquals(2, joined());
        server.act(ALICE, roomId(), "invite", "user_id", CAROL).ok();
        server.act(BOB, roomId(), "leave").ok();
        assertEquals(new MemberCounts(1, 1, 0, 0, 1), branch.storedHead().counts());
        server.act(CAROL, roomId(), "join").ok();
        server.act(ALICE, roomId(), "ban", "user_id", CAROL).ok();
        assertEquals(new MemberCounts(1, 0, 0, 1, 1), branch.storedHead().counts());
        server.put(ALICE, roomId(), "m.room.member", ALICE.value(), "membership", "join").ok();
        assertEquals(new MemberCounts(1, 0, 0, 1, 1), branch.storedHead().counts());
    }
}
