package dev.hearth.sync;

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

class TimelineTest {

    private final Story story = new Story();
    private final TestUser alice = story.alice;
    private final TestUser bob = story.bob;
    private final String room = story.room;

    @AfterEach
    void end() {
        story.close();
    }

    private Told sync(TestUser user, String more) {
        return Told.joined(user.sync(0, more), room);
    }

    @Test
    @DisplayName("SYNC-1: what is in the timeline is not repeated in the state")
    void stateAndTimelineShareNothing() {
        Story.count(alice, room, 3);
        var told = sync(alice, Story.timelineLimit(5));
        assertEquals(List.of("join_rules", "history_visibility", "1", "2", "3"), told.timeline());
        assertEquals(
                List.of("alice join", "create", "power_levels"),
                told.state().stream().sorted().toList());
        assertTrue(told.limited());
    }

    @Test
    @DisplayName("SYNC-1: the state is that of the start of the timeline, not of its end")
    void stateIsThatOfTheStart() {
        Story.setName(alice, room, "old");
        Story.setName(alice, room, "new");
        var told = sync(alice, Story.timelineLimit(1));
        assertEquals("old", name(told.event("state", "name")));
        assertEquals("new", name(told.event("timeline", "name")));
    }

    private static String name(JsonObject event) {
        return event.object("content").string("name");
    }

    @Test
    @DisplayName("SYNC-1: without a timeline the state is that of now")
    void noTimeline() {
        Story.setName(alice, room, "new");
        var told = sync(alice, Story.timelineLimit(0));
        assertEquals(List.of(), told.timeline());
        assertEquals("new", name(told.event("state", "name")));
        assertTrue(told.limited());
    }

    @Test
    @DisplayName("SYNC-1, SYNC-4: a gap is told as limited, with the state that changed in it")
    void gap() {
        alice.sync();
        Story.setName(alice, room, "Kitchen");
        Story.count(alice, room, 3);
        var told = sync(alice, Story.timelineLimit(2));
        assertEquals(List.of("2", "3"), told.timeline());
        assertEquals(List.of("name"), told.state());
        assertTrue(told.limited());
    }

    @Test
    @DisplayName("SYNC-4: what fits is not limited, and no state comes beside it")
    void noGap() {
        alice.sync();
        Story.setName(alice, room, "Kitchen");
        Story.count(alice, room, 2);
        var told = sync(alice, "");
        assertEquals(List.of("name", "1", "2"), told.timeline());
        assertEquals(List.of(), told.state());
        assertFalse(told.limited());
    }

    @Test
    @DisplayName("SYNC-4: prev_batch leads to right before the timeline")
    void prevBatch() {
        Story.count(alice, room, 5);
        var told = sync(alice, Story.timelineLimit(2));
        var before =
                alice.client()
                        .get(
                                TestUser.room(room)
                                        + "/messages?dir=b&limit=2&from="
                                        + told.prevBatch())
                        .ok()
                        .array("chunk");
        assertEquals(
                List.of("3", "2"),
                before.objects().stream()
                        .map(event -> event.object("content").string("body"))
                        .toList());
    }

    @Test
    @DisplayName("SYNC-4: a room just joined is limited, however little it holds")
    void justJoined() {
        bob.sync();
        bob.join(room);
        var told = sync(bob, Story.timelineLimit(50));
        assertTrue(told.limited());
        assertTrue(told.timeline().contains("create"), told.timeline().toString());
        assertTrue(told.timeline().contains("bob join"), told.timeline().toString());
    }

    /// Complement: TestCumulativeJoinLeaveJoinSync.
    @Test
    @DisplayName("SYNC-4, SYNC-14: who left and came back between two syncs starts anew")
    void leftAndBack() {
        bob.join(room);
        bob.sync();
        bob.leave(room);
        Story.setName(alice, room, "Kitchen");
        bob.join(room);
        var answer = bob.sync(0, Story.timelineLimit(1));
        var told = Told.joined(answer, room);
        assertTrue(Told.left(answer, room).isNothing());
        assertTrue(told.limited());
        assertEquals(List.of("bob join"), told.timeline());
        assertTrue(told.state().contains("create"), told.state().toString());
        assertTrue(told.state().contains("name"), told.state().toString());
    }

    @Test
    void whoChangesTheirNameDoesNotStartAnew() {
        bob.join(room);
        bob.sync();
        Story.rename(bob, room, "Bobby");
        var told = sync(bob, "");
        assertFalse(told.limited());
        assertEquals(List.of("bob join"), told.timeline());
        assertEquals(List.of(), told.state());
    }

