package dev.hearth.typing;

import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.testing.Reply;
import dev.hearth.testing.RoomSection;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// TYP-1 and what `/sync` tells of it (SYNC-16, SYNC-25).
class TypingTest {

    private TestHomeserver server;
    private TestUser alice;
    private TestUser bob;
    private String room;

    @BeforeEach
    void meet() {
        server = TestHomeserver.start();
        alice = server.register("alice");
        bob = server.register("bob");
        room = alice.createRoom(JsonObject.of("preset", "public_chat"));
        bob.join(room);
        bob.sync();
        alice.sync();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Reply type(TestUser user, JsonObject body) {
        return user.client().put(TestUser.room(room) + "/typing/" + escape(user.id()), body);
    }

    private Reply type(TestUser user, boolean typing) {
        return type(user, JsonObject.of("typing", typing, "timeout", 30_000));
    }

    /// The users of the answer's `m.typing`, if it has one.
    private Optional<JsonArray> typing(JsonObject sync) {
        return sync.path("rooms", "join", room, "ephemeral", "events").stream()
                .flatMap(events -> ((JsonArray) events).objects().stream())
                .filter(event -> event.string("type").equals("m.typing"))
                .map(event -> event.object("content").array("user_ids"))
                .findFirst();
    }

    /// Complement: TestTyping.
    @Test
    void theOthersSeeWhoTypesAndWhoStopped() {
        type(alice, true).ok();
        var seen = bob.syncUntil(sync -> typing(sync).isPresent());
        assertEquals(Optional.of(JsonArray.of(alice.id())), typing(seen));
        var section = seen.path("rooms", "join", room).map(JsonObject.class::cast).orElseThrow();
        assertTrue(section.object("timeline").array("events").isEmpty());
        assertTrue(!section.object("ephemeral").toString().contains("room_id"));
        type(alice, false).ok();
        assertEquals(
                Optional.of(JsonArray.EMPTY),
                typing(bob.syncUntil(sync -> typing(sync).isPresent())));
    }

    /// SyTest: Typing can be explicitly stopped.
    @Test
    void whoBeginsIsToldThatAllHaveStopped() {
        type(alice, true).ok();
        type(alice, false).ok();
        bob.forgetSync();
        assertEquals(Optional.of(JsonArray.EMPTY), typing(bob.sync()));
    }

    /// Complement: TestLeakyTyping.
    @Test
    void nobodyInAnotherRoomSeesWhoTypes() {
        var other = bob.createRoom(JsonObject.of("preset", "public_chat"));
        var carol = server.register("carol");
        carol.join(other);
        carol.sync();
        type(alice, true).ok();
        bob.say(other, "nothing is to be heard of typing before this");
        assertFalse(carol.sync().toString().contains("m.typing"));
    }

    @Test
    void theListIsWholeWhenOneMoreTypes() {
        type(alice, true).ok();
        bob.sync();
        type(bob, true).ok();
        assertEquals(Optional.of(JsonArray.of(alice.id(), bob.id())), typing(bob.sync()));
    }

    @Test
    void whoComesLaterSeesWhoTypesNow() {
        type(alice, true).ok();
        bob.forgetSync();
        assertEquals(Optional.of(JsonArray.of(alice.id())), typing(bob.sync()));
    }

    @Test
    void sayingItAgainIsNoNews() {
        type(alice, true).ok();
        bob.sync();
        type(alice, true).ok();
        assertTrue(bob.sync().path("rooms").isEmpty());
    }

    @Test
    void whoDoesNotSayItAgainHasStopped() {
        type(alice, JsonObject.of("typing", true, "timeout", 1)).ok();
        bob.syncUntil(sync -> typing(sync).filter(JsonArray::isEmpty).isPresent());
    }

    @Test
    void whoLeavesTypesNoMore() {
        type(alice, true).ok();
        bob.sync();
        alice.leave(room);
        assertEquals(Optional.of(JsonArray.EMPTY), typing(bob.sync()));
    }

    @Test
    void nobodySaysItForAnotherOrFromOutside() {
        alice.client()
                .put(
                        TestUser.room(room) + "/typing/" + escape(bob.id()),
                        JsonObject.of("typing", true))
                .refused(403, "M_FORBIDDEN");
        type(server.register("mallory"), true).refused(403, "M_FORBIDDEN");
    }

    @Test
    void whatMakesNoSenseIsRefusedInWords() {
        type(alice, JsonObject.EMPTY).refused(400, "M_MISSING_PARAM");
        type(alice, JsonObject.of("typing", "yes")).refused(400, "M_BAD_JSON");
        type(alice, JsonObject.of("typing", true, "timeout", "long")).refused(400, "M_BAD_JSON");
        type(alice, JsonObject.of("typing", true, "timeout", Long.MIN_VALUE)).ok();
    }

    @Test
    @DisplayName(
            "After a restart nobody types for ever: the room's next news says that they stopped")
    void aRestartEndsTyping(@TempDir Path folder) {
        String since;
        String talk;
        try (var before = TestHomeserver.start(folder)) {
            var carol = before.register("carol");
            talk = carol.createRoom(JsonObject.EMPTY);
            carol.client()
                    .put(
                            TestUser.room(talk) + "/typing/" + escape(carol.id()),
                            JsonObject.of("typing", true))
                    .ok();
            assertTrue(RoomSection.of(carol.sync(), talk).ephemeral("m.typing").isPresent());
            since = carol.since().orElseThrow();
        }
        try (var after = TestHomeserver.start(folder)) {
            var carol = after.login("carol");
            var sync = "/_matrix/client/v3/sync?since=" + since;
            assertTrue(RoomSection.of(carol.client().get(sync).ok(), talk).isEmpty());
            carol.say(talk, "where was I?");
            var section = RoomSection.of(carol.client().get(sync).ok(), talk);
            assertEquals(
                    Optional.of(JsonObject.of("user_ids", JsonArray.EMPTY)),
                    section.ephemeral("m.typing"));
        }
    }

    @Test
    void theFilterAndIgnoringKeepItAway() {
        type(alice, true).ok();
        var query =
                "&filter=" + escape("{\"room\":{\"ephemeral\":{\"not_types\":[\"m.typing\"]}}}");
        assertTrue(bob.sync(0, query).path("rooms").isEmpty());
        bob.ignore(alice.id());
        type(bob, true).ok();
        assertEquals(Optional.of(JsonArray.of(bob.id())), typing(bob.sync()));
    }
}
