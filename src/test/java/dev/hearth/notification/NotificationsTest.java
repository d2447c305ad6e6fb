package dev.hearth.notification;

import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.testing.TestClock;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NotificationsTest {

    private static final String LIST = "/_matrix/client/v3/notifications";

    private final TestClock clock = new TestClock();
    private TestHomeserver server;
    private TestUser alice;
    private TestUser bob;
    private String room;

    @BeforeEach
    void meet() {
        server = TestHomeserver.start(clock);
        alice = server.register("alice");
        bob = server.register("bob");
        room = alice.createRoom(JsonObject.of("preset", "public_chat"));
        alice.say(room, "before anybody came");
        bob.join(room);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private List<JsonObject> list(String query) {
        return bob.client().get(LIST + query).ok().array("notifications").objects();
    }

    private static List<String> ids(List<JsonObject> notifications) {
        return notifications.stream()
                .map(notification -> notification.object("event").string("event_id"))
                .toList();
    }

    private String mention() {
        return alice.send(
                room,
                "m.room.message",
                JsonObject.of("msgtype", "m.text", "body", "you")
                        .with("m.mentions", JsonObject.of("user_ids", JsonArray.of(bob.id()))));
    }

    @Test
    @DisplayName("PUSH-14: what notified is listed, the newest first, with what it was")
    void whatNotifiedIsListed() {
        var one = alice.say(room, "one");
        bob.read(room, one);
        alice.send(room, "m.room.message", JsonObject.of("msgtype", "m.notice", "body", "bot"));
        var two = mention();
        bob.sendState(
                room,
                "m.room.member",
                bob.id(),
                JsonObject.of("membership", "join", "displayname", "Robert"));
        var list = list("");
        assertEquals(List.of(two, one), ids(list));
        var newest = list.getFirst();
        assertEquals(room, newest.string("room_id"));
        assertFalse(newest.bool("read"));
        assertEquals(clock.millis(), newest.integer("ts"));
        assertEquals("m.room.message", newest.object("event").string("type"));
        assertEquals(
                JsonArray.of(
                        "notify",
                        JsonObject.of("set_tweak", "sound", "value", "default"),
                        JsonObject.of("set_tweak", "highlight")),
                newest.array("actions"));
        assertTrue(list.getLast().bool("read"));
        assertEquals(List.of(), aliceList());
    }

    private List<String> aliceList() {
        return ids(alice.client().get(LIST).ok().array("notifications").objects());
    }

    @Test
    @DisplayName("PUSH-14: pages follow one another without a gap")
    void pagesFollowOneAnother() {
        var said = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            said.addFirst(alice.say(room, "message " + i));
        }
        var found = new ArrayList<String>();
        var query = "?limit=2";
        while (!query.isEmpty()) {
            var page = bob.client().get(LIST + query).ok();
            var ids = ids(page.array("notifications").objects());
            assertTrue(ids.size() <= 2);
            found.addAll(ids);
            query = page.findString("next_token").map(token -> "?limit=2&from=" + token).orElse("");
        }
        assertEquals(said, found);
        bob.client().get(LIST + "?from=nonsense").refused(400, "M_INVALID_PARAM");
        bob.client().get(LIST + "?limit=x").refused(400, "M_INVALID_PARAM");
    }

    @Test
    @DisplayName("PUSH-14: those that highlight can be asked for alone")
    void highlightsAlone() {
        alice.say(room, "one");
        var two = mention();
        alice.say(room, "three");
        assertEquals(List.of(two), ids(list("?only=highlight")));
    }

    @Test
    @DisplayName("PUSH-14, PUSH-7: invitations are listed; what ignored users say isn't")
    void invitationsAreListed() {
        var secret = alice.createRoom(JsonObject.EMPTY);
        alice.invite(bob, secret);
        var list = list("");
        assertEquals(secret, list.getFirst().string("room_id"));
        bob.ignore(alice.id());
        assertEquals(List.of(), list(""));
    }

    @Test
    @DisplayName("INV-2, INV-3: an invitation that isn't shown doesn't notify")
    void unwantedInvitationsAreNotListed() {
        bob.setAccountData(
                "org.matrix.msc4155.invite_permission_config",
                JsonObject.of("ignored_users", JsonArray.of(alice.id())));
        alice.invite(bob, alice.createRoom(JsonObject.EMPTY));
        assertEquals(List.of(), list(""));
    }

    @Test
    @DisplayName("PUSH-14: what was said while away, or before a mute's end, isn't listed")
    void whatWasSaidWhileAwayIsNotListed() {
        bob.leave(room);
        alice.say(room, "while away");
        bob.join(room);
        var rule = "/_matrix/client/v3/pushrules/global/room/" + escape(room);
        bob.client().put(rule, JsonObject.of("actions", JsonArray.EMPTY)).ok();
        alice.say(room, "muted");
        bob.client().delete(rule).ok();
        var event = alice.say(room, "loud");
        assertEquals(List.of(event), ids(list("")));
    }

    @Test
    @DisplayName("PUSH-14: what is older than a month isn't listed")
    void whatIsOldIsNotListed() {
        alice.say(room, "old");
        clock.pass(Duration.ofDays(31));
        var event = alice.say(room, "new");
        assertEquals(List.of(event), ids(list("")));
    }
}
