package dev.hearth.room;

import static dev.hearth.testing.TestClient.escape;
import static dev.hearth.testing.TestUser.room;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonReader;
import dev.hearth.testing.RoomSection;
import dev.hearth.testing.TestClock;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The form in which events are told, and what is told beside them.
class EventsAsToldTest {

    private final TestClock clock = new TestClock();
    private final TestHomeserver server = TestHomeserver.start(clock);
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

    private JsonObject event(TestUser user, String id) {
        return user.client().get(room(room) + "/event/" + escape(id)).ok();
    }

    /// The newest event, as pages, contexts, syncs and the event itself tell it.
    private List<JsonObject> everywhere(TestUser user, String id) {
        user.forgetSync();
        var page = user.client().get(room(room) + "/messages?dir=b&limit=1").ok();
        var context = user.client().get(room(room) + "/context/" + escape(id)).ok();
        var timeline = RoomSection.of(user.sync(), room).timeline();
        return List.of(
                event(user, id),
                page.array("chunk").objects().getFirst(),
                context.object("event"),
                timeline.getLast());
    }

    @Test
    @DisplayName("SYNC-19: every answer tells what the reader was to the room at the event")
    void membershipAtTheEvent() {
        var before = alice.say(room, "before");
        bob.leave(room);
        alice.say(room, "away");
        bob.join(room);
        var now = alice.say(room, "now");
        for (var told : everywhere(bob, now)) {
            assertEquals("join", told.object("unsigned").string("membership"), told.toString());
        }
        assertEquals("join", event(bob, before).object("unsigned").string("membership"));
        var page = bob.client().get(room(room) + "/messages?dir=b&limit=5").ok();
        assertEquals(
                List.of("join", "join", "leave", "leave", "join"),
                page.array("chunk").objects().stream()
                        .map(event -> event.object("unsigned").string("membership"))
                        .toList());
    }

    @Test
    @DisplayName("SYNC-19: the transaction is told to the device that sent, in every answer")
    void transactionOfTheDevice() {
        var tablet = server.login("alice");
        var id = alice.say(room, "hello");
        for (var told : everywhere(alice, id)) {
            assertTrue(told.object("unsigned").has("transaction_id"), told.toString());
        }
        for (var user : List.of(tablet, bob)) {
            for (var told : everywhere(user, id)) {
                assertFalse(told.object("unsigned").has("transaction_id"), told.toString());
            }
        }
    }

    @Test
    @DisplayName("READ-5: an event tells its age")
    void age() {
        var id = alice.say(room, "hello");
        clock.pass(Duration.ofSeconds(5));
        for (var told : everywhere(bob, id)) {
            assertEquals(5_000, told.object("unsigned").integer("age"), told.toString());
        }
    }

    @Test
    @DisplayName("READ-5: state tells what it took the place of")
    void previousContent() {
        alice.sendState(room, "m.room.topic", "", JsonObject.of("topic", "tea"));
        var first = event(bob, alice.sendState(room, "m.room.topic", "", topic("pie")));
        assertEquals(topic("tea"), first.object("unsigned").object("prev_content"));
        var message = event(bob, alice.say(room, "hello"));
        assertFalse(message.object("unsigned").has("prev_content"));
        var id = alice.sendState(room, "m.room.topic", "", topic("jam"));
        for (var told : everywhere(bob, id)) {
            assertEquals(topic("pie"), told.object("unsigned").object("prev_content"));
            assertEquals("", told.string("state_key"));
        }
    }

    private static JsonObject topic(String text) {
        return JsonObject.of("topic", text);
    }

    @Test
    @DisplayName("READ-5: nothing of an event is told that only servers need")
    void fieldsOfAnEvent() {
        var id = alice.say(room, "hello");
        var known = Set.of("type", "event_id", "sender", "origin_server_ts", "content", "unsigned");
        for (var told : everywhere(bob, id)) {
            assertEquals(known, told.without("room_id").keys(), told.toString());
            assertEquals(id, told.string("event_id"));
        }
        assertEquals(room, event(bob, id).string("room_id"));
    }

