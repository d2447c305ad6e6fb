package dev.hearth.authorization;

import static dev.hearth.authorization.Rule.JOIN_BANNED;
import static dev.hearth.authorization.Rule.JOIN_INVITED;
import static dev.hearth.authorization.Rule.JOIN_RULE;
import static dev.hearth.authorization.Rule.JOIN_SELF;
import static dev.hearth.authorization.Rule.MEMBER_FORM;
import static dev.hearth.authorization.Rule.MEMBER_MEMBERSHIP;
import static dev.hearth.authorization.RuleCase.table;
import static dev.hearth.authorization.RuleCase.that;
import static dev.hearth.event.EventType.JOIN_RULES;
import static dev.hearth.event.EventType.MEMBER;
import static dev.hearth.roomversion.RoomVersion.V1;
import static dev.hearth.roomversion.RoomVersion.V10;
import static dev.hearth.roomversion.RoomVersion.V11;
import static dev.hearth.roomversion.RoomVersion.V12;
import static dev.hearth.testing.Act.create;
import static dev.hearth.testing.Act.join;
import static dev.hearth.testing.Act.member;
import static dev.hearth.testing.Act.message;
import static dev.hearth.testing.RoomScript.ALICE;
import static dev.hearth.testing.RoomScript.BOB;
import static dev.hearth.testing.RoomScript.EVE;
import static dev.hearth.testing.RoomScript.founded;
import static dev.hearth.testing.RoomScript.nothing;
import static dev.hearth.testing.RoomScript.publicChat;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonNull;
import dev.hearth.json.JsonObject;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.testing.Act;
import dev.hearth.testing.RoomScript;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/// Who may join a room, but for restricted ones.
class JoinRulesTest {

    private static RoomScript begun(RoomVersion version) {
        return nothing(version).then(create(ALICE, version));
    }

    @TestFactory
    Stream<DynamicNode> theFirst() {
        return table(
                that("the creator joins first")
                        .in(JoinRulesTest::begun)
                        .tried(join(ALICE))
                        .isAllowed(),
                that("somebody else joins first")
                        .in(JoinRulesTest::begun)
                        .tried(join(BOB))
                        .isRefusedBy(JOIN_INVITED),
                that("the creator, who left, joins as if they came first")
                        .in(v -> founded(v).leave(ALICE))
                        .tried(join(ALICE))
                        .isRefusedBy(JOIN_INVITED),
                that("the creator, who left, joins in the past")
                        .in(v -> founded(v).leave(ALICE))
                        .tried(room -> join(ALICE).after(room.find("m.room.create")))
                        .isAllowed(),
                that("the creator joins after two events, one of which began the room")
                        .in(v -> founded(v).leave(ALICE))
                        .tried(room -> join(ALICE).after(room.find("m.room.create"), room.last()))
                        .isRefusedBy(JOIN_INVITED),
                that("who is named as creator by another joins first")
                        .in(v -> nothing(v).then(create(ALICE, v).saying("creator", BOB)))
                        .tried(join(BOB))
                        .isAllowed(V1, V10)
                        .isRefusedBy(JOIN_INVITED, V11, V12),
                that("who names another as creator joins first")
                        .in(v -> nothing(v).then(create(ALICE, v).saying("creator", BOB)))
                        .tried(join(ALICE))
                        .isRefusedBy(JOIN_INVITED, V1, V10)
                        .isAllowed(V11, V12),
                that("a further creator joins first")
                        .in(v -> nothing(v).then(withFurtherCreator(v)))
                        .tried(join(BOB))
                        .isRefusedBy(JOIN_INVITED));
    }

    private static Act withFurtherCreator(RoomVersion version) {
        return create(ALICE, version).saying("additional_creators", JsonArray.of(BOB));
    }

