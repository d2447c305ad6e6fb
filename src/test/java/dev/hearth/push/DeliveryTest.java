package dev.hearth.push;

import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.testing.TestAuthority;
import dev.hearth.testing.TestClock;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What gateways are told, by real ones on loopback.
class DeliveryTest {

    private static final String RULES = "/_matrix/client/v3/pushrules/global/";

    private final TestClock clock = new TestClock();
    private final TestAuthority authority = new TestAuthority();

    @TempDir private Path folder;

    private ScriptedGateway gateway;
    private TestHomeserver server;
    private TestUser alice;
    private TestUser bob;
    private String room;

    @BeforeEach
    void meet() {
        gateway = new ScriptedGateway(authority);
        server = start();
        alice = server.register("alice");
        bob = server.register("bob");
        room =
                alice.createRoom(
                        JsonObject.of(
                                "preset",
                                "public_chat",
                                "name",
                                "Kitchen",
                                "room_alias_name",
                                "kitchen"));
        bob.join(room);
    }

    private TestHomeserver start() {
        return TestHomeserver.start(
                folder.resolve("data"),
                clock,
                "http_client.ip_deny=[]",
                "http_client.extra_ca=[\"" + authority.file(folder) + "\"]",
                "federation.resolve=[\"" + ScriptedGateway.NAME + "=127.0.0.1\"]");
    }

    @AfterEach
    void stop() {
        gateway.close();
        server.close();
    }

    private void push(TestUser user, String pushkey, JsonObject data) {
        push(user, pushkey, data, true);
    }

    private void push(TestUser user, String pushkey, JsonObject data, boolean enabled) {
        var pusher =
                JsonObject.builder()
                        .put("kind", "http")
                        .put("app_id", "org.example.app")
                        .put("pushkey", pushkey)
                        .put("app_display_name", "App")
                        .put("device_display_name", "Phone")
                        .put("lang", "en")
                        .put("append", true)
                        .put("data", data)
                        .put("org.matrix.msc3881.enabled", enabled);
        user.client().post("/_matrix/client/v3/pushers/set", pusher.build()).ok();
    }

    private JsonObject data() {
        return JsonObject.of("url", gateway.url());
    }

    private static JsonObject device(JsonObject told) {
        return told.array("devices").objects().getFirst();
    }

    private static String event(JsonObject told) {
        return told.peekString("event_id").orElse("none");
    }

    private static long unread(JsonObject told) {
        return told.object("counts").integer("unread");
    }

    private void timePasses() {
        clock.pass(Duration.ofMillis(500));
    }

    private int pushers(TestUser user) {
        return user.client().get("/_matrix/client/v3/pushers").ok().array("pushers").size();
    }

    @Test
    @DisplayName("PGW-1: the gateway is told all about the event, and its data without the address")
    void theGatewayIsToldAllAboutTheEvent() {
        push(bob, "key", data().with("custom", JsonObject.of("a", 1)));
        var event = alice.say(room, "dinner");
        var told = gateway.next();
        assertEquals(event, event(told));
        assertEquals(room, told.string("room_id"));
        assertEquals("m.room.message", told.string("type"));
        assertEquals(alice.id(), told.string("sender"));
        assertEquals("alice", told.string("sender_display_name"));
        assertEquals("Kitchen", told.string("room_name"));
        assertEquals("#kitchen:hearth.test", told.string("room_alias"));
        assertEquals("high", told.string("prio"));
        assertEquals(JsonObject.of("msgtype", "m.text", "body", "dinner"), told.object("content"));
        assertEquals(1, unread(told));
        assertFalse(told.has("user_is_target"));
        assertEquals(
                JsonObject.of(
                        "app_id",
                        "org.example.app",
                        "pushkey",
                        "key",
                        "pushkey_ts",
                        clock.millis() / 1_000,
                        "data",
                        JsonObject.of("custom", JsonObject.of("a", 1)),
                        "tweaks",
                        JsonObject.of("sound", "default")),
                device(told));
    }

    @Test
    @DisplayName("PGW-1: with event_id_only it is told which event, and no more")
    void withEventIdOnlyItIsToldNoMore() {
        push(bob, "key", data().with("format", "event_id_only"));
        var event = alice.say(room, "secret");
        var told = gateway.next();
        assertEquals(event, event(told));
        assertEquals(Set.of("event_id", "room_id", "prio", "counts", "devices"), told.keys());
        assertEquals(JsonObject.of("format", "event_id_only"), device(told).object("data"));
        assertFalse(device(told).has("tweaks"));
    }

