package dev.hearth.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonObject;
import dev.hearth.testing.TestUser;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Who leaves a room that keeps its history for its members, and comes back, sees nothing of what
/// was said meanwhile; but state that came then and still holds, they are told of in any case, and
/// see in the timeline when it came.
class ReturningTest {

    private final Story story = new Story();
    private final TestUser alice = story.alice;
    private final TestUser bob = story.bob;
    private final TestUser carol = story.carol;
    private final String room = story.room;

    @BeforeEach
    void begin() {
        bob.join(room);
        var joined = JsonObject.of("history_visibility", "joined");
        alice.sendState(room, "m.room.history_visibility", "", joined);
        alice.invite(carol, room);
        bob.sync();
    }

    @AfterEach
    void end() {
        story.close();
    }

    private void setTopic(String topic) {
        alice.sendState(room, "m.room.topic", "", JsonObject.of("topic", topic));
    }

    private void goAndComeBack() {
        bob.leave(room);
        alice.say(room, "secret");
        setTopic("Coffee");
        carol.join(room);
        setTopic("Tea");
        alice.say(room, "secret");
        bob.join(room);
    }

    private Told bob(int limit, String more) {
        return Told.joined(bob.sync(0, Story.timelineLimit(limit) + more), room);
    }

    /// SyTest: Current state appears in timeline in private history
    @Test
    @DisplayName("HV-1, SYNC-3: what holds of the state is in its place, and nothing else")
    void stateOfMeanwhile() {
        goAndComeBack();
        var told = bob(4, "");
        assertEquals(List.of("bob leave", "carol join", "topic", "bob join"), told.timeline());
        assertEquals("Tea", told.event("timeline", "topic").object("content").string("topic"));
        assertTrue(told.limited());
        assertEquals(List.of("alice join", "bob join", "carol invite"), told.members("state"));
        assertFalse(told.state().contains("topic"));
    }

    @Test
    @DisplayName("HV-4: it doesn't say what it took the place of")
    void nothingOfThePast() {
        goAndComeBack();
        var unsigned = bob(4, "").event("timeline", "topic").object("unsigned");
        assertFalse(unsigned.has("prev_content"));
        assertFalse(unsigned.has("replaces_state"));
        assertEquals("leave", unsigned.string("membership"));
    }

    /// SyTest: Current state appears in timeline in private history with many messages before
    /// SyTest: Current state appears in timeline in private history with many messages after
    @Test
    @DisplayName("HV-1, SYNC-3: so it is however much was said before and after")
    void manyMessages() {
        Story.count(alice, room, 30);
        bob.leave(room);
        Story.count(alice, room, 30);
        carol.join(room);
        Story.count(alice, room, 30);
        bob.join(room);
        assertEquals(List.of("bob leave", "carol join", "bob join"), bob(3, "").timeline());
    }

    @Test
    @DisplayName("SYNC-1: what the timeline has no room for is in the state, once")
    void shortTimeline() {
        goAndComeBack();
        var told = bob(1, "");
        assertEquals(List.of("bob join"), told.timeline());
        assertEquals(List.of("alice join", "bob leave", "carol join"), told.members("state"));
        assertTrue(told.state().contains("topic"));
    }

    @Test
    @DisplayName("SYNC-2: the state after the timeline is all of it, as ever")
    void stateAfter() {
        goAndComeBack();
        var told = bob(3, "&use_state_after=true");
        assertEquals(List.of("carol join", "topic", "bob join"), told.timeline());
        assertEquals(List.of("alice join", "bob join", "carol join"), told.members("state_after"));
        assertTrue(told.stateAfter().contains("topic"));
    }

    @Test
    @DisplayName("SYNC-10: who loads members as they are needed is told of nobody twice")
    void lazily() {
        goAndComeBack();
        var told = Told.joined(bob.sync(0, Story.lazy(4)), room);
        assertEquals(List.of("bob leave", "carol join", "topic", "bob join"), told.timeline());
        assertEquals(List.of("alice join"), told.members("state"));
    }

    private List<String> history(String more) {
        var path = TestUser.room(room) + "/messages?dir=b&limit=100" + more;
        var page = JsonObject.of("events", bob.client().get(path).ok().array("chunk"));
        return new Told(JsonObject.of("page", page)).words("page");
    }

    @Test
    @DisplayName("HV-1: the history doesn't show it")
    void history() {
        goAndComeBack();
        assertEquals(List.of("bob join", "bob leave"), history("").subList(0, 2));
    }

    @Test
    @DisplayName("SYNC-4: before the timeline the history goes on where it ended")
    void historyGoesOn() {
        goAndComeBack();
        var whole = history("");
        var before = bob(3, "").prevBatch();
        assertEquals(whole.subList(1, whole.size()), history("&from=" + before));
    }

    @Test
    @DisplayName("HV-1: who comes for the first time is told of the state beside the timeline")
    void newcomer() {
        var dave = story.server.register("dave");
        dave.sync();
        setTopic("Tea");
        dave.join(room);
        var told = Told.joined(dave.sync(0, Story.timelineLimit(2)), room);
        assertEquals(List.of("history_visibility", "dave join"), told.timeline());
        assertTrue(told.state().contains("topic"));
    }
}
