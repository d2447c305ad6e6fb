package dev.hearth.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.hearth.json.JsonObject;
import dev.hearth.testing.TestUser;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("SYNC-12: the summary of a room")
class SummaryTest {

    private final Story story = new Story();
    private final TestUser alice = story.alice;
    private final TestUser bob = story.bob;
    private final TestUser carol = story.carol;
    private final String room = story.room;

    @AfterEach
    void end() {
        story.close();
    }

    private JsonObject summary(TestUser user) {
        return Told.joined(user.sync(), room).summary().orElse(JsonObject.EMPTY);
    }

    private static List<String> heroes(JsonObject summary) {
        return summary.array("m.heroes").strings();
    }

    private static String counts(JsonObject summary) {
        return summary.integer("m.joined_member_count")
                + "+"
                + summary.integer("m.invited_member_count");
    }

    /// Complement: TestRoomSummary.
    @Test
    void countsWhoIsInAndWhoIsInvited() {
        bob.join(room);
        alice.invite(carol, room);
        assertEquals("2+1", counts(summary(alice)));
    }

    @Test
    void isToldOnlyWhenItChanged() {
        alice.sync();
        alice.say(room, "hello");
        assertEquals(JsonObject.EMPTY, summary(alice));
        bob.join(room);
        assertEquals("2+0", counts(summary(alice)));
        bob.leave(room);
        assertEquals("1+0", counts(summary(alice)));
    }

    @Test
    void namesOthersInTheOrderInWhichTheyCame() {
        carol.join(room);
        alice.invite(bob, room);
        assertEquals(List.of(carol.id(), bob.id()), heroes(summary(alice)));
    }

    @Test
    void namesFive() {
        for (int i = 0; i < 7; i++) {
            story.server.register("guest" + i).join(room);
        }
        assertEquals(5, heroes(summary(alice)).size());
    }

    @Test
    void namesWhoLeftWhenNobodyElseIsThere() {
        bob.join(room);
        bob.leave(room);
        assertEquals(List.of(bob.id()), heroes(summary(alice)));
    }

    @Test
    void namesNobodyInARoomThatHasAName() {
        bob.join(room);
        Story.setName(alice, room, "Kitchen");
        assertFalse(summary(alice).has("m.heroes"));
    }

    @Test
    void namesThemAgainWhenTheNameIsTakenAway() {
        bob.join(room);
        Story.setName(alice, room, "Kitchen");
        alice.sync();
        Story.setName(alice, room, "");
        assertEquals(List.of(bob.id()), heroes(summary(alice)));
    }
}
