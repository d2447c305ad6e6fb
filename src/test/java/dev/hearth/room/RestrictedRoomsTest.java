package dev.hearth.room;

import static dev.hearth.room.RoomServer.ALICE;
import static dev.hearth.room.RoomServer.BOB;
import static dev.hearth.room.RoomServer.CAROL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Rooms for the members of other rooms.
class RestrictedRoomsTest {

    private static final String VOUCHER = "join_authorised_via_users_server";
    private static final UserId EVE = UserId.parse("@eve:elsewhere");

    private final RoomServer server = new RoomServer();
    private final String allowed = server.create("preset", "public_chat");

    @AfterEach
    void close() {
        server.close();
    }

    private String restricted(String version, String rule) {
        return server.create(
                "room_version",
                version,
                "initial_state",
                JsonArray.of(
                        JsonObject.of(
                                "type",
                                "m.room.join_rules",
                                "content",
                                JsonObject.of(
                                        "join_rule",
                                        rule,
                                        "allow",
                                        JsonArray.of(condition(allowed))))));
    }

    private static JsonObject condition(String room) {
        return JsonObject.of(
                "type", "m.room_membership", "room_id", room, "via", JsonArray.of("test"));
    }

    private void allow(String room, String rule, Object allow) {
        server.put(ALICE, room, "m.room.join_rules", "", "join_rule", rule, "allow", allow).ok();
    }

    private JsonObject member(String room, UserId user) {
        return server.state(ALICE, room, "m.room.member", user.value()).ok();
    }

    /// Complement: TestRestrictedRoomsLocalJoin, TestRestrictedRoomsLocalJoinInMSC3787Room: Join
    /// should fail initially, Join should succeed when joined to allowed room, Join should fail
    /// when left allowed room
    @ParameterizedTest(name = "RST-1, RST-2: version {0}, {1}")
    @CsvSource({
        "8, restricted",
        "9, restricted",
        "10, knock_restricted",
        "11, restricted",
        "12, restricted",
        "12, knock_restricted"
    })
    void membersOfTheOtherRoom(String version, String rule) {
        var room = restricted(version, rule);
        server.act(BOB, room, "join").refused(403, "M_FORBIDDEN");
        server.act(BOB, allowed, "join").ok();
        server.act(BOB, room, "join").ok();
        assertEquals(ALICE.value(), member(room, BOB).string(VOUCHER));
        server.put(
                        BOB,
                        room,
                        "m.room.member",
                        BOB.value(),
                        "membership",
                        "join",
                        "displayname",
                        "Bobby",
                        VOUCHER,
                        "unused")
                .ok();
        assertEquals("Bobby", member(room, BOB).string("displayname"));
        assertFalse(member(room, BOB).has(VOUCHER));
        server.act(BOB, room, "leave").ok();
        server.act(BOB, allowed, "leave").ok();
        server.act(BOB, room, "join").refused(403, "M_FORBIDDEN");
    }

    /// Complement: TestRestrictedRoomsLocalJoin/Join should succeed when invited
    @Test
    @DisplayName("RST-1: who is invited needs no condition, and nobody who vouches")
    void invited() {
        var room = restricted("8", "restricted");
        server.act(ALICE, room, "invite", "user_id", BOB).ok();
        server.act(BOB, room, "join").ok();
        assertFalse(member(room, BOB).has(VOUCHER));
    }

    @Test
    @DisplayName("RST-1: only being in the other room counts, and only while joining")
    void onlyMembers() {
        var room = restricted("12", "restricted");
        server.act(ALICE, allowed, "invite", "user_id", BOB).ok();
        server.act(BOB, room, "join").refused(403, "M_FORBIDDEN");
        server.act(BOB, allowed, "join").ok();
        server.act(BOB, room, "join").ok();
        server.act(BOB, allowed, "leave").ok();
        server.say(BOB, room, "1", "body", "still here").ok();
    }

    @Test
    @DisplayName("RST-1: who is banned stays out, whatever other rooms they are in")
    void banned() {
        var room = restricted("12", "restricted");
        server.act(BOB, allowed, "join").ok();
        server.act(ALICE, room, "ban", "user_id", BOB).ok();
        server.act(BOB, room, "join").refused(403, "M_FORBIDDEN");
    }

