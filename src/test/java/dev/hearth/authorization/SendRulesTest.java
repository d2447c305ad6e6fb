package dev.hearth.authorization;

import static dev.hearth.authorization.Rule.ALIASES;
import static dev.hearth.authorization.Rule.FEDERATION;
import static dev.hearth.authorization.Rule.REDACT_LEVEL;
import static dev.hearth.authorization.Rule.SENDER_IS_IN;
import static dev.hearth.authorization.Rule.SEND_LEVEL;
import static dev.hearth.authorization.Rule.STATE_OF_USER;
import static dev.hearth.authorization.Rule.THIRD_PARTY_INVITE_LEVEL;
import static dev.hearth.authorization.RuleCase.table;
import static dev.hearth.event.EventType.REDACTION;
import static dev.hearth.event.EventType.THIRD_PARTY_INVITE;
import static dev.hearth.roomversion.RoomVersion.V1;
import static dev.hearth.roomversion.RoomVersion.V12;
import static dev.hearth.roomversion.RoomVersion.V2;
import static dev.hearth.roomversion.RoomVersion.V3;
import static dev.hearth.roomversion.RoomVersion.V5;
import static dev.hearth.roomversion.RoomVersion.V6;
import static dev.hearth.testing.Act.create;
import static dev.hearth.testing.Act.invite;
import static dev.hearth.testing.Act.join;
import static dev.hearth.testing.Act.message;
import static dev.hearth.testing.Act.state;
import static dev.hearth.testing.Act.text;
import static dev.hearth.testing.Act.topic;
import static dev.hearth.testing.RoomScript.ALICE;
import static dev.hearth.testing.RoomScript.BOB;
import static dev.hearth.testing.RoomScript.CAROL;
import static dev.hearth.testing.RoomScript.EVE;
import static dev.hearth.testing.RoomScript.founded;
import static dev.hearth.testing.RoomScript.publicChat;

import dev.hearth.event.EventType;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.testing.Act;
import dev.hearth.testing.RoomScript;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/// Who may send what into a room.
class SendRulesTest {

    private static RoomScript room(RoomVersion version) {
        return publicChat(version).join(BOB);
    }

    private static RoomScript events(RoomVersion version, Object... typesAndLevels) {
        return room(version).levels(JsonObject.of("events", JsonObject.of(typesAndLevels)));
    }

    private static RuleCase that(String what) {
        return RuleCase.that(what).in(SendRulesTest::room);
    }

    @TestFactory
    Stream<DynamicNode> fromWhere() {
        return table(
                that("a member sends a message").tried(text(BOB, "Hello")).isAllowed(),
                that("a stranger sends a message")
                        .tried(text(CAROL, "Hello"))
                        .isRefusedBy(SENDER_IS_IN),
                that("who is invited sends a message")
                        .in(v -> room(v).invite(ALICE, CAROL))
                        .tried(text(CAROL, "Hello"))
                        .isRefusedBy(SENDER_IS_IN),
                that("who left sends a message")
                        .in(v -> room(v).leave(BOB))
                        .tried(text(BOB, "Hello"))
                        .isRefusedBy(SENDER_IS_IN),
                that("who is banned sends a message")
                        .in(v -> room(v).ban(ALICE, BOB))
                        .tried(text(BOB, "Hello"))
                        .isRefusedBy(SENDER_IS_IN),
                that("the creator, who left, sends a message")
                        .in(v -> room(v).leave(ALICE))
                        .tried(text(ALICE, "Hello"))
                        .isRefusedBy(SENDER_IS_IN));
    }

