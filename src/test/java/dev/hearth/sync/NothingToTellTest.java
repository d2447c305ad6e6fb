package dev.hearth.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.testing.RoomSection;
import dev.hearth.testing.TestUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Rooms of which a filter leaves nothing: they are not mentioned, unless what a client shows
/// beside the events changed.
class NothingToTellTest {

    private static final JsonObject NONE = JsonObject.of("types", JsonArray.EMPTY);
    private static final String HIDING =
            Story.filter(
                    JsonObject.of(
                            "room",
                            JsonObject.of(
                                    "timeline", NONE,
                                    "state", JsonObject.of("types", JsonArray.of("org.example")),
                                    "ephemeral", NONE,
                                    "account_data", NONE)));

    private final Story story = new Story();
    private final TestUser alice = story.alice;
    private final TestUser bob = story.bob;
    private final String room = story.room;

    @BeforeEach
    void begin() {
        bob.join(room);
        assertTrue(told().section().has("summary"));
    }

    @AfterEach
    void end() {
        story.close();
    }

    private Told told() {
        return Told.joined(alice.sync(0, HIDING), room);
    }

    private String counts() {
        return new RoomSection(told().section()).counts();
    }

    private void assertNothing() {
        assertEquals(JsonObject.EMPTY, told().section());
    }

    /// SyTest: A change to displayname should not result in a full state sync
    @Test
    @DisplayName("FIL-2: another name of oneself, which the filter drops, is no news")
    void ownName() {
        var member = JsonObject.of("membership", "join", "displayname", "boris");
        alice.sendState(room, "m.room.member", alice.id(), member);
        alice.say(room, "hello");
        assertNothing();
    }

    @Test
    @DisplayName("FIL-2: nor is what others do, as long as it counts for nothing")
    void deedsOfOthers() {
        var member = JsonObject.of("membership", "join", "displayname", "boris");
        bob.sendState(room, "m.room.member", bob.id(), member);
        alice.sendState(room, "m.room.topic", "", JsonObject.of("topic", "Tea"));
        bob.send(room, "org.example.quiet", JsonObject.EMPTY);
        assertNothing();
    }

    @Test
    @DisplayName("FIL-2: state that the filter lets pass is")
    void stateThatPasses() {
        alice.sendState(room, "org.example", "", JsonObject.EMPTY);
        assertEquals("[org.example]", told().state().toString());
        assertNothing();
    }

    @Test
    @DisplayName("SYNC-12: nor is another name of the room; a first one is, and who comes and goes")
    void summaries() {
        Story.setName(alice, room, "Kitchen");
        assertFalse(told().summary().orElseThrow().has("m.heroes"));
        Story.setName(alice, room, "Study");
        assertNothing();
        Story.setName(alice, room, "");
        assertTrue(told().summary().orElseThrow().has("m.heroes"));
        bob.leave(room);
        assertEquals(1, told().summary().orElseThrow().integer("m.joined_member_count"));
        assertNothing();
    }

    @Test
    @DisplayName("SYNC-17: what is unread is told, though not what was said")
    void unread() {
        bob.say(room, "hello");
        assertEquals("1/0", counts());
        bob.send(room, "org.example.quiet", JsonObject.EMPTY);
        assertNothing();
        alice.read(room, bob.say(room, "again"));
        assertEquals("0/0", counts());
        assertNothing();
    }

    @Test
    @DisplayName("SYNC-5: with full_state every room is told of")
    void fullState() {
        assertTrue(
                Told.joined(alice.sync(0, HIDING + "&full_state=true"), room)
                        .section()
                        .has("summary"));
    }
}
