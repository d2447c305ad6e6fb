package dev.hearth.authorization;

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

import dev.hearth.roomversion.RoomVersion;
import dev.hearth.testing.RoomScript;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/// Who may knock, and what knocking gives them.
class KnockRulesTest {

    private static RoomScript closed(RoomVersion version) {
        return RoomScript.founded(version).joinRule("knock");
    }

    @TestFactory
    Stream<DynamicNode> knocking() {
        return table(
                that("a stranger knocks where one may knock", v -> closed(v).judge(knock(BOB)))
                        .isRefusedBy(Rule.MEMBER_MEMBERSHIP, V1, V6)
                        .isAllowed(V7, V12),
                that("who knocks knocks again", v -> closed(v).given(knock(BOB)).judge(knock(BOB)))
                        .isRefusedBy(Rule.MEMBER_MEMBERSHIP, V1, V6)
                        .isAllowed(V7, V12),
                that(
                                "who was removed knocks",
                                v ->
                                        RoomScript.publicChat(v)
                                                .join(BOB)
                                                .kick(ALICE, BOB)
                                                .joinRule("knock")
                                                .judge(knock(BOB)))
                        .isRefusedBy(Rule.MEMBER_MEMBERSHIP, V1, V6)
                        .isAllowed(V7, V12),
                that(
                                "a stranger knocks where one may knock or is let in by other rooms",
                                v ->
                                        RoomScript.founded(v)
                                                .joinRule("knock_restricted")
                                                .judge(knock(BOB)))
                        .isRefusedBy(Rule.MEMBER_MEMBERSHIP, V1, V6)
                        .isRefusedBy(Rule.KNOCK_RULE, V7, V9)
                        .isAllowed(V10, V12),
                refused(
                        "somebody knocks for another",
                        v -> closed(v).judge(member(CAROL, BOB, "knock")),
                        Rule.KNOCK_SELF),
                refused(
                        "who is banned knocks",
                        v -> closed(v).ban(ALICE, BOB).judge(knock(BOB)),
                        Rule.KNOCK_OUTSIDE),
                refused(
                        "who is invited knocks",
                        v -> closed(v).invite(ALICE, BOB).judge(knock(BOB)),
                        Rule.KNOCK_OUTSIDE),
                refused("a member knocks", v -> closed(v).judge(knock(ALICE)), Rule.KNOCK_OUTSIDE),
                refused(
                        "a stranger knocks at a public room",
                        v -> RoomScript.publicChat(v).judge(knock(BOB)),
                        Rule.KNOCK_RULE),
                refused(
                        "a stranger knocks at a room without join rules",
                        v -> RoomScript.founded(v).judge(knock(BOB)),
                        Rule.KNOCK_RULE),
                refused(
                        "a stranger knocks at a restricted room",
                        v -> RoomScript.founded(v).joinRule("restricted").judge(knock(BOB)),
                        Rule.KNOCK_RULE));
    }

    private static RuleCase refused(String what, Function<RoomVersion, Verdict> story, Rule rule) {
        return that(what, story)
                .isRefusedBy(Rule.MEMBER_MEMBERSHIP, V1, V6)
                .isRefusedBy(rule, V7, V12);
    }

    @TestFactory
    Stream<DynamicNode> knockers() {
        return table(
                that("who only knocks joins", v -> closed(v).given(knock(BOB)).judge(join(BOB)))
                        .isRefusedBy(Rule.JOIN_RULE, V1, V6)
                        .isRefusedBy(Rule.JOIN_INVITED, V7, V12),
                that(
                                "who knocks and is invited joins",
                                v ->
                                        closed(v)
                                                .given(knock(BOB))
                                                .invite(ALICE, BOB)
                                                .judge(join(BOB)))
                        .isRefusedBy(Rule.JOIN_RULE, V1, V6)
                        .isAllowed(V7, V12),
                that("who knocks goes away", v -> closed(v).given(knock(BOB)).judge(leave(BOB)))
                        .isRefusedBy(Rule.LEAVE_SELF, V1, V6)
                        .isAllowed(V7, V12),
                that(
                                "who knocks is sent away",
                                v -> closed(v).given(knock(BOB)).judge(kick(ALICE, BOB)))
                        .isAllowed(),
                that(
                                "who knocks is banned",
                                v -> closed(v).given(knock(BOB)).judge(ban(ALICE, BOB)))
                        .isAllowed(),
                that(
                                "who knocks invites",
                                v -> closed(v).given(knock(BOB)).judge(invite(BOB, CAROL)))
                        .isRefusedBy(Rule.SENDER_IS_IN));
    }
}
