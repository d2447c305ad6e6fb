package dev.hearth.room;

import static dev.hearth.room.RelationsTest.relating;
import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonString;
import dev.hearth.json.JsonValue;
import dev.hearth.testing.RoomSection;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is told of the children of an event with the event itself.
class AggregationsTest {

    private static final TestHomeserver SERVER = TestHomeserver.start();
    private static TestUser alice;
    private static TestUser bob;
    private static TestUser carol;
    private String room = "";
    private String root = "";

    @BeforeAll
    static void people() {
        alice = SERVER.register("alice");
        bob = SERVER.register("bob");
        carol = SERVER.register("carol");
    }

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @BeforeEach
    void aRoomWithSomethingSaid() {
        room = alice.createRoom(JsonObject.of("preset", "public_chat"));
        bob.join(room);
        carol.join(room);
        root = alice.say(room, "root");
    }

    private String relate(TestUser user, String parent, String kind) {
        return user.send(room, "m.room.message", relating(parent, kind));
    }

    private String edit(TestUser user, String original, String body) {
        var content = JsonObject.of("msgtype", "m.text", "body", body);
        return user.send(
                room, "m.room.message", relating(original, "m.replace", "m.new_content", content));
    }

    private static JsonObject event(TestUser user, String room, String event) {
        return user.client().get(TestUser.room(room) + "/event/" + escape(event)).ok();
    }

    private JsonObject bundle(TestUser user, String event) {
        return bundle(event(user, room, event));
    }

    private static JsonObject bundle(JsonObject event) {
        return event.object("unsigned").findObject("m.relations").orElse(JsonObject.EMPTY);
    }

    private static Optional<String> text(JsonObject json, String... path) {
        return json.path(path).map(JsonString.class::cast).map(JsonString::value);
    }

    private Optional<String> editOf(TestUser user, String event) {
        return text(bundle(user, event), "m.replace", "event_id");
    }

    private static JsonObject thread(JsonObject bundle) {
        return bundle.object("m.thread");
    }

    /// REL-5: the whole newest edit, and the original as it was.
    @Test
    void theNewestEdit() {
        edit(alice, root, "one");
        var second = edit(alice, root, "two");
        var edit = bundle(bob, root).object("m.replace");
        assertEquals(second, edit.string("event_id"));
        assertEquals("two", edit.object("content").object("m.new_content").string("body"));
        assertEquals(room, edit.string("room_id"));
        assertEquals("root", event(bob, room, root).object("content").string("body"));
        alice.redact(room, second);
        assertEquals("one", body(bundle(bob, root).object("m.replace")));
    }

    private static String body(JsonObject edit) {
        return edit.object("content").object("m.new_content").string("body");
    }

    /// REL-5: edits by others, of another type, without a new content, and of edits count nothing.
    @Test
    void editsThatDoNotCount() {
        edit(bob, root, "forged");
        relate(alice, root, "m.replace");
        var content = relating(root, "m.replace", "m.new_content", JsonObject.EMPTY);
        alice.send(room, "org.example.other", content);
        assertEquals(Optional.empty(), editOf(alice, root));
        var good = edit(alice, root, "good");
        edit(alice, good, "edit of an edit");
        assertEquals(Optional.of(good), editOf(alice, root));
        assertEquals(Optional.empty(), editOf(alice, good));
        alice.redact(room, root);
        assertEquals(Optional.empty(), editOf(alice, root));
        assertTrue(event(alice, room, root).object("content").isEmpty());
    }

    /// REL-5: of what is encrypted it can't be seen what it says.
    @Test
    void encryptedEdits() {
        var secret = alice.send(room, "m.room.encrypted", JsonObject.of("ciphertext", "a"));
        var edit = alice.send(room, "m.room.encrypted", relating(secret, "m.replace"));
        assertEquals(Optional.of(edit), editOf(bob, secret));
    }

    /// REL-6
    @Test
    void references() {
        var one = relate(bob, root, "m.reference");
        var two = relate(alice, root, "m.reference");
        var chunk = bundle(carol, root).object("m.reference").array("chunk");
        assertEquals(
                JsonArray.of(JsonObject.of("event_id", one), JsonObject.of("event_id", two)),
                chunk);
        alice.redact(room, one);
        assertEquals(1, bundle(carol, root).object("m.reference").array("chunk").size());
    }

