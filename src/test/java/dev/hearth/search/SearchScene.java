package dev.hearth.search;

import dev.hearth.json.JsonObject;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/// Two users in a room for each test, all on one server.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SearchScene {

    final TestHomeserver server = TestHomeserver.start();
    int people;
    TestUser alice;
    TestUser bob;
    String room;

    @BeforeEach
    void meet() {
        people++;
        alice = server.register("alice" + people);
        bob = server.register("bob" + people);
        room = alice.createRoom(JsonObject.of("preset", "public_chat"));
        bob.join(room);
    }

    @AfterAll
    void stop() {
        server.close();
    }
}
