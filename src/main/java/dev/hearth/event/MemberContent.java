package dev.hearth.event;

import dev.hearth.json.JsonObject;
import java.util.Optional;

/// What a member event says of somebody, as far as it makes sense: what is missing or has the wrong
/// type is empty.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#mroommember m.room.member
public record MemberContent(JsonObject json) {

    /// Names who vouches for a join to a restricted room.
    public static final String VOUCHER = "join_authorised_via_users_server";

    /// Holds the proof of who redeems an invite that was sent to an address.
    public static final String THIRD_PARTY_INVITE = "third_party_invite";

    public static MemberContent of(Pdu event) {
        return new MemberContent(event.content());
    }

    public Optional<String> membership() {
        return json.peekString("membership");
    }

    public boolean says(String membership) {
        return membership().equals(Optional.of(membership));
    }

    /// Who vouches for a join to a restricted room.
    public Optional<String> voucher() {
        return json.peekString(VOUCHER);
    }

    /// Whether this is to redeem an invite that was sent to a mail address, in good form or not.
    public boolean redeemsInvite() {
        return says("invite") && json.has(THIRD_PARTY_INVITE);
    }

    /// What an identity server has signed of such an invite.
    public Optional<JsonObject> signedInvite() {
        return json.peekObject(THIRD_PARTY_INVITE).flatMap(invite -> invite.peekObject("signed"));
    }

    /// The token of such an invite, by which the room knows it.
    public Optional<String> inviteToken() {
        return signedInvite().flatMap(signed -> signed.peekString("token"));
    }
}
