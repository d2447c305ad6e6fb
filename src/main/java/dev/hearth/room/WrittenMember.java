package dev.hearth.room;

import dev.hearth.authorization.Membership;
import dev.hearth.event.MemberContent;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.storage.Reading;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// The content of member events that clients write themselves.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#mroommember m.room.member
final class WrittenMember {

    /// Who is this to a room has a name in it.
    private static final Set<Membership> SHOWN =
            EnumSet.of(Membership.JOIN, Membership.INVITE, Membership.KNOCK);

    /// What is the server's to say, or has no meaning once somebody is in.
    private static final String[] RESERVED = {
        "membership",
        "displayname",
        "avatar_url",
        "is_direct",
        "third_party_signed",
        MemberContent.THIRD_PARTY_INVITE,
        MemberContent.VOUCHER
    };

    private WrittenMember() {}

    /// What the server itself says of somebody: what they are to the room, and how they are shown.
    static JsonObject of(
            Rooms.Profile profile, Reading reading, Membership membership, UserId user) {
        return JsonObject.builder()
                .put("membership", membership.wireName())
                .putAll(profile.of(reading, user))
                .build();
    }

    /// The same, with why it is so if that is said.
    static JsonObject because(Optional<String> reason, JsonObject content) {
        return reason.map(text -> content.with("reason", text)).orElse(content);
    }

    /// What becomes content as it came, where a reason that is null is none.
    static JsonObject withoutEmptyReason(JsonObject body) {
        return body.findString("reason").isPresent() ? body : body.without("reason");
    }

    /// ROOM-9: what a join says besides goes with it.
    static JsonObject withExtra(JsonObject content, JsonObject extra) {
        return JsonObject.builder().putAll(extra.without(RESERVED)).putAll(content).build();
    }

    /// What a client wrote, without what is the server's to say (SEND-4), and with the name and
    /// picture that it left out (SEND-8).
    static JsonObject completed(
            Rooms.Profile profile, Reading reading, String stateKey, JsonObject written) {
        var content = written.without(MemberContent.VOUCHER, MemberContent.THIRD_PARTY_INVITE);
        var membership = content.peekString("membership").flatMap(Membership::find);
        if (!membership.equals(Optional.of(Membership.INVITE))) {
            content = content.without("is_direct");
        }
        var user =
                UserId.find(stateKey).filter(_ -> membership.filter(SHOWN::contains).isPresent());
        if (user.isEmpty()) {
            return content;
        }
        var whole = content;
        for (var member : profile.of(reading, user.get()).members().entrySet()) {
            if (!whole.has(member.getKey())) {
                whole = whole.with(member.getKey(), member.getValue());
            }
        }
        return whole;
    }
}
