package dev.hearth.authorization;

import static dev.hearth.authorization.Rule.JOIN_INVITED;
import static dev.hearth.authorization.Rule.JOIN_RULE;
import static dev.hearth.authorization.Rule.KNOCK_OUTSIDE;
import static dev.hearth.authorization.Rule.KNOCK_RULE;
import static dev.hearth.authorization.Rule.KNOCK_SELF;
import static dev.hearth.authorization.Rule.LEAVE_SELF;
import static dev.hearth.authorization.Rule.MEMBER_MEMBERSHIP;
import static dev.hearth.authorization.Rule.SENDER_IS_IN;
import static dev.hearth.authorization.RuleCase.table;
import static dev.hearth.authorization.RuleCase.that;
import static dev.hearth.roomversion.RoomVersion.V1;
import static dev.hearth.roomversion.RoomVersion.V10;
import static dev.hearth.roomversion.RoomVersion.V12;
import static dev.hearth.roomversion.RoomVersion.V6;
import static dev.hearth.roomversion.RoomVersion.V7;
import static dev.hearth.roomversion.RoomVersion.V9;
import static dev.hearth.testing.Act.ban;
import static dev.hearth.testing.Act.invite;
import static dev.hearth.testing.Act.join;
import static dev.hearth.testing.Act.kick;
import static dev.hearth.testing.Act.knock;
import static dev.hearth.testing.Act.leave;
import static dev.hearth.testing.Act.member;
import static dev.hearth.testing.RoomScript.ALICE;
import static dev.hearth.testing.RoomScript.BOB;
import static dev.hearth.testing.RoomScript.CAROL;
import static dev.hearth.testing.RoomScript.founded;
import static dev.hearth.testing.RoomScript.publicChat;

import dev.hearth.roomversion.RoomVersion;
import dev.hearth.testing.RoomScript;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/// Who may knock, and what knocking gives them.
class KnockRulesTest {

    private static RoomScript knockable(RoomVersion version) {
        return founded(version).joinRule("knock");
    }

    private static RoomScript knocked(RoomVersion version) {
        return knockable(version).given(knock(BOB));
    }

    @TestFactory
    Stream<DynamicNode> whoKnocks() {
        return table(
                that("a stranger knocks where one may knock")
                        .in(KnockRulesTest::knockable)
                        .tried(knock(BOB))
                        .isRefusedBy(MEMBER_MEMBERSHIP, V1, V6)
                        .isAllowed(V7, V12),
                that("who knocks knocks again")
                        .in(KnockRulesTest::knocked)
                        .tried(knock(BOB))
                        .isRefusedBy(MEMBER_MEMBERSHIP, V1, V6)
                        .isAllowed(V7, V12),
                that("who was removed knocks")
                        .in(v -> publicChat(v).join(BOB).kick(ALICE, BOB).joinRule("knock"))
                        .tried(knock(BOB))
                        .isRefusedBy(MEMBER_MEMBERSHIP, V1, V6)
                        .isAllowed(V7, V12),
                that("a stranger knocks where one may knock or is let in from other rooms")
                        .in(v -> founded(v).joinRule("knock_restricted"))
                        .tried(knock(BOB))
                        .isRefusedBy(MEMBER_MEMBERSHIP, V1, V6)
                        .isRefusedBy(KNOCK_RULE, V7, V9)
                        .isAllowed(V10, V12));
    }

    @TestFactory
    Stream<DynamicNode> whoDoesNotKnock() {
        return table(
                since7("somebody knocks for another", KNOCK_SELF)
                        .in(KnockRulesTest::knockable)
                        .tried(member(CAROL, BOB, "knock")),
                since7("who is banned knocks", KNOCK_OUTSIDE)
                        .in(v -> knockable(v).ban(ALICE, BOB))
                        .tried(knock(BOB)),
                since7("who is invited knocks", KNOCK_OUTSIDE)
                        .in(v -> knockable(v).invite(ALICE, BOB))
                        .tried(knock(BOB)),
                since7("a member knocks", KNOCK_OUTSIDE)
                        .in(KnockRulesTest::knockable)
                        .tried(knock(ALICE)),
                since7("a stranger knocks at a public room", KNOCK_RULE)
                        .in(RoomScript::publicChat)
                        .tried(knock(BOB)),
                since7("a stranger knocks at a room without join rules", KNOCK_RULE)
                        .in(RoomScript::founded)
                        .tried(knock(BOB)),
                since7("a stranger knocks at a restricted room", KNOCK_RULE)
                        .in(v -> founded(v).joinRule("restricted"))
                        .tried(knock(BOB)));
    }

    private static RuleCase since7(String what, Rule rule) {
        return that(what).isRefusedBy(MEMBER_MEMBERSHIP, V1, V6).isRefusedBy(rule, V7, V12);
    }

    @TestFactory
    Stream<DynamicNode> whatKnockingGives() {
        return table(
                that("who only knocks joins")
                        .in(KnockRulesTest::knocked)
                        .tried(join(BOB))
                        .isRefusedBy(JOIN_RULE, V1, V6)
                        .isRefusedBy(JOIN_INVITED, V7, V12),
                that("who knocks and is invited joins")
                        .in(v -> knocked(v).invite(ALICE, BOB))
                        .tried(join(BOB))
                        .isRefusedBy(JOIN_RULE, V1, V6)
                        .isAllowed(V7, V12),
                that("who knocks goes away")
                        .in(KnockRulesTest::knocked)
                        .tried(leave(BOB))
                        .isRefusedBy(LEAVE_SELF, V1, V6)
                        .isAllowed(V7, V12),
                that("who knocks is sent away")
                        .in(KnockRulesTest::knocked)
                        .tried(kick(ALICE, BOB))
                        .isAllowed(),
                that("who knocks is banned")
                        .in(KnockRulesTest::knocked)
                        .tried(ban(ALICE, BOB))
                        .isAllowed(),
                that("who knocks invites")
                        .in(KnockRulesTest::knocked)
                        .tried(invite(BOB, CAROL))
                        .isRefusedBy(SENDER_IS_IN));
    }
}
