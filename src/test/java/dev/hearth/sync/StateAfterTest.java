package dev.hearth.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonObject;
import dev.hearth.testing.TestUser;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("SYNC-2: state_after")
class StateAfterTest {

    private static final String AFTER = "&use_state_after=true";

    private final Story story = new Story();
    private final TestUser alice = story.alice;
    private final TestUser bob = story.bob;
    private final String room = story.room;

    @AfterEach
    void end() {
        story.close();
    }

    private Told sync(TestUser user, String more) {
        return Told.joined(user.sync(0, AFTER + more), room);
    }

    @Test
    void holdsAllStateAtFirstAndTakesTheOthersPlace() {
        Story.setName(alice, room, "Kitchen");
        var told = sync(alice, "");
        assertFalse(told.section().has("state"));
        assertTrue(told.stateAfter().containsAll(List.of("create", "alice join", "name")));
        assertTrue(told.timeline().contains("name"));
    }

    @Test
    void holdsWhatChangedUpToTheEndOfTheTimeline() {
        alice.sync();
        Story.setName(alice, room, "old");
        Story.setName(alice, room, "new");
        alice.say(room, "hello");
        var told = sync(alice, "");
        assertEquals(List.of("name", "name", "hello"), told.timeline());
        assertEquals(List.of("name"), told.stateAfter());
        var name = told.event("state_after", "name").object("content").string("name");
        assertEquals("new", name);
    }

    @Test
    void isThereWhenItIsEmpty() {
        alice.sync();
        alice.say(room, "hello");
        assertTrue(sync(alice, "").section().has("state_after"));
    }

    @Test
    void bridgesAGap() {
        alice.sync();
        Story.setName(alice, room, "Kitchen");
        Story.count(alice, room, 3);
        var told = sync(alice, Story.timelineLimit(1));
        assertEquals(List.of("name"), told.stateAfter());
        assertTrue(told.limited());
    }

    @Test
    void answersToItsOldNameToo() {
        var told = Told.joined(alice.sync(0, "&org.matrix.msc4222.use_state_after=true"), room);
        assertFalse(told.section().has("state"));
        assertFalse(told.section().has("state_after"));
        assertTrue(told.words("org.matrix.msc4222.state_after").contains("create"));
    }

    @Test
    void holdsTheLeavingOfWhoLeft() {
        bob.join(room);
        bob.sync();
        Story.setName(alice, room, "Kitchen");
        Story.does(alice, "kick", bob, room);
        Story.setName(alice, room, "Later");
        var told = Told.left(bob.sync(0, AFTER), room);
        assertEquals(List.of("name", "bob leave"), told.timeline());
        assertEquals(List.of("bob leave", "name"), told.stateAfter().stream().sorted().toList());
        assertEquals("Kitchen", told.event("state_after", "name").object("content").string("name"));
    }

    @Test
    void holdsTheMembersOfAllSendersEvenIfTheTimelineDoes() {
        alice.say(room, "first");
        bob.sync();
        bob.join(room);
        bob.say(room, "hello");
        var told = sync(bob, Story.lazy(2));
        assertEquals(List.of("bob join", "hello"), told.timeline());
        assertEquals(List.of("alice join", "bob join"), told.members("state_after"));
    }

    @Test
    void isRefusedWhenItIsNeitherTrueNorFalse() {
        alice.client()
                .get("/_matrix/client/v3/sync?use_state_after=maybe")
                .refused(400, "M_INVALID_PARAM");
    }

    @Test
    void isTheOtherWayRoundWhenItIsFalse() {
        var told = Told.joined(alice.sync(0, "&use_state_after=false"), room);
        assertTrue(told.section().has("state"));
        assertEquals(
                JsonObject.EMPTY,
                told.section().findObject("state_after").orElse(JsonObject.EMPTY));
    }
}
