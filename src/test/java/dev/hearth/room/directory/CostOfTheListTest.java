package dev.hearth.room.directory;

import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonObject;
import dev.hearth.storage.H2Database;
import dev.hearth.testing.CountingDatabase;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What it costs to find something, counted in statements: nothing is worked out anew for it.
class CostOfTheListTest {

    private static final String PUBLIC_ROOMS = "/_matrix/client/v3/publicRooms";

    private final CountingDatabase database = new CountingDatabase(H2Database.inMemory());
    private final TestHomeserver server = TestHomeserver.start(database);
    private final TestUser alice = server.register("alice");

    @AfterEach
    void close() {
        server.close();
    }

    private String publicRoom() {
        return alice.createRoom(JsonObject.of("visibility", "public", "name", "Tea"));
    }

    private long list() {
        return database.statementsOf(() -> server.client().get(PUBLIC_ROOMS).ok());
    }

    /// ROOM-7
    @Test
    void aLongListCostsAsMuchAsAShortOne() {
        publicRoom();
        long cost = list();
        for (int i = 0; i < 30; i++) {
            publicRoom();
        }
        assertEquals(cost, list());
        assertTrue(cost <= 4, "statements: " + cost);
    }

    /// READ-7
    @Test
    void aMomentIsFoundAtTheSameCostInALongHistory() {
        var room = publicRoom();
        var path =
                "/_matrix/client/v1/rooms/"
                        + escape(room)
                        + "/timestamp_to_event?dir=b&ts=9000000000000";
        alice.client().get(path).ok();
        long cost = database.statementsOf(() -> alice.client().get(path).ok());
        for (int i = 0; i < 100; i++) {
            alice.say(room, "x");
        }
        alice.client().get(path).ok();
        long later = database.statementsOf(() -> alice.client().get(path).ok());
        assertTrue(later <= cost, "statements: " + cost + ", then " + later);
    }

    /// Rooms that were public before their entries were kept have none yet.
    @Test
    void whatIsNotDescribedYetIsDescribedWhenItIsAskedFor() {
        var room = publicRoom();
        var before = server.client().get(PUBLIC_ROOMS).ok();
        database.change(tx -> tx.execute("UPDATE published_room SET entry = ''"));
        assertEquals(before, server.client().get(PUBLIC_ROOMS).ok());
        alice.sendState(room, "m.room.name", "", JsonObject.of("name", "Pie"));
        long cost = list();
        assertTrue(cost <= 4, "statements: " + cost);
    }
}
