package dev.hearth.authorization;

import static dev.hearth.authorization.Rule.JOIN_BANNED;
import static dev.hearth.authorization.Rule.JOIN_RULE;
import static dev.hearth.authorization.Rule.JOIN_VOUCHED;
import static dev.hearth.authorization.Rule.MEMBER_VOUCHER;
import static dev.hearth.authorization.RuleCase.table;
import static dev.hearth.authorization.RuleCase.that;
import static dev.hearth.roomversion.RoomVersion.V1;
import static dev.hearth.roomversion.RoomVersion.V10;
import static dev.hearth.roomversion.RoomVersion.V12;
import static dev.hearth.roomversion.RoomVersion.V7;
import static dev.hearth.roomversion.RoomVersion.V8;
import static dev.hearth.roomversion.RoomVersion.V9;
import static dev.hearth.testing.Act.ban;
import static dev.hearth.testing.Act.invite;
import static dev.hearth.testing.Act.join;
import static dev.hearth.testing.Act.leave;
import static dev.hearth.testing.RoomScript.ALICE;
import static dev.hearth.testing.RoomScript.BOB;
import static dev.hearth.testing.RoomScript.CAROL;
import static dev.hearth.testing.RoomScript.EVE;
import static dev.hearth.testing.RoomScript.publicChat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearth.event.EventType;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.testing.Act;
import dev.hearth.testing.RoomScript;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Rooms that are open to the members of other rooms, for whom a member with the power to invite
/// vouches.
class RestrictedJoinsTest {

    /// Alice may invite, Carol may not.
    private static RoomScript restricted(RoomVersion version) {
        return restricted(version, "restricted");
    }

    private static RoomScript restricted(RoomVersion version, String rule) {
        return publicChat(version).join(CAROL).levels(JsonObject.of("invite", 50)).joinRule(rule);
    }

    private static Act vouched(UserId joiner, Object voucher) {
        return join(joiner).saying("join_authorised_via_users_server", voucher);
    }

    @TestFactory
    Stream<DynamicNode> restrictedRooms() {
        return cases(RestrictedJoinsTest::restricted, V7, V8);
    }

    @TestFactory
    Stream<DynamicNode> roomsThatAlsoTakeKnocks() {
        return cases(v -> restricted(v, "knock_restricted"), V9, V10);
    }

    private static Stream<DynamicNode> cases(
            Function<RoomVersion, RoomScript> room, RoomVersion lastWithout, RoomVersion first) {
        return Stream.concat(
                table(
                        that("a stranger joins by the word of a member who may invite")
                                .in(room)
                                .tried(vouched(BOB, ALICE))
                                .isRefusedBy(JOIN_RULE, V1, lastWithout)
                                .isAllowed(first, V12),
                        that("who is invited joins")
                                .in(v -> room.apply(v).invite(ALICE, BOB))
                                .tried(join(BOB))
                                .isRefusedBy(JOIN_RULE, V1, lastWithout)
                                .isAllowed(first, V12),
                        that("a member takes another name")
                                .in(room)
                                .tried(join(CAROL).saying("displayname", "Caroline"))
                                .isRefusedBy(JOIN_RULE, V1, lastWithout)
                                .isAllowed(first, V12),
                        that("who is banned joins by the word of a member")
                                .in(v -> room.apply(v).ban(ALICE, BOB))
                                .tried(vouched(BOB, ALICE))
                                .isRefusedBy(JOIN_BANNED)),
                unvouched(room, lastWithout, first));
    }

    private static Stream<DynamicNode> unvouched(
            Function<RoomVersion, RoomScript> room, RoomVersion lastWithout, RoomVersion first) {
        return table(
                that("a stranger joins by nobody's word")
                        .in(room)
                        .tried(join(BOB))
                        .isRefusedBy(JOIN_RULE, V1, lastWithout)
                        .isRefusedBy(JOIN_VOUCHED, first, V12),
                that("a stranger joins by the word of a member who may not invite")
                        .in(room)
                        .tried(vouched(BOB, CAROL))
                        .isRefusedBy(JOIN_RULE, V1, lastWithout)
                        .isRefusedBy(JOIN_VOUCHED, first, V12),
                that("a stranger joins by the word of a stranger")
                        .in(room)
                        .tried(vouched(BOB, EVE))
                        .isRefusedBy(JOIN_RULE, V1, lastWithout)
                        .isRefusedBy(JOIN_VOUCHED, first, V12),
                that("a stranger joins by their own word")
                        .in(room)
                        .tried(vouched(BOB, BOB))
                        .isRefusedBy(JOIN_RULE, V1, lastWithout)
                        .isRefusedBy(JOIN_VOUCHED, first, V12),
                that("a stranger joins by the word of a member who left")
                        .in(v -> room.apply(v).leave(ALICE))
                        .tried(vouched(BOB, ALICE))
                        .isRefusedBy(JOIN_RULE, V1, lastWithout)
                        .isRefusedBy(JOIN_VOUCHED, first, V12));
    }

    @TestFactory
    Stream<DynamicNode> whoVouches() {
        return table(
                since8("what vouches for a join is no user", vouched(BOB, "alice")),
                since8("what vouches for a join is a number", vouched(BOB, 1)),
                since8("what vouches for an invite is no user", vouching(invite(ALICE, BOB))),
                since8("what vouches for a ban is no user", vouching(ban(ALICE, BOB))),
                since8("what vouches for leaving is no user", vouching(leave(CAROL))),
                that("a user vouches for a join to a public room")
                        .tried(vouched(BOB, ALICE))
                        .isAllowed());
    }

    private static Act vouching(Act act) {
        return act.saying("join_authorised_via_users_server", "alice");
    }

    private static RuleCase since8(String what, Act act) {
        return that(what)
                .in(v -> publicChat(v).join(CAROL))
                .tried(act)
                .isAllowed(V1, V7)
                .isRefusedBy(MEMBER_VOUCHER, V8, V12);
    }

    @ParameterizedTest
    @EnumSource(
            value = RoomVersion.class,
            names = {"V8", "V9", "V10", "V11", "V12"})
    void whoseServerMustHaveSignedIsTheVoucher(RoomVersion version) {
        var room = restricted(version);
        assertEquals(Optional.of(ALICE), Authorization.voucher(room.sign(vouched(BOB, ALICE))));
        assertEquals(Optional.empty(), Authorization.voucher(room.sign(join(BOB))));
    }

    @ParameterizedTest
    @EnumSource(
            value = RoomVersion.class,
            names = {"V1", "V6", "V7"})
    void nobodyVouchesWhereNoRoomIsRestricted(RoomVersion version) {
        var event = restricted(version).sign(vouched(BOB, ALICE));
        assertEquals(Optional.empty(), Authorization.voucher(event));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void whomTheRoomTrustsIsNoQuestionOfTheRules(RoomVersion version) {
        var rules =
                Act.joinRule(ALICE, "restricted").saying("allow", JsonArray.of("not", 1, "object"));
        assertEquals(Verdict.allow(), publicChat(version).judge(rules));
        assertEquals(EventType.JOIN_RULES, rules.type());
    }
}
