package dev.hearth.delayed;

import static dev.hearth.testing.TestClient.escape;
import static dev.hearth.testing.TestUser.room;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonObject;
import dev.hearth.testing.RoomSection;
import dev.hearth.testing.TestHomeserver;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// what is sent later, and what is made of it until then. Complement: TestDelayedEvents.
class DelayedEventsTest extends PlansScene {

    /// Complement: TestDelayedEvents/delayed_events_are_empty_on_startup and
    /// delayed_event_lookups_are_authenticated
    @Test
    void thereAreNoneAtFirstAndOnlyForWhoAsksWithAToken() {
        assertEquals(List.of(), plans.scheduled());
        server.client().get(Plans.EVENTS).refused(401, "M_MISSING_TOKEN");
    }

    /// Complement: TestDelayedEvents/delayed_message_events_are_sent_on_timeout, with all below it
    @Test
    void messagesAreSentInOrderWhenTheirTimeHasCome() {
        var last = plans.message("third", 900);
        plans.message("first", 700);
        plans.message("second", 800);
        assertEquals(3, plans.scheduled().size());
        assertEquals(List.of(), new Plans(server.client(), bob, room).scheduled());
        var repeated =
                alice.client()
                        .send(
                                "PUT",
                                room(room)
                                        + "/send/com.example.test/third?org.matrix.msc4140.delay=900",
                                Optional.empty());
        assertEquals(last, repeated.ok().string("delay_id"));
        pass(900);
        var said =
                plans.seenBy(bob, 3).stream()
                        .map(event -> event.object("content").string("said"))
                        .toList();
        assertEquals(List.of("first", "second", "third"), said);
        assertEquals(List.of(), plans.scheduled());
    }

    @Test
    void aMessageIsNotSentBeforeItsTime() {
        plans.message("later", 1_000);
        pass(999);
        alice.say(room, "now");
        bob.sync();
        assertEquals(1, plans.scheduled().size());
        pass(1);
        assertEquals(1, plans.seenBy(bob, 1).size());
    }

    /// To plan and to send are two requests, though they share a path.
    @Test
    void aMessageWithTheSameTransactionIsStillSent() {
        plans.message("t", 1_000);
        var sent = alice.client().put(room(room) + "/send/m.room.message/t", text("now")).ok();
        assertTrue(sent.string("event_id").startsWith("$"));
    }

    private static JsonObject text(String body) {
        return JsonObject.of("msgtype", "m.text", "body", body);
    }

    /// Complement: TestDelayedEvents/delayed_state_events_are_sent_on_timeout
    @Test
    void stateIsSetWhenItsTimeHasCome() {
        var id = plans.state("to_send_on_timeout", 900);
        var planned = plans.scheduled().getFirst();
        assertEquals(id, planned.string("delay_id"));
        assertEquals(room, planned.string("room_id"));
        assertEquals(Plans.TYPE, planned.string("type"));
        assertEquals("to_send_on_timeout", planned.string("state_key"));
        assertEquals(900, planned.integer("delay"));
        assertEquals(clock.millis(), planned.integer("running_since"));
        assertEquals(JsonObject.of("setter", "to_send_on_timeout"), planned.object("content"));
        plans.current("to_send_on_timeout").refused(404, "M_NOT_FOUND");
        pass(900);
        plans.seenBy(bob, 1);
        assertEquals(
                "to_send_on_timeout", plans.current("to_send_on_timeout").ok().string("setter"));
        assertEquals(List.of(), plans.scheduled());
    }

    /// Complement: TestDelayedEvents/delayed_state_events_can_be_cancelled
    @Test
    void whatIsCancelledIsNeverSent() {
        var id = plans.state("to_never_send", 1_500);
        pass(1_000);
        plans.change(id, "cancel").ok();
        assertEquals(List.of(), plans.scheduled());
        plans.message("witness", 1_000);
        pass(1_000);
        plans.seenBy(bob, 1);
        plans.current("to_never_send").refused(404, "M_NOT_FOUND");
        plans.change(id, "cancel").ok();
        plans.change(id, "send").refused(404, "M_NOT_FOUND");
        plans.change(id, "restart").refused(404, "M_NOT_FOUND");
    }

    /// Complement: TestDelayedEvents/delayed_state_events_can_be_sent_on_request
    @Test
    void whatIsPlannedCanBeSentAtOnceButOnlyOnce() {
        var id = plans.state("to_send_on_request", 100_000);
        plans.change(id, "send").ok();
        plans.change(id, "send").ok();
        assertEquals(1, plans.seenBy(bob, 1).size());
        assertEquals(
                "to_send_on_request", plans.current("to_send_on_request").ok().string("setter"));
        assertEquals(List.of(), plans.scheduled());
        plans.change(id, "cancel").refused(404, "M_NOT_FOUND");
    }

    /// Complement: TestDelayedEvents/delayed_state_events_can_be_restarted
    @Test
    void aRestartBeginsTheDelayAnew() {
        var id = plans.state("to_send_on_restarted_timeout", 1_500);
        pass(1_000);
        plans.change(id, "restart").ok();
        assertEquals(clock.millis(), plans.one(id).integer("running_since"));
        plans.message("witness", 1_000);
        pass(1_000);
        assertEquals("witness", plans.seenBy(bob, 1).getFirst().object("content").string("said"));
        assertEquals(1, plans.scheduled().size());
        pass(500);
        plans.seenBy(bob, 1);
        plans.current("to_send_on_restarted_timeout").ok();
    }

