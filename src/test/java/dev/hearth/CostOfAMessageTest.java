package dev.hearth;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.storage.H2Database;
import dev.hearth.testing.CountingDatabase;
import dev.hearth.testing.TestClient;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
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

    @Test
    void howManyHavePushRulesOfTheirOwnCostsNothing() {
        var database = new CountingDatabase(H2Database.inMemory());
        try (var server = TestHomeserver.start(database)) {
            var alice = server.register("alice");
            var room = alice.createRoom(JsonObject.of("preset", "public_chat"));
            for (int i = 0; i < 12; i++) {
                var member = server.register("member" + i);
                member.join(room);
                changeRules(member, room, i % 3);
            }
            alice.say(room, "first");
            alice.say(room, "second");
            long cost = database.statementsOf(() -> alice.say(room, "third"));
            assertTrue(cost <= 8, "statements: " + cost);
        }
    }

    /// Without a sound, silent but for mentions, or silent everywhere.
    private static void changeRules(TestUser member, String room, int how) {
        var rule =
                switch (how) {
                    case 0 -> "override/.m.rule.suppress_edits";
                    case 1 -> "room/" + TestClient.escape(room);
                    default -> "underride/.m.rule.message";
                };
        var path = "/_matrix/client/v3/pushrules/global/" + rule + (how == 1 ? "" : "/actions");
        member.client().put(path, JsonObject.of("actions", JsonArray.EMPTY)).ok();
    }
}
