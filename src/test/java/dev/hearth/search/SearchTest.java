package dev.hearth.search;

import static dev.hearth.search.Searches.ids;
import static dev.hearth.search.Searches.recent;
import static dev.hearth.search.Searches.results;
import static dev.hearth.search.Searches.search;
import static dev.hearth.search.Searches.term;
import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// SRCH-1 to SRCH-3: what is found.
class SearchTest extends SearchScene {

    private void redact(TestUser user, String event) {
        user.client()
                .put(
                        TestUser.room(room) + "/redact/" + escape(event) + "/r" + event.hashCode(),
                        JsonObject.EMPTY)
                .ok();
    }

    /// Complement: TestSearch/parallel/Can_search_for_an_event_by_body
    @Test
    void findsByTheBody() {
        var event = alice.say(room, "hello, world");
        alice.say(room, "good night");
        var found =
                search(
                        bob,
                        JsonObject.of(
                                "keys",
                                JsonArray.of("content.body"),
                                "search_term",
                                "hello",
                                "filter",
                                JsonObject.of("rooms", JsonArray.of(room))));
        assertEquals(1, found.integer("count"));
        assertEquals(JsonArray.of("hello"), found.array("highlights"));
        var result = results(found).getFirst().object("result");
        assertEquals(event, result.string("event_id"));
        assertEquals(room, result.string("room_id"));
        assertEquals("m.room.message", result.string("type"));
        assertEquals("hello, world", result.object("content").string("body"));
        assertTrue(results(found).getFirst().has("rank"));
    }

    /// Complement:
    /// TestSearch/parallel/Search_results_with_rank_ordering_do_not_include_redacted_events
    /// Complement:
    /// TestSearch/parallel/Search_results_with_recent_ordering_do_not_include_redacted_events
    @ParameterizedTest
    @ValueSource(strings = {"recent", "rank"})
    @DisplayName("SRCH-3: what was redacted has vanished, indexed before or after")
    void redacted(String order) {
        var early = alice.say(room, "This message is going to be redacted");
        var visible = alice.say(room, "This message is not going to be redacted");
        var wanted = term("redacted").with("order_by", order);
        assertEquals(2, search(alice, wanted).integer("count"));
        redact(alice, early);
        redact(alice, alice.say(room, "redacted at once"));
        assertEquals(List.of(visible), ids(search(alice, wanted)));
    }

    /// Complement: TestSearch/parallel/Search_works_across_an_upgraded_room_and_its_predecessor
    @Test
    @DisplayName("SRCH-2: who names an upgraded room means its predecessors too")
    void predecessors() {
        var before = alice.say(room, "Message before upgrade");
        var next =
                alice.client()
                        .post(TestUser.room(room) + "/upgrade", JsonObject.of("new_version", "11"))
                        .ok()
                        .string("replacement_room");
        var after = alice.say(next, "Message after upgrade");
        for (var rooms : List.of(JsonArray.of(room, next), JsonArray.of(next))) {
            var found = search(alice, recent("upgrade", JsonObject.of("rooms", rooms)));
            assertEquals(List.of(after, before), ids(found));
        }
        var old = recent("upgrade", JsonObject.of("rooms", JsonArray.of(room)));
        assertEquals(List.of(before), ids(search(alice, old)));
    }

    @Test
    @DisplayName("SRCH-1: names and topics too, each by its key")
    void namesAndTopics() {
        var name = alice.sendState(room, "m.room.name", "", JsonObject.of("name", "Zebra house"));
        var topic =
                alice.sendState(
                        room,
                        "m.room.topic",
                        "",
                        JsonObject.of(
                                "topic",
                                "Zebras",
                                "m.topic",
                                JsonObject.of(
                                        "m.text",
                                        JsonArray.of(
                                                JsonObject.of("body", "about a zebra"),
                                                JsonObject.of(
                                                        "mimetype",
                                                        "text/html",
                                                        "body",
                                                        "<b>giraffe</b>")))));
        var body = alice.say(room, "zebra");
        assertEquals(
                List.of(body, topic, name), ids(search(alice, recent("zebra", JsonObject.EMPTY))));
        assertEquals(
                List.of(name),
                ids(search(alice, term("zebra").with("keys", JsonArray.of("content.name")))));
        assertEquals(
                List.of(topic),
                ids(search(alice, term("zebra").with("keys", JsonArray.of("content.topic")))));
        assertEquals(List.of(), ids(search(alice, term("giraffe"))));
    }

    @Test
    @DisplayName("SRCH-1: each sees what they may: not before they came, nor after they left")
    void visibility() {
        alice.sendState(
                room,
                "m.room.history_visibility",
                "",
                JsonObject.of("history_visibility", "joined"));
        alice.say(room, "walrus one");
        var carol = server.register("carol" + people);
        carol.join(room);
        var two = alice.say(room, "walrus two");
        carol.leave(room);
        alice.say(room, "walrus three");
        assertEquals(List.of(two), ids(search(carol, term("walrus"))));
        assertEquals(3, search(alice, term("walrus")).integer("count"));
        assertEquals(0, search(server.register("x" + people), term("walrus")).integer("count"));
        carol.client().post(TestUser.room(room) + "/forget", JsonObject.EMPTY).ok();
        assertEquals(List.of(), ids(search(carol, term("walrus"))));
    }

