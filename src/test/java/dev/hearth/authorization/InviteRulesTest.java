package dev.hearth.authorization;

import static dev.hearth.authorization.Rule.INVITE_LEVEL;
import static dev.hearth.authorization.Rule.INVITE_TARGET;
import static dev.hearth.authorization.Rule.REDEEM_BANNED;
import static dev.hearth.authorization.Rule.REDEEM_FORM;
import static dev.hearth.authorization.Rule.REDEEM_SIGNATURE;
import static dev.hearth.authorization.Rule.REDEEM_TOKEN;
import static dev.hearth.authorization.Rule.SENDER_IS_IN;
import static dev.hearth.authorization.RuleCase.table;
import static dev.hearth.event.EventType.THIRD_PARTY_INVITE;
import static dev.hearth.testing.Act.invite;
import static dev.hearth.testing.Act.state;
import static dev.hearth.testing.RoomScript.ALICE;
import static dev.hearth.testing.RoomScript.BOB;
import static dev.hearth.testing.RoomScript.CAROL;
import static dev.hearth.testing.RoomScript.EVE;
import static dev.hearth.testing.RoomScript.founded;
import static dev.hearth.testing.RoomScript.publicChat;

import dev.hearth.identifier.KeyId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonNull;
import dev.hearth.json.JsonObject;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.signing.SignedJson;
import dev.hearth.signing.SigningKey;
import dev.hearth.testing.Act;
import dev.hearth.testing.RoomScript;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/// Who may invite whom, and how an invite to a mail address becomes one of a user.
class InviteRulesTest {

    private static final SigningKey IDENTITY_SERVER = key(1);
    private static final SigningKey SOMEBODY = key(2);

    private static SigningKey key(int seed) {
        var bytes = new byte[32];
        bytes[0] = (byte) seed;
        return new SigningKey(KeyId.parse("ed25519:0"), bytes);
    }

    private static RuleCase that(String what) {
        return RuleCase.that(what).in(v -> publicChat(v).join(BOB));
    }

    @TestFactory
    Stream<DynamicNode> inviting() {
        return table(
                that("a member invites a stranger").tried(invite(BOB, CAROL)).isAllowed(),
                that("a member invites a stranger of another server")
                        .tried(invite(BOB, EVE))
                        .isAllowed(),
                that("a member invites who is invited")
                        .in(v -> publicChat(v).join(BOB).invite(ALICE, CAROL))
                        .tried(invite(BOB, CAROL))
                        .isAllowed(),
                that("a member invites who left")
                        .in(v -> publicChat(v).join(BOB).join(CAROL).leave(CAROL))
                        .tried(invite(BOB, CAROL))
                        .isAllowed(),
                that("a stranger invites").tried(invite(CAROL, EVE)).isRefusedBy(SENDER_IS_IN),
                that("a stranger invites themselves")
                        .tried(invite(CAROL, CAROL))
                        .isRefusedBy(SENDER_IS_IN),
                that("who is only invited invites")
                        .in(v -> founded(v).invite(ALICE, BOB))
                        .tried(invite(BOB, CAROL))
                        .isRefusedBy(SENDER_IS_IN),
                that("who left invites")
                        .in(v -> publicChat(v).join(BOB).leave(BOB))
                        .tried(invite(BOB, CAROL))
                        .isRefusedBy(SENDER_IS_IN),
                that("a member invites a member")
                        .tried(invite(ALICE, BOB))
                        .isRefusedBy(INVITE_TARGET),
                that("a member invites who is banned")
                        .in(v -> publicChat(v).join(BOB).ban(ALICE, CAROL))
                        .tried(invite(ALICE, CAROL))
                        .isRefusedBy(INVITE_TARGET));
    }

    @TestFactory
    Stream<DynamicNode> levels() {
        return table(
                that("a member without the power to invite invites")
                        .in(v -> publicChat(v).join(BOB).levels(JsonObject.of("invite", 1)))
                        .tried(invite(BOB, CAROL))
                        .isRefusedBy(INVITE_LEVEL),
                that("a member with just the power to invite invites")
                        .in(v ->
                                publicChat(v)
                                        .join(BOB)
                                        .levels(JsonObject.of("invite", 30))
                                        .power(BOB, 30))
                        .tried(invite(BOB, CAROL))
                        .isAllowed(),
                that("a member whose power is below nothing invites")
                        .in(v -> publicChat(v).join(BOB).power(BOB, -1))
                        .tried(invite(BOB, CAROL))
                        .isRefusedBy(INVITE_LEVEL));
    }

    /// Alice invited a mail address, and holds no power and no membership any more.
    private static RoomScript invitedByMail(RoomVersion version) {
        return founded(version)
                .then(
                        state(
                                ALICE,
                                THIRD_PARTY_INVITE,
                                "the-token",
                                JsonObject.of(
                                        "display_name",
                                        "b...@e...",
                                        "public_key",
                                        IDENTITY_SERVER.publicKey())))
                .leave(ALICE);
    }

    private static Act redeem(UnaryOperator<JsonObject> bend) {
        return redeem(ALICE, BOB, bend.apply(signed(IDENTITY_SERVER)));
    }

    private static Act redeem(UserId sender, UserId target, JsonObject signed) {
        return invite(sender, target)
                .saying(
                        "third_party_invite",
                        JsonObject.of("display_name", "b...@e...", "signed", signed));
    }

