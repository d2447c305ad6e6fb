package dev.hearth.room;

import static dev.hearth.room.RoomServer.ALICE;
import static dev.hearth.room.RoomServer.BOB;
import static dev.hearth.room.RoomServer.CAROL;
import static dev.hearth.room.RoomServer.path;
import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.hearth.identifier.EventId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.CanonicalJson;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.roomversion.Tweak;
import dev.hearth.testing.Reply;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What may be sent into a room, and what is made of it.
class SendingTest {

    private final RoomServer server = new RoomServer();

    @AfterEach
    void close() {
        server.close();
    }

    private JsonObject pdu(String eventId) {
        return server.database.read(reading ->
                server.rooms
                        .events()
                        .find(reading, EventId.parse(eventId))
                        .orElseThrow()
                        .pdu()
                        .json());
    }

    /// SEND-1. Complement: TestEvent.
    @Test
    void anEventHasAtMost65536Bytes() {
        var room = server.create();
        var sample = server.say(ALICE, room, "1", "body", "x".repeat(50_000)).ok();
        int rest = CanonicalJson.length(pdu(sample.string("event_id"))) - 50_000;
        for (int size : List.of(65_535, 65_536)) {
            var sent = server.say(ALICE, room, "s" + size, "body", "x".repeat(size - rest)).ok();
            assertEquals(size, CanonicalJson.length(pdu(sent.string("event_id"))));
        }
        server.say(ALICE, room, "s65537", "body", "x".repeat(65_537 - rest))
                .refused(413, "M_TOO_LARGE");
        server.put(ALICE, room, "m.test", "", "body", "ä".repeat(33_000))
                .refused(413, "M_TOO_LARGE");
        server.say(ALICE, room, "after", "body", "still here").ok();
    }

    /// SEND-1. Complement: TestEvent.
    @Test
    void typesAndStateKeysHaveAtMost255Bytes() {
        var room = server.create();
        for (var text : List.of("k".repeat(255), "ä".repeat(127) + "k")) {
            server.put(ALICE, room, "m.test", text, "a", 1).ok();
            send(room, text).ok();
        }
        for (var text : List.of("k".repeat(256), "ä".repeat(128))) {
            server.put(ALICE, room, "m.test", text, "a", 1).refused(413, "M_TOO_LARGE");
            send(room, text).refused(413, "M_TOO_LARGE");
        }
    }

    private Reply send(String room, String type) {
        return server.as(ALICE)
                .put(path(room) + "/send/" + escape(type) + "/1", JsonObject.of("a", 1));
    }

    @Test
    void identifiersHaveAtMost255Bytes() {
        var known = "!" + "r".repeat(249) + ":test";
        server.say(ALICE, known, "1", "body", "a").refused(403, "M_FORBIDDEN");
        server.say(ALICE, "!r" + known.substring(1), "1", "body", "a")
                .refused(400, "M_INVALID_PARAM");
        var room = server.create();
        server.event(ALICE, room, "$" + "e".repeat(254)).refused(404, "M_NOT_FOUND");
        server.event(ALICE, room, "$" + "e".repeat(255)).refused(400, "M_INVALID_PARAM");
        server.act(ALICE, room, "invite", "user_id", "@" + "u".repeat(249) + ":test").ok();
        server.act(ALICE, room, "invite", "user_id", "@" + "u".repeat(250) + ":test")
                .refused(400, "M_INVALID_PARAM");
    }

    @Test
    void whoVouchesForAJoinIsTheServersToSaySEND4() {
        var room = server.createWithBob();
        var id =
                server.put(
                                BOB,
                                room,
                                "m.room.member",
                                BOB.value(),
                                "membership",
                                "join",
                                "join_authorised_via_users_server",
                                "@alice:test",
                                "third_party_invite",
                                JsonObject.of("signed", 1),
                                "displayname",
                                "B.")
                        .ok()
                        .string("event_id");
        assertEquals(
                JsonObject.of("membership", "join", "displayname", "B."),
                pdu(id).object("content"));
    }

    @Test
    void numbersOutOfRangeAreRefusedSEND4() {
        var room = server.create();
        server.say(ALICE, room, "1", "n", (1L << 53) - 1).ok();
        server.say(ALICE, room, "2", "n", -(1L << 53) + 1).ok();
        server.say(ALICE, room, "3", "n", 1L << 53).refused(400, "M_BAD_JSON");
        server.say(ALICE, room, "4", "n", -(1L << 53)).refused(400, "M_BAD_JSON");
        server.put(ALICE, room, "m.test", "", "n", JsonArray.of(1L << 53))
                .refused(400, "M_BAD_JSON");
    }

