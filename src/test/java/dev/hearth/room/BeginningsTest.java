package dev.hearth.room;

import static dev.hearth.room.RoomServer.ALICE;
import static dev.hearth.room.RoomServer.BOB;
import static dev.hearth.room.RoomServer.CAROL;
import static dev.hearth.room.RoomServer.path;
import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.roomversion.RoomVersion;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What a room begins with, by all that a request can ask for.
class BeginningsTest {

    private final RoomServer server = new RoomServer();

    @AfterEach
    void close() {
        server.close();
    }

    private JsonObject content(String room, String type) {
        return server.state(ALICE, room, type, "").ok();
    }

    private static JsonObject piece(String type, Object... content) {
        return JsonObject.of("type", type, "state_key", "", "content", JsonObject.of(content));
    }

    /// All events in their order, the members with what they are.
    private List<String> story(String room) {
        return server
                .as(ALICE)
                .get(path(room) + "/messages?dir=f&limit=100")
                .ok()
                .array("chunk")
                .objects()
                .stream()
                .map(event ->
                        event.string("type").replace("m.room.", "")
                                + event.object("content")
                                        .findString("membership")
                                        .map(membership -> " " + membership)
                                        .orElse(""))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("ROOM-1: everything that is asked for comes, in its order, in rooms of every age")
    void everythingAtOnce(RoomVersion version) {
        var room =
                server.create(
                        "room_version",
                        version.id(),
                        "preset",
                        "public_chat",
                        "room_alias_name",
                        "kitchen",
                        "name",
                        "Kitchen",
                        "topic",
                        "Tea",
                        "invite",
                        JsonArray.of(BOB, CAROL, BOB),
                        "initial_state",
                        JsonArray.of(
                                piece("m.room.encryption", "algorithm", "m.megolm.v1.aes-sha2"),
                                piece("m.room.join_rules", "join_rule", "knock"),
                                piece("m.room.name", "name", "overridden"),
                                piece("org.example", "a", 1)));
        assertEquals(
                "create, member join, power_levels, canonical_alias, join_rules,"
                        + " history_visibility, encryption, name, org.example, topic,"
                        + " member invite, member invite",
                String.join(", ", story(room)));
        assertEquals("knock", content(room, "m.room.join_rules").string("join_rule"));
        assertEquals("Kitchen", content(room, "m.room.name").string("name"));
        assertEquals("#kitchen:test", content(room, "m.room.canonical_alias").string("alias"));
    }

    @ParameterizedTest
    @CsvSource({
        "private_chat,         private, invite, shared, can_join",
        "trusted_private_chat, private, invite, shared, can_join",
        "public_chat,          private, public, shared,",
        "private_chat,         public,  invite, shared, can_join",
        ",                     private, invite, shared, can_join",
        ",                     public,  public, shared,",
        ",                     ,        invite, shared, can_join",
    })
    @DisplayName("ROOM-2: a preset says who may come in, and what they read; guests if it says so")
    void presets(String preset, String visibility, String rule, String history, String guests) {
        var request = JsonObject.builder();
        Optional.ofNullable(preset).ifPresent(value -> request.put("preset", value));
        Optional.ofNullable(visibility).ifPresent(value -> request.put("visibility", value));
        var room =
                server.as(ALICE)
                        .post("/_matrix/client/v3/createRoom", request.build())
                        .ok()
                        .string("room_id");
        assertEquals(rule, content(room, "m.room.join_rules").string("join_rule"));
        assertEquals(
                history, content(room, "m.room.history_visibility").string("history_visibility"));
        assertEquals(
                Optional.ofNullable(guests),
                server.state(ALICE, room, "m.room.guest_access", "")
                        .json()
                        .findString("guest_access"));
    }

    @Test
    @DisplayName("ROOM-2: presets and visibilities that there aren't are refused")
    void strangePresets() {
        server.tryToCreate("preset", "loud").refused(400, "M_INVALID_PARAM");
        server.tryToCreate("visibility", "loud").refused(400, "M_INVALID_PARAM");
        server.tryToCreate("preset", 7).refused(400, "M_BAD_JSON");
        server.tryToCreate("visibility", 7).refused(400, "M_BAD_JSON");
    }

    @Test
    @DisplayName("ROOM-1: the power that is asked for stands over the usual power, key by key")
    void power() {
        var room =
                server.create(
                        "power_level_content_override",
                        JsonObject.of("invite", 50, "events", JsonObject.of("org.example", 70)));
        var levels = content(room, "m.room.power_levels");
        assertEquals(50, levels.integer("invite"));
        assertEquals(50, levels.integer("kick"));
        assertEquals(JsonObject.of("org.example", 70), levels.object("events"));
    }

    @Test
    @DisplayName("ROOM-1: a room that can't begin leaves its name free, and nobody invited")
    void nothingIsLeft() {
        var levels = JsonObject.of("users", JsonObject.of(BOB.value(), 100));
        server.tryToCreate(
                        "room_version",
                        "9",
                        "room_alias_name",
                        "kitchen",
                        "topic",
                        "Tea",
                        "power_level_content_override",
                        levels)
                .refused(400, "M_INVALID_ROOM_STATE");
        assertEquals(
                JsonArray.EMPTY,
                server.as(ALICE).get("/_matrix/client/v3/joined_rooms").ok().array("joined_rooms"));
        server.create("room_alias_name", "kitchen");
        server.tryToCreate("invite", JsonArray.of(BOB, ALICE)).refused(400, "M_INVALID_ROOM_STATE");
        var create = piece("m.room.create", "a", 1);
        server.tryToCreate("initial_state", JsonArray.of(create))
                .refused(400, "M_INVALID_ROOM_STATE");
    }

    @Test
    @DisplayName("ROOM-3: versions and names that don't go are refused, each by its code")
    void versionsAndNames() {
        server.tryToCreate("room_version", "13").refused(400, "M_UNSUPPORTED_ROOM_VERSION");
        server.tryToCreate("room_version", "").refused(400, "M_UNSUPPORTED_ROOM_VERSION");
        server.tryToCreate("room_version", 11).refused(400, "M_BAD_JSON");
        server.tryToCreate("room_version", true).refused(400, "M_BAD_JSON");
        server.create("room_alias_name", "kitchen");
        server.tryToCreate("room_alias_name", "kitchen").refused(400, "M_ROOM_IN_USE");
        for (var bad : List.of("", "a:b", "#kitchen:test", "k".repeat(250), "a\0b")) {
            server.tryToCreate("room_alias_name", bad).refused(400, "M_INVALID_PARAM");
        }
        server.tryToCreate("room_alias_name", 1).refused(400, "M_BAD_JSON");
    }

    @Test
    @DisplayName("ROOM-4: a topic is written twice, and is_direct goes with each invite alone")
    void topicAndDirect() {
        var room = server.create("topic", "Tea", "is_direct", true, "invite", JsonArray.of(BOB));
        var topic = content(room, "m.room.topic");
        assertEquals("Tea", topic.string("topic"));
        var text = topic.object("m.topic").array("m.text").objects().getFirst();
        assertEquals("Tea", text.string("body"));
        assertEquals(
                Optional.of(true),
                server.state(ALICE, room, "m.room.member", BOB.value())
                        .ok()
                        .findBoolean("is_direct"));
        assertFalse(
                server.state(ALICE, room, "m.room.member", ALICE.value()).ok().has("is_direct"));
    }

    @Test
    @DisplayName("ROOM-16: a room is of the newest version, unless it is asked for another")
    void versions() {
        assertEquals("12", content(server.create(), "m.room.create").string("room_version"));
        for (var version : RoomVersion.values()) {
            var room = server.create("room_version", version.id());
            assertEquals(version.id(), content(room, "m.room.create").string("room_version"));
        }
    }

    @Test
    @DisplayName("ROOM-6: names are found in any case that they have, and in no other")
    void namesAreExact() {
        var room = server.create("room_alias_name", "Küche");
        var directory = "/_matrix/client/v3/directory/room/";
        var found = server.as(BOB).get(directory + escape("#Küche:test")).ok();
        assertEquals(room, found.string("room_id"));
        assertEquals(JsonArray.of("test"), found.array("servers"));
        server.as(BOB).get(directory + escape("#küche:test")).refused(404, "M_NOT_FOUND");
        server.as(BOB).get(directory + escape("#Küche:TEST")).refused(404, "M_NOT_FOUND");
        server.as(BOB).get(directory + escape("Küche")).refused(400, "M_INVALID_PARAM");
        var put = JsonObject.of("room_id", room);
        server.as(ALICE).put(directory + escape("#a:TEST"), put).refused(400, "M_INVALID_PARAM");
        server.as(ALICE)
                .put(directory + escape("#a:test"), JsonObject.EMPTY)
                .refused(400, "M_MISSING_PARAM");
        server.as(ALICE)
                .put(directory + escape("#a:test"), JsonObject.of("room_id", "kitchen"))
                .refused(400, "M_INVALID_PARAM");
        server.as(BOB).put(directory + escape("#a:test"), put).refused(403, "M_FORBIDDEN");
        server.as(ALICE)
                .put(directory + escape("#a:test"), JsonObject.of("room_id", "!no:test"))
                .refused(403, "M_FORBIDDEN");
    }

    @Test
    @DisplayName("ROOM-6: administrators take names away too, and the room keeps its others")
    void namesAreTakenAway() {
        var room = server.create("room_alias_name", "tea", "preset", "public_chat");
        server.act(BOB, room, "join").ok();
        var directory = "/_matrix/client/v3/directory/room/";
        server.as(BOB).put(directory + escape("#pie:test"), JsonObject.of("room_id", room)).ok();
        server.put(
                        ALICE,
                        room,
                        "m.room.canonical_alias",
                        "",
                        "alias",
                        "#tea:test",
                        "alt_aliases",
                        JsonArray.of("#pie:test"))
                .ok();
        // Bob may take away what he made, though he may not say what the room's main names are.
        server.as(BOB).delete(directory + escape("#pie:test")).ok();
        server.as(BOB).get(directory + escape("#pie:test")).refused(404, "M_NOT_FOUND");
        server.as(CAROL).delete(directory + escape("#tea:test")).refused(403, "M_FORBIDDEN");
        server.as(CAROL, RoomServer.ADMINISTRATOR).delete(directory + escape("#tea:test")).ok();
        server.as(CAROL).get(directory + escape("#tea:test")).refused(404, "M_NOT_FOUND");
        server.as(BOB).get(path(room) + "/aliases").ok();
    }
}
