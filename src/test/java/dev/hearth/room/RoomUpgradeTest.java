package dev.hearth.room;

import static dev.hearth.room.RoomServer.ALICE;
import static dev.hearth.room.RoomServer.BOB;
import static dev.hearth.room.RoomServer.CAROL;
import static dev.hearth.room.RoomServer.path;
import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonReader;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.testing.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// A room that takes the place of another (ROOM-13).
class RoomUpgradeTest {

    private final RoomServer server = new RoomServer();

    @AfterEach
    void close() {
        server.close();
    }

    private Reply tryToUpgrade(UserId user, String room, Object... body) {
        return server.act(user, room, "upgrade", body);
    }

    private String upgrade(UserId user, String room, Object... body) {
        return tryToUpgrade(user, room, body).ok().string("replacement_room");
    }

    private JsonObject content(String room, String type) {
        return server.state(ALICE, room, type, "").ok();
    }

    private String create(String version, Object... more) {
        return server.as(ALICE)
                .post(
                        "/_matrix/client/v3/createRoom",
                        JsonObject.builder()
                                .put("room_version", version)
                                .put("preset", "public_chat")
                                .putAll(JsonObject.of(more))
                                .build())
                .ok()
                .string("room_id");
    }

    private static JsonObject json(String text) {
        return JsonReader.readObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest(name = "ROOM-13: from the first version and the newest to {0}")
    @EnumSource(RoomVersion.class)
    void anyVersion(RoomVersion version) {
        for (var before : List.of("1", "10", "12")) {
            var old = create(before, "name", "Kitchen");
            var made = upgrade(ALICE, old, "new_version", version.id());
            assertNotEquals(old, made);
            var tombstone = content(old, "m.room.tombstone");
            assertEquals(made, tombstone.string("replacement_room"));
            assertFalse(tombstone.string("body").isEmpty());
            var create = content(made, "m.room.create");
            assertEquals(version.id(), create.string("room_version"));
            assertEquals(old, create.object("predecessor").string("room_id"));
            assertEquals("Kitchen", content(made, "m.room.name").string("name"));
            server.act(BOB, made, "join").ok();
            server.say(ALICE, made, "1" + old, "body", "here we are").ok();
            server.put(ALICE, made, "m.room.topic", "", "topic", "power").ok();
            server.say(ALICE, old, "1" + old, "body", "see there").ok();
        }
    }

    /// Complement: TestMSC4291RoomIDAsHashOfCreateEvent_UpgradedRooms
    @ParameterizedTest(name = "ROOM-13: from {0} to 12 the new room's ID is the hash")
    @CsvSource({"10", "11", "12"})
    void roomIdIsAHash(String version) {
        var old = create(version);
        var made = upgrade(ALICE, old, "new_version", "12");
        var event = server.as(ALICE).get(path(made) + "/state/m.room.create/?format=event").ok();
        assertEquals(made, "!" + event.string("event_id").substring(1));
        assertEquals(JsonObject.of("room_id", old), event.object("content").object("predecessor"));
    }

    @Test
    @DisplayName("ROOM-13: up to 11 the first event names the last of the old room")
    void lastEventOfTheOldRoom() {
        var old = create("10");
        var made = upgrade(ALICE, old, "new_version", "11");
        var tombstone =
                server.as(ALICE).get(path(old) + "/state/m.room.tombstone/?format=event").ok();
        assertEquals(
                tombstone.string("event_id"),
                content(made, "m.room.create").object("predecessor").string("event_id"));
    }

    /// SyTest: /upgrade of a bogus room fails gracefully
    @Test
    @DisplayName("ROOM-13: who may not close the room may not upgrade it, to whatever version")
    void whoMay() {
        var room = create("11");
        server.act(BOB, room, "join").ok();
        tryToUpgrade(BOB, room, "new_version", "12").refused(403, "M_FORBIDDEN");
        tryToUpgrade(BOB, room, "new_version", "13").refused(403, "M_FORBIDDEN");
        tryToUpgrade(CAROL, room, "new_version", "12").refused(403, "M_FORBIDDEN");
        tryToUpgrade(ALICE, "!no:test", "new_version", "12").refused(404, "M_NOT_FOUND");
        tryToUpgrade(ALICE, room, "new_version", "13").refused(400, "M_UNSUPPORTED_ROOM_VERSION");
        tryToUpgrade(ALICE, room).refused(400, "M_MISSING_PARAM");
        tryToUpgrade(ALICE, room, "new_version", 12).refused(400, "M_BAD_JSON");
        tryToUpgrade(ALICE, room, "new_version", "12", "additional_creators", "@b:test")
                .refused(400, "M_BAD_JSON");
        tryToUpgrade(ALICE, room, "new_version", "12", "additional_creators", JsonArray.of("b"))
                .refused(400, "M_INVALID_PARAM");
        server.state(ALICE, room, "m.room.tombstone", "").refused(404, "M_NOT_FOUND");
        upgrade(ALICE, room, "new_version", "11", "additional_creators", "ignored");
    }

    /// SyTest: /upgrade copies important state to the new room
    @Test
    @DisplayName("ROOM-13: what stays true whoever says it is carried over, and nothing else")
    void transferredState() {
        var old =
                create(
                        "11",
                        "creation_content",
                        json("{'type': 'org.example.board', 'm.federate': false, 'a': 1}"));
        var carried =
                List.of(
                        "m.room.server_acl {'allow': ['*'], 'allow_ip_literals': 'false'}",
                        "m.room.encryption {'algorithm': 'm.megolm.v1.aes-sha2'}",
                        "m.room.name {'name': 'Kitchen'}",
                        "m.room.avatar {'url': 'mxc://test/a'}",
                        "m.room.topic {'topic': 'Tea'}",
                        "m.room.guest_access {'guest_access': 'can_join'}",
                        "m.room.history_visibility {'history_visibility': 'world_readable'}",
                        "m.room.join_rules {'join_rule': 'knock', 'org.example': true}");
        for (var text : carried) {
            var parts = text.split(" ", 2);
            server.as(ALICE).put(path(old) + "/state/" + parts[0], json(parts[1])).ok();
        }
        server.put(ALICE, old, "org.example.mine", "", "a", 1).ok();
        server.put(ALICE, old, "m.space.child", "!a:test", "via", JsonArray.of("test")).ok();
        server.act(ALICE, old, "invite", "user_id", BOB).ok();

        var made = upgrade(ALICE, old, "new_version", "12");
        for (var text : carried) {
            var parts = text.split(" ", 2);
            assertEquals(json(parts[1]), content(made, parts[0]), parts[0]);
        }
        var create = content(made, "m.room.create");
        assertEquals("org.example.board", create.string("type"));
        assertFalse(create.bool("m.federate"));
        assertFalse(create.has("a"));
        server.state(ALICE, made, "org.example.mine", "").refused(404, "M_NOT_FOUND");
        server.state(ALICE, made, "m.space.child", "!a:test").refused(404, "M_NOT_FOUND");
        server.state(ALICE, made, "m.room.member", BOB.value()).refused(404, "M_NOT_FOUND");
        assertFalse(
                content(upgrade(ALICE, create("11"), "new_version", "12"), "m.room.create")
                        .has("type"));
    }

    @Test
    @DisplayName("ROOM-13: a space keeps its children, but for those that were taken away")
    void children() {
        var old = create("11", "creation_content", JsonObject.of("type", "m.space"));
        server.put(ALICE, old, "m.space.child", "!a:test", "via", JsonArray.of("test")).ok();
        server.put(ALICE, old, "m.space.child", "!b:test", "via", JsonArray.of("test")).ok();
        server.put(ALICE, old, "m.space.child", "!b:test").ok();
        var made = upgrade(ALICE, old, "new_version", "12");
        server.state(ALICE, made, "m.space.child", "!a:test").ok();
        server.state(ALICE, made, "m.space.child", "!b:test").refused(404, "M_NOT_FOUND");
    }

    @Test
    @DisplayName("ROOM-13: a join rule that the new version doesn't know becomes invite")
    void unknownJoinRule() {
        var old = create("12");
        server.put(ALICE, old, "m.room.join_rules", "", "join_rule", "knock_restricted").ok();
        var made = upgrade(ALICE, old, "new_version", "9");
        assertEquals("invite", content(made, "m.room.join_rules").string("join_rule"));
    }

    @Test
    @DisplayName("ROOM-13: who was banned stays so, for the same reason")
    void bans() {
        var old = create("11");
        server.act(ALICE, old, "ban", "user_id", BOB, "reason", "spam").ok();
        server.act(ALICE, old, "ban", "user_id", CAROL).ok();
        server.act(ALICE, old, "unban", "user_id", CAROL).ok();
        var made = upgrade(ALICE, old, "new_version", "12");
        assertEquals(
                JsonObject.of("membership", "ban", "reason", "spam"),
                server.state(ALICE, made, "m.room.member", BOB.value()).ok());
        server.act(BOB, made, "join").refused(403, "M_FORBIDDEN");
        server.act(CAROL, made, "join").ok();
    }

    @Test
    @DisplayName("ROOM-13: names lead to the new room")
    void names() {
        var old = create("11", "room_alias_name", "tea");
        var directory = "/_matrix/client/v3/directory/room/";
        server.as(ALICE).put(directory + escape("#pie:test"), JsonObject.of("room_id", old)).ok();
        server.put(
                        ALICE,
                        old,
                        "m.room.canonical_alias",
                        "",
                        "alias",
                        "#tea:test",
                        "alt_aliases",
                        JsonArray.of("#pie:test"))
                .ok();
        var made = upgrade(ALICE, old, "new_version", "12");
        for (var name : List.of("#tea:test", "#pie:test")) {
            assertEquals(made, server.as(BOB).get(directory + escape(name)).ok().string("room_id"));
        }
        assertEquals(
                json("{'alias': '#tea:test', 'alt_aliases': ['#pie:test']}"),
                content(made, "m.room.canonical_alias"));
        assertEquals(JsonObject.EMPTY, content(old, "m.room.canonical_alias"));
    }

    @Test
    @DisplayName("ROOM-13: the old room is closed to all but those with power")
    void theOldRoom() {
        var old = create("11");
        server.act(BOB, old, "join").ok();
        server.put(ALICE, old, "m.room.power_levels", "", with(old, "users_default", 60)).ok();
        upgrade(ALICE, old, "new_version", "12");
        var levels = content(old, "m.room.power_levels");
        assertEquals(61, levels.integer("events_default"));
        assertEquals(61, levels.integer("invite"));
        server.say(BOB, old, "1", "body", "hello?").refused(403, "M_FORBIDDEN");
        server.act(BOB, old, "invite", "user_id", CAROL).refused(403, "M_FORBIDDEN");
        server.say(ALICE, old, "1", "body", "gone").ok();
    }

    private Object[] with(String room, Object... changes) {
        return content(room, "m.room.power_levels")
                .with(changes[0].toString(), changes[1])
                .members()
                .entrySet()
                .stream()
                .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()))
                .toArray();
    }

    /// Complement: TestMSC4289PrivilegedRoomCreators_Upgrades
    @ParameterizedTest(name = "ROOM-13: from {0} with {1} by {2} and creators {3}: {4}")
    @CsvSource({
        "11, {'@alice:test':100;'@bob:test':100}, @bob:test, -, {'@alice:test':100}",
        "11, {'@alice:test':100;'@bob:test':100;'@carol:test':100}, @bob:test, -,"
                + " {'@alice:test':100;'@carol:test':100}",
        "12, {'@bob:test':150}, @bob:test, @carol:test, {}",
        "12, {'@bob:test':150;'@carol:test':50}, @bob:test, @carol:test, {}",
        "11, {'@alice:test':100;'@bob:test':100}, @alice:test, @bob:test, {}",
        "11, {'@alice:test':100;'@bob:test':100;'@carol:test':50}, @alice:test, @bob:test,"
                + " {'@carol:test':50}"
    })
    void toPrivilegedCreators(
            String version, String users, String by, String creators, String expected) {
        var old = create(version);
        server.act(BOB, old, "join").ok();
        server.act(CAROL, old, "join").ok();
        server.put(ALICE, old, "m.room.power_levels", "", "users", json(users.replace(';', ',')))
                .ok();
        var upgrader = UserId.parse(by);
        boolean several = !creators.equals("-");
        var body = JsonObject.of("new_version", "12");
        var made =
                server.as(upgrader)
                        .post(
                                path(old) + "/upgrade",
                                several
                                        ? body.with("additional_creators", JsonArray.of(creators))
                                        : body)
                        .ok()
                        .string("replacement_room");
        var create = server.state(upgrader, made, "m.room.create", "").ok();
        assertEquals(
                several ? Optional.of(JsonArray.of(creators)) : Optional.empty(),
                create.findArray("additional_creators"));
        assertEquals(
                json(expected.replace(';', ',')),
                server.state(upgrader, made, "m.room.power_levels", "").ok().object("users"));
        server.put(upgrader, made, "m.room.topic", "", "topic", "power").ok();
    }

    @Test
    @DisplayName("ROOM-13: a creator whose power went without saying is given it in older versions")
    void fromPrivilegedCreators() {
        var old = create("12");
        server.act(BOB, old, "join").ok();
        var levels = content(old, "m.room.power_levels");
        server.as(ALICE)
                .put(
                        path(old) + "/state/m.room.power_levels",
                        levels.with("users", JsonObject.of(BOB.value(), 120)))
                .ok();
        var made = upgrade(ALICE, old, "new_version", "11");
        var users = content(made, "m.room.power_levels").object("users");
        assertEquals(150, users.integer(ALICE.value()));
        assertEquals(120, users.integer(BOB.value()));
        server.act(BOB, made, "join").ok();
        server.act(ALICE, made, "kick", "user_id", BOB).ok();
    }

    @Test
    @DisplayName(
            "ROOM-13: who has too little power to say all that is carried over has it for that")
    void temporaryPower() {
        var old = create("11");
        server.act(BOB, old, "join").ok();
        server.put(ALICE, old, "m.room.encryption", "", "algorithm", "m.megolm.v1.aes-sha2").ok();
        server.act(ALICE, old, "ban", "user_id", CAROL).ok();
        var levels =
                content(old, "m.room.power_levels")
                        .with("ban", 90)
                        .with("users", JsonObject.of(ALICE.value(), 100, BOB.value(), 50));
        levels = levels.with("events", levels.object("events").with("m.room.tombstone", 50));
        server.as(ALICE).put(path(old) + "/state/m.room.power_levels", levels).ok();
        var made = upgrade(BOB, old, "new_version", "11");
        assertEquals(levels, server.state(BOB, made, "m.room.power_levels", "").ok());
        server.state(BOB, made, "m.room.encryption", "").ok();
        assertEquals(
                "ban",
                server.state(BOB, made, "m.room.member", CAROL.value()).ok().string("membership"));
        server.act(BOB, made, "ban", "user_id", "@dave:test").refused(403, "M_FORBIDDEN");
        // What Bob may not change in the old room stays.
        assertEquals(0, content(old, "m.room.power_levels").integer("events_default"));
        assertEquals(made, content(old, "m.room.tombstone").string("replacement_room"));
    }

    @Test
    @DisplayName("ROOM-13: levels that later versions can't read are written anew, or left out")
    void oldLevels() {
        var content =
                json(
                        "{'users': {'@alice:test': '100', 'nobody': 7, '@bob:test': 50.7},"
                                + " 'ban': ' 60 ', 'kick': 'x', 'events': {'a': 2.5},"
                                + " 'org.example': {'a': 1}, 'notifications': {'room': '20'}}");
        var levels =
                UpgradedLevels.of(
                        Optional.of(content), RoomVersion.V5, 100, RoomVersion.V10, List.of(ALICE));
        assertEquals(
                json(
                        "{'users': {'@alice:test': 100, '@bob:test': 50}, 'ban': 60,"
                                + " 'events': {'a': 2}, 'notifications': {'room': 20}}"),
                levels.content());
    }

    @Test
    @DisplayName("ROOM-13: a room without power levels is its creator's, the new one too")
    void withoutLevels() {
        var levels =
                UpgradedLevels.of(
                        Optional.empty(), RoomVersion.V10, 100, RoomVersion.V11, List.of(ALICE));
        assertEquals(json("{'users': {'@alice:test': 100}}"), levels.content());
        var privileged =
                UpgradedLevels.of(
                        Optional.empty(), RoomVersion.V10, 100, RoomVersion.V12, List.of(ALICE));
        assertEquals(json("{'users': {}}"), privileged.content());
    }

    @Test
    @DisplayName("ROOM-13: a room can be upgraded again, and names the newest")
    void twice() {
        var old = create("11");
        var first = upgrade(ALICE, old, "new_version", "11");
        var second = upgrade(ALICE, old, "new_version", "12");
        assertNotEquals(first, second);
        assertEquals(second, content(old, "m.room.tombstone").string("replacement_room"));
        assertTrue(
                server.as(ALICE)
                        .get("/_matrix/client/v3/joined_rooms")
                        .ok()
                        .array("joined_rooms")
                        .strings()
                        .containsAll(List.of(old, first, second)));
    }
}