    @Test
    @DisplayName("PGW-1: what neither rings nor stands out has low priority; mentions have tweaks")
    void priorities() {
        server.register("carol").join(room);
        push(bob, "key", data());
        alice.say(room, "to all");
        var told = gateway.next();
        assertEquals("low", told.string("prio"));
        assertEquals(JsonObject.EMPTY, device(told).object("tweaks"));
        alice.send(
                room,
                "m.room.message",
                JsonObject.of("msgtype", "m.text", "body", "you")
                        .with("m.mentions", JsonObject.of("user_ids", JsonArray.of(bob.id()))));
        told = gateway.next();
        assertEquals("high", told.string("prio"));
        assertEquals(
                JsonObject.of("sound", "default", "highlight", true),
                device(told).object("tweaks"));
        assertEquals(2, unread(told));
    }

    @Test
    @DisplayName("PGW-2, RCPT-4: reading is told by the number alone, also that it is zero")
    void readingIsToldByTheNumber() {
        push(bob, "key", data());
        var phone = server.login("bob");
        var one = alice.say(room, "one");
        var two = alice.say(room, "two");
        assertEquals(1, unread(gateway.next()));
        assertEquals(2, unread(gateway.next()));
        phone.read(room, one);
        var told = gateway.next();
        assertEquals("none", event(told));
        assertEquals(1, unread(told));
        assertEquals("key", device(told).string("pushkey"));
        phone.receipt(room, "m.read.private", two, JsonObject.EMPTY).ok();
        assertEquals(0, unread(gateway.next()));
        var three = alice.say(room, "three");
        assertEquals(three, event(gateway.next()));
        bob.say(room, "an answer");
        assertEquals(0, unread(gateway.next()));
    }

    @Test
    @DisplayName("PGW-5: the number is that of messages in all rooms; MSC4076 turns it off")
    void theNumberIsThatOfAllRooms() {
        var other = alice.createRoom(JsonObject.of("preset", "public_chat"));
        bob.join(other);
        alice.say(other, "one");
        alice.say(other, "two");
        push(bob, "key", data());
        alice.say(room, "three");
        assertEquals(3, unread(gateway.next()));
        push(bob, "key", data().with("org.matrix.msc4076.disable_badge_count", true));
        var event = alice.say(room, "four");
        assertFalse(gateway.next().has("counts"));
        bob.read(room, event);
        var next = alice.say(room, "five");
        assertEquals(next, event(gateway.next()));
    }

    @Test
    @DisplayName("PUSH-7: an invitation is told to whom it invites")
    void anInvitationIsTold() {
        push(bob, "key", data());
        var secret = alice.createRoom(JsonObject.of("name", "Secret"));
        alice.invite(bob, secret);
        var told = gateway.next();
        assertEquals("m.room.member", told.string("type"));
        assertEquals("high", told.string("prio"));
        assertEquals("Secret", told.string("room_name"));
        assertTrue(told.bool("user_is_target"));
        assertEquals("invite", told.object("content").string("membership"));
        assertEquals("default", device(told).object("tweaks").string("sound"));
    }

    @Test
    @DisplayName("PUSH-1, PUSH-7: own events, ignored users, muted rooms and notices are not told")
    void someEventsAreNotTold() {
        var carol = server.register("carol");
        carol.join(room);
        push(bob, "key", data());
        bob.ignore(carol.id());
        carol.say(room, "ignored");
        bob.say(room, "my own");
        alice.send(room, "m.room.message", JsonObject.of("msgtype", "m.notice", "body", "bot"));
        var silent = JsonObject.of("actions", JsonArray.EMPTY);
        bob.client().put(RULES + "room/" + escape(room), silent).ok();
        alice.say(room, "muted");
        bob.client().delete(RULES + "room/" + escape(room)).ok();
        var event = alice.say(room, "told");
        assertEquals(event, event(gateway.next()));
        assertFalse(gateway.hasMore());
    }

    @Test
    @DisplayName("PUSH-7: rules of one's own give their tweaks, as they were when it came")
    void ownRulesGiveTheirTweaks() {
        push(bob, "key", data());
        var rule =
                JsonObject.of(
                        "pattern",
                        "cake",
                        "actions",
                        JsonArray.of(
                                "notify",
                                JsonObject.of("set_tweak", "sound", "value", "cakealarm.wav"),
                                JsonObject.of("set_tweak", "highlight")));
        bob.client().put(RULES + "content/cake", rule).ok();
        alice.say(room, "cake!");
        assertEquals(
                JsonObject.of("sound", "cakealarm.wav", "highlight", true),
                device(gateway.next()).object("tweaks"));
    }

