package dev.hearth;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonObject;
import dev.hearth.storage.H2Database;
import dev.hearth.testing.CountingDatabase;
import dev.hearth.testing.TestHomeserver;
import org.junit.jupiter.api.Test;

/// What a message costs with all that follows from it: receipts, counts, typing.
class CostOfAMessageTest {

    @Test
    void aMessageIsWrittenInEightStatements() {
        var database = new CountingDatabase(H2Database.inMemory());
        try (var server = TestHomeserver.start(database)) {
            var alice = server.register("alice");
            var bob = server.register("bob");
            var room = alice.createRoom(JsonObject.of("preset", "public_chat"));
            bob.join(room);
            // The first of each makes words and rows of what has none.
            alice.say(room, "first");
            bob.say(room, "first");
            long cost = database.statementsOf(() -> alice.say(room, "second"));
            assertTrue(cost <= 8, "statements: " + cost);
        }
    }
}