    /// REL-4: reactions are not told, however many there are.
    @Test
    void annotations() {
        relate(bob, root, "m.annotation");
        assertTrue(bundle(bob, root).isEmpty());
    }

    /// REL-7: the newest event with its own edit, how many there are, and whether one took part.
    @Test
    void threads() {
        relate(bob, root, "m.thread");
        var latest = relate(bob, root, "m.thread");
        var edit = edit(bob, latest, "edited");
        var seen = thread(bundle(carol, root));
        assertEquals(2, seen.integer("count"));
        assertEquals(latest, seen.object("latest_event").string("event_id"));
        assertEquals(
                edit, text(bundle(seen.object("latest_event")), "m.replace", "event_id").get());
        assertFalse(seen.bool("current_user_participated"));
        assertTrue(thread(bundle(alice, root)).bool("current_user_participated"));
        assertTrue(thread(bundle(bob, root)).bool("current_user_participated"));
    }

    /// REL-3, REL-7: what is taken back counts no more, and the one before is the latest again.
    @Test
    void redactedInThread() {
        var first = relate(bob, root, "m.thread");
        var second = relate(alice, root, "m.thread");
        var third = relate(bob, root, "m.thread");
        bob.redact(room, third);
        assertEquals(second, latest(carol));
        alice.redact(room, second);
        assertEquals(first, latest(carol));
        assertEquals(1, thread(bundle(carol, root)).integer("count"));
        // RED-3: the children of what was redacted stay.
        alice.redact(room, root);
        assertEquals(first, latest(carol));
        bob.redact(room, first);
        assertTrue(bundle(carol, root).isEmpty());
    }

    private String latest(TestUser user) {
        return thread(bundle(user, root)).object("latest_event").string("event_id");
    }

    /// REL-3, REL-7, IGN-1: ignored users neither count nor are shown.
    @Test
    void ignoredInThread() {
        var first = relate(bob, root, "m.thread");
        relate(carol, root, "m.thread");
        relate(carol, root, "m.reference");
        alice.ignore(carol.id());
        assertEquals(first, latest(alice));
        assertEquals(1, thread(bundle(alice, root)).integer("count"));
        assertFalse(bundle(alice, root).has("m.reference"));
        alice.ignore(bob.id(), carol.id());
        assertTrue(bundle(alice, root).isEmpty());
        alice.ignore(alice.id());
        assertEquals(2, thread(bundle(alice, root)).integer("count"));
        alice.ignore();
    }

    /// REL-3: what one may not see isn't told in passing either.
    @Test
    void invisibleChildren() {
        alice.sendState(
                room,
                "m.room.history_visibility",
                "",
                JsonObject.of("history_visibility", "joined"));
        var hidden = alice.say(room, "while all are here");
        var seen = relate(bob, hidden, "m.thread");
        carol.leave(room);
        relate(alice, hidden, "m.thread");
        relate(alice, hidden, "m.reference");
        edit(alice, hidden, "edited");
        var told = bundle(carol, hidden);
        assertEquals(seen, thread(told).object("latest_event").string("event_id"));
        assertEquals(1, thread(told).integer("count"));
        assertFalse(told.has("m.reference"));
        assertFalse(told.has("m.replace"));
        carol.join(room);
        // Still not what was said while she was away.
        told = bundle(carol, hidden);
        assertEquals(seen, thread(told).object("latest_event").string("event_id"));
    }

    /// REL-2: wherever events are read in pages; in sync only where some may be missing.
    @Test
    void everywhere() {
        var reply = relate(bob, root, "m.thread");
        var page = "/messages?dir=b&limit=10";
        var answers =
                List.of(
                        page,
                        "/context/" + escape(root),
                        "/context/" + escape(reply),
                        "/event/" + escape(root));
        for (var answer : answers) {
            var json = bob.client().get(TestUser.room(room) + answer).ok();
            assertTrue(json.toString().contains("\"count\":1"), answer + " tells " + json);
        }
        bob.forgetSync();
        var limited = bob.sync(0, limitedTo(2));
        assertEquals(reply, latestIn(limited));
        bob.sync();
        var next = alice.say(room, "next");
        relate(alice, next, "m.thread");
        var whole = RoomSection.of(bob.sync(), room).timeline();
        assertTrue(whole.stream().allMatch(event -> bundle(event).isEmpty()));
    }

