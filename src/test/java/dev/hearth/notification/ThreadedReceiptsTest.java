package dev.hearth.notification;

import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearth.json.JsonObject;
import dev.hearth.testing.RoomSection;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// A server that looks for names in texts (PUSH-8), and receipts of threads.
class ThreadedReceiptsTest {

    private static final String BY_THREAD =
            "&filter=" + escape("{\"room\":{\"timeline\":{\"unread_thread_notifications\":true}}}");

    private TestHomeserver server;
    private TestUser alice;
    private TestUser bob;
    private String room;

    @BeforeEach
    void meet() {
        server = TestHomeserver.start(Clock.systemUTC(), "push.legacy_mentions=true");
        alice = server.register("alice");
        bob = server.register("user-1-bob");
        room = alice.createRoom(JsonObject.of("preset", "public_chat"));
        bob.join(room);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static JsonObject text(String body) {
        return JsonObject.of("msgtype", "m.text", "body", body);
    }

    private String relate(String type, String kind, String parent, JsonObject content) {
        return alice.send(
                room,
                type,
                content.with(
                        "m.relates_to",
                        JsonObject.of("rel_type", kind, "event_id", parent, "key", "test")));
    }

    private String inThread(String root, String body) {
        return relate("m.room.message", "m.thread", root, text(body));
    }

    private String counts() {
        bob.forgetSync();
        return RoomSection.of(bob.sync(), room).counts();
    }

    private String countsByThread(String root) {
        bob.forgetSync();
        var section = RoomSection.of(bob.sync(0, BY_THREAD), room);
        return section.counts() + " " + section.threadCounts(root);
    }

    /// Complement: TestThreadedReceipts
    @Test
    @DisplayName("RCPT-2, RCPT-5, RCPT-6, SYNC-17, PUSH-15: receipts of threads clear their own")
    void receiptsOfThreads() {
        var root = alice.say(room, "Hello world!");
        var first = inThread(root, "Start thread!");
        inThread(root, "Thread response " + bob.id() + "!");
        var mention = alice.say(room, "Hello " + bob.id() + "!");
        inThread(root, "End thread");
        var reference = relate("m.room.message", "m.reference", root, text("Reference!"));
        var annotation = relate("m.room.reaction", "m.annotation", reference, JsonObject.EMPTY);
        assertEquals("6/2", counts());
        assertEquals("3/1 3/1", countsByThread(root));
        bob.readIn(room, "main", root);
        assertEquals("5/2", counts());
        assertEquals("2/1 3/1", countsByThread(root));
        bob.readIn(room, root, first);
        assertEquals("4/2", counts());
        assertEquals("2/1 2/1", countsByThread(root));
        bob.read(room, mention);
        assertEquals("2/0", counts());
        assertEquals("1/0 1/0", countsByThread(root));
        bob.readIn(room, root, annotation);
        assertEquals("1/0", counts());
        assertEquals("1/0 none", countsByThread(root));
    }

    @Test
    @DisplayName("PUSH-8: a name in the text highlights, and the name that it has in the room")
    void aNameInTheTextHighlights() {
        bob.sendState(
                room,
                "m.room.member",
                bob.id(),
                JsonObject.of("membership", "join", "displayname", "Robert"));
        alice.say(room, "ask robert");
        alice.say(room, "ask Roberta");
        alice.say(room, "and user-1-bob");
        assertEquals("3/2", counts());
        alice.say(room, "@room: dinner");
        assertEquals("4/3", counts());
        bob.say(room, "@room: not hungry, alice");
        bob.forgetSync();
        alice.forgetSync();
        assertEquals("1/1", RoomSection.of(alice.sync(), room).counts());
    }

    @Test
    @DisplayName("PUSH-8: where the sender says whom they mention, the text says nothing")
    void mentionsGoBeforeTexts() {
        alice.send(
                room,
                "m.room.message",
                text("user-1-bob, @room").with("m.mentions", JsonObject.EMPTY));
        assertEquals("1/0", counts());
    }
}