    @TestFactory
    Stream<DynamicNode> levels() {
        return table(
                that("a member sets the topic").tried(topic(BOB, "tea")).isRefusedBy(SEND_LEVEL),
                that("a moderator sets the topic")
                        .in(v -> room(v).power(BOB, 50))
                        .tried(topic(BOB, "tea"))
                        .isAllowed(),
                that("a member sends a topic that is no state")
                        .tried(message(BOB, EventType.TOPIC, JsonObject.EMPTY))
                        .isAllowed(),
                that("a member sets a topic that is for everybody to set")
                        .in(v -> events(v, EventType.TOPIC, 0))
                        .tried(topic(BOB, "tea"))
                        .isAllowed(),
                that("a member sends a message where only moderators speak")
                        .in(v -> room(v).levels(JsonObject.of("events_default", 50)))
                        .tried(text(BOB, "Hello"))
                        .isRefusedBy(SEND_LEVEL),
                that("a member sets state where everybody may")
                        .in(v -> room(v).levels(JsonObject.of("state_default", 0)))
                        .tried(topic(BOB, "tea"))
                        .isAllowed(),
                that("a member sends a message of a type with a level of its own")
                        .in(v -> events(v, "m.room.message", 1))
                        .tried(text(BOB, "Hello"))
                        .isRefusedBy(SEND_LEVEL),
                that("a member sends a message by the level of all who aren't named")
                        .in(v ->
                                events(v, "m.room.message", 1)
                                        .levels(JsonObject.of("users_default", 1)))
                        .tried(text(BOB, "Hello"))
                        .isAllowed(),
                that("a member sets the topic where power levels were never set")
                        .in(v -> room(v).forgetting(EventType.POWER_LEVELS))
                        .tried(topic(BOB, "tea"))
                        .isRefusedBy(SEND_LEVEL),
                that("the creator sets the topic where power levels were never set")
                        .in(v -> room(v).forgetting(EventType.POWER_LEVELS))
                        .tried(topic(ALICE, "tea"))
                        .isAllowed());
    }

    @TestFactory
    Stream<DynamicNode> stateOfUsers() {
        return table(
                that("a member sets state of their own")
                        .in(v -> events(v, "a.mood", 0))
                        .tried(state(BOB, "a.mood", BOB.value(), JsonObject.EMPTY))
                        .isAllowed(),
                that("a member sets state of another")
                        .in(v -> events(v, "a.mood", 0))
                        .tried(state(BOB, "a.mood", ALICE.value(), JsonObject.EMPTY))
                        .isRefusedBy(STATE_OF_USER),
                that("the creator sets state of another")
                        .tried(state(ALICE, "a.mood", BOB.value(), JsonObject.EMPTY))
                        .isRefusedBy(STATE_OF_USER),
                that("a member sets state whose key goes on after their name")
                        .in(v -> events(v, "a.mood", 0))
                        .tried(state(BOB, "a.mood", BOB + "_today", JsonObject.EMPTY))
                        .isRefusedBy(STATE_OF_USER),
                that("a member sets state whose key is a lonely sigil")
                        .in(v -> events(v, "a.mood", 0))
                        .tried(state(BOB, "a.mood", "@", JsonObject.EMPTY))
                        .isRefusedBy(STATE_OF_USER),
                that("a member sets state whose key has another's name within")
                        .in(v -> events(v, "a.mood", 0))
                        .tried(state(BOB, "a.mood", "_" + ALICE, JsonObject.EMPTY))
                        .isAllowed());
    }

    @TestFactory
    Stream<DynamicNode> thirdPartyInvites() {
        return table(
                that("a member invites a mail address").tried(mailInvite(BOB)).isAllowed(),
                that("a stranger invites a mail address")
                        .tried(mailInvite(CAROL))
                        .isRefusedBy(SENDER_IS_IN),
                that("a member without the power to invite invites a mail address")
                        .in(v -> room(v).levels(JsonObject.of("invite", 1)))
                        .tried(mailInvite(BOB))
                        .isRefusedBy(THIRD_PARTY_INVITE_LEVEL),
                that("the level of the event's type says nothing about inviting a mail address")
                        .in(v -> events(v, THIRD_PARTY_INVITE, 100))
                        .tried(mailInvite(BOB))
                        .isAllowed());
    }

    private static Act mailInvite(UserId sender) {
        return state(
                sender,
                THIRD_PARTY_INVITE,
                "the-token",
                JsonObject.of("display_name", "c...@e..."));
    }

