package dev.hearth.room.directory;

import static dev.hearth.testing.TestClient.escape;
import static dev.hearth.testing.TestUser.room;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonNull;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonReader;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// ROOM-7: the list of public rooms.
class PublicRoomsTest {

    private static final String PUBLIC_ROOMS = "/_matrix/client/v3/publicRooms";

    private final TestHomeserver server = TestHomeserver.start();
    private final TestUser alice = server.register("alice");
    private final TestUser bob = server.register("bob");

    @AfterEach
    void close() {
        server.close();
    }

    @BeforeEach
    void nothingIsListed() {
        assertEquals(List.of(), listed(server.client().get(PUBLIC_ROOMS).ok()));
    }

    private static String visibility(String room) {
        return "/_matrix/client/v3/directory/list/room/" + escape(room);
    }

    private static JsonObject set(String value) {
        return JsonObject.of("visibility", value);
    }

    private static List<String> listed(JsonObject answer) {
        return answer.array("chunk").objects().stream()
                .map(entry -> entry.string("room_id"))
                .toList();
    }

    private String publicRoom(Object... more) {
        return alice.createRoom(
                JsonObject.builder()
                        .put("visibility", "public")
                        .putAll(JsonObject.of(more))
                        .build());
    }

    private JsonObject search(Object... filter) {
        return bob.client().post(PUBLIC_ROOMS, JsonObject.of("filter", JsonObject.of(filter))).ok();
    }

    /// Complement: TestPublicRooms/Can_search_public_room_list
    @Test
    void whatIsSearchedForIsFoundInWhateverCase() {
        var wombles = publicRoom("name", "Test Name", "topic", "Test Topic Wombles");
        var other = publicRoom("name", "Élan", "room_alias_name", "Burrow");
        assertEquals(List.of(wombles), listed(search("generic_search_term", "wombles")));
        assertEquals(List.of(other), listed(search("generic_search_term", "éLAN")));
        assertEquals(List.of(other), listed(search("generic_search_term", "#burrow")));
        assertEquals(List.of(), listed(search("generic_search_term", "nobody")));
        assertEquals(2, listed(search("generic_search_term", "")).size());
    }

    /// Complement: TestPublicRooms/Name/topic_keys_are_correct
    @ParameterizedTest
    @CsvSource({
        "publicroomalias_no_name,,",
        "publicroomalias_with_name,name_1,",
        "publicroomalias_with_topic,,topic_1",
        "publicroomalias_with_name_topic,name_2,topic_2",
        "publicroom_with_unicode_chars_name,un nom français,",
        "publicroom_with_unicode_chars_topic,,un topic à la française",
        "publicroom_with_unicode_chars_name_topic,un nom français,un topic à la française"
    })
    void anEntryNamesTheRoom(String alias, String name, String topic) {
        var request =
                JsonObject.builder().put("room_alias_name", alias).put("visibility", "public");
        if (name != null) {
            request.put("name", name);
        }
        if (topic != null) {
            request.put("topic", topic);
        }
        var room = alice.createRoom(request.build());
        var entry = server.client().get(PUBLIC_ROOMS).ok().array("chunk").objects().getFirst();
        var wanted =
                JsonObject.builder()
                        .put("room_id", room)
                        .put("canonical_alias", "#" + alias + ":hearth.test")
                        .put("num_joined_members", 1)
                        .put("join_rule", "public")
                        .put("world_readable", false)
                        .put("guest_can_join", false);
        if (name != null) {
            wanted.put("name", name);
        }
        if (topic != null) {
            wanted.put("topic", topic);
        }
        assertEquals(wanted.build(), entry);
    }