    private static String limitedTo(int limit) {
        var timeline = JsonObject.of("limit", limit);
        return "&filter=" + escape(JsonObject.of("room", JsonObject.of("timeline", timeline)));
    }

    private String latestIn(JsonObject sync) {
        var told =
                RoomSection.of(sync, room).timeline().stream()
                        .filter(event -> event.string("event_id").equals(root))
                        .findFirst()
                        .orElseThrow();
        return thread(bundle(told)).object("latest_event").string("event_id");
    }

    /// REL-2: what is found by searching.
    @Test
    void search() {
        var wanted = alice.say(room, "aardvark");
        relate(bob, wanted, "m.thread");
        var categories = JsonObject.of("room_events", JsonObject.of("search_term", "aardvark"));
        var found =
                bob.client()
                        .post(
                                "/_matrix/client/v3/search",
                                JsonObject.of("search_categories", categories))
                        .ok();
        assertTrue(found.toString().contains("\"count\":1,\"current_user"), found.toString());
    }

    /// REL-2: state has no bundles.
    @Test
    void state() {
        var topic = alice.sendState(room, "m.room.topic", "", JsonObject.of("topic", "t"));
        relate(alice, topic, "m.reference");
        assertTrue(bundle(bob, topic).isEmpty());
    }

    private JsonObject listed(TestUser user, String more) {
        return user.client().get("/_matrix/client/v1/rooms/" + room + "/threads" + more).ok();
    }

    /// Root and latest event of each.
    private List<String> threads(TestUser user, String more) {
        return listed(user, more).array("chunk").objects().stream()
                .map(event ->
                        event.string("event_id")
                                + "|"
                                + text(thread(bundle(event)), "latest_event", "event_id").get())
                .toList();
    }

    /// REL-10: the threads with the latest news first. Complement: TestThreadsEndpoint
    @Test
    void threadsInOrder() {
        var other = alice.say(room, "other");
        var one = root + "|" + relate(alice, root, "m.thread");
        var two = other + "|" + relate(alice, other, "m.thread");
        assertEquals(List.of(two, one), threads(bob, ""));
        one = root + "|" + relate(alice, root, "m.thread");
        assertEquals(List.of(one, two), threads(bob, ""));
        var first = listed(bob, "?limit=1");
        assertEquals(1, first.array("chunk").size());
        assertEquals(List.of(two), threads(bob, "?limit=1&from=" + first.string("next_batch")));
        assertFalse(listed(bob, "?limit=2").has("next_batch"));
        var old = "/_matrix/client/unstable/org.matrix.msc3856/rooms/" + room + "/threads";
        assertEquals(2, bob.client().get(old).ok().array("chunk").size());
    }

    /// REL-10: those in which one took part, with the root or with anything in them.
    @Test
    void threadsOfOneself() {
        var other = bob.say(room, "other");
        var one = root + "|" + relate(carol, root, "m.thread");
        var two = other + "|" + relate(carol, other, "m.thread");
        assertEquals(List.of(two), threads(bob, "?include=participated"));
        assertEquals(List.of(one), threads(alice, "?include=participated"));
        assertEquals(List.of(two, one), threads(carol, "?include=participated"));
    }

    /// REL-10: the root of an ignored user is redacted; and what is refused.
    @Test
    void threadsOfIgnoredUsers() {
        relate(bob, root, "m.thread");
        bob.ignore(alice.id());
        JsonValue shown = listed(bob, "").array("chunk").get(0);
        assertTrue(((JsonObject) shown).object("content").isEmpty());
        bob.ignore();
        var path = "/_matrix/client/v1/rooms/" + room + "/threads";
        bob.client().get(path + "?from=nonsense").refused(400, "M_INVALID_PARAM");
        bob.client().get(path + "?include=some").refused(400, "M_INVALID_PARAM");
        SERVER.register("outsider" + room.charAt(1)).client().get(path).refused(403, "M_FORBIDDEN");
    }
}