    @TestFactory
    Stream<DynamicNode> whoComes() {
        return table(
                that("a stranger joins a public room").tried(join(BOB)).isAllowed(),
                that("a stranger from another server joins a public room")
                        .tried(join(EVE))
                        .isAllowed(),
                that("who left joins a public room")
                        .in(v -> publicChat(v).join(BOB).leave(BOB))
                        .tried(join(BOB))
                        .isAllowed(),
                that("who was removed joins a public room")
                        .in(v -> publicChat(v).join(BOB).kick(ALICE, BOB))
                        .tried(join(BOB))
                        .isAllowed(),
                that("a member takes another name")
                        .in(v -> publicChat(v).join(BOB))
                        .tried(join(BOB).saying("displayname", "Robert"))
                        .isAllowed(),
                that("somebody joins for another")
                        .tried(member(ALICE, BOB, "join"))
                        .isRefusedBy(JOIN_SELF),
                that("who is banned joins a public room")
                        .in(v -> publicChat(v).ban(ALICE, BOB))
                        .tried(join(BOB))
                        .isRefusedBy(JOIN_BANNED),
                that("who was banned and let off joins a public room")
                        .in(v -> publicChat(v).ban(ALICE, BOB).kick(ALICE, BOB))
                        .tried(join(BOB))
                        .isAllowed());
    }

    @TestFactory
    Stream<DynamicNode> closedRooms() {
        return table(
                that("a stranger joins a room without join rules")
                        .in(RoomScript::founded)
                        .tried(join(BOB))
                        .isRefusedBy(JOIN_INVITED),
                that("a stranger joins a room for the invited")
                        .in(v -> founded(v).joinRule("invite"))
                        .tried(join(BOB))
                        .isRefusedBy(JOIN_INVITED),
                that("who is invited joins a room for the invited")
                        .in(v -> founded(v).joinRule("invite").invite(ALICE, BOB))
                        .tried(join(BOB))
                        .isAllowed(),
                that("who is invited joins a room without join rules")
                        .in(v -> founded(v).invite(ALICE, BOB))
                        .tried(join(BOB))
                        .isAllowed(),
                that("a member joins a room for the invited again")
                        .in(v -> publicChat(v).join(BOB).joinRule("invite"))
                        .tried(join(BOB))
                        .isAllowed(),
                that("who is invited joins a private room")
                        .in(v -> founded(v).joinRule("private").invite(ALICE, BOB))
                        .tried(join(BOB))
                        .isRefusedBy(JOIN_RULE),
                that("a member joins a room with a join rule of the future again")
                        .in(v -> publicChat(v).join(BOB).joinRule("by.moonlight"))
                        .tried(join(BOB))
                        .isRefusedBy(JOIN_RULE),
                that("who is invited joins a room whose join rules name none")
                        .in(v -> founded(v).then(rules(JsonObject.EMPTY)).invite(ALICE, BOB))
                        .tried(join(BOB))
                        .isRefusedBy(JOIN_RULE),
                that("who is invited joins a room whose join rule is no text")
                        .in(v -> founded(v).then(rules(nullRule())).invite(ALICE, BOB))
                        .tried(join(BOB))
                        .isRefusedBy(JOIN_RULE));
    }

    private static JsonObject nullRule() {
        return JsonObject.of("join_rule", JsonNull.NULL);
    }

    private static Act rules(JsonObject content) {
        return Act.state(ALICE, JOIN_RULES, "", content);
    }

    @TestFactory
    Stream<DynamicNode> forms() {
        return table(
                that("a member event is no state")
                        .tried(message(BOB, MEMBER, JsonObject.of("membership", "join")))
                        .isRefusedBy(MEMBER_FORM),
                that("a member event says nothing of a membership")
                        .tried(join(BOB).withholding("membership"))
                        .isRefusedBy(MEMBER_FORM),
                that("a membership is a number")
                        .tried(join(BOB).saying("membership", 1))
                        .isRefusedBy(MEMBER_FORM),
                that("a membership is one of the future")
                        .tried(member(BOB, BOB, "dance"))
                        .isRefusedBy(MEMBER_MEMBERSHIP),
                that("a membership is in capital letters")
                        .tried(member(BOB, BOB, "JOIN"))
                        .isRefusedBy(MEMBER_MEMBERSHIP));
    }
}
