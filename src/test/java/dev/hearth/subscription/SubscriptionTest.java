package dev.hearth.subscription;

import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonObject;
import dev.hearth.testing.Reply;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Subscribing to threads. Complement: TestThreadSubscriptions, whose parts are named below.
class SubscriptionTest {

    private static final TestHomeserver SERVER = TestHomeserver.start();
    private static int users;
    private TestUser alice;
    private String room = "";
    private String root = "";

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @BeforeEach
    void aThread() {
        alice = SERVER.register("alice" + users++);
        room = alice.createRoom(JsonObject.EMPTY);
        root = alice.say(room, "root");
    }

    private String reply(String thread) {
        var relation = JsonObject.of("rel_type", "m.thread", "event_id", thread);
        return alice.send(
                room,
                "m.room.message",
                JsonObject.of("msgtype", "m.text", "body", "reply", "m.relates_to", relation));
    }

    private String path(String thread) {
        return "/_matrix/client/unstable/io.element.msc4306/rooms/%s/thread/%s/subscription"
                .formatted(escape(room), escape(thread));
    }

    private Reply subscribe(String thread) {
        return alice.client().put(path(thread), JsonObject.EMPTY);
    }

    private Reply automatic(String cause) {
        return alice.client().put(path(root), JsonObject.of("automatic", cause));
    }

    private Reply get(String thread) {
        return alice.client().get(path(thread));
    }

    private void unsubscribe() {
        alice.client().delete(path(root)).ok();
    }

    /// Complement: Can_subscribe_to_and_unsubscribe_from_a_thread,
    /// Unsubscribe_succeeds_even_with_no_subscription
    @Test
    void comingAndGoing() {
        unsubscribe();
        get(root).refused(404, "M_NOT_FOUND");
        subscribe(root).ok();
        assertFalse(get(root).ok().bool("automatic"));
        unsubscribe();
        get(root).refused(404, "M_NOT_FOUND");
        unsubscribe();
    }

    /// Complement: Can_create_automatic_subscription_to_a_thread,
    /// Manual_subscriptions_overwrite_automatic_subscriptions
    @Test
    void automaticAndManual() {
        var reply = reply(root);
        automatic(reply).ok();
        assertTrue(get(root).ok().bool("automatic"));
        subscribe(root).ok();
        assertFalse(get(root).ok().bool("automatic"));
        automatic(reply).ok();
        assertFalse(get(root).ok().bool("automatic"));
    }

    /// Complement: Cannot_use_thread_root_as_automatic_subscription_cause_event,
    /// Error_when_using_invalid_automatic_event_ID
    @Test
    void causesElsewhere() {
        var elsewhere = reply(alice.say(room, "another"));
        for (var cause : List.of(root, elsewhere, "$unknown")) {
            automatic(cause).refused(400, "IO.ELEMENT.MSC4306.M_NOT_IN_THREAD");
        }
        alice.client().put(path(root), JsonObject.of("automatic", 1)).refused(400, "M_BAD_JSON");
    }

    /// Complement: Nonexistent_threads_return_404
    @Test
    void unknownThreads() {
        subscribe("$notathread:example.org").refused(404, "M_NOT_FOUND");
        get("$notathread:example.org").refused(404, "M_NOT_FOUND");
        var outsider = SERVER.register("outsider" + users);
        outsider.client().put(path(root), JsonObject.EMPTY).refused(404, "M_NOT_FOUND");
    }

    /// Complement: Server-side_automatic_subscription_ordering_conflict
    @Test
    void afterAnUnsubscription() {
        var first = reply(root);
        automatic(first).ok();
        var second = reply(root);
        unsubscribe();
        var third = reply(root);
        for (var cause : List.of(first, second)) {
            automatic(cause).refused(409, "IO.ELEMENT.MSC4306.M_CONFLICTING_UNSUBSCRIPTION");
            get(root).refused(404, "M_NOT_FOUND");
        }
        automatic(third).ok();
        get(root).ok();
    }

    private JsonObject changes(String query) {
        var path = "/_matrix/client/unstable/io.element.msc4308/thread_subscriptions";
        return alice.client().get(path + query).ok();
    }

    private List<String> threads(JsonObject changes, String kind) {
        return changes.path(kind, room)
                .map(all -> List.copyOf(((JsonObject) all).keys()))
                .orElse(List.of());
    }

    /// MSC4308: what changed, page by page, the newest first. The part of sliding sync in
    /// Complement (TestMSC4308ThreadSubscriptionsSlidingSync) waits for sliding sync.
    @Test
    void changes() {
        assertEquals(JsonObject.EMPTY, changes(""));
        var others = new ArrayList<String>();
        for (int i = 0; i < 3; i++) {
            others.add(alice.say(room, "root " + i));
            subscribe(others.getLast()).ok();
        }
        automatic(reply(root)).ok();
        unsubscribe();
        var all = changes("");
        assertEquals(others.reversed(), threads(all, "subscribed"));
        assertEquals(List.of(root), threads(all, "unsubscribed"));
        assertFalse(all.has("end"));
        var newest = changes("?limit=2");
        assertEquals(List.of(root), threads(newest, "unsubscribed"));
        assertEquals(List.of(others.get(2)), threads(newest, "subscribed"));
        var older = changes("?from=" + newest.string("end"));
        assertEquals(others.subList(0, 2).reversed(), threads(older, "subscribed"));
        assertEquals(newest.without("end"), changes("?to=" + newest.string("end")));
        var one = (JsonObject) all.path("subscribed", room, others.get(0)).orElseThrow();
        assertTrue(one.integer("bump_stamp") > 0);
        assertFalse(one.bool("automatic"));
        alice.client()
                .get("/_matrix/client/unstable/io.element.msc4308/thread_subscriptions?dir=f")
                .refused(400, "M_INVALID_PARAM");
    }
}
