package dev.hearth.receipt;

import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonObject;
import dev.hearth.testing.Reply;
import dev.hearth.testing.RoomSection;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReceiptTest {

    private TestHomeserver server;
    private TestUser alice;
    private TestUser bob;
    private String room;

    @BeforeEach
    void meet() {
        server = TestHomeserver.start();
        alice = server.register("alice");
        bob = server.register("bob");
        room = alice.createRoom(JsonObject.of("preset", "public_chat"));
        bob.join(room);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Reply markers(TestUser user, JsonObject body) {
        return user.client().post(TestUser.room(room) + "/read_markers", body);
    }

    private RoomSection sync(TestUser user) {
        return RoomSection.of(user.sync(), room);
    }

    private JsonObject receipts(TestUser user) {
        return sync(user).ephemeral("m.receipt").orElse(JsonObject.EMPTY);
    }

    private static Optional<JsonObject> slot(
            JsonObject receipts, String event, String type, TestUser user) {
        return receipts.path(event, type, user.id()).map(JsonObject.class::cast);
    }

    private String relate(TestUser user, String kind, String parent) {
        return user.send(
                room,
                "m.room.message",
                JsonObject.of(
                        "msgtype",
                        "m.text",
                        "body",
                        "about that",
                        "m.relates_to",
                        JsonObject.of("rel_type", kind, "event_id", parent)));
    }

    @Test
    @DisplayName("RCPT-1, SYNC-16: a receipt reaches the others, with the server's time")
    void aReceiptReachesTheOthers() {
        var event = alice.say(room, "hello");
        alice.sync();
        bob.read(room, event);
        var seen = alice.syncUntil(sync -> sync.path("rooms", "join", room).isPresent());
        var section = RoomSection.of(seen, room);
        assertTrue(section.timeline().isEmpty());
        var slot = slot(section.ephemeral("m.receipt").orElseThrow(), event, "m.read", bob);
        assertTrue(slot.orElseThrow().integer("ts") > 0);
        assertFalse(slot.orElseThrow().has("thread_id"));
    }

    @Test
    @DisplayName("SYNC-25: an initial sync tells the receipts that there are, each once")
    void anInitialSyncTellsAll() {
        bob.read(room, alice.say(room, "one"));
        var two = alice.say(room, "two");
        bob.read(room, two);
        var receipts = receipts(alice);
        assertEquals(1, receipts.size());
        assertTrue(slot(receipts, two, "m.read", bob).isPresent());
    }

    @Test
    @DisplayName("RCPT-3: a private receipt is seen by its own user alone, on all devices")
    void aPrivateReceiptStaysPrivate() {
        var event = alice.say(room, "hello");
        var phone = server.login("bob");
        phone.sync();
        alice.sync();
        bob.receipt(room, "m.read.private", event, JsonObject.EMPTY).ok();
        assertTrue(sync(alice).isEmpty());
        assertTrue(slot(receipts(phone), event, "m.read.private", bob).isPresent());
        alice.forgetSync();
        assertTrue(receipts(alice).isEmpty());
    }

    @Test
    @DisplayName("RCPT-4: a receipt that comes late moves nothing back")
    void aReceiptNeverMovesBack() {
        var one = alice.say(room, "one");
        var two = alice.say(room, "two");
        bob.read(room, two);
        alice.sync();
        bob.read(room, one);
        bob.read(room, two);
        assertTrue(sync(alice).isEmpty());
    }

    @Test
    @DisplayName("RCPT-4: the public receipt may lag behind the private one")
    void thePublicReceiptMayLagBehind() {
        var one = alice.say(room, "one");
        var two = alice.say(room, "two");
        bob.receipt(room, "m.read.private", two, JsonObject.EMPTY).ok();
        bob.read(room, one);
        assertTrue(slot(receipts(alice), one, "m.read", bob).isPresent());
        var own = receipts(bob);
        assertTrue(slot(own, one, "m.read", bob).isPresent());
        assertTrue(slot(own, two, "m.read.private", bob).isPresent());
    }

    @Test
    @DisplayName("RCPT-1: each thread has its own receipt, the main timeline and the room too")
    void eachThreadHasItsOwnReceipt() {
        var root = alice.say(room, "root");
        var reply = relate(alice, "m.thread", root);
        bob.readIn(room, "main", root);
        bob.readIn(room, root, reply);
        var receipts = receipts(alice);
        assertEquals(
                Optional.of("main"),
                slot(receipts, root, "m.read", bob).map(slot -> slot.string("thread_id")));
        assertEquals(
                Optional.of(root),
                slot(receipts, reply, "m.read", bob).map(slot -> slot.string("thread_id")));
        bob.read(room, reply);
        assertTrue(slot(receipts(alice), reply, "m.read", bob).isPresent());
    }

    /// Complement: TestRoomReceipts, with its part about the room's ID
    @Test
    @DisplayName("RCPT-1: a receipt for one's own event is told, without the room's ID")
    void aReceiptForOnesOwnEvent() {
        var event = alice.say(room, "hello");
        alice.read(room, event);
        var told =
                sync(alice).json().object("ephemeral").array("events").objects().stream()
                        .filter(ephemeral -> ephemeral.string("type").equals("m.receipt"))
                        .findFirst()
                        .orElseThrow();
        assertTrue(slot(told.object("content"), event, "m.read", alice).isPresent());
        assertFalse(told.has("room_id"));
    }

    /// Complement: TestRoomReadMarkers
    @Test
    @DisplayName("RCPT-8: markers set the receipt and the read marker in one")
    void markersSetBoth() {
        var event = alice.say(room, "hello");
        markers(alice, JsonObject.of("m.fully_read", event, "m.read", event)).ok();
        alice.forgetSync();
        var section = sync(alice);
        var receipts = section.ephemeral("m.receipt").orElseThrow();
        assertTrue(slot(receipts, event, "m.read", alice).isPresent());
        assertEquals(
                Optional.of(JsonObject.of("event_id", event)), section.accountData("m.fully_read"));
    }

    @Test
    @DisplayName("RCPT-10: that a room is marked unread is account data like any other")
    void markedUnreadIsAccountData() {
        var path =
                "/_matrix/client/v3/user/"
                        + escape(bob.id())
                        + "/rooms/"
                        + escape(room)
                        + "/account_data/m.marked_unread";
        bob.client().put(path, JsonObject.of("unread", true)).ok();
        assertEquals(
                Optional.of(JsonObject.of("unread", true)),
                sync(bob).accountData("m.marked_unread"));
    }

    /// Complement: TestThreadReceiptsInSyncMSC4102, for users of this server
    @Test
    @DisplayName("RCPT-11: of two receipts on one event the unthreaded one has the slot")
    void theUnthreadedReceiptHasTheSlot() {
        var event = alice.say(room, "hello");
        bob.read(room, event);
        bob.readIn(room, "main", event);
        var slot = slot(receipts(alice), event, "m.read", bob).orElseThrow();
        assertFalse(slot.has("thread_id"));
    }

    @Test
    @DisplayName("RCPT-2, RCPT-5: an event that has nothing to do with a thread is refused in it")
    void theEventHasToDoWithTheThread() {
        var root = alice.say(room, "root");
        var reply = relate(alice, "m.thread", root);
        var about = relate(alice, "m.reference", reply);
        var other = alice.say(room, "other");
        var inMain = JsonObject.of("thread_id", "main");
        bob.receipt(room, "m.read", reply, inMain).refused(400, "M_INVALID_PARAM");
        bob.receipt(room, "m.read", about, inMain).refused(400, "M_INVALID_PARAM");
        bob.receipt(room, "m.read", root, inMain).ok();
        var inThread = JsonObject.of("thread_id", root);
        bob.receipt(room, "m.read", other, inThread).refused(400, "M_INVALID_PARAM");
        bob.receipt(room, "m.read", root, inThread).ok();
        bob.receipt(room, "m.read", about, inThread).ok();
        var elsewhere = JsonObject.of("thread_id", "$elsewhere");
        bob.receipt(room, "m.read", reply, elsewhere).refused(400, "M_INVALID_PARAM");
    }

    @Test
    @DisplayName("RCPT-2: a relation of another kind to the root is main, and accepted in both")
    void whatIsAboutTheRootIsAcceptedInBoth() {
        var root = alice.say(room, "root");
        var about = relate(alice, "m.reference", root);
        bob.readIn(room, "main", about);
        bob.readIn(room, root, about);
    }

    @Test
    @DisplayName("RCPT-2: what makes no sense is refused in words")
    void whatMakesNoSenseIsRefused() {
        var event = alice.say(room, "hello");
        var main = JsonObject.of("thread_id", "main");
        bob.receipt(room, "m.read", event, JsonObject.of("thread_id", ""))
                .refused(400, "M_INVALID_PARAM");
        bob.receipt(room, "m.read", event, JsonObject.of("thread_id", 7))
                .refused(400, "M_INVALID_PARAM");
        bob.receipt(room, "m.fully_read", event, main).refused(400, "M_INVALID_PARAM");
        bob.receipt(room, "m.seen", event, JsonObject.EMPTY).refused(400, "M_INVALID_PARAM");
        bob.receipt(room, "m.read", "nonsense", JsonObject.EMPTY).refused(400, "M_INVALID_PARAM");
        bob.receipt(room, "m.read", "$unknown", JsonObject.EMPTY).refused(404, "M_NOT_FOUND");
        var elsewhere = bob.say(bob.createRoom(JsonObject.EMPTY), "elsewhere");
        bob.receipt(room, "m.read", elsewhere, JsonObject.EMPTY).refused(404, "M_NOT_FOUND");
        server.register("mallory")
                .receipt(room, "m.read", event, JsonObject.EMPTY)
                .refused(403, "M_FORBIDDEN");
    }

    @Test
    @DisplayName("RCPT-2: no body is as good as an empty one")
    void noBodyIsAccepted() {
        var event = alice.say(room, "hello");
        var path = TestUser.room(room) + "/receipt/m.read/" + escape(event);
        bob.client().send("POST", path, Optional.empty()).ok();
        assertTrue(slot(receipts(alice), event, "m.read", bob).isPresent());
    }

    @Test
    @DisplayName(
            "RCPT-8: read markers are set together, and the marker is account data of the room")
    void readMarkersAreSetTogether() {
        var one = alice.say(room, "one");
        var two = alice.say(room, "two");
        bob.sync();
        markers(bob, JsonObject.of("m.fully_read", one, "m.read", two, "m.read.private", two)).ok();
        var section = sync(bob);
        assertEquals(
                Optional.of(JsonObject.of("event_id", one)), section.accountData("m.fully_read"));
        var receipts = section.ephemeral("m.receipt").orElseThrow();
        assertTrue(slot(receipts, two, "m.read", bob).isPresent());
        assertTrue(slot(receipts, two, "m.read.private", bob).isPresent());
        bob.forgetSync();
        assertTrue(sync(bob).accountData("m.fully_read").isPresent());
    }

    @Test
    @DisplayName("RCPT-8: the marker moves forward, and by its own endpoints alone")
    void theMarkerMovesForward() {
        var one = alice.say(room, "one");
        var two = alice.say(room, "two");
        bob.receipt(room, "m.fully_read", two, JsonObject.EMPTY).ok();
        markers(bob, JsonObject.of("m.fully_read", one)).ok();
        assertEquals(
                Optional.of(JsonObject.of("event_id", two)), sync(bob).accountData("m.fully_read"));
        var path =
                "/_matrix/client/v3/user/"
                        + escape(bob.id())
                        + "/rooms/"
                        + escape(room)
                        + "/account_data/m.fully_read";
        bob.client().put(path, JsonObject.of("event_id", one)).refused(405, "M_BAD_JSON");
    }

    @Test
    @DisplayName("RCPT-8: of markers with a fault none is set")
    void markersAreSetAllOrNone() {
        var event = alice.say(room, "hello");
        bob.sync();
        var request = JsonObject.of("m.read", event, "m.fully_read", "$unknown");
        markers(bob, request).refused(404, "M_NOT_FOUND");
        markers(bob, JsonObject.of("m.read", 7)).refused(400, "M_BAD_JSON");
        markers(bob, JsonObject.of("m.read", "no ID")).refused(400, "M_INVALID_PARAM");
        assertTrue(sync(bob).isEmpty());
        markers(bob, JsonObject.EMPTY).ok();
        markers(server.register("mallory"), request).refused(403, "M_FORBIDDEN");
    }

    @Test
    @DisplayName("IGN-1: receipts of ignored users are left out")
    void receiptsOfIgnoredUsersAreLeftOut() {
        var event = alice.say(room, "hello");
        alice.ignore(bob.id());
        bob.read(room, event);
        assertTrue(receipts(alice).isEmpty());
    }

    @Test
    @DisplayName("Receipts are filtered by the ephemeral filter of the room")
    void theFilterKeepsThemAway() {
        alice.sync();
        bob.read(room, alice.say(room, "hello"));
        var filter = "&filter=" + escape("{\"room\":{\"ephemeral\":{\"types\":[]}}}");
        var section = RoomSection.of(alice.sync(0, filter), room);
        assertTrue(section.ephemeral("m.receipt").isEmpty());
    }

    @Test
    @DisplayName(
            "RCPT-2, REL-3: what was redacted is in its thread for some, and for others in none")
    void redactedInThread() {
        var root = alice.say(room, "root");
        var reply = relate(alice, "m.thread", root);
        var inMain = JsonObject.of("thread_id", "main");
        bob.receipt(room, "m.read", reply, inMain).refused(400, "M_INVALID_PARAM");
        alice.redact(room, reply);
        bob.receipt(room, "m.read", reply, inMain).ok();
        bob.receipt(room, "m.read", reply, JsonObject.of("thread_id", root)).ok();
    }
}
