package dev.hearth.room;

import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonObject;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Reading what relates to an event.
class RelationsTest {

    private static final TestHomeserver SERVER = TestHomeserver.start();
    private static TestUser alice;
    private static TestUser bob;
    private String room = "";
    private String root = "";

    @BeforeAll
    static void people() {
        alice = SERVER.register("alice");
        bob = SERVER.register("bob");
    }

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @BeforeEach
    void aRoomWithSomethingSaid() {
        room = alice.createRoom(JsonObject.of("preset", "public_chat"));
        bob.join(room);
        root = alice.say(room, "root");
    }

    static JsonObject relating(String parent, String kind, Object... more) {
        var relation = JsonObject.of("event_id", parent, "rel_type", kind);
        return JsonObject.builder()
                .put("msgtype", "m.text")
                .put("body", kind)
                .putAll(JsonObject.of(more))
                .put("m.relates_to", relation)
                .build();
    }

    private String relate(TestUser user, String parent, String kind) {
        return user.send(room, "m.room.message", relating(parent, kind));
    }

    private JsonObject ask(TestUser user, String event, String more) {
        return user.client()
                .get("/_matrix/client/v1/rooms/" + room + "/relations/" + escape(event) + more)
                .ok();
    }

    private List<String> children(String event, String more) {
        return ids(ask(alice, event, more));
    }

    private static List<String> ids(JsonObject answer) {
        return answer.array("chunk").objects().stream()
                .map(event -> event.string("event_id"))
                .toList();
    }

    /// REL-9: by kind, and by kind and type. Complement: TestRelations
    @Test
    void childrenByKindAndType() {
        var reply = relate(alice, root, "m.thread");
        var dummy = alice.send(room, "m.dummy", relating(root, "m.thread"));
        var edit = relate(alice, root, "m.replace");
        relate(alice, alice.say(room, "another"), "m.thread");
        assertEquals(List.of(edit, dummy, reply), children(root, ""));
        assertEquals(List.of(dummy, reply), children(root, "/m.thread"));
        assertEquals(List.of(reply), children(root, "/m.thread/m.room.message"));
        assertEquals(List.of(), children(root, "/org.example.unknown"));
        var old = "/_matrix/client/unstable/rooms/" + room + "/relations/" + escape(root);
        assertEquals(List.of(dummy, reply), ids(alice.client().get(old + "/m.thread").ok()));
    }

