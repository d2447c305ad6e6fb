package dev.hearth.room;

import static dev.hearth.room.RoomServer.ALICE;
import static dev.hearth.room.RoomServer.BOB;
import static dev.hearth.room.RoomServer.path;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// How rooms begin.
class RoomCreationTest {

    private static final String V9 = "9";

    private final RoomServer server = new RoomServer();

    @AfterEach
    void close() {
        server.close();
    }

    private JsonObject content(String room, String type) {
        return server.state(ALICE, room, type, "").ok();
    }

    @Test
    void presetsSetTheirStateROOM2() {
        var open = server.create("preset", "public_chat");
        assertEquals("public", content(open, "m.room.join_rules").string("join_rule"));
        // Where nothing says that guests may come in, they may not.
        server.state(ALICE, open, "m.room.guest_access", "").refused(404, "M_NOT_FOUND");
        var closed = server.create();
        assertEquals("invite", content(closed, "m.room.join_rules").string("join_rule"));
        assertEquals("can_join", content(closed, "m.room.guest_access").string("guest_access"));
        var listed = server.create("visibility", "public");
        assertEquals("public", content(listed, "m.room.join_rules").string("join_rule"));
    }

    @Test
    void theStateComesInItsOrderROOM1() {
        var room = server.create("name", "Kitchen", "room_alias_name", "kitchen");
        var events =
                server.rooms
                        .database()
                        .read(reading -> {
                            var membership = server.rooms.memberships(reading, ALICE).getFirst();
                            return server.rooms.timeline(
                                    reading, membership.room(), 0, Long.MAX_VALUE, 100);
                        });
        assertEquals(
                "m.room.create m.room.member m.room.power_levels m.room.canonical_alias"
                        + " m.room.join_rules m.room.history_visibility m.room.guest_access"
                        + " m.room.name",
                String.join(
                        " ", events.reversed().stream().map(event -> event.pdu().type()).toList()));
        assertEquals("Kitchen", content(room, "m.room.name").string("name"));
    }

    @Test
    void nameAndTopicOverrideInitialStateROOM1() {
        var initial =
                JsonObject.of(
                        "type", "m.room.topic", "content", JsonObject.of("topic", "overridden"));
        var room = server.create("topic", "tea", "initial_state", JsonArray.of(initial));
        var topic = content(room, "m.room.topic");
        assertEquals("tea", topic.string("topic"));
        assertTrue(topic.path("m.topic", "m.text").isPresent());
    }

    @Test
    void unknownVersionsAndTakenNamesAreRefusedROOM3() {
        server.tryToCreate("room_version", "99").refused(400, "M_UNSUPPORTED_ROOM_VERSION");
        server.tryToCreate("room_version", 9).refused(400, "M_BAD_JSON");
        server.create("room_alias_name", "kitchen");
        server.tryToCreate("room_alias_name", "kitchen").refused(400, "M_ROOM_IN_USE");
    }

    @Test
    void powerLevelsAreSpelledOutROOM16() {
        var levels = content(server.create("room_version", V9), "m.room.power_levels");
        assertEquals(100, levels.object("users").integer(ALICE.value()));
        for (var key : new String[] {"ban", "kick", "redact", "invite", "users_default"}) {
            assertTrue(levels.has(key), key);
        }
        assertTrue(levels.has("state_default") && levels.has("events_default"));
        var newest = content(server.create(), "m.room.power_levels");
        assertTrue(newest.object("users").isEmpty());
        assertEquals(150, newest.object("events").integer("m.room.tombstone"));
    }

    @Test
    void aCreatorHasNoPowerLevel() {
        var levels = JsonObject.of("users", JsonObject.of(ALICE.value(), 100));
        server.tryToCreate("power_level_content_override", levels).refused(400, "M_BAD_JSON");
        server.create("room_version", V9, "power_level_content_override", levels);
    }

    /// Complement: TestMSC4289PrivilegedRoomCreators/creator cannot set self in PL event,
    /// TestMSC4289PrivilegedRoomCreators_Additional
    @Test
    void aCreatorIsGivenNoPowerLevelLater() {
        var creators = JsonObject.of("additional_creators", JsonArray.of(BOB));
        var room = server.create("creation_content", creators);
        for (var creator : new UserId[] {ALICE, BOB}) {
            server.put(
                            ALICE,
                            room,
                            "m.room.power_levels",
                            "",
                            "users",
                            JsonObject.of(creator.value(), 100))
                    .refused(400, "M_BAD_JSON");
        }
        var old = server.create("room_version", V9);
        server.put(
                        ALICE,
                        old,
                        "m.room.power_levels",
                        "",
                        "users",
                        JsonObject.of(ALICE.value(), 100))
                .ok();
    }

    @Test
    void trustedFriendsHaveTheCreatorsPower() {
        var old =
                server.create(
                        "room_version",
                        V9,
                        "preset",
                        "trusted_private_chat",
                        "invite",
                        JsonArray.of(BOB));
        assertEquals(100, content(old, "m.room.power_levels").object("users").integer(BOB.value()));
        var room = server.create("preset", "trusted_private_chat", "invite", JsonArray.of(BOB));
        assertEquals(
                JsonArray.of(BOB), content(room, "m.room.create").array("additional_creators"));
    }

    @Test
    void badAdditionalCreatorsAreRefused() {
        var creators = JsonObject.of("additional_creators", JsonArray.of("nobody"));
        assertEquals(400, server.tryToCreate("creation_content", creators).status());
        creators = JsonObject.of("additional_creators", "@a:test");
        server.tryToCreate("creation_content", creators).refused(400, "M_BAD_JSON");
    }

    @Test
    void theVersionIsTheServersToWrite() {
        var wrong = JsonObject.of("room_version", "1", "creator", "@x:test", "type", "m.space");
        var room = server.create("creation_content", wrong);
        var create = content(room, "m.room.create");
        assertEquals("12", create.string("room_version"));
        assertEquals("m.space", create.string("type"));
    }

    @Test
    void aRoomThatCannotBeginLeavesNothingROOM1() {
        var levels = JsonObject.of("events", JsonObject.of("m.room.name", 1_000));
        server.tryToCreate(
                        "room_version", V9,
                        "name", "Kitchen",
                        "power_level_content_override", levels)
                .refused(400, "M_INVALID_ROOM_STATE");
        var rooms = server.as(ALICE).get("/_matrix/client/v3/joined_rooms").ok();
        assertTrue(rooms.array("joined_rooms").isEmpty());
    }

    @Test
    void directInvitesSaySoROOM4() {
        var room = server.create("is_direct", true, "invite", JsonArray.of(BOB));
        var member = server.state(ALICE, room, "m.room.member", BOB.value()).ok();
        assertTrue(member.bool("is_direct"));
        assertEquals("bob", member.string("displayname"));
        server.as(BOB).post(path(room) + "/join", JsonObject.EMPTY).ok();
    }
}
