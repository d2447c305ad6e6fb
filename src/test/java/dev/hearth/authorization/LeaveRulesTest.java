package dev.hearth.authorization;

import static dev.hearth.authorization.Rule.BAN_LEVEL;
import static dev.hearth.authorization.Rule.KICK_LEVEL;
import static dev.hearth.authorization.Rule.LEAVE_SELF;
import static dev.hearth.authorization.Rule.SENDER_IS_IN;
import static dev.hearth.authorization.Rule.UNBAN_LEVEL;
import static dev.hearth.authorization.RuleCase.table;
import static dev.hearth.testing.Act.ban;
import static dev.hearth.testing.Act.kick;
import static dev.hearth.testing.Act.leave;
import static dev.hearth.testing.Act.state;
import static dev.hearth.testing.Act.unban;
import static dev.hearth.testing.RoomScript.ALICE;
import static dev.hearth.testing.RoomScript.BOB;
import static dev.hearth.testing.RoomScript.CAROL;
import static dev.hearth.testing.RoomScript.EVE;
import static dev.hearth.testing.RoomScript.founded;
import static dev.hearth.testing.RoomScript.publicChat;

import dev.hearth.event.EventType;
import dev.hearth.json.JsonObject;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.testing.Act;
import dev.hearth.testing.RoomScript;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/// Who may leave, and who may make others leave.
class LeaveRulesTest {

    /// Bob is a moderator, Carol is not.
    private static RoomScript moderated(RoomVersion version) {
        return publicChat(version).join(BOB).join(CAROL).power(BOB, 50);
    }

    /// Bob is a moderator in a room with levels of its own, Carol is banned from it.
    private static RoomScript banned(RoomVersion version, int ban, int kick) {
        return moderated(version)
                .levels(JsonObject.of("ban", ban, "kick", kick))
                .power(BOB, 50)
                .ban(ALICE, CAROL);
    }

    private static RuleCase that(String what) {
        return RuleCase.that(what).in(LeaveRulesTest::moderated);
    }

    @TestFactory
    Stream<DynamicNode> leaving() {
        return table(
                that("a member leaves").tried(leave(CAROL)).isAllowed(),
                that("the creator leaves").tried(leave(ALICE)).isAllowed(),
                that("who is invited declines")
                        .in(v -> founded(v).invite(ALICE, BOB))
                        .tried(leave(BOB))
                        .isAllowed(),
                that("a stranger leaves").tried(leave(EVE)).isRefusedBy(LEAVE_SELF),
                that("who left leaves")
                        .in(v -> moderated(v).leave(CAROL))
                        .tried(leave(CAROL))
                        .isRefusedBy(LEAVE_SELF),
                that("who is banned leaves")
                        .in(v -> moderated(v).ban(ALICE, CAROL))
                        .tried(leave(CAROL))
                        .isRefusedBy(LEAVE_SELF),
                that("a moderator who is banned leaves")
                        .in(v -> moderated(v).ban(ALICE, BOB))
                        .tried(leave(BOB))
                        .isRefusedBy(LEAVE_SELF));
    }