    @Test
    void theOlderFormHasTheActionInItsBody() {
        var id = plans.message("by body", 10_000);
        var path = Plans.EVENTS + "/" + id;
        server.client().post(path, JsonObject.of("action", "restart")).ok();
        server.client().post(path, JsonObject.of("action", "send")).ok();
        plans.seenBy(bob, 1);
        server.client().post(path, JsonObject.of("action", "x")).refused(400, "M_INVALID_PARAM");
    }

    @Test
    void thePathOfItsOwnPlansMessagesAndState() {
        var path =
                "/_matrix/client/unstable/org.matrix.msc4140/rooms/"
                        + escape(room)
                        + "/delayed_event/com.example.test/";
        var body = JsonObject.of("delay", 1_000, "content", JsonObject.of("said", "so"));
        var message = alice.client().put(path + "a", body).ok().string("delay_id");
        assertEquals(message, alice.client().put(path + "a", body).ok().string("delay_id"));
        alice.client().put(path + "b", body.with("state_key", "key")).ok();
        alice.client().put(path + "c", body.without("delay")).refused(400, "M_MISSING_PARAM");
        assertEquals(2, plans.scheduled().size());
        pass(1_000);
        plans.seenBy(bob, 2);
        assertEquals("so", plans.current("key").ok().string("said"));
    }

    /// The sender learns which event became of what was planned; nobody else does.
    @Test
    void theSentEventTellsItsSenderTheDelayId() {
        var id = plans.message("planned", 1_000);
        alice.sync();
        pass(1_000);
        var event = plans.seenBy(bob, 1).getFirst();
        assertFalse(event.object("unsigned").has("org.matrix.msc4140.delay_id"));
        var own = RoomSection.of(alice.sync(), room).timeline().getLast();
        assertEquals(id, own.object("unsigned").string("org.matrix.msc4140.delay_id"));
        assertFalse(own.object("unsigned").has("transaction_id"));
        var ended = plans.one(id);
        assertEquals(event.string("event_id"), ended.string("event_id"));
        assertEquals(clock.millis(), ended.integer("origin_server_ts"));
        assertEquals(List.of(ended), plans.finalized());
        assertEquals(List.of(ended), plans.list("?status=finalised&delay_id=x&delay_id=" + id));
        assertEquals(List.of(), plans.list("?status=finalised&delay_id=x"));
        new Plans(server.client(), bob, room)
                .owner()
                .client()
                .get(Plans.EVENTS + "/" + id)
                .refused(404, "M_NOT_FOUND");
    }

    @Test
    void stateThatSomebodyElseSetsIsNotOverwritten() {
        var id = plans.state("shared", 1_000);
        var mine = plans.state("other", 1_000);
        alice.sendState(room, Plans.TYPE, "shared", JsonObject.of("setter", "alice"));
        assertEquals(2, plans.scheduled().size());
        bob.sendState(room, Plans.TYPE, "shared", JsonObject.of("setter", "bob"));
        assertEquals(mine, plans.scheduled().getFirst().string("delay_id"));
        var error = plans.one(id).object("error");
        assertEquals("M_CANCELLED_BY_STATE_UPDATE", error.string("org.matrix.msc4140.errcode"));
        pass(1_000);
        plans.seenBy(bob, 3);
        assertEquals("bob", plans.current("shared").ok().string("setter"));
    }

    /// Complement: TestDelayedEvents/delayed_state_events_are_kept_on_server_restart
    @Test
    void aRestartLosesNothingAndSendsWhatIsOverdue(@TempDir Path folder) {
        String talk;
        try (var before = TestHomeserver.start(folder, clock)) {
            var carol = before.register("carol");
            talk = Plans.open(carol);
            var planned = new Plans(before.client(), carol, talk);
            planned.state("1", 900);
            planned.state("2", 9_000);
            planned.message("sent before", 10);
            pass(10);
            carol.syncUntil(sync ->
                    RoomSection.of(sync, talk).timeline().stream()
                            .anyMatch(event -> event.string("type").equals(Plans.TYPE)));
        }
        pass(1_000);
        try (var after = TestHomeserver.start(folder, clock)) {
            var carol = after.login("carol");
            var planned = new Plans(after.client(), carol, talk);
            carol.syncUntil(_ -> planned.scheduled().size() == 1);
            planned.current("1").ok();
            pass(8_000);
            carol.syncUntil(_ -> planned.scheduled().isEmpty());
            planned.current("2").ok();
            var times =
                    carol.messages(talk).array("chunk").objects().stream()
                            .filter(event -> event.toString().contains("sent before"))
                            .count();
            assertEquals(1, times);
        }
    }

    @Test
    void aPlannedRedactionTakesTheMessageBack() {
        var message = alice.say(room, "this will be gone");
        alice.client()
                .put(
                        room(room) + "/send/m.room.redaction/r?org.matrix.msc4140.delay=1000",
                        JsonObject.of("redacts", message))
                .ok();
        pass(1_000);
        bob.syncUntil(sync ->
                RoomSection.of(sync, room).timeline().stream()
                        .anyMatch(event -> event.string("type").equals("m.room.redaction")));
        var event = bob.client().get(room(room) + "/event/" + message).ok();
        assertEquals(JsonObject.EMPTY, event.object("content"));
    }

    @Test
    void idsAreNotToBeGuessed() {
        var one = plans.message("a", 1_000);
        var other = plans.message("b", 1_000);
        assertNotEquals(one, other);
        assertTrue(one.length() >= 32);
    }
}
