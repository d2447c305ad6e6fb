package dev.hearth.room;

import static dev.hearth.room.RoomServer.ALICE;
import static dev.hearth.room.RoomServer.BOB;
import static dev.hearth.room.RoomServer.CAROL;
import static dev.hearth.room.RoomServer.path;
import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.testing.TestClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What may be sent into a room by whom, and what becomes of it.
class WhoMaySendTest {

    private static final String MEMBER = "m.room.member";

    private final RoomServer server = new RoomServer();
    private String room = "";

    @BeforeEach
    void aRoomOfAliceAndBob() {
        room = server.createWithBob();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private JsonObject member(UserId user) {
        return server.state(ALICE, room, MEMBER, user.value()).ok();
    }

    private static String send(TestClient client, String room, String type, String transaction) {
        return client.put(
                        path(room) + "/send/" + type + "/" + transaction,
                        JsonObject.of("body", "hello"))
                .ok()
                .string("event_id");
    }

    @Test
    @DisplayName("API-10: a transaction is one of a device, a room and a type of event")
    void transactionsHaveAScope() {
        var phone = server.as(ALICE, "PHONE");
        var laptop = server.as(ALICE, "LAPTOP");
        var first = send(phone, room, "m.room.message", "t1");
        assertEquals(first, send(phone, room, "m.room.message", "t1"));
        assertNotEquals(first, send(laptop, room, "m.room.message", "t1"));
        assertNotEquals(first, send(phone, room, "org.example", "t1"));
        assertNotEquals(first, send(phone, server.create(), "m.room.message", "t1"));
        assertNotEquals(first, send(server.as(BOB, "PHONE"), room, "m.room.message", "t1"));
        assertEquals(first, send(phone, room, "m.room.message", "t1"));
    }

    @Test
    @DisplayName(
            "API-10: a repeated transaction is answered as the first time, whatever it says now")
    void aRepeatedTransactionIsNotLookedAt() {
        var first = server.say(ALICE, room, "t1", "body", "a").ok();
        assertEquals(first, server.say(ALICE, room, "t1", "body", "b").ok());
        var event = server.event(ALICE, room, first.string("event_id")).ok();
        assertEquals("a", event.object("content").string("body"));
    }

    @Test
    @DisplayName("API-10: a refused transaction may be tried again")
    void aRefusedTransactionMayBeTriedAgain() {
        server.say(CAROL, room, "t1", "body", "a").refused(403, "M_FORBIDDEN");
        server.act(CAROL, room, "join").ok();
        server.say(CAROL, room, "t1", "body", "a").ok();
    }

    @Test
    @DisplayName("SEND-7: who left, who was never in, and who was only invited sends nothing")
    void onlyMembersSend() {
        server.act(BOB, room, "leave").ok();
        server.act(ALICE, room, "invite", "user_id", CAROL).ok();
        for (var user : new UserId[] {BOB, CAROL, UserId.parse("@dave:test")}) {
            server.say(user, room, "t", "body", "a").refused(403, "M_FORBIDDEN");
            server.put(user, room, "m.room.topic", "", "topic", "a").refused(403, "M_FORBIDDEN");
        }
        for (var nowhere : new String[] {"!nowhere:test", "!nowhere"}) {
            server.say(ALICE, nowhere, "t", "body", "a").refused(403, "M_FORBIDDEN");
            server.put(ALICE, nowhere, "m.room.topic", "", "topic", "a")
                    .refused(403, "M_FORBIDDEN");
        }
    }

    @Test
    @DisplayName("SEND-2: unchanged state is the same event, unless another says it")
    void unchangedState() {
        var first = putTopic(ALICE, "tea");
        assertEquals(first, putTopic(ALICE, "tea"));
        server.put(ALICE, room, "m.room.power_levels", "", "users", JsonObject.of(BOB.value(), 50))
                .ok();
        var second = putTopic(BOB, "tea");
        assertNotEquals(first, second);
        assertEquals(second, putTopic(BOB, "tea"));
        putTopic(BOB, "pie");
        assertNotEquals(second, putTopic(BOB, "tea"));
    }

    private String putTopic(UserId user, String topic) {
        return server.put(user, room, "m.room.topic", "", "topic", topic).ok().string("event_id");
    }

    @Test
    @DisplayName("SEND-3: names that are there already, or go, are not checked again")
    void canonicalAliasesThatStay() {
        var type = "m.room.canonical_alias";
        for (var name : new String[] {"tea", "pie"}) {
            server.as(ALICE).put(alias(name), JsonObject.of("room_id", room)).ok();
        }
        var both = JsonArray.of("#tea:test", "#pie:test");
        server.put(ALICE, room, type, "", "alias", "#tea:test", "alt_aliases", both).ok();
        server.as(ALICE).delete(alias("pie")).ok();
        var after = server.state(ALICE, room, type, "").ok();
        assertEquals(JsonArray.of("#tea:test"), after.array("alt_aliases"));
        server.put(ALICE, room, type, "", "alt_aliases", both).refused(400, "M_BAD_ALIAS");
        server.put(ALICE, room, type, "", "alt_aliases", JsonArray.of("#tea:test"), "x", 1).ok();
        server.put(ALICE, room, type, "", "alias", 7).refused(400, "M_BAD_JSON");
        server.put(ALICE, room, type, "", "alt_aliases", "#tea:test").refused(400, "M_BAD_JSON");
        server.put(ALICE, room, type, "", "alt_aliases", JsonArray.of("#no:elsewhere"))
                .refused(400, "M_BAD_ALIAS");
        server.put(ALICE, room, type, "").ok();
    }

    private static String alias(String localpart) {
        return "/_matrix/client/v3/directory/room/" + escape("#" + localpart + ":test");
    }

    @ParameterizedTest
    @CsvSource({
        // Bob is in, Carol isn't, and neither has power.
        "BOB,   CAROL, join,   403, M_FORBIDDEN",
        "BOB,   ALICE, leave,  403, M_FORBIDDEN",
        "BOB,   ALICE, ban,    403, M_FORBIDDEN",
        "BOB,   ALICE, invite, 403, M_FORBIDDEN",
        "CAROL, CAROL, invite, 403, M_FORBIDDEN",
        "CAROL, CAROL, leave,  403, M_FORBIDDEN",
        "CAROL, BOB,   invite, 403, M_FORBIDDEN",
        "ALICE, BOB,   knock,  403, M_FORBIDDEN",
        "ALICE, BOB,   dance,  403, M_FORBIDDEN",
    })
    @DisplayName("SEND-4: as state, memberships change by the same rules as ever")
    void membersByState(String who, String whom, String membership, int status, String code) {
        server.put(user(who), room, MEMBER, user(whom).value(), "membership", membership)
                .refused(status, code);
    }

    private static UserId user(String name) {
        return UserId.parse("@" + name.toLowerCase(java.util.Locale.ROOT) + ":test");
    }

    @Test
    @DisplayName("SEND-4: a member event without a membership, or of nobody, is bad")
    void membersWithoutSense() {
        server.put(BOB, room, MEMBER, BOB.value(), "displayname", "Bob")
                .refused(400, "M_MISSING_PARAM");
        server.put(BOB, room, MEMBER, BOB.value(), "membership", 1).refused(400, "M_BAD_JSON");
        server.put(ALICE, room, MEMBER, "nobody", "membership", "invite")
                .refused(400, "M_INVALID_PARAM");
        assertEquals("join", member(BOB).string("membership"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"users_default", "ban", "kick", "redact", "invite", "state_default"})
    @DisplayName("SEND-4: power is a whole number, in rooms of every age")
    void powerIsANumber(String key) {
        for (var version : new String[] {"1", "9", "11"}) {
            var old = server.create("room_version", version);
            var type = "m.room.power_levels";
            server.put(ALICE, old, type, "", key, "10").refused(400, "M_BAD_JSON");
            server.put(ALICE, old, type, "", key, JsonArray.EMPTY).refused(400, "M_BAD_JSON");
            server.tryToCreate(
                            "room_version",
                            version,
                            "power_level_content_override",
                            JsonObject.of(key, "10"))
                    .refused(400, "M_BAD_JSON");
        }
    }

    @Test
    @DisplayName("SEND-8: who joins or is invited by a state event is shown by their profile")
    void membersByStateHaveTheirProfile() {
        server.put(CAROL, room, MEMBER, CAROL.value(), "membership", "join", "is_direct", true)
                .ok();
        assertEquals(JsonObject.of("membership", "join", "displayname", "carol"), member(CAROL));
        server.put(ALICE, room, MEMBER, "@dave:test", "membership", "invite", "is_direct", true)
                .ok();
        var dave = server.state(ALICE, room, MEMBER, "@dave:test").ok();
        assertEquals("dave", dave.string("displayname"));
        server.put(CAROL, room, MEMBER, CAROL.value(), "membership", "leave", "reason", "tea").ok();
        assertEquals(JsonObject.of("membership", "leave", "reason", "tea"), member(CAROL));
    }

    @Test
    @DisplayName("SEND-8: a name of one's own in one room stays")
    void ownNamesStay() {
        server.put(BOB, room, MEMBER, BOB.value(), "membership", "join", "displayname", "Bobby")
                .ok();
        assertEquals("Bobby", member(BOB).string("displayname"));
        server.act(BOB, room, "join").ok();
        assertEquals("Bobby", member(BOB).string("displayname"));
    }

    @Test
    @DisplayName("SEND-10: encryption may be set again by who has the power, and stays")
    void encryptionStays() {
        var type = "m.room.encryption";
        var algorithm = "m.megolm.v1.aes-sha2";
        server.put(BOB, room, type, "", "algorithm", algorithm).refused(403, "M_FORBIDDEN");
        server.put(ALICE, room, type, "", "algorithm", algorithm).ok();
        server.put(ALICE, room, type, "", "algorithm", algorithm, "rotation_period_msgs", 50).ok();
        assertEquals(algorithm, server.state(BOB, room, type, "").ok().string("algorithm"));
    }

    @Test
    @DisplayName("SEND-11: nobody locks out every server, or their own")
    void accessLists() {
        var type = "m.room.server_acl";
        var all = JsonArray.of("*");
        server.put(ALICE, room, type, "", "allow", JsonArray.EMPTY).refused(403, "M_FORBIDDEN");
        server.put(ALICE, room, type, "", "allow", JsonArray.of("elsewhere"))
                .refused(403, "M_FORBIDDEN");
        server.put(ALICE, room, type, "", "allow", all, "deny", JsonArray.of("te?t"))
                .refused(403, "M_FORBIDDEN");
        server.put(ALICE, room, type, "", "allow", all, "deny", JsonArray.of("evil.*")).ok();
        server.put(ALICE, room, type, "", "allow", JsonArray.of("TEST")).ok();
        assertFalse(server.state(BOB, room, type, "").ok().isEmpty());
    }
}
