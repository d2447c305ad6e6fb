package dev.hearth.delayed;

import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearth.json.JsonObject;
import dev.hearth.testing.RoomSection;
import dev.hearth.testing.TestHomeserver;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// what can't be planned, and what was planned and may not be sent.
class RefusedPlansTest extends PlansScene {

    /// Complement: TestDelayedEvents/cannot_update_a_delayed_event_without_an_action,
    /// cannot_update_a_delayed_event_with_an_invalid_action, and those without a matching delay ID
    @Test
    void whatMakesNoSenseIsRefused() {
        var unknown = Plans.EVENTS + "/abc";
        server.client().post(unknown, JsonObject.EMPTY).refused(400, "M_MISSING_PARAM");
        plans.change("abc", "oops").refused(404, "M_UNRECOGNIZED");
        for (var action : List.of("cancel", "restart", "send")) {
            plans.change("abc", action).refused(404, "M_NOT_FOUND");
        }
        alice.client().get(unknown).refused(404, "M_NOT_FOUND");
        alice.client().get(Plans.EVENTS + "?status=x").refused(400, "M_INVALID_PARAM");
    }

    /// Power is asked for when the event is sent, and so is whether its sender is still in the
    /// room.
    @Test
    void whoMayNotSendItThenIsToldWhy() {
        var bobs = new Plans(server.client(), bob, room);
        var topic =
                bobs.setting("m.room.topic", "", 1_000, JsonObject.of("topic", "mine"))
                        .ok()
                        .string("delay_id");
        bobs.change(topic, "send").refused(403, "M_FORBIDDEN");
        assertEquals(1, bobs.scheduled().size());
        var gone = bobs.message("gone", 1_000);
        bob.leave(room);
        plans.message("witness", 1_000);
        pass(1_000);
        alice.syncUntil(sync ->
                RoomSection.of(sync, room).timeline().stream()
                        .anyMatch(event -> event.string("type").equals(Plans.TYPE)));
        for (var id : List.of(topic, gone)) {
            assertEquals("M_FORBIDDEN", bobs.one(id).object("error").string("errcode"));
        }
        bobs.message("again", 1_000, JsonObject.EMPTY).refused(403, "M_FORBIDDEN");
    }

    @Test
    void whatHasNoRightFormIsRefusedAtOnce() {
        plans.message("a", 0, JsonObject.EMPTY).refused(400, "M_INVALID_PARAM");
        plans.message("b", "-1", JsonObject.EMPTY).refused(400, "M_INVALID_PARAM");
        plans.message("c", "soon", JsonObject.EMPTY).refused(400, "M_INVALID_PARAM");
        plans.setting("m.room.create", "", 1_000, JsonObject.EMPTY).refused(400, "M_BAD_JSON");
        plans.setting("m.room.power_levels", "", 1_000, JsonObject.of("ban", "x"))
                .refused(400, "M_BAD_JSON");
        plans.message("d", 1_000, JsonObject.of("long", "x".repeat(70_000)))
                .refused(413, "M_TOO_LARGE");
        assertEquals(List.of(), plans.scheduled());
    }

    @Test
    void thereIsALongestDelayAndAMostOfThem() {
        var day = Duration.ofDays(1).toMillis();
        var refusal =
                plans.message("a", day + 1, JsonObject.EMPTY).refused(400, "M_UNKNOWN").json();
        assertEquals("M_MAX_DELAY_EXCEEDED", refusal.string("org.matrix.msc4140.errcode"));
        assertEquals(day, refusal.integer("org.matrix.msc4140.max_delay"));
        for (int i = 0; i < 100; i++) {
            plans.message("m" + i, day);
        }
        var reply = plans.message("m100", day, JsonObject.EMPTY);
        reply.refused(429, "M_LIMIT_EXCEEDED");
        assertEquals(List.of("86400"), reply.headers().get("retry-after"));
    }

    @Test
    void itCanBeSwitchedOff() {
        try (var without = TestHomeserver.start(clock, "delayed_events.max_delay=0")) {
            var carol = without.register("carol");
            new Plans(without.client(), carol, Plans.open(carol))
                    .message("a", 1, JsonObject.EMPTY)
                    .refused(403, "M_FORBIDDEN");
        }
    }

    /// MOD-2
    @Test
    void whoIsSuspendedSaysNothingThatWasPlannedBefore() {
        var bobs = new Plans(server.client(), bob, room);
        var id = bobs.message("planned", 1_000);
        alice.client()
                .put(
                        "/_matrix/client/v1/admin/suspend/" + escape(bob.id()),
                        JsonObject.of("suspended", true))
                .ok();
        bobs.message("later", 1_000, JsonObject.EMPTY).refused(403, "M_USER_SUSPENDED");
        bobs.change(id, "send").refused(403, "M_USER_SUSPENDED");
        plans.message("witness", 1_000);
        pass(1_000);
        assertEquals("witness", plans.seenBy(bob, 1).getFirst().object("content").string("said"));
        assertEquals("M_USER_SUSPENDED", bobs.one(id).object("error").string("errcode"));
    }

    /// ACC-10
    @Test
    void nothingIsSentForWhoIsNoMore() {
        plans.message("posthumous", 1_000);
        alice.deactivate();
        new Plans(server.client(), bob, room).message("witness", 1_000);
        pass(1_000);
        assertEquals("witness", plans.seenBy(bob, 1).getFirst().object("content").string("said"));
    }
}
