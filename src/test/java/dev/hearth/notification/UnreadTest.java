package dev.hearth.notification;

import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.testing.RoomSection;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class UnreadTest {

    private static final String BY_THREAD =
            "&filter=" + escape("{\"room\":{\"timeline\":{\"unread_thread_notifications\":true}}}");

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
        alice.say(room, "before anybody came");
        bob.join(room);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private RoomSection sync(TestUser user) {
        return RoomSection.of(user.sync(), room);
    }

    private RoomSection syncByThread(TestUser user) {
        return RoomSection.of(user.sync(0, BY_THREAD), room);
    }

    private String counts(TestUser user) {
        user.forgetSync();
        return sync(user).counts();
    }

    private String mention(TestUser user, JsonObject mentions) {
        return user.send(room, "m.room.message", text("hey").with("m.mentions", mentions));
    }

    private String mention(TestUser user, TestUser... others) {
        var ids = JsonArray.from(Stream.of(others).map(TestUser::id).toList());
        return mention(user, JsonObject.of("user_ids", ids));
    }

    private String relate(TestUser user, String kind, String parent) {
        return user.send(
                room,
                "m.room.message",
                text("about that")
                        .with("m.relates_to", JsonObject.of("rel_type", kind, "event_id", parent)));
    }

    private static JsonObject text(String body) {
        return JsonObject.of("msgtype", "m.text", "body", body);
    }

    @Test
    @DisplayName("SYNC-17: the count comes with the message, for the others alone")
    void theCountComesWithTheMessage() {
        assertEquals("0/0", sync(bob).counts());
        alice.say(room, "one");
        alice.say(room, "two");
        var section = sync(bob);
        assertEquals(2, section.timeline().size());
        assertEquals("2/0", section.counts());
        assertEquals("0/0", sync(alice).counts());
        assertTrue(section.json().find("unread_thread_notifications").isEmpty());
    }

    @Test
    @DisplayName("RCPT-4, SYNC-17: a receipt clears what was before it, and wakes all devices")
    void aReceiptClearsWhatWasBefore() {
        var phone = server.login("bob");
        var one = alice.say(room, "one");
        alice.say(room, "two");
        assertEquals("2/0", sync(phone).counts());
        bob.read(room, one);
        var seen = phone.syncUntil(sync -> !RoomSection.of(sync, room).isEmpty());
        assertEquals("1/0", RoomSection.of(seen, room).counts());
    }

    @Test
    @DisplayName("RCPT-3: a private receipt clears too, whatever the filter keeps away")
    void aPrivateReceiptClears() {
        var event = alice.say(room, "one");
        assertEquals("1/0", sync(bob).counts());
        bob.receipt(room, "m.read.private", event, JsonObject.EMPTY).ok();
        var none = "&filter=" + escape("{\"room\":{\"ephemeral\":{\"types\":[]}}}");
        assertEquals("0/0", RoomSection.of(bob.sync(0, none), room).counts());
    }

    @Test
    @DisplayName("RCPT-4: the receipt that is further ahead counts")
    void theReceiptFurtherAheadCounts() {
        var one = alice.say(room, "one");
        var two = alice.say(room, "two");
        alice.say(room, "three");
        bob.receipt(room, "m.read.private", two, JsonObject.EMPTY).ok();
        bob.read(room, one);
        assertEquals("1/0", counts(bob));
    }

    @Test
    @DisplayName("RCPT-7: who sends has read what was before")
    void whoSendsHasRead() {
        alice.say(room, "one");
        bob.say(room, "two");
        assertEquals("0/0", counts(bob));
        assertEquals("1/0", counts(alice));
        alice.say(room, "three");
        assertEquals("1/0", counts(bob));
        assertEquals("0/0", counts(alice));
    }

    @Test
    @DisplayName("Joining begins at zero, each time")
    void joiningBeginsAtZero() {
        alice.say(room, "one");
        bob.leave(room);
        alice.say(room, "two");
        bob.join(room);
        assertEquals("0/0", counts(bob));
        alice.say(room, "three");
        assertEquals("1/0", counts(bob));
    }

    @Test
    @DisplayName("A new name reads nothing")
    void aNewNameReadsNothing() {
        alice.say(room, "one");
        bob.sendState(
                room,
                "m.room.member",
                bob.id(),
                JsonObject.of("membership", "join", "displayname", "Robert"));
        assertEquals("1/0", counts(bob));
    }

    @Test
    @DisplayName("PUSH-1: what the rules pass over isn't counted")
    void whatTheRulesPassOverIsNotCounted() {
        var said = alice.say(room, "one");
        alice.send(room, "m.room.message", text("bot speaks").with("msgtype", "m.notice"));
        relate(alice, "m.replace", said);
        alice.send(
                room,
                "m.reaction",
                JsonObject.of(
                        "m.relates_to",
                        JsonObject.of("rel_type", "m.annotation", "event_id", said, "key", "+")));
        alice.sendState(room, "m.room.topic", "", JsonObject.of("topic", "quiet"));
        assertEquals("1/0", counts(bob));
        alice.send(room, "m.room.encrypted", JsonObject.of("algorithm", "m.megolm.v1.aes-sha2"));
        assertEquals("2/0", counts(bob));
        alice.sendState(room, "m.room.tombstone", "", JsonObject.of("body", "over"));
        assertEquals("3/1", counts(bob));
    }

    @Test
    @DisplayName("PUSH-1: a mention highlights for whom it names alone")
    void aMentionHighlightsForWhomItNames() {
        var carol = server.register("carol");
        carol.join(room);
        var mention = mention(alice, bob);
        alice.say(room, "more");
        assertEquals("2/1", counts(bob));
        assertEquals("2/0", counts(carol));
        bob.read(room, mention);
        assertEquals("1/0", counts(bob));
    }

    @Test
    @DisplayName("PUSH-1: a mention counts also where the event itself wouldn't")
    void aMentionCountsWhereTheEventWouldNot() {
        alice.send(
                room,
                "org.example.poke",
                JsonObject.of(
                        "m.mentions", JsonObject.of("user_ids", JsonArray.of(bob.id(), "x", 7))));
        assertEquals("1/1", counts(bob));
        bob.say(room, "stop it");
        assertEquals("0/0", counts(bob));
    }

    @Test
    @DisplayName("PUSH-2: everybody is mentioned by who has the power")
    void everybodyIsMentionedByWhoHasThePower() {
        mention(bob, JsonObject.of("room", true));
        assertEquals("1/0", counts(alice));
        mention(alice, JsonObject.of("room", true));
        assertEquals("1/1", counts(bob));
    }

    @Test
    @DisplayName("PUSH-7: events of ignored users don't count")
    void eventsOfIgnoredUsersDoNotCount() {
        var carol = server.register("carol");
        carol.join(room);
        mention(carol, bob);
        alice.say(room, "one");
        assertEquals("2/1", counts(bob));
        bob.ignore(carol.id());
        assertEquals("1/0", counts(bob));
    }

    @Test
    @DisplayName("SYNC-17, RCPT-5: with the filter's flag, threads are counted by themselves")
    void threadsAreCountedByThemselves() {
        var root = alice.say(room, "root");
        var reply = relate(alice, "m.thread", root);
        relate(alice, "m.reference", reply);
        relate(alice, "m.reference", root);
        var section = syncByThread(bob);
        assertEquals("2/0", section.counts());
        assertEquals("2/0", section.threadCounts(root));
        assertEquals("4/0", counts(bob));
    }

    @Test
    @DisplayName("RCPT-6: a receipt in a thread clears that thread, one without a thread all")
    void receiptsClearTheirThread() {
        var root = alice.say(room, "root");
        var other = alice.say(room, "other");
        var reply = relate(alice, "m.thread", root);
        var last = relate(alice, "m.thread", other);
        bob.readIn(room, root, reply);
        var section = syncByThread(bob);
        assertEquals("2/0", section.counts());
        assertEquals("none", section.threadCounts(root));
        assertEquals("1/0", section.threadCounts(other));
        bob.readIn(room, "main", other);
        section = syncByThread(bob);
        assertEquals("0/0", section.counts());
        assertEquals("1/0", section.threadCounts(other));
        bob.read(room, last);
        section = syncByThread(bob);
        assertFalse(section.isEmpty());
        assertFalse(section.json().has("unread_thread_notifications"));
        assertEquals("0/0", counts(bob));
    }

    @Test
    @DisplayName("RCPT-7: an own send clears its own thread alone")
    void anOwnSendClearsItsThread() {
        var root = alice.say(room, "root");
        relate(alice, "m.thread", root);
        relate(bob, "m.thread", root);
        var section = syncByThread(bob);
        assertEquals("1/0", section.counts());
        assertEquals("none", section.threadCounts(root));
        relate(alice, "m.thread", root);
        bob.say(room, "in main");
        section = syncByThread(bob);
        assertEquals("0/0", section.counts());
        assertEquals("1/0", section.threadCounts(root));
    }

    @Test
    @DisplayName("PUSH-11, SYNC-23: an initial sync and account data hold the push rules")
    void pushRulesAreAccountData() {
        var rules = bob.client().get("/_matrix/client/v3/pushrules/").ok();
        var events = bob.sync().object("account_data").array("events").objects();
        assertTrue(events.contains(JsonObject.of("type", "m.push_rules", "content", rules)));
        assertTrue(
                bob.sync().path("account_data").isEmpty(), "an incremental sync tells what's new");
        var path = "/_matrix/client/v3/user/" + escape(bob.id()) + "/account_data/m.push_rules";
        assertEquals(rules, bob.client().get(path).ok());
        bob.client().put(path, rules).refused(405, "M_BAD_JSON");
    }

    @Test
    @DisplayName("PUSH-11: push rules are read whole and one by one")
    void pushRulesAreRead() {
        var base = "/_matrix/client/v3/pushrules";
        var all = bob.client().get(base).ok();
        assertEquals(all, bob.client().get(base + "/").ok());
        assertEquals(all.object("global"), bob.client().get(base + "/global/").ok());
        var master = base + "/global/override/.m.rule.master";
        assertFalse(bob.client().get(master).ok().bool("enabled"));
        assertFalse(bob.client().get(master + "/enabled").ok().bool("enabled"));
        assertTrue(bob.client().get(master + "/actions").ok().array("actions").isEmpty());
        bob.client().get(base + "/global/override/none").refused(404, "M_NOT_FOUND");
        bob.client().get(base + "/global/postcontent/none").refused(404, "M_NOT_FOUND");
    }

    @Test
    @DisplayName("RED-3: what was taken back is unread no more, wherever one has read up to")
    void takenBack() {
        var first = alice.say(room, "first");
        var second = mention(alice, bob);
        var third = alice.say(room, "third");
        assertEquals("3/1", counts(bob));
        alice.redact(room, second);
        assertEquals("2/0", counts(bob));
        alice.redact(room, second);
        bob.read(room, first);
        assertEquals("1/0", counts(bob));
        alice.redact(room, first);
        assertEquals("1/0", counts(bob));
        alice.say(room, "fourth");
        assertEquals("2/0", counts(bob));
        bob.read(room, third);
        assertEquals("1/0", counts(bob));
    }

    @Test
    @DisplayName("RED-3: the same in a thread, and with ignored users")
    void takenBackInThread() {
        var root = alice.say(room, "root");
        var reply = relate(alice, "m.thread", root);
        relate(alice, "m.thread", root);
        alice.redact(room, reply);
        bob.forgetSync();
        assertEquals("1/0", syncByThread(bob).threadCounts(root));
        bob.ignore(alice.id());
        assertEquals("0/0", counts(bob));
        alice.redact(room, root);
        assertEquals("0/0", counts(bob));
    }
}