    /// Complement: TestRestrictedRoomsLocalJoin/Join should fail with mangled join rules
    @Test
    @DisplayName("RST-1: conditions that make no sense let nobody in, and keep nobody else out")
    void mangled() {
        var room = restricted("8", "restricted");
        server.act(BOB, allowed, "join").ok();
        for (var allow :
                new Object[] {
                    JsonArray.of("invalid"),
                    "invalid",
                    JsonArray.EMPTY,
                    JsonArray.of(JsonObject.of("type", "m.room_membership")),
                    JsonArray.of(condition("kitchen")),
                    JsonArray.of(condition(allowed).with("type", "org.example.payment"))
                }) {
            allow(room, "restricted", allow);
            server.act(BOB, room, "join").refused(403, "M_FORBIDDEN");
        }
        allow(room, "restricted", JsonArray.of("invalid", condition(allowed)));
        server.act(BOB, room, "join").ok();
    }

    @Test
    @DisplayName("RST-1: in versions that don't know the rule it lets nobody in")
    void olderVersions() {
        server.act(BOB, allowed, "join").ok();
        server.act(BOB, restricted("7", "restricted"), "join").refused(403, "M_FORBIDDEN");
        server.act(BOB, restricted("9", "knock_restricted"), "join").refused(403, "M_FORBIDDEN");
    }

    /// Complement: TestRestrictedRoomsLocalJoinNoCreatorsUsesPowerLevelsV11,
    /// TestRestrictedRoomsLocalJoinNoCreatorsUsesPowerLevelsV12,
    /// TestKnockRestrictedRoomsLocalJoinNoCreatorsUsesPowerLevelsV11,
    /// TestKnockRestrictedRoomsLocalJoinNoCreatorsUsesPowerLevelsV12
    @ParameterizedTest(name = "RST-2: without a creator, whoever may invite vouches: {0}, {1}")
    @CsvSource({"11, restricted", "12, restricted", "11, knock_restricted", "12, knock_restricted"})
    void withoutCreators(String version, String rule) {
        var room = restricted(version, rule);
        server.act(BOB, allowed, "join").ok();
        server.act(BOB, room, "join").ok();
        var users = JsonObject.of(BOB.value(), 50);
        server.put(
                        ALICE,
                        room,
                        "m.room.power_levels",
                        "",
                        "invite",
                        50,
                        "users",
                        version.equals("12") ? users : users.with(ALICE.value(), 100))
                .ok();
        server.act(ALICE, room, "leave").ok();
        server.act(CAROL, allowed, "join").ok();
        server.act(CAROL, room, "join").ok();
        assertEquals(
                BOB.value(),
                server.state(BOB, room, "m.room.member", CAROL.value()).ok().string(VOUCHER));
    }

    @Test
    @DisplayName("RST-3: who fulfils a condition where nobody may invite asks another server")
    void nobodyToVouch() {
        var room = restricted("12", "restricted");
        server.act(BOB, allowed, "join").ok();
        server.act(BOB, room, "join").ok();
        server.put(ALICE, room, "m.room.power_levels", "", "invite", 50).ok();
        server.act(ALICE, room, "leave").ok();
        server.act(CAROL, allowed, "join").ok();
        server.act(CAROL, room, "join").refused(400, "M_UNABLE_TO_GRANT_JOIN");
    }

    @Test
    @DisplayName("RST-3: of a user from elsewhere in a room that isn't here nothing can be told")
    void strangers() {
        var room = restricted("12", "restricted");
        assertInstanceOf(RestrictedJoin.Ruling.Refused.class, ruling(room, EVE));
        allow(room, "restricted", JsonArray.of(condition("!far:elsewhere")));
        assertInstanceOf(RestrictedJoin.Ruling.CannotTell.class, ruling(room, EVE));
        assertInstanceOf(RestrictedJoin.Ruling.Refused.class, ruling(room, BOB));
        server.act(ALICE, allowed, "leave").ok();
        allow(room, "restricted", JsonArray.of(condition(allowed)));
        assertInstanceOf(RestrictedJoin.Ruling.CannotTell.class, ruling(room, EVE));
        server.act(BOB, room, "join").refused(403, "M_FORBIDDEN");
    }

    private RestrictedJoin.Ruling ruling(String room, UserId user) {
        var ruling = new AtomicReference<RestrictedJoin.Ruling>();
        server.rooms.inRoom(
                RoomId.parse(room),
                (tx, live) -> {
                    ruling.set(new RestrictedJoin(server.rooms, tx, live).of(user));
                    return true;
                });
        return ruling.get();
    }

    @Test
    @DisplayName("RST-2: a join that is written as state is vouched for too")
    void joinAsState() {
        var room = restricted("12", "restricted");
        server.act(BOB, allowed, "join").ok();
        server.put(BOB, room, "m.room.member", BOB.value(), "membership", "join").ok();
        assertEquals(ALICE.value(), member(room, BOB).string(VOUCHER));
        server.put(CAROL, room, "m.room.member", CAROL.value(), "membership", "join")
                .refused(403, "M_FORBIDDEN");
    }
}
