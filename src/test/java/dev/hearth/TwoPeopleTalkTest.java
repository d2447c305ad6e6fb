package dev.hearth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonObject;
import dev.hearth.testing.TestClient;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One thread through everything: two people register, meet in a room and talk.
class TwoPeopleTalkTest {

    private static boolean hears(JsonObject sync, String room, String text) {
        return sync.path("rooms", "join", room, "timeline", "events")
                .map(events -> events.toString().contains(text))
                .orElse(false);
    }

    @Test
    void whatOneSaysReachesTheOther() {
        try (var server = TestHomeserver.start()) {
            var alice = server.register("alice");
            var bob = server.register("bob");
            var room = alice.createRoom(JsonObject.of("preset", "private_chat", "name", "Kitchen"));
            alice.invite(bob, room);
            bob.syncUntil(sync -> sync.path("rooms", "invite", room).isPresent());
            bob.join(room);
            alice.say(room, "dinner is ready");
            bob.syncUntil(sync -> hears(sync, room, "dinner is ready"));
            bob.say(room, "coming");
            alice.syncUntil(sync -> hears(sync, room, "coming"));
        }
    }

    @Test
    void whatWasSaidIsThereAfterARestart(@TempDir Path folder) {
        String room;
        try (var server = TestHomeserver.start(folder)) {
            var alice = server.register("alice");
            room = alice.createRoom(JsonObject.of("name", "Kitchen"));
            alice.say(room, "remember the milk");
        }
        try (var server = TestHomeserver.start(folder)) {
            var alice = server.login("alice");
            assertTrue(hears(alice.sync(), room, "remember the milk"));
            assertTrue(alice.messages(room).toString().contains("remember the milk"));
        }
    }

    /// API-10
    @Test
    void aRepeatedSendIsAnsweredAlikeAndSaidOnce() {
        try (var server = TestHomeserver.start()) {
            var alice = server.register("alice");
            var room = alice.createRoom(JsonObject.EMPTY);
            var path = TestUser.room(room) + "/send/m.room.message/once";
            var content = JsonObject.of("msgtype", "m.text", "body", "only once");
            var first = alice.client().put(path, content).ok();
            assertEquals(first, alice.client().put(path, content).ok());
            var said = alice.messages(room).toString();
            assertEquals(said.indexOf("only once"), said.lastIndexOf("only once"));
        }
    }

    /// SEND-7
    @Test
    void whoIsOutsideCanNeitherSpeakNorListen() {
        try (var server = TestHomeserver.start()) {
            var alice = server.register("alice");
            var mallory = server.register("mallory");
            var room = alice.createRoom(JsonObject.EMPTY);
            mallory.client()
                    .put(
                            TestUser.room(room) + "/send/m.room.message/1",
                            JsonObject.of("body", "hello"))
                    .refused(403, "M_FORBIDDEN");
            mallory.client()
                    .get(TestUser.room(room) + "/messages?dir=b")
                    .refused(403, "M_FORBIDDEN");
            mallory.client()
                    .post("/_matrix/client/v3/join/" + TestClient.escape(room), JsonObject.EMPTY)
                    .refused(403, "M_FORBIDDEN");
        }
    }

    /// TOK-2, TOK-8
    @Test
    void aTokenEndsWithItsSession() {
        try (var server = TestHomeserver.start()) {
            var alice = server.register("alice");
            alice.client().post("/_matrix/client/v3/logout", JsonObject.EMPTY).ok();
            var refused =
                    alice.client()
                            .get("/_matrix/client/v3/account/whoami")
                            .refused(401, "M_UNKNOWN_TOKEN");
            assertFalse(refused.json().isTrue("soft_logout"));
            server.client()
                    .get("/_matrix/client/v3/account/whoami")
                    .refused(401, "M_MISSING_TOKEN");
        }
    }

    /// UIA-1
    @Test
    void registeringNeedsAStageEvenIfItIsADummy() {
        try (var server = TestHomeserver.start()) {
            var challenge =
                    server.client()
                            .post(
                                    "/_matrix/client/v3/register",
                                    JsonObject.of("username", "carol", "password", "x"));
            assertEquals(401, challenge.status());
            assertTrue(challenge.json().has("session"));
        }
    }
}
