package dev.hearth.notification;

import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearth.json.JsonObject;
import dev.hearth.testing.RoomSection;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnreadOverRestartTest {

    private static String counts(TestUser user, String room) {
        user.forgetSync();
        return RoomSection.of(user.sync(), room).counts();
    }

    @Test
    @DisplayName("SYNC-17: counts and receipts are the same after a restart, and go on from there")
    void countsGoOnAfterARestart(@TempDir Path folder) {
        String room;
        String one;
        try (var server = TestHomeserver.start(folder)) {
            var alice = server.register("alice");
            var bob = server.register("bob");
            room = alice.createRoom(JsonObject.of("preset", "public_chat"));
            bob.join(room);
            one = alice.say(room, "one");
            alice.say(room, "two");
            assertEquals("2/0", counts(bob, room));
        }
        try (var server = TestHomeserver.start(folder)) {
            var alice = server.login("alice");
            var bob = server.login("bob");
            assertEquals("2/0", counts(bob, room));
            alice.client()
                    .put(
                            TestUser.room(room) + "/send/m.room.message/after-restart",
                            JsonObject.of("msgtype", "m.text", "body", "three"))
                    .ok();
            assertEquals("3/0", counts(bob, room));
            bob.client()
                    .post(TestUser.room(room) + "/receipt/m.read/" + escape(one), JsonObject.EMPTY)
                    .ok();
            assertEquals("2/0", counts(bob, room));
        }
        try (var server = TestHomeserver.start(folder)) {
            assertEquals("2/0", counts(server.login("bob"), room));
        }
    }
}
