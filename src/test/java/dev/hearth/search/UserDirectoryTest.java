package dev.hearth.search;

import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// UDIR-1.
class UserDirectoryTest {

    private static final String SEARCH = "/_matrix/client/v3/user_directory/search";

    private TestHomeserver server;
    private TestUser alice;
    private TestUser bob;
    private TestUser eve;

    @BeforeEach
    void meet() {
        server = TestHomeserver.start();
        alice = server.register("user-1-alice");
        bob = server.register("user-2-bob");
        eve = server.register("user-3-eve");
        name(alice, "Alice Cooper");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static void name(TestUser user, String name) {
        user.client()
                .put(
                        "/_matrix/client/v3/profile/" + escape(user.id()) + "/displayname",
                        JsonObject.of("displayname", name))
                .ok();
    }

    private static List<JsonObject> find(TestUser user, String term) {
        return user.client()
                .post(SEARCH, JsonObject.of("search_term", term))
                .ok()
                .array("results")
                .objects();
    }

    private List<JsonObject> justAlice() {
        return List.of(JsonObject.of("user_id", alice.id(), "display_name", "Alice Cooper"));
    }

    private String publicRoom(TestUser user) {
        return user.createRoom(JsonObject.of("visibility", "public"));
    }

    /// Complement: TestRoomSpecificUsernameChange Complement: TestRoomSpecificUsernameAtJoin
    @Test
    @DisplayName("UDIR-1: a name that somebody has in one room is found by nobody")
    void namesOfRooms() {
        publicRoom(alice);
        var room =
                bob.createRoom(
                        JsonObject.of("visibility", "private", "invite", JsonArray.of(alice.id())));
        alice.join(room);
        alice.sendState(
                room,
                "m.room.member",
                alice.id(),
                JsonObject.of("membership", "join", "displayname", "Freddy"));
        for (var asking : List.of(eve, bob)) {
            assertEquals(justAlice(), find(asking, "Alice Cooper"));
            assertEquals(justAlice(), find(asking, "@user"));
            assertEquals(List.of(), find(asking, "Freddy"));
        }
    }

    @Test
    @DisplayName("UDIR-1: by the beginning of words of name and ID, whatever case and accents")
    void words() {
        publicRoom(alice);
        name(alice, "Ålice Cooper");
        for (var term :
                List.of(
                        "alice",
                        "ALI",
                        "coop",
                        "coop ali",
                        "  cooper ",
                        "@alice",
                        alice.id(),
                        "user-1-alice",
                        "user-1-alice:hearth.test")) {
            assertEquals(1, find(eve, term).size(), term);
        }
        for (var term : List.of("lice", "cooper bob", "", "!", "@lice", "hearth.test")) {
            assertEquals(List.of(), find(eve, term), term);
        }
        name(alice, "王小明");
        assertEquals(1, find(eve, "小明").size());
        assertEquals(1, find(eve, "王").size());
        assertEquals(List.of(), find(eve, "cooper"));
    }

    @Test
    @DisplayName("UDIR-1: only who shares a room or is in a public one, as it is now")
    void whoMayBeFound() {
        assertEquals(List.of(), find(eve, "alice"));
        var room = alice.createRoom(JsonObject.of("preset", "private_chat"));
        assertEquals(List.of(), find(eve, "alice"));
        alice.invite(eve, room);
        eve.join(room);
        assertEquals(justAlice(), find(eve, "alice"));
        eve.leave(room);
        assertEquals(List.of(), find(eve, "alice"));
        alice.sendState(
                room,
                "m.room.history_visibility",
                "",
                JsonObject.of("history_visibility", "world_readable"));
        assertEquals(justAlice(), find(eve, "alice"));
        alice.sendState(
                room,
                "m.room.history_visibility",
                "",
                JsonObject.of("history_visibility", "shared"));
        assertEquals(List.of(), find(eve, "alice"));
        alice.sendState(room, "m.room.join_rules", "", JsonObject.of("join_rule", "public"));
        assertEquals(justAlice(), find(eve, "alice"));
        alice.leave(room);
        assertEquals(List.of(), find(eve, "alice"));
    }

    /// SyTest: User joining then leaving public room appears and dissappears from directory SyTest:
    /// Users appear/disappear from directory when join_rules are changed SyTest: User directory
    /// correctly update on display name change
    @Test
    @DisplayName("UDIR-1: users find themselves while they are in a public room")
    void usersFindThemselvesInPublicRooms() {
        var room = alice.createRoom(JsonObject.of("preset", "private_chat"));
        assertEquals(List.of(), find(alice, "alice"));
        alice.sendState(room, "m.room.join_rules", "", JsonObject.of("join_rule", "public"));
        assertEquals(justAlice(), find(alice, "alice"));
        alice.sendState(room, "m.room.join_rules", "", JsonObject.of("join_rule", "invite"));
        assertEquals(List.of(), find(alice, "alice"));
    }

    @Test
    void nobodyFindsWhoIsNoMore() {
        publicRoom(alice);
        alice.deactivate();
        assertEquals(List.of(), find(eve, "alice"));
    }

    @Test
    void theBestComesFirstAndTheRestIsCutOff() {
        var room = publicRoom(alice);
        bob.join(room);
        name(bob, "Cooper");
        assertEquals(bob.id(), find(eve, "cooper").getFirst().string("user_id"));
        var one = eve.client().post(SEARCH, JsonObject.of("search_term", "coop", "limit", 1)).ok();
        assertEquals(1, one.array("results").size());
        assertTrue(one.bool("limited"));
        var two = eve.client().post(SEARCH, JsonObject.of("search_term", "coop", "limit", 2)).ok();
        assertFalse(two.bool("limited"));
        eve.client().post(SEARCH, JsonObject.EMPTY).refused(400, "M_MISSING_PARAM");
    }

    @Test
    void aServerMayShowEverybodyToEverybody() {
        try (var open = TestHomeserver.start(Clock.systemUTC(), "user_directory.all_users=true")) {
            open.register("carol");
            assertEquals(1, find(open.register("dave"), "car").size());
        }
    }
}
