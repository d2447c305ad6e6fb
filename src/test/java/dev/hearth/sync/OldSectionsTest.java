package dev.hearth.sync;

import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.testing.TestClient;
import dev.hearth.testing.TestClock;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// SYNC-26: what the endpoints of before `/sync` tell beside the events of rooms.
class OldSectionsTest {

    private static final String EVENTS = "/_matrix/client/v3/events?timeout=";
    private static final String INITIAL_SYNC = "/_matrix/client/v3/initialSync";
    private static final JsonObject CATS = JsonObject.of("cats_or_rats", "cats");

    /// Time stands still, so that nobody idles or goes.
    private final TestHomeserver server = TestHomeserver.start(new TestClock());

    private final TestUser alice = server.register("alice");
    private final TestUser bob = server.register("bob");
    private String room = "";

    @BeforeEach
    void meet() {
        room = alice.createRoom(JsonObject.of("preset", "public_chat"));
        bob.join(room);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static JsonObject initialSync(TestClient client, String room) {
        return client.get(TestUser.room(room) + "/initialSync").ok();
    }

    private static String end(TestUser user) {
        return user.client().get(EVENTS + "0").ok().string("end");
    }

    private static List<JsonObject> since(TestClient client, String from, String more) {
        return client.get(EVENTS + "0&from=" + from + more).ok().array("chunk").objects();
    }

    private static JsonObject only(List<JsonObject> events, String type) {
        var found = events.stream().filter(event -> event.string("type").equals(type)).toList();
        assertEquals(1, found.size(), events::toString);
        return found.getFirst();
    }

    private static boolean names(List<JsonObject> events, TestUser user) {
        return events.toString().contains(user.id());
    }

    private static void type(TestUser user, String room, boolean types) {
        user.client()
                .put(
                        TestUser.room(room) + "/typing/" + escape(user.id()),
                        JsonObject.of("typing", types, "timeout", 30_000))
                .ok();
    }

    private static void setAccountData(TestUser user, String room, JsonObject content) {
        var path = "/_matrix/client/v3/user/" + user.id() + "/rooms/" + escape(room);
        user.client().put(path + "/account_data/my.test.type", content).ok();
    }

    private static void tag(TestUser user, String room) {
        var path = "/_matrix/client/v3/user/" + user.id() + "/rooms/" + escape(room);
        user.client().put(path + "/tags/test_tag", JsonObject.of("order", 1)).ok();
    }

    private static void say(TestUser user, String presence) {
        user.client()
                .put(
                        "/_matrix/client/v3/presence/" + user.id() + "/status",
                        JsonObject.of("presence", presence))
                .ok();
    }

    private static Map<String, JsonObject> byUser(JsonArray presence) {
        return presence.objects().stream()
                .map(event -> event.object("content"))
                .collect(
                        Collectors.toMap(content -> content.string("user_id"), content -> content));
    }

    /// READ-8. SyTest: GET /rooms/:room_id/initialSync fetches initial sync state. New room members
    /// see existing users' presence in room initialSync.
    @Test
    void oneRoomIsToldWithWhoIsThere() {
        server.register("carol").join(alice.createRoom(JsonObject.of("preset", "public_chat")));
        say(alice, "online");
        var told = byUser(initialSync(bob.client(), room).array("presence"));
        assertEquals(2, told.size());
        assertEquals("online", told.get(alice.id()).string("presence"));
        assertTrue(told.get(alice.id()).has("last_active_ago"));
        assertEquals("offline", told.get(bob.id()).string("presence"));
    }

    /// READ-8, RCPT-3
    @Test
    void oneRoomIsToldWithWhoHasRead() {
        var event = alice.say(room, "a");
        alice.receipt(room, "m.read.private", event, JsonObject.EMPTY).ok();
        assertTrue(initialSync(bob.client(), room).array("receipts").isEmpty());
        bob.read(room, event);
        var told = only(initialSync(alice.client(), room).array("receipts").objects(), "m.receipt");
        assertEquals(room, told.string("room_id"));
        var read = told.object("content").object(event);
        assertTrue(read.object("m.read").object(bob.id()).has("ts"));
        assertTrue(read.object("m.read.private").has(alice.id()));
        alice.ignore(bob.id());
        assertFalse(names(initialSync(alice.client(), room).array("receipts").objects(), bob));
    }

    /// SyTest: Can get rooms/{roomId}/initialSync for a departed room (SPEC-216). Real non-joined
    /// users can room initialSync for world_readable rooms.
    @Test
    void whoIsOutsideIsNotToldWhoIsThere() {
        alice.sendState(
                room,
                "m.room.history_visibility",
                "",
                JsonObject.of("history_visibility", "world_readable"));
        alice.read(room, alice.say(room, "a"));
        say(alice, "online");
        bob.leave(room);
        for (var outside : List.of(bob, server.register("carol"))) {
            var told = initialSync(outside.client(), room);
            assertTrue(told.array("presence").isEmpty());
            assertTrue(told.array("receipts").isEmpty());
        }
    }

    /// SyTest: All room members see all room members' presence in global initialSync. Newly created
    /// users see their own presence in /initialSync (SYT-34). initialSync sees my presence status.
    @Test
    void allIsToldWithWhoIsThere() {
        say(bob, "online");
        var told = byUser(alice.client().get(INITIAL_SYNC).ok().array("presence"));
        for (var user : List.of(alice, bob)) {
            assertEquals("online", told.get(user.id()).string("presence"));
            assertTrue(told.get(user.id()).has("last_active_ago"));
        }
    }

    /// SyTest: Read receipts are visible to /initialSync. Latest account data comes down in
    /// /initialSync. Latest account data comes down in room initialSync.
    @Test
    void allIsToldWithWhatIsBesideTheRooms() {
        var event = alice.say(room, "a");
        bob.read(room, event);
        alice.setAccountData("my.test.type", CATS);
        setAccountData(alice, room, CATS);
        var all = alice.client().get(INITIAL_SYNC).ok();
        var receipt = only(all.array("receipts").objects(), "m.receipt");
        assertEquals(room, receipt.string("room_id"));
        assertTrue(receipt.object("content").object(event).object("m.read").has(bob.id()));
        var datum = JsonArray.of(JsonObject.of("type", "my.test.type", "content", CATS));
        assertEquals(datum, all.array("account_data"));
        assertEquals(datum, all.array("rooms").objects().getFirst().array("account_data"));
        assertEquals(datum, initialSync(alice.client(), room).array("account_data"));
    }

    /// IGN-1
    @Test
    void whatIgnoredUsersSayIsNotTold() {
        bob.say(room, "unheard");
        alice.ignore(bob.id());
        assertFalse(initialSync(alice.client(), room).toString().contains("unheard"));
        assertFalse(alice.client().get(INITIAL_SYNC).ok().toString().contains("unheard"));
    }

    /// What a client hears that waits for something.
    private static JsonObject hears(TestUser user, String more, String type, Runnable act) {
        var path = EVENTS + "20000&from=" + end(user) + more;
        var waiting = CompletableFuture.supplyAsync(() -> user.client().get(path).ok());
        act.run();
        try {
            return only(waiting.get().array("chunk").objects(), type);
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(type, e);
        }
    }

    /// SYNC-6. SyTest: Read receipts are sent as events. Tags appear in the v1 /events stream.
    /// Account data appears in v1 /events stream. Room account data appears in v1 /events stream.
    @Test
    void whoListensIsWokenByWhatIsBesideTheRooms() {
        var event = alice.say(room, "a");
        for (var more : List.of("", "&room_id=" + escape(room))) {
            var typing = hears(alice, more, "m.typing", () -> type(bob, room, true));
            assertEquals(room, typing.string("room_id"));
            assertEquals(List.of(bob.id()), typing.object("content").array("user_ids").strings());
            hears(alice, more, "m.typing", () -> type(bob, room, false));
            var last = more.isEmpty() ? event : alice.say(room, "b");
            var receipt = hears(alice, more, "m.receipt", () -> bob.read(room, last));
            assertEquals(room, receipt.string("room_id"));
            assertTrue(receipt.object("content").object(last).object("m.read").has(bob.id()));
            var tags = hears(alice, more, "m.tag", () -> tag(alice, room));
            assertEquals(room, tags.string("room_id"));
            assertTrue(tags.path("content", "tags", "test_tag").isPresent());
            var datum = hears(alice, more, "my.test.type", () -> setAccountData(alice, room, CATS));
            assertEquals(room, datum.string("room_id"));
            assertEquals(CATS, datum.object("content"));
            var state = more.isEmpty() ? "online" : "unavailable";
            var presence = hears(alice, more, "m.presence", () -> say(bob, state));
            assertEquals(bob.id(), presence.object("content").string("user_id"));
            assertEquals(state, presence.object("content").string("presence"));
        }
        var datum =
                hears(alice, "", "my.test.type", () -> alice.setAccountData("my.test.type", CATS));
        assertEquals(JsonObject.of("type", "my.test.type", "content", CATS), datum);
    }

    /// PEEK-1, PRES-2
    @Test
    void whoWatchesOneRoomHearsOfNoOther() {
        var other = alice.createRoom(JsonObject.of("preset", "public_chat"));
        var carol = server.register("carol");
        carol.join(other);
        alice.sendState(
                room,
                "m.room.history_visibility",
                "",
                JsonObject.of("history_visibility", "world_readable"));
        var from = end(alice);
        carol.read(other, alice.say(other, "a"));
        type(carol, other, true);
        tag(alice, other);
        say(carol, "online");
        alice.setAccountData("my.test.type", CATS);
        assertEquals(List.of(), since(alice.client(), from, "&room_id=" + escape(room)));
        bob.read(room, alice.say(room, "b"));
        type(bob, room, true);
        say(bob, "online");
        var outside = since(carol.client(), from, "&room_id=" + escape(room));
        assertEquals("m.room.message", outside.getFirst().string("type"));
        assertEquals(1, outside.size());
    }

    /// IGN-1, RCPT-3
    @Test
    void whatIsNotWantedIsHeardNowhere() {
        var event = alice.say(room, "a");
        alice.ignore(bob.id());
        var from = end(alice);
        bob.read(room, event);
        type(bob, room, true);
        assertFalse(names(since(alice.client(), from, ""), bob));
        alice.receipt(room, "m.read.private", event, JsonObject.EMPTY).ok();
        assertFalse(names(since(bob.client(), from, ""), alice));
    }

    /// SYNC-9: what comes after the cut is told later, and once.
    @Test
    void whatIsBesideTheRoomsIsCutWithThem() {
        setAccountData(bob, room, CATS);
        var from = end(bob);
        tag(bob, room);
        alice.say(room, "a");
        alice.say(room, "b");
        type(alice, room, true);
        var first = bob.client().get(EVENTS + "0&limit=1&from=" + from).ok();
        var chunk = first.array("chunk").objects();
        assertEquals(room, only(chunk, "m.tag").string("room_id"));
        only(chunk, "m.room.message");
        assertEquals(2, chunk.size());
        var rest = since(bob.client(), first.string("end"), "");
        only(rest, "m.typing");
        only(rest, "m.room.message");
        assertEquals(2, rest.size());
    }

    /// SYNC-7
    @Test
    void whoListensIsThere() {
        bob.client().get(EVENTS + "0").ok();
        var status = "/_matrix/client/v3/presence/" + bob.id() + "/status";
        assertEquals("online", alice.client().get(status).ok().string("presence"));
    }
}
