package dev.hearth.room;

import static dev.hearth.testing.TestClient.escape;
import static dev.hearth.testing.TestUser.room;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.testing.RoomSection;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who may see what, by the room's history visibility: every value, every kind of reader, every
/// endpoint that reads.
///
/// The story of each room: Alice says `a`, invites all but Eve, says `b`; Bob and Dave join, she
/// says `c`; Dave leaves, she says `d`. So Bob is a member, Carol was only invited, Dave has left,
/// and Eve has nothing to do with it.
class HistoryVisibilityTest {

    private static TestHomeserver server;
    private static final Map<String, TestUser> USERS = new LinkedHashMap<>();
    private static final Map<String, String> ROOMS = new LinkedHashMap<>();
    private static final Map<String, Map<String, String>> SAID = new LinkedHashMap<>();

    @BeforeAll
    static void tellStories() {
        server = TestHomeserver.start();
        for (var name : List.of("alice", "bob", "carol", "dave", "eve")) {
            USERS.put(name, server.register(name));
        }
        for (var value : List.of("world_readable", "shared", "invited", "joined", "nonsense")) {
            tell(value);
        }
    }

    private static void tell(String value) {
        var alice = USERS.get("alice");
        var room = alice.createRoom(beginning(value));
        var said = new LinkedHashMap<String, String>();
        said.put("a", alice.say(room, "a"));
        for (var name : List.of("bob", "carol", "dave")) {
            alice.invite(USERS.get(name), room);
        }
        said.put("b", alice.say(room, "b"));
        USERS.get("bob").join(room);
        USERS.get("dave").join(room);
        said.put("c", alice.say(room, "c"));
        USERS.get("dave").leave(room);
        said.put("d", alice.say(room, "d"));
        ROOMS.put(value, room);
        SAID.put(value, said);
    }

    private static JsonObject beginning(String visibility) {
        var state =
                JsonObject.of(
                        "type",
                        "m.room.history_visibility",
                        "content",
                        JsonObject.of("history_visibility", visibility));
        return JsonObject.of("initial_state", JsonArray.of(state));
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @ParameterizedTest(name = "HV-1, HV-3, HV-4, PEEK-1: {0}, {1}: sees {2}, the state {3}")
    @DisplayName("HV-1: each reader sees of each room what its visibility says, in every answer")
    @CsvSource({
        // A value that nobody knows is as good as shared.
        "world_readable, bob,   abcd, yes, abcd",
        "world_readable, carol, abcd, yes, invite",
        "world_readable, dave,  abcd, yes, abc",
        "world_readable, eve,   abcd, yes, nothing",
        "shared,         bob,   abcd, yes, abcd",
        "shared,         carol, -,    no,  invite",
        "shared,         dave,  abc,  yes, abc",
        "shared,         eve,   -,    no,  nothing",
        "invited,        bob,   bcd,  yes, bcd",
        "invited,        carol, -,    no,  invite",
        "invited,        dave,  bc,   yes, bc",
        "invited,        eve,   -,    no,  nothing",
        "joined,         bob,   cd,   yes, cd",
        "joined,         carol, -,    no,  invite",
        "joined,         dave,  c,    yes, c",
        "joined,         eve,   -,    no,  nothing",
        "nonsense,       bob,   abcd, yes, abcd",
        "nonsense,       eve,   -,    no,  nothing",
    })
    void everyEndpointShowsWhatMayBeSeen(
            String value, String reader, String seen, String state, String synced) {
        var user = USERS.get(reader);
        var room = ROOMS.get(value);
        checkMessages(user, room, seen);
        SAID.get(value).forEach((text, id) -> checkEvent(user, room, text, id, seen));
        checkState(user, room, state.equals("yes"));
        assertEquals(synced, synced(user, room));
    }

    private static void checkMessages(TestUser user, String room, String seen) {
        var backwards = user.client().get(room(room) + "/messages?dir=b&limit=100");
        var forwards = user.client().get(room(room) + "/messages?dir=f&limit=100");
        if (seen.equals("-")) {
            backwards.refused(403, "M_FORBIDDEN");
            forwards.refused(403, "M_FORBIDDEN");
            return;
        }
        assertEquals(seen, texts(forwards.ok().array("chunk")));
        var reversed = new StringBuilder(seen).reverse().toString();
        assertEquals(reversed, texts(backwards.ok().array("chunk")));
        var onePerPage = new ArrayList<String>();
        var page = user.client().get(room(room) + "/messages?dir=b&limit=1").ok();
        while (page.has("end")) {
            onePerPage.add(texts(page.array("chunk")));
            var next = "/messages?dir=b&limit=1&from=" + page.string("end");
            page = user.client().get(room(room) + next).ok();
        }
        onePerPage.add(texts(page.array("chunk")));
        assertEquals(reversed, String.join("", onePerPage));
    }

    private static void checkEvent(
            TestUser user, String room, String text, String id, String seen) {
        var event = user.client().get(room(room) + "/event/" + escape(id));
        var context = user.client().get(room(room) + "/context/" + escape(id) + "?limit=50");
        if (!seen.contains(text)) {
            event.refused(404, "M_NOT_FOUND");
            // Who may look at nothing in the room is told so where they ask for more than an event.
            if (seen.equals("-")) {
                context.refused(403, "M_FORBIDDEN");
            } else {
                context.refused(404, "M_NOT_FOUND");
            }
            return;
        }
        assertEquals(text, event.ok().object("content").string("body"));
        var around = context.ok();
        assertEquals(text, around.object("event").object("content").string("body"));
        var before = new StringBuilder(texts(around.array("events_before"))).reverse();
        assertEquals(seen, before + text + texts(around.array("events_after")));
    }

    private static void checkState(TestUser user, String room, boolean readable) {
        for (var path : List.of("/state", "/state/m.room.create", "/members")) {
            var reply = user.client().get(room(room) + path);
            if (readable) {
                assertEquals(200, reply.status(), path);
            } else {
                reply.refused(403, "M_FORBIDDEN");
            }
        }
    }

    /// The messages of an initial sync, or as what the room is told otherwise.
    private static String synced(TestUser user, String room) {
        user.forgetSync();
        var filter = "{\"room\":{\"include_leave\":true,\"timeline\":{\"limit\":50}}}";
        var sync = user.sync(0, "&filter=" + escape(filter));
        if (sync.path("rooms", "invite", room).isPresent()) {
            assertTrue(sync.path("rooms", "join", room).isEmpty());
            return "invite";
        }
        var left = sync.path("rooms", "leave", room).map(JsonObject.class::cast);
        var section = left.map(RoomSection::new).orElseGet(() -> RoomSection.of(sync, room));
        return section.isEmpty() ? "nothing" : texts(JsonArray.from(section.timeline()));
    }

    private static String texts(JsonArray events) {
        var texts = new StringBuilder();
        for (var event : events.objects()) {
            event.object("content").findString("body").ifPresent(texts::append);
        }
        return texts.toString();
    }
}