    /// SyTest: /context/ on non world readable room does not work
    @Test
    @DisplayName("READ-4, READ-5: events of other rooms, and of none, are not found")
    void eventsOfOtherRooms() {
        var other = alice.createRoom(JsonObject.EMPTY);
        var id = alice.say(other, "hello");
        alice.client().get(room(room) + "/event/" + escape(id)).refused(404, "M_NOT_FOUND");
        alice.client().get(room(room) + "/context/" + escape(id)).refused(404, "M_NOT_FOUND");
        bob.client().get(room(other) + "/event/" + escape(id)).refused(404, "M_NOT_FOUND");
        bob.client().get(room(other) + "/context/" + escape(id)).refused(403, "M_FORBIDDEN");
        alice.client().get(room(room) + "/event/" + escape("$none")).refused(404, "M_NOT_FOUND");
        alice.client().get(room(room) + "/event/none").refused(400, "M_INVALID_PARAM");
        alice.client()
                .get(room("!none:hearth.test") + "/event/" + escape(id))
                .refused(404, "M_NOT_FOUND");
    }

    @Test
    @DisplayName("READ-6: a piece of state is told by its content, or as an event")
    void formatOfState() {
        var id = alice.sendState(room, "m.room.topic", "", topic("tea"));
        var path = room(room) + "/state/m.room.topic";
        assertEquals(topic("tea"), bob.client().get(path).ok());
        assertEquals(topic("tea"), bob.client().get(path + "/").ok());
        assertEquals(topic("tea"), bob.client().get(path + "?format=content").ok());
        var whole = bob.client().get(path + "?format=event").ok();
        assertEquals(id, whole.string("event_id"));
        assertEquals(room, whole.string("room_id"));
        assertEquals(topic("tea"), whole.object("content"));
        bob.client().get(path + "?format=xml").refused(400, "M_INVALID_PARAM");
        bob.client().get(room(room) + "/state/m.room.name").refused(404, "M_NOT_FOUND");
    }

    @Test
    @DisplayName("READ-6: all the state is a list of events")
    void allState() {
        var text = bob.client().get(room(room) + "/state").text();
        var events = JsonObject.of("state", JsonReader.read(text));
        var types =
                events.array("state").objects().stream()
                        .map(event -> event.string("type") + " " + event.string("state_key"))
                        .toList();
        assertTrue(types.contains("m.room.member " + bob.id()), types.toString());
        assertTrue(types.contains("m.room.create "), types.toString());
        bob.leave(room);
        alice.sendState(room, "m.room.topic", "", topic("later"));
        assertFalse(bob.client().get(room(room) + "/state").text().contains("later"));
    }

    @Test
    @DisplayName("READ-9: a room's names are for members, and for all where the world may read")
    void namesOfARoom() {
        var carol = server.register("carol");
        var alias = "#tea:hearth.test";
        alice.client()
                .put(
                        "/_matrix/client/v3/directory/room/" + escape(alias),
                        JsonObject.of("room_id", room))
                .ok();
        assertEquals(Optional.of(JsonArray.of(alias)), names(bob));
        carol.client().get(room(room) + "/aliases").refused(403, "M_FORBIDDEN");
        bob.leave(room);
        bob.client().get(room(room) + "/aliases").refused(403, "M_FORBIDDEN");
        alice.sendState(
                room,
                "m.room.history_visibility",
                "",
                JsonObject.of("history_visibility", "world_readable"));
        assertEquals(Optional.of(JsonArray.of(alias)), names(carol));
        assertEquals(Optional.of(JsonArray.of(alias)), names(bob));
    }

    private Optional<JsonArray> names(TestUser user) {
        return user.client().get(room(room) + "/aliases").ok().findArray("aliases");
    }
}
