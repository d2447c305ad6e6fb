package dev.hearth.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonObject;
import dev.hearth.testing.TestUser;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("SYNC-10, SYNC-11: members are loaded as they are needed")
class LazyLoadingTest {

    private final Story story = new Story();
    private final TestUser alice = story.alice;
    private final TestUser bob = story.bob;
    private final TestUser carol = story.carol;
    private final TestUser dave = story.server.register("dave");
    private final String room = story.room;

    @BeforeEach
    void meet() {
        Story.setName(alice, room, "Kitchen");
        bob.join(room);
        carol.join(room);
        dave.join(room);
    }

    @AfterEach
    void end() {
        story.close();
    }

    private Told sync(TestUser user, int limit) {
        return Told.joined(user.sync(0, Story.lazy(limit)), room);
    }

    /// FIL-5, SYNC-10
    @Test
    void senderAndSelfComeFirst() {
        bob.say(room, "hello");
        var told = sync(alice, 1);
        assertEquals(List.of("alice join", "bob join"), told.members("state"));
        assertTrue(told.state().containsAll(List.of("create", "name", "power_levels")));
    }

    @Test
    void withoutItAllMembersCome() {
        bob.say(room, "hello");
        var told = Told.joined(alice.sync(0, Story.timelineLimit(1)), room);
        assertEquals(
                List.of("alice join", "bob join", "carol join", "dave join"),
                told.members("state"));
    }

    @Test
    void aSenderIsIntroducedOnce() {
        sync(alice, 1);
        bob.say(room, "one");
        assertEquals(List.of("bob join"), sync(alice, 5).members("state"));
        bob.say(room, "two");
        carol.say(room, "three");
        assertEquals(List.of("carol join"), sync(alice, 5).members("state"));
        bob.say(room, "four");
        assertEquals(List.of(), sync(alice, 5).members("state"));
    }

    @Test
    void anotherDeviceIsIntroducedByItself() {
        var phone = story.server.login("alice");
        sync(alice, 1);
        sync(phone, 1);
        bob.say(room, "one");
        assertEquals(List.of("bob join"), sync(alice, 5).members("state"));
        assertEquals(List.of("bob join"), sync(phone, 5).members("state"));
    }

    @Test
    void anAnswerThatGotLostIsRepeatedInFull() {
        sync(alice, 1);
        bob.say(room, "one");
        var since = "&since=" + alice.since().orElseThrow();
        var path = "/_matrix/client/v3/sync?timeout=0" + since + Story.lazy(5);
        for (int attempt = 0; attempt < 2; attempt++) {
            var answer = alice.client().get(path).ok();
            assertEquals(List.of("bob join"), Told.joined(answer, room).members("state"));
        }
    }

    @Test
    void redundantMembersComeToWhoAsksForThem() {
        var redundant =
                Story.filter(
                        Story.room(
                                "state",
                                JsonObject.of(
                                        "lazy_load_members",
                                        true,
                                        "include_redundant_members",
                                        true)));
        alice.sync(0, redundant);
        for (int i = 0; i < 2; i++) {
            bob.say(room, "hello");
            var told = Told.joined(alice.sync(0, redundant), room);
            assertEquals(List.of("bob join"), told.members("state"));
        }
    }

    @Test
    void membersThatChangedInAGapComeAll() {
        sync(alice, 1);
        Story.rename(carol, room, "Carola");
        dave.leave(room);
        Story.count(bob, room, 3);
        var told = sync(alice, 2);
        assertEquals(List.of("2", "3"), told.timeline());
        assertEquals(List.of("bob join", "carol join", "dave leave"), told.members("state"));
    }

    @Test
    void whoChangedIsIntroducedAgain() {
        sync(alice, 1);
        bob.say(room, "one");
        sync(alice, 5);
        Story.rename(bob, room, "Bobby");
        bob.say(room, "two");
        var told = sync(alice, 5);
        assertEquals(List.of("bob join", "two"), told.timeline());
        assertEquals(List.of(), told.members("state"));
    }

    @Test
    void whoIntroducesThemselvesInTheTimelineNeedsNoMore() {
        sync(alice, 1);
        var erin = story.server.register("erin");
        erin.join(room);
        erin.say(room, "hello");
        var told = sync(alice, 5);
        assertEquals(List.of("erin join", "hello"), told.timeline());
        assertEquals(List.of(), told.members("state"));
    }

    @Test
    @DisplayName("SYNC-12: the heroes of a nameless room are introduced")
    void heroesAreIntroduced() {
        Story.setName(alice, room, "");
        var told = sync(alice, 1);
        assertEquals(
                List.of("alice join", "bob join", "carol join", "dave join"),
                told.members("state"));
    }
}