    @ParameterizedTest
    @EnumSource
    void aRedactionCanBeSentLikeAnyEventSEND5(RoomVersion version) {
        var room = server.create("room_version", version.id());
        var target = server.say(ALICE, room, "1", "body", "a").ok().string("event_id");
        var redaction =
                server.as(ALICE)
                        .put(
                                path(room) + "/send/m.room.redaction/2",
                                JsonObject.of("redacts", target, "reason", "typo"))
                        .ok()
                        .string("event_id");
        boolean inContent = version.has(Tweak.REDACTS_IN_CONTENT);
        assertEquals(!inContent, pdu(redaction).has("redacts"));
        assertEquals(inContent, pdu(redaction).object("content").has("redacts"));
        var redacted = server.event(ALICE, room, target).ok();
        assertEquals(JsonObject.EMPTY, redacted.object("content"));
        var because = redacted.object("unsigned").object("redacted_because");
        assertEquals("typo", because.object("content").string("reason"));
    }

    @Test
    void somethingIsRedactedByItsRoomAloneAndSomeNeverRED1() {
        var room = server.createWithBob();
        var other = server.create();
        var target = server.say(ALICE, other, "1", "body", "a").ok().string("event_id");
        redact(ALICE, room, target).refused(400, "M_INVALID_PARAM");
        redact(BOB, room, "$unknown").refused(404, "M_NOT_FOUND");
        redact(ALICE, room, "$unknown").ok();
        server.put(ALICE, room, "m.room.server_acl", "", "allow", JsonArray.of("*")).ok();
        var whole = server.as(ALICE).get(path(room) + "/state/m.room.server_acl/?format=event");
        redact(ALICE, room, whole.ok().string("event_id")).refused(403, "M_FORBIDDEN");
        var create = server.as(ALICE).get(path(room) + "/state/m.room.create/?format=event");
        redact(ALICE, room, create.ok().string("event_id")).refused(403, "M_FORBIDDEN");
    }

    private Reply redact(UserId user, String room, String event) {
        return server.as(user)
                .put(path(room) + "/redact/" + escape(event) + "/r" + event, JsonObject.EMPTY);
    }

    @Test
    void whoIsRedactedOutOfAJoinStaysInRED4() {
        var room = server.createWithBob();
        var member =
                server.as(ALICE)
                        .get(path(room) + "/state/m.room.member/@bob:test?format=event")
                        .ok();
        redact(ALICE, room, member.string("event_id")).ok();
        assertEquals(
                JsonObject.of("membership", "join"),
                server.state(ALICE, room, "m.room.member", BOB.value()).ok());
        server.say(BOB, room, "1", "body", "still in").ok();
    }

    /// SyTest: Cannot send tombstone event that points to the same room
    @Test
    void aRoomIsNotReplacedByItself() {
        var room = server.create();
        var circle = JsonObject.of("replacement_room", room);
        server.put(ALICE, room, "m.room.tombstone", "", "replacement_room", room)
                .refused(400, "M_INVALID_PARAM");
        server.as(ALICE)
                .put(path(room) + "/send/m.room.tombstone/1", circle)
                .refused(400, "M_INVALID_PARAM");
        server.put(ALICE, room, "m.room.tombstone", "", "replacement_room", "!other:test").ok();
    }

    @Test
    void aRoomIsNotLockedByItsAccessListSEND11() {
        var room = server.create();
        server.put(ALICE, room, "m.room.server_acl", "", "allow", JsonArray.EMPTY)
                .refused(403, "M_FORBIDDEN");
        server.put(
                        ALICE,
                        room,
                        "m.room.server_acl",
                        "",
                        "allow",
                        JsonArray.of("*"),
                        "deny",
                        JsonArray.of("t?st"))
                .refused(403, "M_FORBIDDEN");
        server.put(
                        ALICE,
                        room,
                        "m.room.server_acl",
                        "",
                        "allow",
                        JsonArray.of("*"),
                        "deny",
                        JsonArray.of("evil.*"))
                .ok();
    }

    @Test
    void onesOwnMemberEventIsFilledUpSEND8() {
        var room = server.createWithBob();
        server.put(BOB, room, "m.room.member", BOB.value(), "membership", "join", "x", 1).ok();
        var member = server.state(ALICE, room, "m.room.member", BOB.value()).ok();
        assertEquals("bob", member.string("displayname"));
        server.put(ALICE, room, "m.room.member", CAROL.value(), "membership", "invite").ok();
        var invited = server.state(ALICE, room, "m.room.member", CAROL.value()).ok();
        assertEquals("carol", invited.string("displayname"));
        assertFalse(invited.has("is_direct"));
    }

    @Test
    void stateIsOnlyTheSameForWhoMaySayItSEND2() {
        var room = server.createWithBob();
        var first = server.put(ALICE, room, "m.room.topic", "", "topic", "a").ok();
        assertEquals(first, server.put(ALICE, room, "m.room.topic", "", "topic", "a").ok());
        server.put(BOB, room, "m.room.topic", "", "topic", "a").refused(403, "M_FORBIDDEN");
        server.put(ALICE, room, "m.room.power_levels", "", "users_default", 50).ok();
        var ofBob = server.put(BOB, room, "m.room.topic", "", "topic", "a").ok();
        assertNotEquals(first, ofBob);
        server.act(BOB, room, "leave").ok();
        server.put(BOB, room, "m.room.topic", "", "topic", "a").refused(403, "M_FORBIDDEN");
    }
}
