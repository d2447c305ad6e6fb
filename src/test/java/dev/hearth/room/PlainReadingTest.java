package dev.hearth.room;

import static dev.hearth.testing.TestClient.escape;
import static dev.hearth.testing.TestUser.room;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonReader;
import dev.hearth.testing.Reply;
import dev.hearth.testing.RoomSection;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What clients read of rooms every day: an event, a page of messages, a piece of state.
class PlainReadingTest {

    private static final String LAZY = "&filter=" + escape("{\"lazy_load_members\":true}");
    private static final TestHomeserver SERVER = TestHomeserver.start();
    private static int tests;

    private final TestUser alice = SERVER.register("alice" + ++tests);
    private final TestUser bob = SERVER.register("bob" + tests);

    @AfterAll
    static void close() {
        SERVER.close();
    }

    private String roomWith(String visibility) {
        var content = JsonObject.of("history_visibility", visibility);
        var state =
                JsonObject.of(
                        "type", "m.room.history_visibility", "state_key", "", "content", content);
        return alice.createRoom(
                JsonObject.of("preset", "public_chat", "initial_state", JsonArray.of(state)));
    }

    private String publicRoom(Object... more) {
        return alice.createRoom(
                JsonObject.builder()
                        .put("visibility", "public")
                        .put("preset", "public_chat")
                        .putAll(JsonObject.of(more))
                        .build());
    }

    private Reply event(String room, String event) {
        return bob.client().get(room(room) + "/event/" + escape(event));
    }

    /// READ-5, HV-1. Complement: TestFetchEvent, TestFetchEventNonWorldReadable,
    /// TestFetchEventWorldReadable, TestFetchHistoricalJoinedEventDenied,
    /// TestFetchHistoricalSharedEvent, TestFetchHistoricalInvitedEventFromBetweenInvite,
    /// TestFetchHistoricalInvitedEventFromBeforeInvite
    @ParameterizedTest
    @CsvSource({
        "shared,JOIN SAY,seen",
        "shared,SAY,hidden",
        "world_readable,SAY,seen",
        "joined,SAY JOIN,hidden",
        "shared,SAY JOIN,seen",
        "invited,INVITE SAY JOIN,seen",
        "invited,SAY INVITE JOIN,hidden"
    })
    void anEventIsFetchedByWhoMaySeeIt(String visibility, String story, String wanted) {
        var room = roomWith(visibility);
        var said = "";
        for (var act : story.split(" ")) {
            switch (act) {
                case "SAY" -> said = alice.say(room, "Hello world");
                case "JOIN" -> bob.join(room);
                default -> alice.invite(bob, room);
            }
        }
        if (wanted.equals("hidden")) {
            event(room, said).refused(404, "M_NOT_FOUND");
            return;
        }
        var event = event(room, said).ok();
        assertEquals(
                JsonObject.of("msgtype", "m.text", "body", "Hello world"), event.object("content"));
        assertEquals("m.room.message", event.string("type"));
        assertEquals(room, event.string("room_id"));
        assertEquals(alice.id(), event.string("sender"));
        assertEquals(said, event.string("event_id"));
        assertTrue(event.integer("origin_server_ts") > 0);
    }

    private JsonArray chunk(String room, String query) {
        return alice.client().get(room(room) + "/messages?" + query).ok().array("chunk");
    }

    /// READ-1, READ-2. Complement: TestSendAndFetchMessage, TestFetchMessagesFromNonExistentRoom
    @Test
    void aMessageIsReadFromWhereASyncEnded() {
        var room = publicRoom();
        alice.sync();
        var from = "dir=f&from=" + alice.since().orElseThrow();
        var said = alice.say(room, "TestSendAndFetchMessage");
        var found = chunk(room, from).objects();
        assertEquals(1, found.size());
        assertEquals(said, found.getFirst().string("event_id"));
        alice.client()
                .get(room("!does-not-exist:hearth.test") + "/messages?dir=b")
                .refused(403, "M_FORBIDDEN");
    }

    /// Complement: TestSendMessageWithTxn
    @Test
    void aRepeatedMessageIsTheSame() {
        var path = room(publicRoom()) + "/send/m.room.message/lorem";
        var message = JsonObject.of("msgtype", "m.text", "body", "test");
        var first = alice.client().put(path, message).ok();
        assertEquals(first, alice.client().put(path, message).ok());
    }

    private String onlyMember(String room, String query) {
        var answer = alice.client().get(room(room) + "/messages?" + query + LAZY).ok();
        var state = answer.array("state").objects();
        assertEquals(1, state.size());
        assertEquals("m.room.member", state.getFirst().string("type"));
        assertEquals("join", state.getFirst().object("content").string("membership"));
        return state.getFirst().string("state_key");
    }