    private List<String> replies(int count) {
        var replies = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            replies.add(relate(alice, root, "m.thread"));
        }
        return replies;
    }

    /// REL-9: pages, both ways. Complement: TestRelationsPagination
    @Test
    void pages() {
        var replies = replies(10);
        var first = ask(alice, root, "?limit=3");
        assertEquals(replies.subList(7, 10).reversed(), ids(first));
        var second = ask(alice, root, "?limit=3&from=" + first.string("next_batch"));
        assertEquals(replies.subList(4, 7).reversed(), ids(second));
        assertEquals(first.string("next_batch"), second.string("prev_batch"));
        var onward = ask(alice, root, "?limit=3&dir=f");
        assertEquals(replies.subList(0, 3), ids(onward));
        var further = ask(alice, root, "?limit=7&dir=f&from=" + onward.string("next_batch"));
        assertEquals(replies.subList(3, 10), ids(further));
        assertFalse(further.has("next_batch"));
        var between =
                ask(
                        alice,
                        root,
                        "?from=%s&to=%s"
                                .formatted(
                                        first.string("next_batch"), second.string("next_batch")));
        assertEquals(ids(second), ids(between));
    }

    /// REL-9: tokens of sync and of messages. Complement: TestRelationsPaginationSync
    @Test
    void tokensOfOthers() {
        var before = replies(5);
        alice.forgetSync();
        alice.sync();
        var token = alice.since().orElseThrow();
        var after = replies(5);
        var first = ask(alice, root, "?limit=3&dir=f&from=" + token);
        assertEquals(after.subList(0, 3), ids(first));
        assertEquals(
                after.subList(3, 5),
                children(root, "?limit=3&dir=f&from=" + first.string("next_batch")));
        assertEquals(before.reversed(), children(root, "?from=" + token));
        var messages =
                alice.client()
                        .get(TestUser.room(room) + "/messages?dir=b&limit=5")
                        .ok()
                        .string("end");
        assertEquals(before.reversed(), children(root, "?from=" + messages));
    }

    /// REL-9: what relates to what relates to it, at least three deep; the kind is that of what is
    /// told.
    @Test
    void recursion() {
        var one = relate(alice, root, "m.thread");
        var two = relate(bob, one, "m.reference");
        var three = relate(alice, two, "m.annotation");
        var four = relate(alice, three, "m.reference");
        var answer = ask(alice, root, "?recurse=true");
        assertEquals(List.of(three, two, one), ids(answer));
        assertEquals(3, answer.integer("recursion_depth"));
        assertEquals(List.of(two), children(root, "/m.reference?recurse=true"));
        assertEquals(List.of(one, two), children(root, "?recurse=true&dir=f&limit=2"));
        assertEquals(List.of(four), children(three, ""));
        assertFalse(ask(alice, root, "").has("recursion_depth"));
        assertFalse(ask(alice, root, "?recurse=false").has("recursion_depth"));
    }

    private void refused(String event, String more, int status, String code) {
        alice.client()
                .get("/_matrix/client/v1/rooms/" + room + "/relations/" + escape(event) + more)
                .refused(status, code);
    }

    /// REL-9: of what can't be seen nothing is told.
    @Test
    void whatIsRefused() {
        refused("$unknown", "", 404, "M_NOT_FOUND");
        refused(root, "?from=nonsense", 400, "M_INVALID_PARAM");
        refused(root, "?dir=up", 400, "M_INVALID_PARAM");
        refused(root, "?recurse=maybe", 400, "M_INVALID_PARAM");
        refused(root, "?limit=-1", 400, "M_INVALID_PARAM");
        var carol = SERVER.register("carol");
        var path = "/_matrix/client/v1/rooms/" + room + "/relations/" + escape(root);
        carol.client().get(path).refused(404, "M_NOT_FOUND");
        bob.leave(room);
        var later = relate(alice, root, "m.thread");
        assertFalse(ids(ask(bob, root, "")).contains(later));
    }

    /// REL-1: what isn't well-formed is an event like any other.
    @Test
    void whatIsNoRelation() {
        var other = alice.createRoom(JsonObject.EMPTY);
        alice.send(other, "m.room.message", relating(root, "m.thread"));
        alice.send(room, "m.room.message", JsonObject.of("m.relates_to", "text"));
        alice.send(
                room,
                "m.room.message",
                JsonObject.of("m.relates_to", JsonObject.of("rel_type", 1, "event_id", root)));
        alice.send(
                room,
                "m.room.message",
                JsonObject.of(
                        "m.relates_to",
                        JsonObject.of("m.in_reply_to", JsonObject.of("event_id", root))));
        assertEquals(List.of(), children(root, ""));
    }

    /// REL-3, RED-3: what was redacted relates to nothing; what relates to a redacted event stays.
    @Test
    void redactionDissolves() {
        var reply = relate(bob, root, "m.thread");
        var kept = relate(bob, root, "m.thread");
        alice.redact(room, reply);
        assertEquals(List.of(kept), children(root, ""));
        alice.redact(room, root);
        assertEquals(List.of(kept), children(root, ""));
    }

    /// REL-3, IGN-1: without what ignored users sent.
    @Test
    void ignoredUsers() {
        var carol = SERVER.register("carol2");
        carol.join(room);
        var reply = relate(carol, root, "m.thread");
        var own = relate(bob, root, "m.thread");
        bob.ignore(carol.id());
        assertEquals(List.of(own), ids(ask(bob, root, "")));
        assertEquals(List.of(own), ids(ask(bob, root, "?recurse=true")));
        assertEquals(List.of(own, reply), children(root, ""));
        bob.ignore();
    }

    /// SEND-6: nobody says the same of an event twice. Complement sends reactions of other types.
    @Test
    void annotationsAreSaidOnce() {
        var reaction = annotation("👍");
        var path = TestUser.room(room) + "/send/m.reaction/";
        var first = alice.send(room, "m.reaction", reaction);
        alice.client().put(path + "again", reaction).refused(400, "M_DUPLICATE_ANNOTATION");
        bob.client().put(path + "b", reaction).ok();
        alice.client().put(path + "other", annotation("👎")).ok();
        alice.send(room, "m.room.reaction", reaction);
        alice.redact(room, first);
        alice.client().put(path + "after", reaction).ok();
    }

    private JsonObject annotation(String key) {
        return JsonObject.of(
                "m.relates_to",
                JsonObject.of("rel_type", "m.annotation", "event_id", root, "key", key));
    }

    /// REL-8, SEND-6: a thread begins at what relates to nothing; a reply is such.
    @Test
    void threadsBeginAtRoots() {
        var reply = relate(alice, root, "m.thread");
        var path = TestUser.room(room) + "/send/m.room.message/";
        alice.client().put(path + "a", relating(reply, "m.thread")).refused(400, "M_UNKNOWN");
        var edit = relate(alice, root, "m.replace");
        alice.client().put(path + "b", relating(edit, "m.thread")).refused(400, "M_UNKNOWN");
        var answer =
                alice.send(
                        room,
                        "m.room.message",
                        JsonObject.of(
                                "m.relates_to",
                                JsonObject.of("m.in_reply_to", JsonObject.of("event_id", root))));
        assertTrue(relate(alice, answer, "m.thread").startsWith("$"));
    }

    private List<String> messages(String from, String filter) {
        var query = "/messages?dir=f&from=" + from + "&filter=" + escape(filter);
        return ids(alice.client().get(TestUser.room(room) + query).ok());
    }

    /// FIL-7: events by how they relate. Complement: TestFilterMessagesByRelType
    @Test
    void filterByKind() {
        alice.forgetSync();
        alice.sync();
        var from = alice.since().orElseThrow();
        var plain = alice.say(room, "plain");
        var thread = relate(alice, plain, "m.thread");
        var reference = relate(alice, plain, "m.reference");
        var wanted = "{\"org.matrix.msc3874.rel_types\":%s}";
        var unwanted = "{\"org.matrix.msc3874.not_rel_types\":%s}";
        var both = "[\"m.thread\",\"m.reference\"]";
        var threads = "[\"m.thread\"]";
        assertEquals(List.of(thread), messages(from, wanted.formatted(threads)));
        assertEquals(List.of(thread, reference), messages(from, wanted.formatted(both)));
        assertEquals(List.of(), messages(from, wanted.formatted("[]")));
        assertEquals(List.of(plain, reference), messages(from, unwanted.formatted(threads)));
        assertEquals(List.of(plain), messages(from, unwanted.formatted(both)));
        var path = TestUser.room(room) + "/messages?dir=f&filter=";
        alice.client()
                .get(path + escape(wanted.formatted("\"m.thread\"")))
                .refused(400, "M_BAD_JSON");
    }
}