    @Test
    @DisplayName("SYNC-3: state that the filter keeps out of the timeline is told beside it")
    void stateBesideAFilteredTimeline() {
        alice.sync();
        alice.say(room, "before");
        Story.setName(alice, room, "Kitchen");
        alice.say(room, "after");
        var onlyMessages = JsonObject.of("types", JsonArray.of("m.room.message"));
        var told = sync(alice, Story.filter(Story.room("timeline", onlyMessages)));
        assertEquals(List.of("before", "after"), told.timeline());
        assertEquals(List.of("name"), told.state());
        assertFalse(told.limited());
    }

    @Test
    void aFilterDoesNotShortenTheTimeline() {
        for (int i = 0; i < 30; i++) {
            alice.say(room, "m" + i);
            alice.send(room, "org.example.noise", JsonObject.of("n", i));
        }
        var filter = JsonObject.of("not_types", JsonArray.of("org.example.*"), "limit", 20);
        var told = sync(alice, Story.filter(Story.room("timeline", filter)));
        assertEquals(20, told.timeline().size());
        assertEquals("m10", told.timeline().getFirst());
        assertTrue(told.limited());
    }

    @Test
    @DisplayName("SYNC-5: full_state tells all state at once, and the timeline since the token")
    void fullState() {
        Story.setName(alice, room, "Kitchen");
        alice.sync();
        alice.say(room, "hello");
        var told = sync(alice, "&full_state=true&timeout=30000");
        assertEquals(List.of("hello"), told.timeline());
        assertTrue(told.state().containsAll(List.of("create", "name", "alice join")));
        var again = sync(alice, "&full_state=true&timeout=30000");
        assertEquals(List.of(), again.timeline());
        assertTrue(again.state().contains("create"));
    }

    @Test
    @DisplayName("SYNC-16: a room without news is not told of")
    void quietRoom() {
        alice.createRoom(JsonObject.EMPTY);
        alice.sync();
        alice.say(room, "hello");
        var rooms = alice.sync().object("rooms").object("join");
        assertEquals(List.of(room), List.copyOf(rooms.keys()));
        assertFalse(alice.sync().has("rooms"));
    }

    @Test
    @DisplayName("SYNC-19: an event says who its reader was, what it replaced, and not where it is")
    void formOfEvents() {
        bob.join(room);
        Story.setName(alice, room, "old");
        Story.setName(alice, room, "new");
        var told = sync(bob, "");
        var event = told.event("timeline", "history_visibility");
        assertFalse(event.has("room_id"));
        assertEquals("leave", event.object("unsigned").string("membership"));
        assertEquals("join", unsigned(told, "bob join").string("membership"));
        var newest = told.events("timeline").getLast().object("unsigned");
        assertEquals("old", newest.object("prev_content").string("name"));
        assertEquals(alice.id(), newest.string("prev_sender"));
        assertTrue(newest.has("replaces_state"));
        assertTrue(newest.integer("age") >= 0);
    }

    @Test
    @DisplayName("SYNC-19: so does an event of the history")
    void formOfEventsOfTheHistory() {
        bob.join(room);
        var page =
                new Told(
                        JsonObject.of(
                                "page",
                                JsonObject.of("events", bob.messages(room).array("chunk"))));
        assertEquals("leave", membership(page.event("page", "history_visibility")));
        assertEquals("join", membership(page.event("page", "bob join")));
        var id = page.event("page", "bob join").string("event_id");
        var event = bob.client().get(TestUser.room(room) + "/event/" + id).ok();
        assertEquals("join", membership(event));
        assertEquals(room, event.string("room_id"));
    }

    private static String membership(JsonObject event) {
        return event.object("unsigned").string("membership");
    }

    private static JsonObject unsigned(Told told, String words) {
        return told.event("timeline", words).object("unsigned");
    }

    /// Complement: TestTxnInEvent, TestTxnScopeOnLocalEcho.
    @Test
    @DisplayName("SYNC-19: only the sending device is told its transaction")
    void transactionIds() {
        var other = story.server.login("alice");
        bob.join(room);
        alice.say(room, "hello");
        assertTrue(unsigned(sync(alice, ""), "hello").has("transaction_id"));
        assertFalse(unsigned(sync(other, ""), "hello").has("transaction_id"));
        assertFalse(unsigned(sync(bob, ""), "hello").has("transaction_id"));
    }

    @Test
    void whatWasHiddenFromNewcomersStaysHidden() {
        alice.sendState(
                room,
                "m.room.history_visibility",
                "",
                JsonObject.of("history_visibility", "joined"));
        alice.say(room, "secret");
        bob.join(room);
        alice.say(room, "welcome");
        var told = sync(bob, Story.timelineLimit(50));
        assertFalse(told.timeline().contains("secret"), told.timeline().toString());
        assertTrue(told.timeline().containsAll(List.of("create", "bob join", "welcome")));
    }
}
