package dev.hearth.room;

import static dev.hearth.room.RoomServer.ALICE;
import static dev.hearth.room.RoomServer.BOB;
import static dev.hearth.room.RoomServer.CAROL;
import static dev.hearth.room.RoomServer.path;
import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.roomversion.Tweak;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What clients do to rooms, by their endpoints alone.
class RoomTest {

    private final RoomServer server = new RoomServer();

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void aConversationIsHeldInEveryVersion(RoomVersion version) {
        var room = server.create("room_version", version.id(), "preset", "private_chat");
        assertEquals(version.has(Tweak.ROOM_ID_IS_CREATE_HASH), !room.contains(":"));
        server.act(BOB, room, "join").refused(403, "M_FORBIDDEN");
        server.act(ALICE, room, "invite", "user_id", BOB).ok();
        server.act(BOB, room, "join").ok();
        var id = server.say(BOB, room, "1", "body", "hello").ok().string("event_id");
        var event = server.event(ALICE, room, id).ok();
        assertEquals(BOB.value(), event.string("sender"));
        assertEquals(room, event.string("room_id"));
        assertFalse(event.has("hashes"));
        var create = server.state(ALICE, room, "m.room.create", "").ok();
        assertEquals(!version.has(Tweak.CREATOR_IS_SENDER), create.has("creator"));
        assertEquals(version.id(), create.string("room_version"));
    }

    @Test
    void aRepeatedSendIsAnsweredAlikeAndSentOnceAPI10() {
        var room = server.create();
        var first = server.say(ALICE, room, "1", "body", "a").ok();
        assertEquals(first, server.say(ALICE, room, "1", "body", "a").ok());
        assertNotEquals(first, server.say(ALICE, room, "2", "body", "a").ok());
        var laptop = server.as(ALICE, "LAPTOP");
        var other =
                laptop.put(path(room) + "/send/m.room.message/1", JsonObject.of("body", "a")).ok();
        assertNotEquals(first, other);
    }

    @Test
    void theTransactionIsToldToItsDeviceAlone() {
        var room = server.createWithBob();
        var id = server.say(ALICE, room, "42", "body", "a").ok().string("event_id");
        var own = server.event(ALICE, room, id).ok().object("unsigned");
        assertEquals("42", own.string("transaction_id"));
        assertFalse(server.event(BOB, room, id).ok().object("unsigned").has("transaction_id"));
    }

    @Test
    void sameStateIsNotSentTwiceSEND2() {
        var room = server.create();
        var first = server.put(ALICE, room, "m.room.topic", "", "topic", "tea").ok();
        assertEquals(first, server.put(ALICE, room, "m.room.topic", "", "topic", "tea").ok());
        assertNotEquals(first, server.put(ALICE, room, "m.room.topic", "", "topic", "pie").ok());
    }

    @Test
    void stateTellsWhatItReplaced() {
        var room = server.create("topic", "tea");
        var id = server.put(ALICE, room, "m.room.topic", "", "topic", "pie").ok();
        var unsigned = server.event(ALICE, room, id.string("event_id")).ok().object("unsigned");
        assertEquals("tea", unsigned.object("prev_content").string("topic"));
    }

    @Test
    void aRoomIsMadeByCreateRoomOnlySEND4() {
        var room = server.create();
        server.put(ALICE, room, "m.room.create", "", "a", 1).refused(400, "M_BAD_JSON");
        server.as(ALICE)
                .put(path(room) + "/send/m.room.create/1", JsonObject.EMPTY)
                .refused(400, "M_BAD_JSON");
    }

    @Test
    void outsidersNeitherSendNorReadSEND7() {
        var room = server.create();
        server.say(BOB, room, "1", "body", "a").refused(403, "M_FORBIDDEN");
        server.state(BOB, room, "m.room.create", "").refused(403, "M_FORBIDDEN");
        server.say(BOB, "!nowhere:test", "1", "body", "a").refused(403, "M_FORBIDDEN");
        server.as(BOB).get(path(room) + "/members").refused(403, "M_FORBIDDEN");
        server.as(BOB).get(path(room) + "/joined_members").refused(403, "M_FORBIDDEN");
    }

