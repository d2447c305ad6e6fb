package dev.hearth.authorization;

import dev.hearth.event.EventType;
import dev.hearth.event.MemberContent;
import dev.hearth.event.Pdu;
import dev.hearth.identifier.KeyId;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonString;
import dev.hearth.signing.PublicKey;
import dev.hearth.signing.SignedJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/// An invite that redeems a third-party invite: the token stands in the room's state, whose keys
/// must have signed.
final class ThirdPartyInviteRules {

    private ThirdPartyInviteRules() {}

    static Verdict decide(Pdu event, RoomFacts room, String target) {
        if (room.membership(target) == Membership.BAN) {
            return Verdict.reject(Rule.REDEEM_BANNED, target + " is banned from this room");
        }
        var member = MemberContent.of(event);
        var signed = member.signedInvite();
        var token = member.inviteToken();
        if (token.isEmpty() || !signed.get().peekString("mxid").map(target::equals).orElse(false)) {
            return Verdict.reject(Rule.REDEEM_FORM, "The third-party invite is not for " + target);
        }
        var invite = room.find(EventType.THIRD_PARTY_INVITE, token.get());
        if (invite.isEmpty() || !invite.get().sender().equals(event.sender())) {
            return Verdict.reject(
                    Rule.REDEEM_TOKEN, "The room holds no such third-party invite of the sender");
        }
        return isSigned(signed.get(), keys(invite.get().content()))
                ? Verdict.allow()
                : Verdict.reject(
                        Rule.REDEEM_SIGNATURE,
                        "The third-party invite is not signed by a key of the room");
    }

    private static List<PublicKey> keys(JsonObject content) {
        var keys = new ArrayList<PublicKey>();
        content.peekString("public_key").flatMap(PublicKey::parse).ifPresent(keys::add);
        content.peekArray("public_keys")
                .ifPresent(array ->
                        array.forEach(value -> {
                            if (value instanceof JsonObject key) {
                                key.peekString("public_key")
                                        .flatMap(PublicKey::parse)
                                        .ifPresent(keys::add);
                            }
                        }));
        return keys;
    }

    private static boolean isSigned(JsonObject signed, List<PublicKey> keys) {
        var signatures = signed.peekObject("signatures").orElse(JsonObject.EMPTY);
        for (var signer : signatures.keys()) {
            var byKey = signatures.peekObject(signer).orElse(JsonObject.EMPTY);
            for (var entry : byKey.members().entrySet()) {
                var id = KeyId.find(entry.getKey());
                if (id.isEmpty() || !(entry.getValue() instanceof JsonString)) {
                    continue;
                }
                var one =
                        signed.with(
                                "signatures",
                                JsonObject.of(
                                        signer, JsonObject.of(entry.getKey(), entry.getValue())));
                for (var key : keys) {
                    var known = new HashMap<KeyId, PublicKey>();
                    known.put(id.get(), key);
                    if (SignedJson.verify(one, signer, known)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