    private static RoomScript local(RoomVersion version, Object federate) {
        return founded(version, create(ALICE, version).saying("m.federate", federate))
                .joinRule("public");
    }

    @TestFactory
    Stream<DynamicNode> federation() {
        return table(
                that("somebody of another server joins a room that is for its own")
                        .in(v -> local(v, false))
                        .tried(join(EVE))
                        .isRefusedBy(FEDERATION),
                that("somebody of the same server joins a room that is for its own")
                        .in(v -> local(v, false))
                        .tried(join(BOB))
                        .isAllowed(),
                that("somebody of another server joins a room that says it is for all")
                        .in(v -> local(v, true))
                        .tried(join(EVE))
                        .isAllowed(),
                that("somebody of another server joins a room that says \"false\" in a text")
                        .in(v -> local(v, "false"))
                        .tried(join(EVE))
                        .isAllowed(),
                that("a member invites somebody of another server to a room for its own")
                        .in(v -> local(v, false))
                        .tried(invite(ALICE, EVE))
                        .isAllowed(),
                that("aliases come from another server to a room for its own")
                        .in(v -> local(v, false))
                        .tried(aliases(EVE, "elsewhere.test"))
                        .isRefusedBy(FEDERATION));
    }

    private static Act aliases(UserId sender, String key) {
        return state(sender, EventType.ALIASES, key, JsonObject.EMPTY);
    }

    @TestFactory
    Stream<DynamicNode> aliases() {
        return table(
                that("a member without power sets the aliases of their server")
                        .tried(aliases(BOB, "hearth.test"))
                        .isAllowed(V1, V5)
                        .isRefusedBy(SEND_LEVEL, V6, V12),
                that("a stranger sets the aliases of their server")
                        .tried(aliases(EVE, "elsewhere.test"))
                        .isAllowed(V1, V5)
                        .isRefusedBy(SENDER_IS_IN, V6, V12),
                that("the creator sets the aliases of another server")
                        .tried(aliases(ALICE, "elsewhere.test"))
                        .isRefusedBy(ALIASES, V1, V5)
                        .isAllowed(V6, V12),
                that("aliases are no state")
                        .tried(message(ALICE, EventType.ALIASES, JsonObject.EMPTY))
                        .isRefusedBy(ALIASES, V1, V5)
                        .isAllowed(V6, V12));
    }

    /// By Bob, of something that a server sent.
    private static Act redaction(String of) {
        return message(BOB, REDACTION, JsonObject.of("redacts", of))
                .bent(draft -> draft.with("redacts", of));
    }

    @TestFactory
    Stream<DynamicNode> redactions() {
        return table(
                that("a member redacts what another server sent")
                        .tried(redaction("$1:elsewhere.test"))
                        .isRefusedBy(REDACT_LEVEL, V1, V2)
                        .isAllowed(V3, V12),
                that("a member redacts what their own server sent")
                        .tried(redaction("$1:hearth.test"))
                        .isAllowed(),
                that("a moderator redacts what another server sent")
                        .in(v -> room(v).power(BOB, 50))
                        .tried(redaction("$1:elsewhere.test"))
                        .isAllowed(),
                that("a member redacts what another server sent, where everybody may")
                        .in(v -> room(v).levels(JsonObject.of("redact", 0)))
                        .tried(redaction("$1:elsewhere.test"))
                        .isAllowed(),
                that("a member redacts nothing")
                        .tried(message(BOB, REDACTION, JsonObject.EMPTY))
                        .isRefusedBy(REDACT_LEVEL, V1, V2)
                        .isAllowed(V3, V12),
                that("a member redacts where redactions have a level of their own")
                        .in(v -> events(v, REDACTION, 1))
                        .tried(redaction("$1:hearth.test"))
                        .isRefusedBy(SEND_LEVEL),
                that("a stranger redacts")
                        .in(RoomScript::publicChat)
                        .tried(redaction("$1:hearth.test"))
                        .isRefusedBy(SENDER_IS_IN));
    }
}
