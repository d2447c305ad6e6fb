package dev.hearth.room;

import static dev.hearth.room.RoomServer.ADMINISTRATOR;
import static dev.hearth.room.RoomServer.ALICE;
import static dev.hearth.room.RoomServer.BOB;
import static dev.hearth.room.RoomServer.CAROL;
import static dev.hearth.room.RoomServer.path;
import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.identifier.EventId;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonNull;
import dev.hearth.json.JsonObject;
import dev.hearth.testing.Reply;
import dev.hearth.testing.TestClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Taking back what was said: by whom, and what is left of it where.
class RedactingTest {

    private final RoomServer server = new RoomServer();
    private String room = "";
    private int transactions;

    @BeforeEach
    void aRoomOfAliceBobAndCarol() {
        room = server.create("preset", "public_chat", "room_version", "11");
        server.act(BOB, room, "join").ok();
        server.act(CAROL, room, "join").ok();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private String say(UserId user, String text) {
        return server.say(user, room, "s" + transactions++, "body", text).ok().string("event_id");
    }

    private Reply redact(TestClient client, String event) {
        return client.put(
                path(room) + "/redact/" + escape(event) + "/r" + transactions++, JsonObject.EMPTY);
    }

    private void setLevels(Object... levels) {
        var content = JsonObject.of(levels).with("users", JsonObject.of(ALICE.value(), 100));
        server.as(ALICE).put(path(room) + "/state/m.room.power_levels", content).ok();
    }

    private boolean isRedacted(String event) {
        var seen = server.event(ALICE, room, event).ok();
        return seen.object("content").isEmpty() && seen.object("unsigned").has("redacted_because");
    }

    @Test
    @DisplayName("RED-1: everybody redacts their own events, others' need the power")
    void ownEvents() {
        var own = say(BOB, "a");
        redact(server.as(CAROL), own).refused(403, "M_FORBIDDEN");
        assertFalse(isRedacted(own));
        redact(server.as(BOB), own).ok();
        assertTrue(isRedacted(own));
        var other = say(BOB, "b");
        redact(server.as(ALICE), other).ok();
        assertTrue(isRedacted(other));
    }

    @Test
    @DisplayName("RED-1: one's own events need the power to send redactions")
    void powerToSendRedactions() {
        var own = say(BOB, "a");
        setLevels("events", JsonObject.of("m.room.redaction", 50));
        redact(server.as(BOB), own).refused(403, "M_FORBIDDEN");
        assertFalse(isRedacted(own));
        setLevels("redact", 0);
        redact(server.as(CAROL), own).ok();
        assertTrue(isRedacted(own));
    }

    @Test
    @DisplayName("RED-1: administrators redact what users of their server sent")
    void administrators() {
        var event = say(BOB, "a");
        redact(server.as(CAROL, ADMINISTRATOR), event).ok();
        assertTrue(isRedacted(event));
        var outsider = say(BOB, "b");
        server.act(CAROL, room, "leave").ok();
        redact(server.as(CAROL, ADMINISTRATOR), outsider).refused(403, "M_FORBIDDEN");
        assertFalse(isRedacted(outsider));
    }

    private String stateId(String type, String key) {
        var path = path(room) + "/state/" + type + "/" + escape(key) + "?format=event";
        return server.as(ALICE).get(path).ok().string("event_id");
    }

    /// Complement: TestRedact, whose subtest is Event_content_is_redacted
    @Test
    @DisplayName("RED-1: a redaction is a transaction like any, and what was sent twice is one")
    void transactions() {
        var event = say(BOB, "a");
        var path = path(room) + "/redact/" + escape(event) + "/same";
        var first = server.as(BOB).put(path, JsonObject.of("reason", "oops")).ok();
        assertEquals(first, server.as(BOB).put(path, JsonObject.of("reason", "oops")).ok());
        // A second redaction is an event too, but the first is what the event was redacted by.
        redact(server.as(ALICE), event).ok();
        var because =
                server.event(ALICE, room, event).ok().object("unsigned").object("redacted_because");
        assertEquals(first.string("event_id"), because.string("event_id"));
        assertEquals("oops", because.object("content").string("reason"));
    }

    @Test
    @DisplayName("RED-1: bad event IDs and bad bodies are refused")
    void badRedactions() {
        redact(server.as(ALICE), "nothing").refused(400, "M_INVALID_PARAM");
        var path = path(room) + "/redact/" + escape(say(ALICE, "a")) + "/x";
        server.as(ALICE).put(path, JsonObject.of("reason", 1)).refused(400, "M_BAD_JSON");
        assertEquals(200, server.as(ALICE).send("PUT", path, Optional.empty()).status());
    }

    @Test
    @DisplayName("RED-2: whatever reads an event reads what is left of it, and why")
    void everywhere() {
        var secret = say(BOB, "secret");
        var next = say(ALICE, "next");
        redact(server.as(ALICE), secret).ok();
        var answers =
                List.of(
                        "/messages?dir=b&limit=100",
                        "/messages?dir=f&limit=100",
                        "/event/" + escape(secret),
                        "/context/" + escape(secret),
                        "/context/" + escape(next));
        for (var answer : answers) {
            var text = server.as(CAROL).get(path(room) + answer).ok().toString();
            assertFalse(text.contains("\"secret\""), answer + " tells " + text);
            assertTrue(text.contains("redacted_because"), answer + " tells " + text);
        }
    }

    @Test
    @DisplayName("RED-2: filters look at what is left")
    void filtersSeeWhatIsLeft() {
        var event = server.say(BOB, room, "url", "body", "a", "url", "mxc://test/a").ok();
        redact(server.as(BOB), event.string("event_id")).ok();
        var filter = escape(JsonObject.of("contains_url", true));
        var page = server.as(ALICE).get(path(room) + "/messages?dir=b&filter=" + filter).ok();
        assertEquals(0, page.array("chunk").size());
    }

    @Test
    @DisplayName("RED-4: a redacted join is still a join, without its name")
    void redactedMember() {
        redact(server.as(ALICE), stateId("m.room.member", BOB.value())).ok();
        var member = server.state(ALICE, room, "m.room.member", BOB.value()).ok();
        assertEquals(JsonObject.of("membership", "join"), member);
        say(BOB, "I am still here");
        var joined = server.as(ALICE).get(path(room) + "/joined_members").ok().object("joined");
        assertEquals(JsonNull.NULL, joined.object(BOB.value()).get("display_name"));
        var members = server.as(ALICE).get(path(room) + "/members").ok().toString();
        assertFalse(members.contains("\"bob\""), members);
    }

    @Test
    @DisplayName("RED-4: redacted power levels still hold, as far as they are left")
    void redactedPowerLevels() {
        setLevels("events_default", 10, "notifications", JsonObject.of("room", 20));
        redact(server.as(ALICE), stateId("m.room.power_levels", "")).ok();
        var levels = server.state(ALICE, room, "m.room.power_levels", "").ok();
        assertEquals(10, levels.integer("events_default"));
        assertFalse(levels.has("notifications"));
        server.say(BOB, room, "x", "body", "a").refused(403, "M_FORBIDDEN");
    }

    @Test
    @DisplayName("RED-1: a redaction that comes before its target is applied when that comes")
    void beforeItsTarget() {
        var here = server.createWithBob();
        var branch = new Branch(server, here);
        var target = branch.message(BOB, "late", branch.tip());
        branch.accept(branch.redaction(ALICE, target.eventId(), branch.tip()));
        branch.accept(target);
        var seen = server.event(ALICE, here, target.eventId().value()).ok();
        assertTrue(seen.object("content").isEmpty());
        assertTrue(seen.object("unsigned").has("redacted_because"));
        var forbidden = branch.message(ALICE, "mine", branch.tip());
        branch.accept(branch.redaction(stranger(here), forbidden.eventId(), branch.tip()));
        branch.accept(forbidden);
        seen = server.event(ALICE, here, forbidden.eventId().value()).ok();
        assertEquals("mine", seen.object("content").string("body"));
    }

    /// Somebody of another server without any power.
    private UserId stranger(String here) {
        var stranger = UserId.parse("@stranger:elsewhere");
        server.rooms.send(
                RoomId.parse(here),
                Draft.member(stranger, stranger, JsonObject.of("membership", "join")));
        return stranger;
    }

    private JsonObject storedContent(String event) {
        return server.database
                .read(reading -> server.rooms.events().find(reading, EventId.parse(event)))
                .orElseThrow()
                .pdu()
                .content();
    }

    @Test
    @DisplayName("RED-5: after a while nothing is stored of what was redacted")
    void purge() {
        var secret = say(BOB, "secret");
        var kept = say(BOB, "kept");
        redact(server.as(ALICE), secret).ok();
        server.rooms.redactions().purge(Duration.ofDays(1));
        assertEquals("secret", storedContent(secret).string("body"));
        server.rooms.redactions().purge(Duration.ZERO);
        assertTrue(storedContent(secret).isEmpty());
        assertTrue(isRedacted(secret));
        assertEquals("kept", storedContent(kept).string("body"));
        server.rooms.redactions().purge(Duration.ZERO);
    }

    /// SEND-5, RED-1: whatever the version, clients name the target in the content.
    @ParameterizedTest
    @ValueSource(strings = {"1", "3", "6", "10", "11", "12"})
    void bySending(String version) {
        room = server.create("room_version", version);
        var event = say(ALICE, "a");
        var content = JsonObject.of("redacts", event, "reason", "oops");
        var path = path(room) + "/send/m.room.redaction/";
        var redaction = server.as(ALICE).put(path + "1", content).ok().string("event_id");
        assertTrue(isRedacted(event));
        var seen = server.event(ALICE, room, redaction).ok();
        assertEquals(content.string("reason"), seen.object("content").string("reason"));
        assertEquals(event, seen.string("redacts"));
        assertEquals(event, seen.object("content").string("redacts"));
        server.as(ALICE).put(path + "2", JsonObject.EMPTY).refused(400, "M_MISSING_PARAM");
        var unknown = JsonObject.of("redacts", "$unknown:test");
        server.as(ALICE).put(path + "3", unknown).ok();
    }

    /// Complement: TestFederationRedactSendsWithoutEvent asks for the last of these.
    @Test
    @DisplayName("RED-1: what the room rests on can't be redacted, nor what is elsewhere")
    void whatStays() {
        redact(server.as(ALICE), stateId("m.room.create", "")).refused(403, "M_FORBIDDEN");
        var acl = JsonObject.of("allow", JsonArray.of("*"));
        server.put(ALICE, room, "m.room.server_acl", "", "allow", acl.get("allow")).ok();
        redact(server.as(ALICE), stateId("m.room.server_acl", "")).refused(403, "M_FORBIDDEN");
        var other = server.create();
        var elsewhere = server.say(ALICE, other, "e", "body", "e").ok().string("event_id");
        redact(server.as(ALICE), elsewhere).refused(400, "M_INVALID_PARAM");
        redact(server.as(BOB), "$unknown").refused(404, "M_NOT_FOUND");
        redact(server.as(ALICE), "$unknown").ok();
    }
}