    @Test
    @DisplayName("SRCH-1: a room that is encrypted is not searched")
    void encrypted() {
        alice.say(room, "okapi");
        alice.sendState(
                room, "m.room.encryption", "", JsonObject.of("algorithm", "m.megolm.v1.aes-sha2"));
        assertEquals(0, search(alice, term("okapi")).integer("count"));
    }

    @Test
    @DisplayName("SRCH-3: an edit is found by what it makes of the message")
    void edits() {
        var original = alice.say(room, "the capybra");
        var edit =
                alice.send(
                        room,
                        "m.room.message",
                        JsonObject.of(
                                "msgtype",
                                "m.text",
                                "body",
                                "* fallback capybara",
                                "m.new_content",
                                JsonObject.of("msgtype", "m.text", "body", "the capybara"),
                                "m.relates_to",
                                JsonObject.of("rel_type", "m.replace", "event_id", original)));
        assertEquals(List.of(edit), ids(search(alice, term("capybara"))));
        assertEquals(List.of(), ids(search(alice, term("fallback"))));
    }

    @Test
    void wordsOfEveryScriptAreFound() {
        var chinese = alice.say(room, "今天天气很好");
        var french = alice.say(room, "Un CAFÉ crème");
        assertEquals(List.of(chinese), ids(search(bob, term("天气"))));
        var found = search(bob, term("cafe"));
        assertEquals(List.of(french), ids(found));
        assertEquals(JsonArray.of("CAFÉ"), found.array("highlights"));
    }

    @Test
    void whoIsIgnoredIsNotFound() {
        bob.say(room, "ibex");
        alice.ignore(bob.id());
        assertEquals(List.of(), ids(search(alice, term("ibex"))));
    }

    @Test
    void whatMakesNoSenseIsRefusedInWords() {
        var path = "/_matrix/client/v3/search";
        alice.client().post(path, JsonObject.EMPTY).refused(400, "M_MISSING_PARAM");
        assertEquals(
                JsonObject.of("search_categories", JsonObject.EMPTY),
                alice.client()
                        .post(path, JsonObject.of("search_categories", JsonObject.EMPTY))
                        .ok());
        var body =
                JsonObject.of("search_categories", JsonObject.of("room_events", term("anything")));
        alice.client().post(path + "?next_batch=nonsense", body).refused(400, "M_INVALID_PARAM");
        assertEquals(0, search(alice, term("!?")).integer("count"));
    }

    @Test
    @DisplayName("What was said before there was an index is found, and what a crash left undone")
    void catchesUp(@TempDir Path folder) {
        String event;
        try (var before = TestHomeserver.start(folder, Clock.systemUTC(), "search.enabled=false")) {
            var carol = before.register("carol");
            var talk = carol.createRoom(JsonObject.EMPTY);
            event = carol.say(talk, "the quagga");
            carol.client()
                    .post("/_matrix/client/v3/search", JsonObject.EMPTY)
                    .refused(404, "M_UNRECOGNIZED");
            for (int i = 0; i < 120; i++) {
                carol.say(talk, "and more");
            }
        }
        try (var after = TestHomeserver.start(folder)) {
            var carol = after.login("carol");
            assertEquals(List.of(event), ids(search(carol, term("quagga"))));
            assertEquals(120, search(carol, term("more")).integer("count"));
        }
    }

    @Test
    @DisplayName(
            "SRCH-3: of many events, most are on disk: found and forgotten there as the newest")
    void manyEvents(@TempDir Path folder) {
        var said = new ArrayList<String>();
        try (var before = TestHomeserver.start(folder)) {
            var carol = before.register("carol");
            room = carol.createRoom(JsonObject.EMPTY);
            for (int i = 0; i < 1_200; i++) {
                said.add(carol.say(room, (i % 2 == 0 ? "quoll " : "numbat ") + i));
            }
            assertEquals(600, search(carol, term("quoll")).integer("count"));
            redact(carol, said.getFirst());
            redact(carol, said.getLast());
            checkMany(carol, said);
        }
        try (var after = TestHomeserver.start(folder)) {
            checkMany(after.login("carol"), said);
        }
    }

    private static void checkMany(TestUser carol, List<String> said) {
        assertEquals(599, search(carol, term("quoll")).integer("count"));
        assertEquals(599, search(carol, term("numbat")).integer("count"));
        assertEquals(List.of(said.get(2)), ids(search(carol, term("quoll 2"))));
        assertEquals(List.of(said.get(1_197)), ids(search(carol, term("numbat 1197"))));
        assertEquals(List.of(), ids(search(carol, term("quoll 0"))));
        assertEquals(List.of(), ids(search(carol, term("1199"))));
    }
}
