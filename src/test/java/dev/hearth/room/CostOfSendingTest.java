package dev.hearth.room;

import static dev.hearth.room.RoomServer.ALICE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What it costs to send into a room, counted in statements.
class CostOfSendingTest {

    private final RoomServer server = new RoomServer();

    @AfterEach
    void close() {
        server.close();
    }

    private String roomOf(int members) {
        var room = server.create("preset", "public_chat");
        for (int i = 1; i < members; i++) {
            var user = UserId.parse("@user" + i + ":test");
            server.rooms.send(
                    RoomId.parse(room),
                    Draft.member(user, user, JsonObject.of("membership", "join")));
        }
        // The first of a kind makes words of what has none.
        server.say(ALICE, room, "first", "body", "a").ok();
        server.put(ALICE, room, "m.room.topic", "", "topic", "first").ok();
        return room;
    }

    private long message(String room) {
        return server.database.statementsOf(
                () -> server.say(ALICE, room, "second", "body", "b").ok());
    }

    private long state(String room) {
        return server.database.statementsOf(
                () -> server.put(ALICE, room, "m.room.topic", "", "topic", "second").ok());
    }

    @Test
    void aMessageCostsTheSameInASmallAndInALargeRoom() {
        var small = roomOf(10);
        var large = roomOf(1_000);
        long cost = message(small);
        assertEquals(cost, message(large));
        assertTrue(cost <= 8, "statements: " + cost);
        assertEquals(state(small), state(large));
    }

    @Test
    void whatIsRepeatedIsLookedUpOnce() {
        var room = roomOf(2);
        message(room);
        assertEquals(1, message(room));
    }

    private long merge(String room) {
        var branch = new Branch(server, room);
        var fork = branch.tip();
        branch.accept(branch.topic(ALICE, "one", fork));
        var other = branch.topic(ALICE, "other", fork);
        return server.database.statementsOf(() -> branch.accept(other));
    }

    @Test
    void branchesThatMeetCostWhatTheyDifferIn() {
        long small = merge(roomOf(10));
        long large = merge(roomOf(1_000));
        assertTrue(large <= small + 10, "small: " + small + ", large: " + large);
    }
}
