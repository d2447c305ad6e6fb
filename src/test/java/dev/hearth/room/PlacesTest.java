package dev.hearth.room;

import static dev.hearth.testing.TestClient.escape;
import static dev.hearth.testing.TestUser.room;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Places in a room's history, as `/sync`, `/messages` and `/context` name them, and what is read
/// from them on.
class PlacesTest {

    private final TestHomeserver server = TestHomeserver.start();
    private final TestUser alice = server.register("alice");
    private final TestUser bob = server.register("bob");
    private final String room = alice.createRoom(JsonObject.of("preset", "public_chat"));

    @BeforeEach
    void bobIsIn() {
        bob.join(room);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private JsonObject messages(TestUser user, String query) {
        return user.client().get(room(room) + "/messages?" + query).ok();
    }

    private JsonObject context(String event, String query) {
        return alice.client().get(room(room) + "/context/" + escape(event) + query).ok();
    }

    private static List<String> texts(JsonArray events) {
        return events.objects().stream()
                .flatMap(event -> event.object("content").findString("body").stream())
                .toList();
    }

    private static List<String> texts(JsonObject page) {
        return texts(page.array("chunk"));
    }

    private static JsonObject timelineOf(JsonObject sync, String room) {
        return (JsonObject) sync.path("rooms", "join", room, "timeline").orElseThrow();
    }

    private String prevBatch(int limit) {
        var filter = "{\"room\":{\"timeline\":{\"limit\":" + limit + "}}}";
        alice.forgetSync();
        return timelineOf(alice.sync(0, "&filter=" + escape(filter)), room).string("prev_batch");
    }

    private void count(int upTo) {
        for (int i = 1; i <= upTo; i++) {
            alice.say(room, Integer.toString(i));
        }
    }

    @Test
    @DisplayName("READ-2: from a sync's prev_batch backwards, nothing is missing and nothing twice")
    void prevBatchLeadsBackwards() {
        count(6);
        var page = messages(alice, "dir=b&limit=2&from=" + prevBatch(2));
        assertEquals(List.of("4", "3"), texts(page));
        assertEquals(
                List.of("2", "1"),
                texts(messages(alice, "dir=b&limit=2&from=" + page.string("end"))));
    }

    @Test
    @DisplayName("READ-2: from a sync's prev_batch forwards comes its timeline")
    void prevBatchLeadsForwards() {
        count(6);
        assertEquals(
                List.of("5", "6"), texts(messages(alice, "dir=f&limit=50&from=" + prevBatch(2))));
    }

    @Test
    @DisplayName("READ-2: a sync's next_batch parts what was before from what came after")
    void nextBatchLeadsBothWays() {
        count(2);
        var next = alice.sync().string("next_batch");
        alice.say(room, "later");
        assertEquals(
                List.of("2", "1"), texts(messages(alice, "dir=b&limit=2&from=" + escape(next))));
        assertEquals(List.of("later"), texts(messages(alice, "dir=f&from=" + escape(next))));
        assertEquals(List.of("later"), texts(messages(alice, "dir=b&to=" + escape(next))));
    }

    @Test
    @DisplayName("READ-1: start is the place that was given, and where there was none, a good one")
    void startIsAPlace() {
        count(3);
        var first = messages(alice, "dir=b&limit=1");
        alice.say(room, "new");
        assertEquals(List.of("new"), texts(messages(alice, "dir=f&from=" + first.string("start"))));
        var from = first.string("end");
        assertEquals(from, messages(alice, "dir=b&from=" + from).string("start"));
        assertTrue(messages(alice, "dir=f").has("start"));
    }

    @Test
    @DisplayName("READ-1: ten at most, unless otherwise said")
    void tenByDefault() {
        count(12);
        assertEquals(10, messages(alice, "dir=b").array("chunk").size());
        assertEquals(0, messages(alice, "dir=b&limit=0").array("chunk").size());
        assertEquals(12, texts(messages(alice, "dir=b&limit=99999")).size());
    }

    @Test
    @DisplayName("READ-1: walking either way by single steps tells everything once, and ends")
    void singleSteps() {
        count(4);
        var all = texts(messages(alice, "dir=f&limit=100"));
        assertEquals(all, walk("f", "dir=f&limit=1"));
        assertEquals(all.reversed(), walk("b", "dir=b&limit=1"));
        assertEquals(all, walk("f", "dir=f&limit=3"));
    }

    private List<String> walk(String dir, String first) {
        var told = new ArrayList<String>();
        var page = messages(alice, first);
        int limit = first.charAt(first.length() - 1) - '0';
        for (int i = 0; i < 50 && page.has("end"); i++) {
            told.addAll(texts(page));
            page =
                    messages(
                            alice,
                            "dir=" + dir + "&limit=" + limit + "&from=" + page.string("end"));
        }
        told.addAll(texts(page));
        assertFalse(page.has("end"), "the walk has no end");
        return told;
    }

    @Test
    @DisplayName("READ-1: at the beginning nothing is before, at the end there is nothing yet")
    void beyondTheEnds() {
        var before = messages(alice, "dir=b&from=t0");
        assertEquals(0, before.array("chunk").size());
        assertFalse(before.has("end"));
        var next = alice.sync().string("next_batch");
        var after = messages(alice, "dir=f&from=" + escape(next));
        assertEquals(0, after.array("chunk").size());
        assertFalse(after.has("end"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "t", "t-1", "t1.5", "s1_", "t9999999999999999999", "t1 2"})
    @DisplayName("READ-2: what is no token is refused, wherever a token is wanted")
    void strangeTokens(String token) {
        for (var key : List.of("from", "to")) {
            alice.client()
                    .get(room(room) + "/messages?dir=b&" + key + "=" + escape(token))
                    .refused(400, "M_INVALID_PARAM");
        }
        alice.client()
                .get(room(room) + "/members?at=" + escape(token))
                .refused(400, "M_INVALID_PARAM");
    }

    @Test
    @DisplayName("READ-4: the limit is for both sides together, and the places lead on")
    void contextLimits() {
        count(2);
        var id = alice.say(room, "it");
        alice.say(room, "3");
        alice.say(room, "4");
        var two = context(id, "?limit=2");
        assertEquals(List.of("2"), texts(two.array("events_before")));
        assertEquals(List.of("3"), texts(two.array("events_after")));
        assertEquals(
                List.of("1"), texts(messages(alice, "dir=b&limit=1&from=" + two.string("start"))));
        assertEquals(List.of("4"), texts(messages(alice, "dir=f&from=" + two.string("end"))));
        var none = context(id, "?limit=0");
        assertEquals(0, none.array("events_before").size() + none.array("events_after").size());
        assertEquals(
                List.of("it"), texts(messages(alice, "dir=b&limit=1&from=" + none.string("end"))));
        assertEquals(
                List.of("3"), texts(messages(alice, "dir=f&limit=1&from=" + none.string("end"))));
        assertEquals(
                List.of("it"),
                texts(messages(alice, "dir=f&limit=1&from=" + none.string("start"))));
        var ten = context(id, "");
        assertEquals(5, ten.array("events_before").size());
        assertEquals(List.of("3", "4"), texts(ten.array("events_after")));
    }

    @Test
    @DisplayName("READ-4: a filter's types are for the state too")
    void contextStateIsFiltered() {
        var id = alice.say(room, "it");
        var filter = escape(JsonObject.of("types", JsonArray.of("m.room.create")));
        var state = context(id, "?filter=" + filter).array("state").objects();
        assertEquals(
                List.of("m.room.create"),
                state.stream().map(event -> event.string("type")).toList());
    }

    @Test
    @DisplayName("READ-10: the members at a sync's prev_batch and next_batch")
    void membersAtSyncTokens() {
        var before = prevBatch(100);
        var next = alice.sync().string("next_batch");
        bob.leave(room);
        assertEquals("@alice:hearth.test", joinedAt(before));
        assertEquals("@alice:hearth.test @bob:hearth.test", joinedAt(next));
    }

    private String joinedAt(String token) {
        return String.join(
                " ",
                alice
                        .client()
                        .get(room(room) + "/members?membership=join&at=" + escape(token))
                        .ok()
                        .array("chunk")
                        .objects()
                        .stream()
                        .map(event -> event.string("state_key"))
                        .sorted()
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"senders\":[\"alice\"]}",
                "{\"rooms\":[\"kitchen\"]}",
                "{\"types\":\"m.room.message\"}",
                "{\"types\":[1]}",
                "{\"limit\":-1}",
                "{\"contains_url\":\"yes\"}",
                "{\"lazy_load_members\":1}",
                "[]"
            })
    @DisplayName("FIL-6, READ-1: a filter that isn't one is refused by /messages and /context")
    void badFilters(String filter) {
        var query = "?dir=b&filter=" + escape(filter);
        alice.client().get(room(room) + "/messages" + query).refused(400, "M_BAD_JSON");
        var id = alice.say(room, "it");
        alice.client()
                .get(room(room) + "/context/" + escape(id) + query)
                .refused(400, "M_BAD_JSON");
    }

    @Test
    @DisplayName("FIL-2, READ-1: a filter of rooms lets a whole room pass or nothing of it")
    void filterOfRooms() {
        alice.say(room, "it");
        var other = JsonArray.of("!other:hearth.test");
        assertEquals(0, filtered(JsonObject.of("rooms", other)));
        assertEquals(0, filtered(JsonObject.of("not_rooms", JsonArray.of(room))));
        assertEquals(1, filtered(JsonObject.of("rooms", JsonArray.of(room))));
        assertEquals(1, filtered(JsonObject.of("not_rooms", other)));
        assertEquals(0, filtered(JsonObject.of("types", JsonArray.EMPTY)));
    }

    private int filtered(JsonObject filter) {
        return texts(messages(alice, "dir=b&limit=100&filter=" + escape(filter))).size();
    }
}