    /// Complement: TestRoomState/Parallel/GET_/publicRooms_lists_newly-created_room
    @Test
    void aRoomIsListedWhileItsPeopleWantIt() {
        var room = alice.createRoom(JsonObject.of("preset", "public_chat"));
        bob.join(room);
        var path = visibility(room);
        assertEquals("private", server.client().get(path).ok().string("visibility"));
        bob.client().put(path, set("public")).refused(403, "M_FORBIDDEN");
        alice.client().put(path, JsonObject.EMPTY).ok();
        alice.client().put(path, set("public")).ok();
        assertEquals("public", server.client().get(path).ok().string("visibility"));
        assertEquals(List.of(room), listed(server.client().get(PUBLIC_ROOMS).ok()));
        bob.client().put(path, set("private")).refused(403, "M_FORBIDDEN");
        alice.client().put(path, set("hidden")).refused(400, "M_INVALID_PARAM");
        alice.client().put(path, set("private")).ok();
        alice.client().put(path, set("private")).ok();
        assertEquals(List.of(), listed(server.client().get(PUBLIC_ROOMS).ok()));
        server.client().get(visibility("!nothing:here")).refused(404, "M_NOT_FOUND");
        alice.client().put(visibility("!nothing:here"), set("public")).refused(404, "M_NOT_FOUND");
    }

    @Test
    void whoMaySayTheMainAliasMayPublish() {
        var levels = JsonObject.of("events", JsonObject.of("m.room.canonical_alias", 0));
        var room =
                alice.createRoom(
                        JsonObject.of(
                                "preset", "public_chat", "power_level_content_override", levels));
        bob.client().put(visibility(room), set("public")).refused(403, "M_FORBIDDEN");
        bob.join(room);
        bob.client().put(visibility(room), set("public")).ok();
        assertEquals(List.of(room), listed(search()));
    }

    @Test
    void theListFollowsWhatHappensInTheRoom() {
        var room = publicRoom("name", "before");
        var redacted =
                alice.sendState(room, "m.room.topic", "", JsonObject.of("topic", "unspeakable"));
        alice.sendState(room, "m.room.name", "", JsonObject.of("name", "after"));
        alice.sendState(room, "m.room.avatar", "", JsonObject.of("url", "mxc://test/a"));
        alice.sendState(
                room,
                "m.room.history_visibility",
                "",
                JsonObject.of("history_visibility", "world_readable"));
        alice.sendState(room, "m.room.guest_access", "", JsonObject.of("guest_access", "can_join"));
        bob.join(room);
        var redact = room(room) + "/redact/" + escape(redacted) + "/1";
        alice.client().put(redact, JsonObject.EMPTY).ok();
        alice.sendState(room, "m.room.join_rules", "", JsonObject.of("join_rule", "knock"));
        assertEquals(
                JsonObject.of(
                        "room_id",
                        room,
                        "name",
                        "after",
                        "avatar_url",
                        "mxc://test/a",
                        "num_joined_members",
                        2,
                        "join_rule",
                        "knock",
                        "world_readable",
                        true,
                        "guest_can_join",
                        true),
                search().array("chunk").objects().getFirst());
        bob.leave(room);
        assertEquals(1, search().array("chunk").objects().getFirst().integer("num_joined_members"));
        alice.leave(room);
        assertEquals(List.of(), listed(search()));
    }

    /// Complement: TestKnockRoomsInPublicRoomsDirectory,
    /// TestKnockRoomsInPublicRoomsDirectoryInMSC3787Room
    @ParameterizedTest
    @CsvSource({"7,knock", "10,knock_restricted"})
    void roomsToKnockAtSaySo(String version, String rule) {
        var state =
                JsonObject.of(
                        "type",
                        "m.room.join_rules",
                        "state_key",
                        "",
                        "content",
                        JsonObject.of("join_rule", rule));
        var room = publicRoom("room_version", version, "initial_state", JsonArray.of(state));
        var entry = search().array("chunk").objects().getFirst();
        assertEquals(room, entry.string("room_id"));
        assertEquals(rule, entry.string("join_rule"));
    }