    @Test
    void eventsHaveASizeSEND1() {
        var room = server.create();
        server.say(ALICE, room, "1", "body", "x".repeat(64_000)).ok();
        server.say(ALICE, room, "2", "body", "x".repeat(65_536)).refused(413, "M_TOO_LARGE");
        server.put(ALICE, room, "m.test", "k".repeat(255), "a", 1).ok();
        var tooLong = server.put(ALICE, room, "m.test", "k".repeat(256), "a", 1);
        assertTrue(tooLong.status() == 400 || tooLong.status() == 413);
        server.say(ALICE, room, "3", "n", (1L << 53)).refused(400, "M_BAD_JSON");
    }

    @Test
    void aMemberCannotBeMadeToJoinSEND4() {
        var room = server.create();
        server.put(ALICE, room, "m.room.member", BOB.value(), "membership", "join")
                .refused(403, "M_FORBIDDEN");
    }

    @Test
    void powerLevelsAreNumbersSEND4() {
        var room = server.create("room_version", "9");
        server.put(ALICE, room, "m.room.power_levels", "", "users_default", "10")
                .refused(400, "M_BAD_JSON");
    }

    @Test
    void joiningTwiceSaysNothingTwiceROOM9() {
        var room = server.createWithBob();
        var before = server.database.position();
        server.act(BOB, room, "join").ok();
        assertEquals(before, server.database.position());
    }

    @Test
    void furtherKeysOfAJoinAreKeptROOM9() {
        var room = server.create("preset", "public_chat");
        server.act(BOB, room, "join", "reason", "tea", "org.example", 1, "membership", "ban").ok();
        var member = server.state(ALICE, room, "m.room.member", BOB.value()).ok();
        assertEquals("join", member.string("membership"));
        assertEquals("tea", member.string("reason"));
        assertEquals(1, member.integer("org.example"));
        assertEquals("bob", member.string("displayname"));
    }

    @Test
    void joiningNeedsNoBodyAndARoom() {
        var room = server.create("preset", "public_chat");
        assertEquals(
                200,
                server.as(BOB)
                        .send("POST", path(room) + "/join", java.util.Optional.empty())
                        .status());
        server.act(BOB, "!nowhere:test", "join").refused(404, "M_NOT_FOUND");
    }

    @Test
    void leavingNeedsThatOneIsThereROOM10() {
        var room = server.createWithBob();
        server.act(BOB, room, "leave").ok();
        server.act(BOB, room, "leave").refused(403, "M_FORBIDDEN");
        server.act(CAROL, room, "leave").refused(403, "M_FORBIDDEN");
    }

    @Test
    void anInviteCanBeDeclinedROOM10() {
        var room = server.create("invite", JsonArray.of(BOB));
        server.act(BOB, room, "leave").ok();
        var member = server.state(ALICE, room, "m.room.member", BOB.value()).ok();
        assertEquals("leave", member.string("membership"));
    }

    @Test
    void whoLeftSeesWhatWasUntilThen() {
        var room = server.createWithBob();
        server.put(ALICE, room, "m.room.topic", "", "topic", "tea").ok();
        server.act(BOB, room, "leave").ok();
        server.put(ALICE, room, "m.room.topic", "", "topic", "pie").ok();
        var topic = server.state(BOB, room, "m.room.topic", "").ok();
        assertEquals("tea", topic.string("topic"));
    }

    @Test
    void forgettingEndsReadingROOM11() {
        var room = server.createWithBob();
        server.act(BOB, room, "forget").refused(400, "M_UNKNOWN");
        server.act(BOB, room, "leave").ok();
        server.act(BOB, room, "forget").ok();
        server.state(BOB, room, "m.room.create", "").refused(403, "M_FORBIDDEN");
        server.act(BOB, room, "join").ok();
        server.state(BOB, room, "m.room.create", "").ok();
    }

    @Test
    void onlyWhoIsInCanBeKickedROOM12() {
        var room = server.createWithBob();
        server.act(BOB, room, "kick", "user_id", ALICE).refused(403, "M_FORBIDDEN");
        server.act(ALICE, room, "kick", "user_id", CAROL).refused(403, "M_FORBIDDEN");
        server.act(ALICE, room, "kick", "user_id", BOB, "reason", "noise").ok();
        server.act(ALICE, room, "kick", "user_id", BOB).refused(403, "M_FORBIDDEN");
        server.say(BOB, room, "1", "body", "a").refused(403, "M_FORBIDDEN");
    }

