package dev.hearth.push;

import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What gateways are told.
class DeliveryTest extends PushScene {

    private static final String RULES = "/_matrix/client/v3/pushrules/global/";

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

    /// SyTest: Test that a message is pushed SyTest: Rooms with canonical alias are correctly named
    /// in pushed
    @Test
    @DisplayName("PGW-1: older gateways find the event by id, and a nameless room by its alias")
    void olderGatewaysFindWhatTheyRead() {
        push(bob, "key", data());
        alice.sendState(room, "m.room.name", "", JsonObject.EMPTY);
        var event = alice.say(room, "dinner");
        var told = gateway.next();
        assertEquals(event, told.string("id"));
        assertEquals("#kitchen:hearth.test", told.string("room_name"));
        assertEquals("#kitchen:hearth.test", told.string("room_alias"));
        assertFalse(told.has("membership"));
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

    /// SyTest: Invites are pushed
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
        assertEquals("invite", told.string("membership"));
        assertEquals(JsonObject.EMPTY, told.object("counts"));
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