    @Test
    void typesOfRoomsAreChosen() {
        var plain = publicRoom("name", "plain");
        var space = publicRoom("creation_content", JsonObject.of("type", "m.space"));
        assertEquals(List.of(space), listed(search("room_types", JsonArray.of("m.space"))));
        assertEquals(List.of(plain), listed(search("room_types", JsonArray.of(JsonNull.NULL))));
        var both = JsonArray.of(JsonNull.NULL, "m.space");
        assertEquals(List.of(space, plain), listed(search("room_types", both)));
        assertEquals(List.of(), listed(search("room_types", JsonArray.EMPTY)));
        bob.client()
                .post(
                        PUBLIC_ROOMS,
                        JsonObject.of("filter", JsonObject.of("room_types", JsonArray.of(1))))
                .refused(400, "M_BAD_JSON");
    }

    @Test
    void thePlainFormOfATopicIsShown() {
        var room = publicRoom();
        var html = JsonObject.of("mimetype", "text/html", "body", "<b>tea</b>");
        var forms = JsonArray.of(html, JsonObject.of("body", "tea"));
        alice.sendState(
                room,
                "m.room.topic",
                "",
                JsonObject.of("topic", "old", "m.topic", JsonObject.of("m.text", forms)));
        assertEquals("tea", search().array("chunk").objects().getFirst().string("topic"));
        alice.sendState(
                room,
                "m.room.topic",
                "",
                JsonObject.of(
                        "topic", "x", "m.topic", JsonObject.of("m.text", JsonArray.of(html))));
        assertFalse(search().array("chunk").objects().getFirst().has("topic"));
    }

    @Test
    void pagesLeadOnwardsAndBackTheLargestFirst() {
        var order = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            order.addFirst(publicRoom("name", "room " + i));
        }
        var largest = order.remove(3);
        bob.join(largest);
        order.addFirst(largest);
        var first = page("");
        assertEquals(order.subList(0, 2), listed(first));
        assertFalse(first.has("prev_batch"));
        assertEquals(5, first.integer("total_room_count_estimate"));
        var second = page(first.string("next_batch"));
        assertEquals(order.subList(2, 4), listed(second));
        var third = page(second.string("next_batch"));
        assertEquals(order.subList(4, 5), listed(third));
        assertFalse(third.has("next_batch"));
        var back = page(third.string("prev_batch"));
        assertEquals(order.subList(2, 4), listed(back));
        assertEquals(order.subList(4, 5), listed(page(back.string("next_batch"))));
        var start = page(back.string("prev_batch"));
        assertEquals(order.subList(0, 2), listed(start));
        assertFalse(start.has("prev_batch"));
        server.client().get(PUBLIC_ROOMS + "?since=x").refused(400, "M_INVALID_PARAM");
        server.client().get(PUBLIC_ROOMS + "?limit=-1").refused(400, "M_INVALID_PARAM");
    }

    /// SyTest: Can paginate public room list
    @Test
    void whatIsNullIsNotAskedFor() {
        var room = publicRoom();
        var asked =
                JsonReader.readObject(
                        """
                        {"limit": 3, "since": null, "filter": {"generic_search_term": null}}
                        """);
        assertEquals(List.of(room), listed(bob.client().post(PUBLIC_ROOMS, asked).ok()));
    }

    private JsonObject page(String since) {
        var from = since.isEmpty() ? "" : "&since=" + since;
        return server.client().get(PUBLIC_ROOMS + "?limit=2" + from).ok();
    }

    @Test
    void onlyThisServersListIsKnown() {
        var room = publicRoom();
        var ours = PUBLIC_ROOMS + "?server=hearth.test";
        assertEquals(List.of(room), listed(server.client().get(ours).ok()));
        var others = PUBLIC_ROOMS + "?server=elsewhere.test";
        server.client().get(others).refused(404, "M_NOT_FOUND");
        bob.client().post(others, JsonObject.EMPTY).refused(404, "M_NOT_FOUND");
        server.client().get(PUBLIC_ROOMS + "?server=%21").refused(400, "M_INVALID_PARAM");
        server.client().post(PUBLIC_ROOMS, JsonObject.EMPTY).refused(401, "M_MISSING_TOKEN");
        var network = JsonObject.of("third_party_instance_id", "irc");
        assertEquals(List.of(), listed(bob.client().post(PUBLIC_ROOMS, network).ok()));
    }
}