    @Test
    @DisplayName("PGW-3: what fails is tried again, in its order, with ever longer pauses")
    void whatFailsIsTriedAgain() {
        gateway.answer(503);
        push(bob, "key", data());
        var one = alice.say(room, "one");
        assertEquals(one, event(gateway.next()));
        var two = alice.say(room, "two");
        var pauses = new ArrayList<Duration>();
        for (int failures = 1; failures <= 4; failures++) {
            var before = clock.instant();
            assertEquals(one, event(gateway.nextWhile(this::timePasses)));
            pauses.add(Duration.between(before, clock.instant()));
        }
        // Eight seconds, spread by a fifth.
        assertTrue(pauses.getLast().toMillis() >= 6_400, pauses.toString());
        gateway.accept();
        assertEquals(one, event(gateway.nextWhile(this::timePasses)));
        assertEquals(two, event(gateway.next()));
        assertFalse(gateway.hasMore());
    }

    @Test
    @DisplayName("PGW-3: a restart loses nothing, and doesn't shorten the pause")
    void aRestartLosesNothing() {
        gateway.answer(500);
        push(bob, "key", data());
        var one = alice.say(room, "one");
        assertEquals(one, event(gateway.next()));
        server.close();
        server = start();
        alice = server.login("alice");
        gateway.accept();
        var two = alice.say(room, "two");
        assertEquals(one, event(gateway.nextWhile(this::timePasses)));
        assertEquals(two, event(gateway.next()));
        server.login("bob").read(room, two);
        assertEquals(0, unread(gateway.next()));
    }

    @Test
    @DisplayName("PGW-3: what is a day old is no news any more")
    void whatIsADayOldIsNoNews() {
        gateway.answer(404);
        push(bob, "key", data());
        alice.say(room, "old");
        gateway.next();
        clock.pass(Duration.ofHours(25));
        gateway.accept();
        var event = alice.say(room, "new");
        assertEquals(event, event(gateway.nextWhile(this::timePasses)));
    }

    @Test
    @DisplayName("PGW-3: a pusher whose key is rejected is removed")
    void aRejectedPusherIsRemoved() {
        push(bob, "key", data());
        push(bob, "other", data());
        gateway.reject("key");
        alice.say(room, "one");
        gateway.next();
        gateway.next();
        bob.syncUntil(_ -> pushers(bob) == 1);
        gateway.accept();
        alice.say(room, "two");
        assertEquals("other", device(gateway.next()).string("pushkey"));
        assertFalse(gateway.hasMore());
    }

    @Test
    @DisplayName("PGW-3: a gateway that answers nothing delays no other, nor its own users")
    void aSlowGatewayDelaysNoOther() {
        try (var slow = new ScriptedGateway(authority)) {
            slow.hold();
            push(bob, "slow", JsonObject.of("url", slow.url()));
            push(bob, "quick", data());
            var one = alice.say(room, "one");
            assertEquals(one, event(slow.next()));
            assertEquals(one, event(gateway.next()));
            var two = alice.say(room, "two");
            assertEquals(two, event(gateway.next()));
            assertFalse(slow.hasMore());
            slow.goOn();
            assertEquals(two, event(slow.next()));
        }
    }

    @Test
    @DisplayName("PGW-4: a redirect is no answer, and isn't followed")
    void aRedirectIsNotFollowed() {
        gateway.answer(307);
        push(bob, "key", data());
        var one = alice.say(room, "one");
        assertEquals(one, event(gateway.next()));
        gateway.accept();
        assertEquals(one, event(gateway.nextWhile(this::timePasses)));
        assertFalse(gateway.hasMore());
    }

    @Test
    @DisplayName(
            "PUSH-13: a pusher that is off is told nothing, nor later what it missed (MSC3881)")
    void aPusherThatIsOffIsToldNothing() {
        push(bob, "key", data(), false);
        alice.say(room, "missed");
        push(bob, "key", data(), true);
        var event = alice.say(room, "told");
        assertEquals(event, event(gateway.next()));
        assertFalse(gateway.hasMore());
    }

    @Test
    @DisplayName("PGW-3: two users with one key are told each their own")
    void twoUsersWithOneKey() {
        push(alice, "key", data());
        push(bob, "key", data());
        var events = List.of(alice.say(room, "to bob"), bob.say(room, "to alice"));
        var told = new ArrayList<String>();
        while (told.size() < 2) {
            var next = gateway.next();
            next.peekString("event_id").ifPresent(told::add);
        }
        assertTrue(told.containsAll(events), told.toString());
    }
}
