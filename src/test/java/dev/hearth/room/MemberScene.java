package dev.hearth.room;

import dev.hearth.json.JsonObject;
import dev.hearth.testing.Reply;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import org.junit.jupiter.api.AfterEach;

/// Two users who come to rooms and leave them.
abstract class MemberScene {

    final TestHomeserver server = TestHomeserver.start();
    final TestUser alice = server.register("alice");
    final TestUser bob = server.register("bob");

    @AfterEach
    void close() {
        server.close();
    }

    String publicRoom() {
        return alice.createRoom(JsonObject.of("preset", "public_chat"));
    }

    String privateRoom() {
        return alice.createRoom(JsonObject.of("preset", "private_chat"));
    }

    static Reply does(TestUser user, String what, String room, Object... body) {
        return user.client().post(TestUser.room(room) + "/" + what, JsonObject.of(body));
    }
}
