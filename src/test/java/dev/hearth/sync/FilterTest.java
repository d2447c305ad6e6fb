package dev.hearth.sync;

import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.testing.TestUser;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {

    private final Story story = new Story();
    private final TestUser alice = story.alice;
    private final TestUser bob = story.bob;
    private final String room = story.room;

    @AfterEach
    void end() {
        story.close();
    }

    private Told sync(JsonObject filter) {
        return Told.joined(alice.sync(0, Story.filter(filter)), room);
    }

    private static JsonObject timeline(Object... filter) {
        return Story.room("timeline", JsonObject.of(filter));
    }

    private String store(TestUser user, JsonObject filter) {
        return user.client().post(path(user), filter).ok().string("filter_id");
    }

    private static String path(TestUser user) {
        return "/_matrix/client/v3/user/" + escape(user.id()) + "/filter";
    }

    /// Complement: TestSyncFilter.
    @Test
    @DisplayName("FIL-1: a stored filter works by its ID, for its user alone")
    void stored() {
        var id = store(alice, timeline("types", JsonArray.of("m.room.message")));
        assertFalse(id.startsWith("{"));
        alice.say(room, "hello");
        var told = Told.joined(alice.sync(0, "&filter=" + id), room);
        assertEquals(List.of("hello"), told.timeline());
        alice.client().get(path(alice) + "/" + id).ok();
        bob.client().get(path(alice) + "/" + id).refused(403, "M_FORBIDDEN");
        bob.client().post(path(alice), JsonObject.EMPTY).refused(403, "M_FORBIDDEN");
        bob.client().get("/_matrix/client/v3/sync?filter=" + id).refused(400, "M_INVALID_PARAM");
    }

    @Test
    @DisplayName("FIL-1: an unknown filter is refused")
    void unknown() {
        alice.client().get(path(alice) + "/77").refused(404, "M_NOT_FOUND");
        alice.client().get("/_matrix/client/v3/sync?filter=77").refused(400, "M_INVALID_PARAM");
        alice.client()
                .get("/_matrix/client/v3/sync?filter=" + escape("{not json"))
                .refused(400, "M_INVALID_PARAM");
    }

    @Test
    @DisplayName("FIL-2: types with stars, and what is excluded beats what is included")
    void types() {
        alice.send(room, "org.example.one", JsonObject.EMPTY);
        alice.send(room, "org.example.two", JsonObject.EMPTY);
        alice.say(room, "hello");
        assertEquals(
                List.of("org.example.one", "org.example.two"),
                sync(timeline("types", JsonArray.of("org.*"))).timeline());
        alice.forgetSync();
        assertEquals(
                List.of("org.example.two"),
                sync(timeline("types", JsonArray.of("org.*"), "not_types", JsonArray.of("*.one")))
                        .timeline());
    }

    @Test
    @DisplayName("FIL-2: an empty list lets nothing pass")
    void nothing() {
        alice.say(room, "hello");
        assertEquals(List.of(), sync(timeline("types", JsonArray.EMPTY)).timeline());
    }

    @Test
    @DisplayName("FIL-2: senders")
    void senders() {
        bob.join(room);
        bob.say(room, "from bob");
        alice.say(room, "from alice");
        assertEquals(
                List.of("bob join", "from bob"),
                sync(timeline("senders", JsonArray.of(bob.id()))).timeline());
        alice.forgetSync();
        var others = sync(timeline("not_senders", JsonArray.of(bob.id()))).timeline();
        assertTrue(others.contains("from alice"));
        assertFalse(others.contains("from bob"));
    }

    @Test
    @DisplayName("FIL-2: rooms, before and within a section")
    void rooms() {
        var other = alice.createRoom(JsonObject.EMPTY);
        var only = JsonObject.of("room", JsonObject.of("rooms", JsonArray.of(other)));
        assertTrue(sync(only).isNothing());
        alice.forgetSync();
        var not = JsonObject.of("room", JsonObject.of("not_rooms", JsonArray.of(room)));
        assertTrue(sync(not).isNothing());
        alice.forgetSync();
        var told = sync(timeline("not_rooms", JsonArray.of(room)));
        assertEquals(List.of(), told.timeline());
        assertTrue(told.state().contains("create"));
    }

    @Test
    @DisplayName("FIL-2: with or without a url")
    void containsUrl() {
        alice.send(
                room,
                "m.room.message",
                JsonObject.of("msgtype", "m.image", "body", "cat", "url", "mxc://x/y"));
        alice.say(room, "hello");
        assertEquals(List.of("cat"), sync(timeline("contains_url", true)).timeline());
        alice.forgetSync();
        var without = sync(timeline("contains_url", false)).timeline();
        assertTrue(without.contains("hello"));
        assertFalse(without.contains("cat"));
    }

    @Test
    void stateIsFilteredToo() {
        Story.count(alice, room, 11);
        var filter = Story.room("state", JsonObject.of("types", JsonArray.of("m.room.create")));
        assertEquals(List.of("create"), sync(filter).state());
    }

    @Test
    void accountDataIsFilteredToo() {
        alice.setAccountData("org.example.a", JsonObject.of("a", 1));
        alice.setAccountData("org.example.b", JsonObject.of("b", 1));
        var filter =
                JsonObject.of(
                        "account_data", JsonObject.of("types", JsonArray.of("org.example.b")));
        var events = alice.sync(0, Story.filter(filter)).object("account_data").array("events");
        assertEquals(1, events.size());
    }

    @Test
    @DisplayName("FIL-3: fields of events, dots escaped")
    void fields() {
        alice.send(
                room,
                "org.example.x",
                JsonObject.of("a.b", 1, "c", JsonObject.of("d", 2, "e", 3), "f", 4));
        var filter =
                JsonObject.of(
                        "event_fields",
                        JsonArray.of("type", "content.a\\.b", "content.c.d", "content.none"));
        var event = sync(filter).events("timeline").getLast();
        assertEquals(
                JsonObject.of(
                        "type",
                        "org.example.x",
                        "content",
                        JsonObject.of("a.b", 1, "c", JsonObject.of("d", 2))),
                event);
    }

    /// SyTest: Can request federation format via the filter
    @Test
    @DisplayName("FIL-3: events as servers send them, each with its ID")
    void federationFormat() {
        var hello = alice.say(room, "hello");
        var event = sync(JsonObject.of("event_format", "federation")).events("timeline").getLast();
        assertTrue(event.has("signatures"));
        assertTrue(event.has("auth_events"));
        assertEquals(hello, event.string("event_id"));
    }

    /// SyTest: Can request federation format via the filter
    @Test
    @DisplayName("SYNC-25: a room that is told of says what passes in it, be it nothing")
    void ephemeralIsAlwaysThere() {
        alice.say(room, "hello");
        var nothing = JsonObject.of("events", JsonArray.EMPTY);
        assertEquals(nothing, sync(JsonObject.EMPTY).section().object("ephemeral"));
        alice.say(room, "again");
        assertEquals(nothing, sync(JsonObject.EMPTY).section().object("ephemeral"));
    }

    @Test
    @DisplayName("FIL-4: limits")
    void limits() {
        Story.count(alice, room, 15);
        assertEquals(10, sync(JsonObject.EMPTY).timeline().size());
        alice.forgetSync();
        assertEquals(List.of("15"), sync(timeline("limit", 1)).timeline());
        alice.forgetSync();
        assertEquals(List.of(), sync(timeline("limit", 0)).timeline());
        alice.forgetSync();
        assertFalse(sync(timeline("limit", 9_007_199_254_740_991L)).timeline().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"room\":1}",
                "{\"presence\":\"all\"}",
                "{\"account_data\":[]}",
                "{\"room\":{\"timeline\":[]}}",
                "{\"room\":{\"state\":{\"types\":\"m.room.name\"}}}",
                "{\"room\":{\"state\":{\"types\":[1]}}}",
                "{\"room\":{\"state\":{\"not_types\":{}}}}",
                "{\"room\":{\"rooms\":[\"kitchen\"]}}",
                "{\"room\":{\"ephemeral\":{\"not_rooms\":[\"#kitchen:x\"]}}}",
                "{\"room\":{\"timeline\":{\"senders\":[\"alice\"]}}}",
                "{\"presence\":{\"not_senders\":[\"!a:b\"]}}",
                "{\"room\":{\"timeline\":{\"limit\":-1}}}",
                "{\"room\":{\"timeline\":{\"limit\":\"10\"}}}",
                "{\"room\":{\"timeline\":{\"limit\":1.5}}}",
                "{\"room\":{\"include_leave\":\"yes\"}}",
                "{\"room\":{\"timeline\":{\"contains_url\":1}}}",
                "{\"event_format\":\"xml\"}",
                "{\"event_fields\":\"type\"}",
            })
    @DisplayName("FIL-6: what has not the form of a filter is refused, stored or inline")
    void badForm(String filter) {
        alice.client()
                .send("POST", path(alice), java.util.Optional.of(filter))
                .refused(400, "M_BAD_JSON");
        alice.client()
                .get("/_matrix/client/v3/sync?filter=" + escape(filter))
                .refused(400, "M_BAD_JSON");
    }

    /// Complement: TestFilter.
    @Test
    @DisplayName("FIL-6: room IDs of version 12 have no server, and unknown keys are passed over")
    void goodForm() {
        store(
                alice,
                JsonObject.of(
                        "room",
                        JsonObject.of("rooms", JsonArray.of("!abc", "!a:b"), "org.example.x", 1)));
    }
}