    @TestFactory
    Stream<DynamicNode> removing() {
        return table(
                that("a moderator removes a member").tried(kick(BOB, CAROL)).isAllowed(),
                that("a moderator takes an invite back")
                        .in(v -> moderated(v).invite(ALICE, EVE))
                        .tried(kick(BOB, EVE))
                        .isAllowed(),
                that("a moderator removes who isn't there").tried(kick(BOB, EVE)).isAllowed(),
                that("a member removes a member").tried(kick(CAROL, BOB)).isRefusedBy(KICK_LEVEL),
                that("a moderator removes a moderator")
                        .in(v -> moderated(v).power(CAROL, 50))
                        .tried(kick(BOB, CAROL))
                        .isRefusedBy(KICK_LEVEL),
                that("a moderator removes an administrator")
                        .tried(kick(BOB, ALICE))
                        .isRefusedBy(KICK_LEVEL),
                that("a moderator removes who has just less power")
                        .in(v -> moderated(v).power(CAROL, 49))
                        .tried(kick(BOB, CAROL))
                        .isAllowed(),
                that("a moderator has just too little power to remove anybody")
                        .in(v -> moderated(v).levels(JsonObject.of("kick", 51)).power(BOB, 50))
                        .tried(kick(BOB, CAROL))
                        .isRefusedBy(KICK_LEVEL),
                that("everybody who isn't named has the power of a moderator")
                        .in(v -> moderated(v).levels(JsonObject.of("users_default", 50)))
                        .tried(kick(BOB, CAROL))
                        .isRefusedBy(KICK_LEVEL),
                that("a moderator who left removes a member")
                        .in(v -> moderated(v).leave(BOB))
                        .tried(kick(BOB, CAROL))
                        .isRefusedBy(SENDER_IS_IN),
                that("a moderator who is only invited removes a member")
                        .in(v -> moderated(v).leave(BOB).invite(ALICE, BOB))
                        .tried(kick(BOB, CAROL))
                        .isRefusedBy(SENDER_IS_IN));
    }

    @TestFactory
    Stream<DynamicNode> liftingBans() {
        return table(
                that("a moderator lifts a ban")
                        .in(v -> moderated(v).ban(ALICE, CAROL))
                        .tried(unban(BOB, CAROL))
                        .isAllowed(),
                that("who may remove but not ban lifts a ban")
                        .in(v -> banned(v, 60, 40))
                        .tried(unban(BOB, CAROL))
                        .isRefusedBy(UNBAN_LEVEL),
                that("who may ban but not remove lifts a ban")
                        .in(v -> banned(v, 40, 60))
                        .tried(unban(BOB, CAROL))
                        .isRefusedBy(KICK_LEVEL),
                that("a moderator lifts the ban of a moderator")
                        .in(v -> moderated(v).power(CAROL, 50).ban(ALICE, CAROL))
                        .tried(unban(BOB, CAROL))
                        .isRefusedBy(KICK_LEVEL),
                that("a stranger lifts a ban")
                        .in(v -> moderated(v).ban(ALICE, CAROL))
                        .tried(unban(EVE, CAROL))
                        .isRefusedBy(SENDER_IS_IN));
    }

    @TestFactory
    Stream<DynamicNode> banning() {
        return table(
                that("a moderator bans a member").tried(ban(BOB, CAROL)).isAllowed(),
                that("a moderator bans a stranger").tried(ban(BOB, EVE)).isAllowed(),
                that("a moderator bans who is banned")
                        .in(v -> moderated(v).ban(ALICE, CAROL))
                        .tried(ban(BOB, CAROL))
                        .isAllowed(),
                that("a moderator bans what is no user").tried(banOf("carol")).isAllowed(),
                that("a member bans a member").tried(ban(CAROL, BOB)).isRefusedBy(BAN_LEVEL),
                that("a moderator bans themselves").tried(ban(BOB, BOB)).isRefusedBy(BAN_LEVEL),
                that("a moderator bans a moderator")
                        .in(v -> moderated(v).power(CAROL, 50))
                        .tried(ban(BOB, CAROL))
                        .isRefusedBy(BAN_LEVEL),
                that("a moderator bans an administrator")
                        .tried(ban(BOB, ALICE))
                        .isRefusedBy(BAN_LEVEL),
                that("a moderator has just too little power to ban anybody")
                        .in(v -> moderated(v).levels(JsonObject.of("ban", 51)).power(BOB, 50))
                        .tried(ban(BOB, CAROL))
                        .isRefusedBy(BAN_LEVEL),
                that("a moderator who left bans a member")
                        .in(v -> moderated(v).leave(BOB))
                        .tried(ban(BOB, CAROL))
                        .isRefusedBy(SENDER_IS_IN));
    }

    private static Act banOf(String key) {
        return state(BOB, EventType.MEMBER, key, JsonObject.of("membership", "ban"));
    }
}
