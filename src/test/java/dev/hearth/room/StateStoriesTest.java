package dev.hearth.room;

import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonInteger;
import dev.hearth.json.JsonNull;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonReader;
import dev.hearth.testing.Reply;
import dev.hearth.testing.RoomSection;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How rooms begin, what their state is, and who may say so.
class StateStoriesTest {

    private static final String CREATE = "/_matrix/client/v3/createRoom";

    private final TestHomeserver server = TestHomeserver.start();
    private final TestUser alice = server.register("alice");
    private final TestUser bob = server.register("bob");

    @AfterEach
    void close() {
        server.close();
    }

    private static JsonObject json(String text) {
        return JsonReader.readObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private String room(String request) {
        return alice.createRoom(json(request));
    }

    private JsonObject content(String room, String type) {
        return alice.client().get(TestUser.room(room) + "/state/" + type).ok();
    }

    private Reply put(TestUser user, String room, String type, JsonObject content) {
        return user.client().put(TestUser.room(room) + "/state/" + type, content);
    }

    /// Complement: TestRoomCreate, those of its cases that are granted
    @Test
    @DisplayName("ROOM-1 to ROOM-4: rooms of all kinds")
    void creating() {
        room("{'visibility':'public','room_alias_name':'30-room-create-alias-random'}");
        room("{'visibility':'private'}");
        assertEquals(
                "2", content(room("{'room_version':'2'}"), "m.room.create").string("room_version"));
        assertEquals("Test", content(room("{'name':'Test'}"), "m.room.name").string("name"));
        var topic = content(room("{'topic':'Test','preset':'public_chat'}"), "m.room.topic");
        assertEquals("Test", topic.string("topic"));
        var rich = topic.object("m.topic").array("m.text").objects();
        assertEquals(1, rich.size());
        assertEquals("Test", rich.getFirst().string("body"));
        assertEquals("text/plain", rich.getFirst().string("mimetype"));
        var initial = "'initial_state':[{'type':'m.room.topic','content':{'topic':'Other'}}]";
        assertEquals(
                JsonObject.of("topic", "Other"),
                content(room("{" + initial + "}"), "m.room.topic"));
        assertEquals(topic, content(room("{'topic':'Test'," + initial + "}"), "m.room.topic"));
        var invited = alice.createRoom(JsonObject.of("invite", JsonArray.of(bob.id())));
        assertTrue(bob.sync().path("rooms", "invite", invited).isPresent());
    }

    /// Complement: TestRoomCreate/POST /createRoom rejects attempts to create rooms with numeric
    /// versions, POST /createRoom rejects attempts to create rooms with unknown versions
    @ParameterizedTest(name = "ROOM-3: version {0}: {1}")
    @CsvSource({"1, M_BAD_JSON", "'\"ahfgwjyerhgiuve\"', M_UNSUPPORTED_ROOM_VERSION"})
    void badVersions(String version, String error) {
        alice.client().post(CREATE, json("{'room_version':" + version + "}")).refused(400, error);
    }

    /// Complement: TestRoomCreate/POST /createRoom ignores attempts to set the room version via
    /// creation_content; TestRoomCreationReportsEventsToMyself/Room creation reports m.room.create
    /// to myself, Room creation reports m.room.member to myself
    @Test
    @DisplayName("ROOM-1: the creator is told how the room began")
    void toldOfTheBeginning() {
        var room = room("{'creation_content':{'test':'azerty','room_version':'test'}}");
        var timeline = RoomSection.of(alice.sync(), room).timeline();
        var create = timeline.getFirst();
        assertEquals("m.room.create", create.string("type"));
        assertEquals(alice.id(), create.string("sender"));
        assertEquals("12", create.object("content").string("room_version"));
        assertEquals("azerty", create.object("content").string("test"));
        assertEquals(alice.id(), timeline.get(1).string("state_key"));
        assertEquals("join", timeline.get(1).object("content").string("membership"));
    }

    /// Complement: TestRoomCreationReportsEventsToMyself/Setting room topic reports m.room.topic to
    /// myself, Setting state twice is idempotent
    @Test
    @DisplayName("SEND-2: state is told once, to who set it too")
    void toldOnce() {
        var room = room("{}");
        alice.sync();
        var topic = JsonObject.of("topic", "Testing topic for the new room");
        var first = alice.sendState(room, "m.room.topic", "", topic);
        assertEquals(first, alice.sendState(room, "m.room.topic", "", topic));
        var timeline = RoomSection.of(alice.sync(), room).timeline();
        assertEquals(1, timeline.size());
        assertEquals(alice.id(), timeline.getFirst().string("sender"));
        assertEquals(topic, timeline.getFirst().object("content"));
        assertTrue(timeline.getFirst().has("state_key"));
    }

    /// Complement: TestRoomState, all of its cases but the public list
    @Test
    @DisplayName("READ-6: the state of a room, all of it and piece by piece")
    void reading() {
        var room =
                room(
                        "{'preset':'public_chat','name':'N','topic':'T','room_alias_name':'new',"
                                + "'creation_content':{'m.federate':false}}");
        var own = "m.room.member/" + escape(alice.id());
        assertEquals("join", content(room, own).string("membership"));
        var event = content(room, own + "?format=event");
        assertEquals(alice.id(), event.string("sender"));
        assertEquals(room, event.string("room_id"));
        assertEquals("join", event.object("content").string("membership"));
        assertFalse(content(room, "m.room.create").bool("m.federate"));
        var members = TestUser.room(room) + "/joined_members";
        assertEquals(
                JsonObject.of("display_name", "alice", "avatar_url", JsonNull.NULL),
                alice.client().get(members).ok().object("joined").object(alice.id()));
        var types =
                JsonReader.readObject(
                                ("{\"all\":"
                                                + alice.client()
                                                        .get(TestUser.room(room) + "/state")
                                                        .text()
                                                + "}")
                                        .getBytes(StandardCharsets.UTF_8))
                        .array("all")
                        .objects()
                        .stream()
                        .map(piece -> piece.string("type"))
                        .toList();
        assertTrue(
                types.containsAll(
                        List.of(
                                "m.room.create",
                                "m.room.join_rules",
                                "m.room.name",
                                "m.room.power_levels",
                                "m.room.topic")));
        put(alice, room, "m.room.name", JsonObject.of("name", "M")).ok();
        assertEquals("M", content(room, "m.room.name").string("name"));
        var found =
                alice.client()
                        .get("/_matrix/client/v3/directory/room/" + escape("#new:hearth.test"))
                        .ok();
        assertEquals(room, found.string("room_id"));
        assertTrue(found.has("servers"));
        assertEquals(
                JsonArray.of(room),
                alice.client().get("/_matrix/client/v3/joined_rooms").ok().array("joined_rooms"));
        alice.leave(room);
        alice.client().get(members.replace("v3", "r0")).refused(403, "M_FORBIDDEN");
    }

    /// Complement: TestPowerLevels, all of its cases
    @Test
    @DisplayName("ROOM-16, SEND-4: power levels are read, replaced, and emptied")
    void powerLevels() {
        var room = room("{'room_version':'11'}");
        var levels = content(room, "m.room.power_levels");
        for (var key :
                List.of(
                        "ban",
                        "kick",
                        "redact",
                        "invite",
                        "state_default",
                        "events_default",
                        "users_default")) {
            assertTrue(levels.get(key) instanceof JsonInteger, key);
        }
        assertTrue(levels.object("users").integer(alice.id()) > levels.integer("users_default"));
        var whole =
                JsonObject.of(
                        "invite",
                        100,
                        "users",
                        JsonObject.of(alice.id(), 100, "@random-other-user:their.home", 20));
        alice.sendState(room, "m.room.power_levels", "", whole);
        assertEquals(whole, content(room, "m.room.power_levels"));
        alice.sendState(
                room,
                "m.room.power_levels",
                "",
                JsonObject.of("users", JsonObject.of(alice.id(), 100)));
        alice.sendState(room, "m.room.power_levels", "", JsonObject.EMPTY);
        put(alice, room, "m.room.power_levels", json("{'users':{}}")).refused(403, "M_FORBIDDEN");
        assertFalse(content(room, "m.room.power_levels").has("users"));
    }

    /// Complement: TestDemotingUsersViaUsersDefault
    @Test
    @DisplayName("ROOM-1: who has as much power as everybody has takes it from the others")
    void demotingAll() {
        var users = JsonObject.of(alice.id(), 100);
        var levels = json("{'users_default':100,'events':{},'notifications':{}}");
        var room =
                alice.createRoom(
                        JsonObject.of(
                                "room_version",
                                "11",
                                "preset",
                                "public_chat",
                                "power_level_content_override",
                                levels.with("users", users)));
        put(
                        alice,
                        room,
                        "m.room.power_levels",
                        levels.with("users", users).with("users_default", 40))
                .ok();
    }

    /// Complement: TestMSC4289PrivilegedRoomCreators: PL event is missing creator in users map,
    /// m.room.tombstone needs PL150 in the PL event, power_level_content_override can be set,
    /// power_level_content_override cannot set the room creator, power level cannot be set beyond
    /// max canonical JSON int
    @Test
    @DisplayName("ROOM-1, ROOM-16: since version 12 creators have no level, but others may")
    void levelsBesideCreators() {
        var levels = content(room("{'room_version':'12'}"), "m.room.power_levels");
        assertEquals(JsonObject.EMPTY, levels.object("users"));
        assertEquals(150, levels.object("events").integer("m.room.tombstone"));
        var users = JsonObject.of(bob.id(), 100);
        var room =
                alice.createRoom(
                        JsonObject.of(
                                "power_level_content_override", JsonObject.of("users", users)));
        assertEquals(users, content(room, "m.room.power_levels").object("users"));
        alice.client()
                .post(
                        CREATE,
                        JsonObject.of(
                                "power_level_content_override",
                                JsonObject.of("users", JsonObject.of(alice.id(), 100))))
                .refused(400, "M_BAD_JSON");
        var beyond = JsonObject.of("users", JsonObject.of(bob.id(), 1L << 53));
        put(alice, room, "m.room.power_levels", beyond).refused(400, "M_BAD_JSON");
    }

    /// Complement: TestMSC4289PrivilegedRoomCreators: creator can kick admin, creator can kick
    /// admin above PL100, creator can kick admin at JSON max value, admin with >PL100 cannot kick
    /// creator
    @ParameterizedTest(name = "ROOM-12: a creator is above a level of {0}")
    @ValueSource(longs = {100, 949_342, (1L << 53) - 1})
    void creatorsAreAboveAll(long level) {
        var room = alice.createRoom(JsonObject.of("invite", JsonArray.of(bob.id())));
        bob.join(room);
        var users = JsonObject.of("users", JsonObject.of(bob.id(), level));
        alice.sendState(room, "m.room.power_levels", "", users);
        kick(bob, room, alice).refused(403, "M_FORBIDDEN");
        kick(alice, room, bob).ok();
    }

    private static Reply kick(TestUser who, String room, TestUser whom) {
        return who.client()
                .post(TestUser.room(room) + "/kick", JsonObject.of("user_id", whom.id()));
    }

    /// Complement: TestMSC4289PrivilegedRoomCreators_Additional
    @Test
    @DisplayName("ROOM-12: further creators have as much power, and none over each other")
    void furtherCreators() {
        var room =
                alice.createRoom(
                        JsonObject.of(
                                "preset",
                                "public_chat",
                                "creation_content",
                                JsonObject.of("additional_creators", JsonArray.of(bob.id()))));
        bob.join(room);
        kick(alice, room, bob).refused(403, "M_FORBIDDEN");
        bob.sendState(room, "m.room.name", "", JsonObject.of("name", "Bob's room name"));
    }

    /// Complement: TestMSC4289PrivilegedRoomCreators_InvitedAreCreators,
    /// TestMSC4289PrivilegedRoomCreators_AdditionalCreatorsAndInvited
    @Test
    @DisplayName("ROOM-2: trusted friends become creators too, beside those that are named")
    void trustedFriends() {
        var request =
                JsonObject.of(
                        "preset",
                        "trusted_private_chat",
                        "is_direct",
                        true,
                        "invite",
                        JsonArray.of(bob.id()));
        assertEquals(JsonArray.of(bob.id()), creators(request));
        var named = json("{'additional_creators':['@charlie:hearth.test','" + bob.id() + "']}");
        assertEquals(
                JsonArray.of("@charlie:hearth.test", bob.id()),
                creators(request.with("creation_content", named)));
    }

    private JsonArray creators(JsonObject request) {
        return content(alice.createRoom(request), "m.room.create").array("additional_creators");
    }

    /// Complement: TestMSC4289PrivilegedRoomCreators_AdditionalValidation
    @ParameterizedTest(name = "ROOM-1: additional_creators {0}: {1}")
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`'not-an-array'`, 400",
                "`['@foo:example.com', 42]`, 400",
                "`['@foo:example.com', 'not-a-user-id']`, 400",
                "`['@invalid:dom$ain$.com']`, 400",
                "`['@foo:example.com', '@bar:baz.code']`, 200",
            })
    void furtherCreatorsAreChecked(String creators, int status) {
        var request = json("{'creation_content':{'additional_creators':" + creators + "}}");
        assertEquals(status, alice.client().post(CREATE, request).status());
    }

    /// Complement: TestMSC4291RoomIDAsHashOfCreateEvent,
    /// TestMSC4291RoomIDAsHashOfCreateEvent_RoomIDIsOnCreateEvent
    @Test
    @DisplayName("ROOM-1: since version 12 a room's ID is that of its first event, which names it")
    void roomIdIsAHash() {
        var room = room("{'room_version':'12'}");
        var first = "$" + room.substring(1);
        var hello = alice.say(room, "Hello");
        var path = TestUser.room(room);
        var client = alice.client();
        var context = path + "/context/" + escape(hello) + "?limit=100";
        var whole = client.get(path + "/state/m.room.create/?format=event").ok();
        assertEquals(first, whole.string("event_id"));
        for (var shown :
                List.of(
                        whole,
                        client.get(path + "/event/" + escape(first)).ok(),
                        client.get(path + "/context/" + escape(first)).ok().object("event"),
                        create(client.get(path + "/messages?dir=b&limit=100").ok(), "chunk"),
                        create(client.get(context).ok(), "events_before"),
                        create(client.get(context).ok(), "state"))) {
            assertEquals("m.room.create", shown.string("type"));
            assertEquals(room, shown.string("room_id"));
        }
    }

    private static JsonObject create(JsonObject page, String key) {
        return page.array(key).objects().stream()
                .filter(event -> event.string("type").equals("m.room.create"))
                .findFirst()
                .orElseThrow();
    }

    /// Complement: TestMSC4291RoomIDAsHashOfCreateEvent_AuthEventsOmitsCreateEvent
    @Test
    @DisplayName("ROOM-1: since version 12 no event names the first one as its ground")
    void theFirstEventIsNoGround() {
        var room = room("{'room_version':'12','preset':'public_chat'}");
        var sync = alice.sync(0, "&filter=" + escape("{\"event_format\":\"federation\"}"));
        var timeline = RoomSection.of(sync, room).timeline();
        assertTrue(timeline.size() > 4);
        for (var event : timeline) {
            assertFalse(event.array("auth_events").strings().contains("$" + room.substring(1)));
        }
    }

    /// Complement: TestMSC4291RoomIDAsHashOfCreateEvent_CannotSendCreateEvent
    @ParameterizedTest(name = "SEND-4: nobody sends the first event again, in version {0}")
    @ValueSource(strings = {"11", "12"})
    void noSecondBeginning(String version) {
        var room = alice.createRoom(JsonObject.of("room_version", version));
        var content = JsonObject.of("room_version", version, "entropy", 100);
        put(alice, room, "m.room.create", content).refused(400, "M_BAD_JSON");
        assertEquals(Optional.empty(), content(room, "m.room.create").findInteger("entropy"));
    }
}
