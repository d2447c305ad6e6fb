package dev.hearth.room;

import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.testing.Reply;
import dev.hearth.testing.TestClock;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// READ-7: the event nearest to a moment.
class TimestampTest {

    private final TestClock clock = new TestClock();
    private final TestHomeserver server = TestHomeserver.start(clock);
    private final TestUser alice = server.register("alice");
    private final TestUser bob = server.register("bob");

    @AfterEach
    void close() {
        server.close();
    }

    private static Reply ask(TestUser user, String room, long moment, String direction) {
        return user.client()
                .get(
                        "/_matrix/client/v1/rooms/"
                                + escape(room)
                                + "/timestamp_to_event?dir="
                                + direction
                                + "&ts="
                                + moment);
    }

    private static void found(String event, Reply reply) {
        assertEquals(event, reply.ok().string("event_id"));
    }

    private long later() {
        clock.pass(Duration.ofSeconds(1));
        return clock.millis();
    }

    private String room(String preset) {
        return alice.createRoom(JsonObject.of("preset", preset));
    }

    /// Complement: TestJumpToDateEndpoint/parallel/should_find_event_after_given_timestamp,
    /// should_find_event_before_given_timestamp, should_find_nothing_before_the_earliest_timestamp,
    /// should_find_nothing_after_the_latest_timestamp
    @Test
    void theNearestEventInADirectionIsFound() {
        long before = clock.millis() - 1;
        var room = room("public_chat");
        long between = later();
        later();
        var a = alice.say(room, "a");
        long at = clock.millis();
        later();
        var b = alice.say(room, "b");
        long after = later();
        found(a, ask(alice, room, between, "f"));
        found(a, ask(alice, room, at, "f"));
        found(a, ask(alice, room, at, "b"));
        found(b, ask(alice, room, at + 1, "f"));
        found(b, ask(alice, room, after, "b"));
        var answer = ask(alice, room, after, "b").ok();
        assertEquals(at + 1_000, answer.integer("origin_server_ts"));
        ask(alice, room, before, "b").refused(404, "M_NOT_FOUND");
        ask(alice, room, after, "f").refused(404, "M_NOT_FOUND");
        var context = TestUser.room(room) + "/context/" + escape(a);
        assertEquals(a, alice.client().get(context).ok().object("event").string("event_id"));
    }

    /// Complement: TestJumpToDateEndpoint/parallel/
    /// should_find_next_event_topologically_before_given_timestamp_when_all_message_timestamps_are_the_same,
    /// should_find_next_event_topologically_after_given_timestamp_when_all_message_timestamps_are_the_same
    @Test
    void ofOneMomentTheFirstOrTheLastIsFound() {
        var room = room("public_chat");
        long moment = later();
        var first = alice.say(room, "1");
        alice.say(room, "2");
        var last = alice.say(room, "3");
        found(first, ask(alice, room, moment, "f"));
        found(last, ask(alice, room, moment, "b"));
    }

    /// PEEK-1. Complement: TestJumpToDateEndpoint/parallel/
    /// should_not_be_able_to_query_a_private_room_you_are_not_a_member_of,
    /// should_not_be_able_to_query_a_public_room_you_are_not_a_member_of
    @Test
    void strangersFindNothingUnlessTheWorldMayRead() {
        for (var preset : new String[] {"private_chat", "public_chat"}) {
            ask(bob, room(preset), 0, "f").refused(403, "M_FORBIDDEN");
        }
        var open = JsonObject.of("history_visibility", "world_readable");
        var state = JsonObject.of("type", "m.room.history_visibility", "content", open);
        var room = alice.createRoom(JsonObject.of("initial_state", JsonArray.of(state)));
        long moment = later();
        found(alice.say(room, "a"), ask(bob, room, moment, "f"));
    }

    /// HV-4
    @Test
    void onlyWhatMayBeSeenIsFound() {
        var joined = JsonObject.of("history_visibility", "joined");
        var state = JsonObject.of("type", "m.room.history_visibility", "content", joined);
        var room =
                alice.createRoom(
                        JsonObject.of(
                                "preset", "public_chat", "initial_state", JsonArray.of(state)));
        long begin = later();
        for (int i = 0; i < 10; i++) {
            later();
            alice.say(room, "hidden");
        }
        later();
        bob.join(room);
        var join = ask(bob, room, begin, "f").ok();
        assertEquals(clock.millis(), join.integer("origin_server_ts"));
        // What was said before there was a rule may be seen.
        var first = ask(bob, room, clock.millis() - 1, "b").ok();
        assertEquals(begin - 1_000, first.integer("origin_server_ts"));
        later();
        var seen = alice.say(room, "seen");
        later();
        bob.leave(room);
        long left = clock.millis();
        later();
        alice.say(room, "hidden again");
        found(seen, ask(bob, room, left - 1, "b"));
        ask(bob, room, left + 1, "f").refused(404, "M_NOT_FOUND");
    }

    @Test
    void aMomentAndADirectionAreNeeded() {
        var path =
                "/_matrix/client/unstable/org.matrix.msc3030/rooms/"
                        + escape(room("private_chat"))
                        + "/timestamp_to_event";
        alice.client().get(path + "?dir=f&ts=0").ok();
        alice.client().get(path + "?dir=f").refused(400, "M_MISSING_PARAM");
        alice.client().get(path + "?ts=0").refused(400, "M_MISSING_PARAM");
        alice.client().get(path + "?dir=f&ts=-1").refused(400, "M_INVALID_PARAM");
        alice.client().get(path + "?dir=x&ts=0").refused(400, "M_INVALID_PARAM");
    }
}
