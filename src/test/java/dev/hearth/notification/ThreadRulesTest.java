package dev.hearth.notification;

import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearth.json.JsonObject;
import dev.hearth.testing.RoomSection;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Threads that notify only who has subscribed to them (MSC4306).
class ThreadRulesTest {

    private static final String BY_THREAD =
            "&filter=" + escape("{\"room\":{\"timeline\":{\"unread_thread_notifications\":true}}}");
    private static final String RULES = "/_matrix/client/v3/pushrules/global/postcontent/";
    private static final String UNSUBSCRIBED = ".io.element.msc4306.rule.unsubscribed_thread";
    private static final String SUBSCRIBED = ".io.element.msc4306.rule.subscribed_thread";

    private TestHomeserver server;
    private TestUser alice;
    private TestUser bob;
    private TestUser carol;
    private String room;
    private String root;

    @BeforeEach
    void meet() {
        server = TestHomeserver.start(Clock.systemUTC(), "push.thread_subscriptions=true");
        alice = server.register("alice");
        bob = server.register("bob");
        carol = server.register("carol");
        room = alice.createRoom(JsonObject.of("preset", "public_chat"));
        bob.join(room);
        carol.join(room);
        root = alice.say(room, "root");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void reply() {
        var relation = JsonObject.of("rel_type", "m.thread", "event_id", root);
        var content = JsonObject.of("msgtype", "m.text", "body", "a", "m.relates_to", relation);
        alice.send(room, "m.room.message", content);
    }

    private void subscribe(TestUser user) {
        var path =
                "/_matrix/client/unstable/io.element.msc4306/rooms/%s/thread/%s/subscription"
                        .formatted(escape(room), escape(root));
        user.client().put(path, JsonObject.EMPTY).ok();
    }

    private String counts(TestUser user) {
        user.forgetSync();
        return RoomSection.of(user.sync(0, BY_THREAD), room).threadCounts(root);
    }

    private void disable(TestUser user) {
        for (var rule : List.of(UNSUBSCRIBED, SUBSCRIBED)) {
            user.client().put(RULES + rule + "/enabled", JsonObject.of("enabled", false)).ok();
        }
    }

    @Test
    void onlySubscribersAreNotified() {
        subscribe(bob);
        reply();
        assertEquals("1/0", counts(bob));
        assertEquals("none", counts(carol));
        subscribe(carol);
        reply();
        assertEquals("2/0", counts(bob));
        assertEquals("1/0", counts(carol));
    }

    /// Complement: its tests of threads switch these rules off, where they are.
    @Test
    void theRulesCanBeSwitchedOff() {
        disable(carol);
        disable(bob);
        subscribe(bob);
        reply();
        assertEquals("1/0", counts(bob));
        assertEquals("1/0", counts(carol));
    }

    @Test
    void theRulesAreOfTheirOwnKind() {
        var rules = alice.client().get("/_matrix/client/v3/pushrules/global/").ok();
        var ids =
                rules.array("postcontent").objects().stream()
                        .map(rule -> rule.string("rule_id"))
                        .toList();
        assertEquals(List.of(UNSUBSCRIBED, SUBSCRIBED), ids);
        alice.client()
                .put(RULES + "own", JsonObject.of("actions", rules.array("room")))
                .refused(400, "M_INVALID_PARAM");
    }

    @Test
    void otherwiseThereAreNone() {
        try (var usual = TestHomeserver.start()) {
            var user = usual.register("alice");
            user.client().get(RULES + SUBSCRIBED).refused(404, "M_NOT_FOUND");
            var rules = user.client().get("/_matrix/client/v3/pushrules/global/").ok();
            assertEquals(false, rules.has("postcontent"));
        }
    }
}
