package dev.hearth.room.directory;

import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.testing.Reply;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// MUT-1: the rooms that two users are in.
class MutualRoomsTest {

    private static final String PATH = "/_matrix/client/v1/mutual_rooms";

    private final TestHomeserver server = TestHomeserver.start();
    private final TestUser alice = server.register("alice");
    private final TestUser bob = server.register("bob");

    @AfterEach
    void close() {
        server.close();
    }

    private String sharedRoom() {
        var room = alice.createRoom(JsonObject.of("preset", "public_chat"));
        bob.join(room);
        return room;
    }

    private Reply withBob(String more) {
        return alice.client().get(PATH + "?user_id=" + escape(bob.id()) + more);
    }

    @Test
    void roomsAreSharedWhileBothAreIn() {
        var one = sharedRoom();
        var other = sharedRoom();
        alice.invite(bob, alice.createRoom(JsonObject.EMPTY));
        bob.createRoom(JsonObject.of("preset", "public_chat"));
        assertEquals(
                JsonObject.of("joined", JsonArray.of(one, other), "count", 2), withBob("").ok());
        bob.leave(one);
        var unstable = "/_matrix/client/unstable/uk.half-shot.msc2666/user/mutual_rooms?user_id=";
        assertEquals(
                JsonObject.of("joined", JsonArray.of(other), "count", 1),
                bob.client().get(unstable + escape(alice.id())).ok());
    }

    @Test
    void manyRoomsComeInPages() {
        var rooms = new ArrayList<String>();
        for (int i = 0; i < 101; i++) {
            rooms.add(sharedRoom());
        }
        var first = withBob("").ok();
        assertEquals(JsonArray.from(rooms.subList(0, 100)), first.array("joined"));
        assertEquals(101, first.integer("count"));
        var second = withBob("&from=" + first.string("next_batch")).ok();
        assertEquals(JsonArray.of(rooms.getLast()), second.array("joined"));
        assertEquals(101, second.integer("count"));
        assertFalse(second.has("next_batch"));
    }

    @Test
    void whoIsUnknownSharesNothing() {
        for (var user : new String[] {"@nobody:hearth.test", "@nobody:elsewhere.test"}) {
            assertEquals(
                    JsonObject.of("joined", JsonArray.EMPTY, "count", 0),
                    alice.client().get(PATH + "?user_id=" + escape(user)).ok());
        }
        alice.client().get(PATH).refused(400, "M_INVALID_PARAM");
        alice.client().get(PATH + "?user_id=bob").refused(400, "M_INVALID_PARAM");
        alice.client().get(PATH + "?user_id=" + escape(alice.id())).refused(400, "M_INVALID_PARAM");
        withBob("&from=x").refused(400, "M_INVALID_PARAM");
    }
}