    @Test
    void aBanHoldsUntilItIsLiftedROOM12() {
        var room = server.createWithBob();
        server.act(ALICE, room, "unban", "user_id", BOB).refused(403, "M_FORBIDDEN");
        server.act(ALICE, room, "ban", "user_id", BOB).ok();
        server.act(ALICE, room, "ban", "user_id", CAROL).ok();
        server.act(BOB, room, "join").refused(403, "M_FORBIDDEN");
        server.act(ALICE, room, "invite", "user_id", BOB).refused(403, "M_FORBIDDEN");
        server.act(ALICE, room, "unban", "user_id", BOB).ok();
        server.act(BOB, room, "join").ok();
    }

    @Test
    void invitingTwiceIsFineAndInvitingMembersIsNotROOM12() {
        var room = server.createWithBob();
        server.act(ALICE, room, "invite", "user_id", CAROL).ok();
        server.act(ALICE, room, "invite", "user_id", CAROL).ok();
        server.act(ALICE, room, "invite", "user_id", BOB).refused(403, "M_FORBIDDEN");
        server.act(ALICE, room, "invite", "user_id", 7).refused(400, "M_BAD_JSON");
    }

    @Test
    void aRedactedEventIsStrippedRED2() {
        var room = server.createWithBob();
        var id = server.say(BOB, room, "1", "body", "secret").ok().string("event_id");
        var path = path(room) + "/redact/" + escape(id) + "/2";
        var redaction = server.as(BOB).put(path, JsonObject.of("reason", "oops")).ok();
        var event = server.event(ALICE, room, id).ok();
        assertTrue(event.object("content").isEmpty());
        var because = event.object("unsigned").object("redacted_because");
        assertEquals(redaction.string("event_id"), because.string("event_id"));
        assertEquals(id, because.string("redacts"));
        assertEquals(id, because.object("content").string("redacts"));
    }

    @Test
    void redactedStateIsStrippedInAllAnswersRED4() {
        var room = server.create();
        var id = server.put(ALICE, room, "m.room.topic", "", "topic", "tea").ok();
        var target = id.string("event_id");
        server.as(ALICE)
                .put(path(room) + "/redact/" + escape(target) + "/1", JsonObject.EMPTY)
                .ok();
        assertTrue(server.state(ALICE, room, "m.room.topic", "").ok().isEmpty());
        var next = server.put(ALICE, room, "m.room.topic", "", "topic", "pie").ok();
        var unsigned = server.event(ALICE, room, next.string("event_id")).ok().object("unsigned");
        assertTrue(unsigned.object("prev_content").isEmpty());
        var again = server.put(ALICE, room, "m.room.topic", "", "topic", "tea").ok();
        assertNotEquals(target, again.string("event_id"));
    }

    @Test
    void othersEventsNeedPowerToRedactRED1() {
        var room = server.createWithBob();
        var id = server.say(ALICE, room, "1", "body", "a").ok().string("event_id");
        var path = path(room) + "/redact/" + escape(id) + "/2";
        server.as(BOB).put(path, JsonObject.EMPTY).refused(403, "M_FORBIDDEN");
        var unknown = path(room) + "/redact/" + escape("$nothing") + "/3";
        server.as(BOB).put(unknown, JsonObject.EMPTY).refused(404, "M_NOT_FOUND");
        server.as(ALICE).put(unknown, JsonObject.EMPTY).ok();
        var elsewhere = server.create("preset", "public_chat");
        var other = path(elsewhere) + "/redact/" + escape(id) + "/4";
        server.as(ALICE).put(other, JsonObject.EMPTY).refused(400, "M_INVALID_PARAM");
    }

    @Test
    void membersAndJoinedMembersAreListedREAD6() {
        var room = server.createWithBob();
        server.act(ALICE, room, "invite", "user_id", CAROL).ok();
        var joined = server.as(BOB).get(path(room) + "/joined_members").ok().object("joined");
        assertEquals(2, joined.size());
        assertTrue(joined.object(ALICE.value()).has("avatar_url"));
        var members = path(room) + "/members";
        assertEquals(3, server.as(BOB).get(members).ok().array("chunk").size());
        var invited = server.as(BOB).get(members + "?membership=invite").ok().array("chunk");
        assertEquals(1, invited.size());
        var others = server.as(BOB).get(members + "?not_membership=join").ok().array("chunk");
        assertEquals(1, others.size());
        server.as(BOB).get(members + "?membership=foo").refused(400, "M_INVALID_PARAM");
        var rooms = server.as(BOB).get("/_matrix/client/v3/joined_rooms").ok();
        assertEquals(JsonArray.of(room), rooms.array("joined_rooms"));
    }
}