    /// Complement: TestRoomMessagesLazyLoading, TestRoomMessagesLazyLoadingLocalUser
    @Test
    void onlyTheMembersWhoSpokeAreLoaded() {
        var room = publicRoom();
        var charlie = SERVER.register("charlie" + tests);
        alice.sync();
        var beginning = alice.since().orElseThrow();
        assertEquals(alice.id(), onlyMember(room, "dir=b&from=" + beginning));
        bob.join(room);
        charlie.join(room);
        bob.say(room, "test");
        alice.sync();
        var before = alice.since().orElseThrow();
        charlie.say(room, "test");
        alice.sync();
        var after = alice.since().orElseThrow();
        assertEquals(charlie.id(), onlyMember(room, "dir=f&from=" + before + "&to=" + after));
    }

    private JsonObject state(String room, String what) {
        return alice.client().get(room(room) + "/state/" + what).ok();
    }

    /// READ-6. Complement:
    /// TestRoomState/Parallel/GET_/rooms/:room_id/state/m.room.member/:user_id_…,
    /// …?format=event_fetches_my_membership_event, …/m.room.power_levels_fetches_powerlevels,
    /// …/joined_members_fetches_my_membership, …/joined_members_is_forbidden_after_leaving_room,
    /// GET_/joined_rooms_lists_newly-created_room
    @Test
    void onesOwnPlaceInARoomIsRead() {
        var room = publicRoom();
        var own = "m.room.member/" + escape(alice.id());
        assertEquals("join", state(room, own).string("membership"));
        var event = state(room, own + "?format=event");
        assertEquals(alice.id(), event.string("sender"));
        assertEquals(room, event.string("room_id"));
        assertEquals("join", event.object("content").string("membership"));
        var levels = state(room, "m.room.power_levels").keys();
        assertTrue(
                levels.containsAll(
                        Set.of(
                                "ban",
                                "kick",
                                "redact",
                                "users_default",
                                "state_default",
                                "events_default",
                                "users",
                                "events")));
        var members = room(room) + "/joined_members";
        var joined = alice.client().get(members).ok().object("joined").object(alice.id());
        assertEquals(Set.of("display_name", "avatar_url"), joined.keys());
        var rooms = alice.client().get("/_matrix/client/v3/joined_rooms").ok();
        assertEquals(JsonArray.of(room), rooms.array("joined_rooms"));
        alice.leave(room);
        alice.client().get(members).refused(403, "M_FORBIDDEN");
    }

    /// Complement: TestRoomState/Parallel/GET_/rooms/:room_id/state/m.room.name_gets_name,
    /// …/m.room.topic_gets_topic, POST_/rooms/:room_id/state/m.room.name_sets_name,
    /// PUT_/rooms/:room_id/state/m.room.topic_sets_topic
    @ParameterizedTest
    @ValueSource(strings = {"name", "topic"})
    void whatARoomIsCalledIsReadAndWritten(String what) {
        var room = publicRoom(what, "test");
        assertEquals("test", state(room, "m.room." + what).string(what));
        alice.sendState(room, "m.room." + what, "", JsonObject.of(what, "another"));
        assertEquals("another", state(room, "m.room." + what).string(what));
    }

    /// READ-6. Complement:
    /// TestRoomState/Parallel/GET_/rooms/:room_id/state_fetches_entire_room_state,
    /// PUT_/createRoom_with_creation_content
    @Test
    void theWholeStateIsRead() {
        var room =
                publicRoom(
                        "name",
                        "room_test",
                        "topic",
                        "room_topic_test",
                        "creation_content",
                        JsonObject.of("m.federate", false));
        assertEquals(false, state(room, "m.room.create").bool("m.federate"));
        var text = alice.client().get(room(room) + "/state").text();
        var whole =
                JsonReader.readObject(("{\"s\":" + text + "}").getBytes(StandardCharsets.UTF_8));
        var types =
                whole.array("s").objects().stream()
                        .map(event -> event.string("type"))
                        .collect(Collectors.toSet());
        assertTrue(
                types.containsAll(
                        Set.of(
                                "m.room.create",
                                "m.room.join_rules",
                                "m.room.name",
                                "m.room.power_levels",
                                "m.room.topic")));
    }

    private Optional<JsonObject> told(String room, String type) {
        return RoomSection.of(alice.sync(), room).timeline().stream()
                .filter(event -> event.string("type").equals(type))
                .findFirst();
    }

    /// Complement: TestRoomCreationReportsEventsToMyself/parallel/
    /// Room_creation_reports_m.room.create_to_myself,
    /// Room_creation_reports_m.room.member_to_myself,
    /// Setting_room_topic_reports_m.room.topic_to_myself, Setting_state_twice_is_idempotent,
    /// Joining_room_twice_is_idempotent
    @Test
    void itsMakerIsToldOfARoom() {
        var room = publicRoom();
        for (var type : List.of("m.room.create", "m.room.member")) {
            alice.forgetSync();
            var event = told(room, type).orElseThrow();
            assertEquals(alice.id(), event.string("sender"));
        }
        var topic = JsonObject.of("topic", "Testing topic for the new room");
        var id = alice.sendState(room, "m.room.topic", "", topic);
        assertEquals(topic, told(room, "m.room.topic").orElseThrow().object("content"));
        assertEquals(id, alice.sendState(room, "m.room.topic", "", topic));
        alice.join(room);
        assertTrue(RoomSection.of(alice.sync(), room).isEmpty());
    }
}
