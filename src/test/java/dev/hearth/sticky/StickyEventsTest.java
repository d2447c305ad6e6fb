package dev.hearth.sticky;

import static dev.hearth.testing.TestClient.escape;
import static dev.hearth.testing.TestUser.room;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.testing.Reply;
import dev.hearth.testing.RoomSection;
import dev.hearth.testing.TestClock;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// MSC4354: what is sticky reaches everybody while it is so, and stands in the answer once.
class StickyEventsTest {

    private static final String TYPE = "org.matrix.msc4143.rtc.member";
    private static final long MINUTE = 60_000;

    private final TestClock clock = new TestClock();
    private TestHomeserver server;
    private TestUser alice;
    private TestUser bob;
    private String room;

    @BeforeEach
    void meet() {
        server = TestHomeserver.start(clock);
        alice = server.register("alice");
        bob = server.register("bob");
        room = alice.createRoom(JsonObject.of("preset", "public_chat"));
        bob.join(room);
        bob.sync();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Reply stick(TestUser user, String room, String key, Object duration) {
        return user.client()
                .put(
                        room(room)
                                + "/send/"
                                + TYPE
                                + "/"
                                + key
                                + "?org.matrix.msc4354.sticky_duration_ms="
                                + duration,
                        JsonObject.of("msc4354_sticky_key", key));
    }

    private String stick(String key, long duration) {
        return stick(alice, room, key, duration).ok().string("event_id");
    }

    private void chatter(int messages) {
        for (int i = 0; i < messages; i++) {
            alice.say(room, "chatter " + i);
        }
    }

    private static List<JsonObject> sticky(JsonObject sync, String room) {
        return RoomSection.of(sync, room)
                .json()
                .path("msc4354_sticky", "events")
                .map(events -> ((JsonArray) events).objects())
                .orElse(List.of());
    }

    private static List<String> ids(List<JsonObject> events) {
        return events.stream().map(event -> event.string("event_id")).toList();
    }

    @Test
    void inATimelineItTellsForHowLong() {
        var id = stick("phone", 10 * MINUTE);
        clock.pass(Duration.ofMinutes(4));
        var sync = bob.sync();
        var event = RoomSection.of(sync, room).timeline().getLast();
        assertEquals(id, event.string("event_id"));
        assertEquals(JsonObject.of("duration_ms", 10 * MINUTE), event.object("msc4354_sticky"));
        assertEquals(
                6 * MINUTE, event.object("unsigned").integer("msc4354_sticky_duration_ttl_ms"));
        assertEquals(List.of(), sticky(sync, room));
        clock.pass(Duration.ofMinutes(6));
        var later = alice.client().get(room(room) + "/event/" + escape(id)).ok();
        assertFalse(later.object("unsigned").has("msc4354_sticky_duration_ttl_ms"));
    }

    @Test
    void whatALongTalkHasPushedOutOfTheTimelineIsToldBesideItAndOnce() {
        var first = stick("phone", 10 * MINUTE);
        var second = stick("tablet", 10 * MINUTE);
        stick("short", MINUTE);
        clock.pass(Duration.ofMinutes(2));
        chatter(30);
        var sync = bob.sync();
        var events = sticky(sync, room);
        assertEquals(List.of(first, second), ids(events));
        assertEquals(
                8 * MINUTE,
                events.getFirst().object("unsigned").integer("msc4354_sticky_duration_ttl_ms"));
        chatter(1);
        assertEquals(List.of(), sticky(bob.sync(), room));
        bob.forgetSync();
        assertEquals(List.of(first, second), ids(sticky(bob.sync(), room)));
        clock.pass(Duration.ofMinutes(8));
        bob.forgetSync();
        assertEquals(List.of(), sticky(bob.sync(), room));
    }

    @Test
    void whoJoinsLaterSeesItWhateverTheHistoryIs() {
        alice.sendState(
                room,
                "m.room.history_visibility",
                "",
                JsonObject.of("history_visibility", "joined"));
        var id = stick("phone", 10 * MINUTE);
        chatter(30);
        var carol = server.register("carol");
        carol.sync();
        carol.join(room);
        var told = RoomSection.of(carol.sync(), room).timeline();
        assertTrue(ids(told).contains(id));
        carol.client().get(room(room) + "/event/" + escape(id)).ok();
        carol.leave(room);
        carol.client().get(room(room) + "/event/" + escape(id)).refused(404, "M_NOT_FOUND");
    }

    @Test
    void whatTheTimelinesFilterDropsIsToldBesideIt() {
        var id = stick("phone", 10 * MINUTE);
        var filter = "{\"room\":{\"timeline\":{\"not_types\":[\"" + TYPE + "\"]}}}";
        assertEquals(List.of(id), ids(sticky(bob.sync(0, "&filter=" + escape(filter)), room)));
    }

    @Test
    void whatIsRedactedOrFromSomebodyIgnoredSticksNoMore() {
        var id = stick("phone", 10 * MINUTE);
        stick("tablet", 10 * MINUTE);
        alice.client().put(room(room) + "/redact/" + escape(id) + "/r", JsonObject.EMPTY).ok();
        chatter(30);
        assertEquals(1, sticky(bob.sync(), room).size());
        bob.ignore(alice.id());
        bob.forgetSync();
        assertEquals(List.of(), sticky(bob.sync(), room));
    }

    @Test
    void aDurationIsANumberUpToAnHour() {
        stick(alice, room, "a", 0).ok();
        stick(alice, room, "b", 60 * MINUTE).ok();
        for (var wrong : List.of("3600001", "-1", "1.5", "long")) {
            stick(alice, room, "c", wrong).refused(400, "M_INVALID_PARAM");
        }
    }

    /// A call's client plans its own leaving as a sticky event.
    @Test
    void whatIsSentLaterIsStickyFromThenOn() {
        alice.client()
                .put(
                        room(room)
                                + "/send/"
                                + TYPE
                                + "/later?org.matrix.msc4140.delay=60000"
                                + "&org.matrix.msc4354.sticky_duration_ms=600000",
                        JsonObject.EMPTY)
                .ok();
        clock.pass(Duration.ofMinutes(1));
        bob.syncUntil(sync ->
                RoomSection.of(sync, room).timeline().stream()
                        .filter(event -> event.string("type").equals(TYPE))
                        .anyMatch(event ->
                                event.object("unsigned").integer("msc4354_sticky_duration_ttl_ms")
                                        == 10 * MINUTE));
    }

    @Test
    void itSticksOverARestart(@TempDir Path folder) {
        String talk;
        String id;
        try (var before = TestHomeserver.start(folder, clock)) {
            var carol = before.register("carol");
            talk = carol.createRoom(JsonObject.EMPTY);
            id = stick(carol, talk, "phone", 10 * MINUTE).ok().string("event_id");
            for (int i = 0; i < 30; i++) {
                carol.say(talk, "chatter " + i);
            }
        }
        try (var after = TestHomeserver.start(folder, clock)) {
            assertEquals(List.of(id), ids(sticky(after.login("carol").sync(), talk)));
        }
    }
}