    private static JsonObject signed(SigningKey key) {
        var plain = JsonObject.of("mxid", BOB, "token", "the-token", "sender", ALICE);
        return SignedJson.sign(plain, "identity.test", key);
    }

    private static RuleCase byMail(String what) {
        return RuleCase.that(what).in(InviteRulesTest::invitedByMail);
    }

    @TestFactory
    Stream<DynamicNode> redeeming() {
        return table(
                byMail("who invited a mail address, and left, invites its owner")
                        .tried(redeem(signed -> signed))
                        .isAllowed(),
                byMail("the owner of the mail address is already in the room")
                        .in(v -> publicChat(v).then(invitation(JsonObject.EMPTY)).join(BOB))
                        .tried(redeem(signed -> signed))
                        .isAllowed(),
                byMail("one of several keys has signed")
                        .in(v -> founded(v).then(invitation(keys(SOMEBODY, IDENTITY_SERVER))))
                        .tried(redeem(signed -> signed))
                        .isAllowed(),
                byMail("another server's signature stands first")
                        .tried(redeem(signed -> signed.with("signatures", twoSigners(signed))))
                        .isAllowed(),
                byMail("what is signed has unsigned additions")
                        .tried(redeem(signed -> signed.with("unsigned", JsonObject.of("a", 1))))
                        .isAllowed(),
                byMail("the owner of the mail address is banned")
                        .in(v -> founded(v).then(invitation(JsonObject.EMPTY)).ban(ALICE, BOB))
                        .tried(redeem(signed -> signed))
                        .isRefusedBy(REDEEM_BANNED));
    }

    private static Act invitation(JsonObject more) {
        var content = JsonObject.of("public_key", IDENTITY_SERVER.publicKey());
        return state(ALICE, THIRD_PARTY_INVITE, "the-token", more.isEmpty() ? content : more);
    }

    private static JsonObject keys(SigningKey first, SigningKey second) {
        return JsonObject.of(
                "public_key",
                "not a key",
                "public_keys",
                JsonArray.of(
                        "no object",
                        JsonObject.of("public_key", first.publicKey()),
                        JsonObject.of("public_key", second.publicKey())));
    }

    private static JsonObject twoSigners(JsonObject signed) {
        var other = SignedJson.sign(signed.without("signatures"), "a.test", SOMEBODY);
        return JsonObject.builder()
                .putAll(other.object("signatures"))
                .putAll(signed.object("signatures"))
                .build();
    }

    @TestFactory
    Stream<DynamicNode> forms() {
        return table(
                byMail("nothing is signed")
                        .tried(redeemSaying(JsonObject.of("display_name", "b...@e...")))
                        .isRefusedBy(REDEEM_FORM),
                byMail("what is signed is a text")
                        .tried(redeemSaying(JsonObject.of("signed", "yes")))
                        .isRefusedBy(REDEEM_FORM),
                byMail("the third-party invite is null")
                        .tried(redeemSaying(JsonNull.NULL))
                        .isRefusedBy(REDEEM_FORM),
                byMail("what is signed names nobody")
                        .tried(redeem(signed -> signed.without("mxid")))
                        .isRefusedBy(REDEEM_FORM),
                byMail("what is signed has no token")
                        .tried(redeem(signed -> signed.without("token")))
                        .isRefusedBy(REDEEM_FORM),
                byMail("what is signed has a number for its token")
                        .tried(redeem(signed -> signed.with("token", 1)))
                        .isRefusedBy(REDEEM_FORM),
                byMail("what is signed names another")
                        .tried(redeem(ALICE, CAROL, signed(IDENTITY_SERVER)))
                        .isRefusedBy(REDEEM_FORM));
    }

    private static Act redeemSaying(Object value) {
        return invite(ALICE, BOB).saying("third_party_invite", value);
    }

    @TestFactory
    Stream<DynamicNode> tokensAndSignatures() {
        return table(
                byMail("the room knows another token")
                        .tried(redeem(signed -> signed.with("token", "another")))
                        .isRefusedBy(REDEEM_TOKEN),
                byMail("another than who invited the mail address invites its owner")
                        .in(v -> publicChat(v).then(invitation(JsonObject.EMPTY)).join(CAROL))
                        .tried(redeem(CAROL, BOB, signed(IDENTITY_SERVER)))
                        .isRefusedBy(REDEEM_TOKEN),
                byMail("another key has signed")
                        .tried(redeem(ALICE, BOB, signed(SOMEBODY)))
                        .isRefusedBy(REDEEM_SIGNATURE),
                byMail("what was signed was changed")
                        .tried(redeem(signed -> signed.with("sender", EVE)))
                        .isRefusedBy(REDEEM_SIGNATURE),
                byMail("nobody has signed")
                        .tried(redeem(signed -> signed.without("signatures")))
                        .isRefusedBy(REDEEM_SIGNATURE),
                byMail("signatures are no objects")
                        .tried(redeem(signed -> signed.with("signatures", JsonArray.of("a"))))
                        .isRefusedBy(REDEEM_SIGNATURE),
                byMail("a signature is no text")
                        .tried(redeem(InviteRulesTest::withNumberForSignature))
                        .isRefusedBy(REDEEM_SIGNATURE));
    }

    private static JsonObject withNumberForSignature(JsonObject signed) {
        return signed.with(
                "signatures", JsonObject.of("identity.test", JsonObject.of("ed25519:0", 1)));
    }
}
