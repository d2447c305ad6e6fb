package dev.hearth.room;

import static dev.hearth.error.MatrixException.error;
import static dev.hearth.error.MatrixException.forbidden;

import dev.hearth.authorization.Membership;
import dev.hearth.error.ErrorCode;
import dev.hearth.event.EventType;
import dev.hearth.event.MemberContent;
import dev.hearth.event.StateTuple;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.storage.Reading;
import java.util.Optional;
import java.util.Set;

/// Invites of people of whom nobody knows yet who they are, by a mail address or the like.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#third-party-invites Third-party invites
record ThirdPartyInvites(Rooms rooms, Reading reading, LiveRoom room) {

    private static final Set<Membership> LET_IN = Set.of(Membership.JOIN, Membership.INVITE);

    /// Refuses such an invite, as this server asks no identity server (3PI-1): it neither finds out
    /// whose the address is, nor has a token to put into the room.
    static void refuse(JsonObject invite) {
        var idServer = invite.string("id_server");
        invite.string("medium");
        invite.string("address");
        throw error(
                        ErrorCode.M_SERVER_NOT_TRUSTED,
                        "This server asks no " + idServer + " who somebody is: invite by user ID")
                .withStatus(403);
    }

    /// The invite by which somebody redeems one that waits in the room, in its sender's name. The
    /// authorization rules verify what is signed (3PI-5).
    ///
    /// @return empty for who is let in anyhow
    Optional<Draft> redeemed(UserId user, JsonObject signed) {
        var sender = UserId.parse(signed.string("sender"));
        var invite =
                room.find(
                        reading,
                        new StateTuple(EventType.THIRD_PARTY_INVITE, signed.string("token")));
        if (LET_IN.contains(room.membership(reading, user))) {
            return Optional.empty();
        }
        if (!rooms.isLocal(sender)) {
            throw forbidden("This server can't invite in the name of " + sender);
        }
        var displayName =
                invite.flatMap(event -> event.content().peekString("display_name")).orElse("");
        var content =
                WrittenMember.of(rooms.profile(), reading, Membership.INVITE, user)
                        .with(
                                MemberContent.THIRD_PARTY_INVITE,
                                JsonObject.of("display_name", displayName, "signed", signed));
        return Optional.of(Draft.member(sender, user, content));
    }
}
