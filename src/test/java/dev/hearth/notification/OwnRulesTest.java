package dev.hearth.notification;

import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonValue;
import dev.hearth.testing.RoomSection;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What rules of one's own do to the counts.
class OwnRulesTest {

    private static final String RULES = "/_matrix/client/v3/pushrules/global/";
    private static final JsonObject SILENT = JsonObject.of("actions", JsonArray.EMPTY);
    private static final JsonObject NOTIFY = JsonObject.of("actions", JsonArray.of("notify"));
    private static final JsonObject HIGHLIGHT =
            JsonObject.of(
                    "actions", JsonArray.of("notify", JsonObject.of("set_tweak", "highlight")));
    private static final String BY_THREAD =
            "&filter=" + escape("{\"room\":{\"timeline\":{\"unread_thread_notifications\":true}}}");

    private TestHomeserver server;
    private TestUser alice;
    private TestUser bob;
    private TestUser carol;
    private String room;

    @BeforeEach
    void meet() {
        server = TestHomeserver.start();
        alice = server.register("alice");
        bob = server.register("bob");
        carol = server.register("carol");
        room = alice.createRoom(JsonObject.of("preset", "public_chat"));
        bob.join(room);
        carol.join(room);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static void put(TestUser user, String kindAndId, JsonObject rule) {
        user.client().put(RULES + kindAndId, rule).ok();
    }

    private void mute(TestUser user) {
        var condition = JsonObject.of("kind", "event_match", "key", "room_id", "pattern", room);
        put(user, "override/" + escape(room), SILENT.with("conditions", JsonArray.of(condition)));
    }

    private void unmute(TestUser user) {
        user.client().delete(RULES + "override/" + escape(room)).ok();
    }

    private String counts(TestUser user) {
        user.forgetSync();
        return RoomSection.of(user.sync(), room).counts();
    }

    private void mention(TestUser sender, TestUser target) {
        sender.send(
                room,
                "m.room.message",
                JsonObject.of("msgtype", "m.text", "body", "hey")
                        .with("m.mentions", JsonObject.of("user_ids", JsonArray.of(target.id()))));
    }

    private String inThread(String root) {
        return alice.send(
                room,
                "m.room.message",
                JsonObject.of("msgtype", "m.text", "body", "in a thread")
                        .with(
                                "m.relates_to",
                                JsonObject.of("rel_type", "m.thread", "event_id", root)));
    }

    @Test
    @DisplayName("PUSH-7: a muted room counts nothing from then on, for who muted it")
    void aMutedRoomCountsNothing() {
        alice.say(room, "one");
        mute(bob);
        alice.say(room, "two");
        mention(alice, bob);
        assertEquals("1/0", counts(bob));
        assertEquals("3/0", counts(carol));
    }

    @Test
    @DisplayName("PUSH-7: a room that is loud again counts from then on")
    void aRoomThatIsLoudAgainCounts() {
        alice.say(room, "one");
        mute(bob);
        alice.say(room, "two");
        unmute(bob);
        alice.say(room, "three");
        assertEquals("2/0", counts(bob));
        mute(bob);
        alice.say(room, "four");
        assertEquals("2/0", counts(bob));
        unmute(bob);
        assertEquals("2/0", counts(bob));
    }

    @Test
    @DisplayName("PUSH-7, RCPT-6: reading clears what was counted by older rules, also in threads")
    void readingClearsWhatOlderRulesCounted() {
        var root = alice.say(room, "root");
        var reply = inThread(root);
        var one = alice.say(room, "one");
        inThread(root);
        mute(bob);
        inThread(root);
        bob.forgetSync();
        var section = RoomSection.of(bob.sync(0, BY_THREAD), room);
        assertEquals("2/0", section.counts());
        assertEquals("2/0", section.threadCounts(root));
        bob.readIn(room, root, reply);
        bob.readIn(room, "main", one);
        bob.forgetSync();
        section = RoomSection.of(bob.sync(0, BY_THREAD), room);
        assertEquals("0/0", section.counts());
        assertEquals("1/0", section.threadCounts(root));
    }

    @Test
    @DisplayName("PUSH-5: a room rule leaves mentions alone")
    void aRoomRuleLeavesMentionsAlone() {
        put(bob, "room/" + escape(room), SILENT);
        alice.say(room, "one");
        assertEquals("0/0", counts(bob));
        mention(alice, bob);
        assertEquals("1/1", counts(bob));
        bob.client().delete(RULES + "room/" + escape(room)).ok();
        alice.say(room, "two");
        assertEquals("2/1", counts(bob));
    }

    @Test
    @DisplayName("PUSH-5: words of one's own highlight, and rules for another room do nothing")
    void wordsOfOnesOwnHighlight() {
        put(bob, "content/cake", HIGHLIGHT.with("pattern", "cake"));
        put(carol, "room/" + escape("!other:hearth.test"), SILENT);
        alice.say(room, "Cake!");
        alice.say(room, "pancakes");
        assertEquals("2/1", counts(bob));
        assertEquals("2/0", counts(carol));
    }

    @Test
    @DisplayName("PUSH-5: a sender rule is for one sender")
    void aSenderRuleIsForOneSender() {
        put(bob, "sender/" + escape(alice.id()), SILENT);
        alice.say(room, "one");
        carol.say(room, "two");
        assertEquals("1/0", counts(bob));
    }

    @Test
    @DisplayName("PUSH-11: messages that notify no more, and notices that do")
    void changedDefaultRulesCount() {
        put(bob, "underride/.m.rule.message/actions", SILENT);
        alice.say(room, "one");
        assertEquals("0/0", counts(bob));
        mention(alice, bob);
        assertEquals("1/1", counts(bob));
        put(carol, "override/.m.rule.suppress_notices/enabled", JsonObject.of("enabled", false));
        alice.send(room, "m.room.message", JsonObject.of("msgtype", "m.notice", "body", "bot"));
        assertEquals("3/0", counts(carol));
        put(carol, "override/.m.rule.master/enabled", JsonObject.of("enabled", true));
        mention(alice, carol);
        assertEquals("3/0", counts(carol));
    }

    @Test
    @DisplayName("PUSH-2: rules for rooms of two count there alone")
    void rulesForRoomsOfTwo() {
        put(bob, "underride/.m.rule.message/actions", SILENT);
        var two = alice.createRoom(JsonObject.of("preset", "public_chat"));
        bob.join(two);
        alice.say(two, "one");
        alice.say(room, "one");
        bob.forgetSync();
        var sync = bob.sync();
        assertEquals("1/0", RoomSection.of(sync, two).counts());
        assertEquals("0/0", RoomSection.of(sync, room).counts());
        carol.join(two);
        alice.say(two, "two");
        bob.forgetSync();
        assertEquals("1/0", RoomSection.of(bob.sync(), two).counts());
    }

    @Test
    @DisplayName("PUSH-2: a rule for one's own name in the room")
    void aRuleForOnesOwnName() {
        var condition = JsonObject.of("kind", "contains_display_name");
        put(bob, "override/name", HIGHLIGHT.with("conditions", JsonArray.of(condition)));
        alice.say(room, "Bob, are you there?");
        alice.say(room, "Bobby?");
        assertEquals("2/1", counts(bob));
    }

    @Test
    @DisplayName("PUSH-7: what an ignored user says doesn't count in a silent room either")
    void ignoredUsersDoNotCountInASilentRoom() {
        put(bob, "room/" + escape(room), SILENT);
        mention(carol, bob);
        mention(alice, bob);
        bob.ignore(carol.id());
        assertEquals("1/1", counts(bob));
    }

    @Test
    @DisplayName("PUSH-7: who comes into the room later has their rules there too")
    void whoComesLaterHasTheirRules() {
        var dave = server.register("dave");
        put(dave, "content/cake", HIGHLIGHT.with("pattern", "cake"));
        alice.say(room, "nobody yet");
        dave.join(room);
        alice.say(room, "cake");
        assertEquals("1/1", counts(dave));
    }

    private List<String> roomRules(TestUser user) {
        return user.client().get(RULES).ok().array("room").objects().stream()
                .map(rule -> rule.string("rule_id"))
                .toList();
    }

    /// Complement: TestPushRuleRoomUpgrade, for users of this server
    @Test
    @DisplayName("PUSH-12: rules for a room follow when it is upgraded")
    void rulesFollowWhenARoomIsUpgraded() {
        put(alice, "room/" + escape(room), SILENT);
        put(bob, "room/" + escape(room), SILENT);
        var next =
                alice.client()
                        .post(TestUser.room(room) + "/upgrade", JsonObject.of("new_version", "11"))
                        .ok()
                        .string("replacement_room");
        bob.join(next);
        assertTrue(roomRules(alice).containsAll(List.of(room, next)));
        assertTrue(roomRules(bob).containsAll(List.of(room, next)));
    }

    /// Complement: TestPushRuleRoomUpgrade, for rooms of this server that were upgraded by hand
    @Test
    @DisplayName("PUSH-12: rules for a room follow into the room that takes its place")
    void rulesFollowIntoTheNewRoom() {
        put(alice, "room/" + escape(room), SILENT);
        put(bob, "room/" + escape(room), SILENT);
        mute(bob);
        alice.sync();
        var predecessor = JsonObject.of("room_id", room, "event_id", "$last");
        var next =
                alice.createRoom(
                        JsonObject.of(
                                "preset",
                                "public_chat",
                                "creation_content",
                                JsonObject.of("predecessor", predecessor)));
        bob.join(next);
        carol.join(next);
        assertTrue(roomRules(alice).containsAll(List.of(room, next)));
        assertTrue(roomRules(bob).containsAll(List.of(room, next)));
        assertEquals(List.of(), roomRules(carol));
        var moved = bob.client().get(RULES + "override/" + escape(next)).ok();
        assertEquals(next, moved.array("conditions").objects().getFirst().string("pattern"));
        assertTrue(alice.sync().path("account_data", "events").isPresent(), "told as account data");
        bob.client().delete(RULES + "room/" + escape(next)).ok();
        bob.sendState(
                next,
                "m.room.member",
                bob.id(),
                JsonObject.of("membership", "join", "displayname", "Robert"));
        assertEquals(List.of(room), roomRules(bob));
    }

    @Test
    @DisplayName("PUSH-12, ROOM-13: a room that only says so takes no rules along")
    void rulesDoNotFollowAnImpostor() {
        put(alice, "room/" + escape(room), SILENT);
        var impostor =
                carol.createRoom(
                        JsonObject.of(
                                "preset",
                                "public_chat",
                                "creation_content",
                                JsonObject.of("predecessor", JsonObject.of("room_id", room))));
        alice.join(impostor);
        assertEquals(List.of(room), roomRules(alice));
    }

    @Test
    @DisplayName("PUSH-12, ROOM-13: whose rules are as many as can be gets into the new room too")
    void whoHasNoRoomForMoreRulesComesIn() {
        var rule =
                SILENT.with(
                        "actions",
                        JsonArray.from(Collections.nCopies(330, JsonValue.of("coalesce"))));
        put(bob, "room/" + escape(room), rule);
        for (int i = 0; ; i++) {
            var reply = bob.client().put(RULES + "room/" + i, rule);
            if (reply.status() != 200) {
                reply.refused(413, "M_TOO_LARGE");
                break;
            }
        }
        var next =
                alice.client()
                        .post(TestUser.room(room) + "/upgrade", JsonObject.of("new_version", "11"))
                        .ok()
                        .string("replacement_room");
        bob.join(next);
        assertFalse(roomRules(bob).contains(next));
    }
}
