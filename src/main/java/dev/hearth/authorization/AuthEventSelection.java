package dev.hearth.authorization;

import dev.hearth.event.EventType;
import dev.hearth.event.MemberContent;
import dev.hearth.event.Pdu;
import dev.hearth.event.StateTuple;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.roomversion.Tweak;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// Which state an event must name as its grounds. Naming more is as wrong as it is needless.
///
/// @spec https://spec.matrix.org/v1.19/server-server-api/#auth-events-selection Auth events
///   selection
public final class AuthEventSelection {

    private AuthEventSelection() {}

    public static Set<StateTuple> of(Pdu event) {
        return of(
                event.type(),
                event.stateKey(),
                event.sender(),
                event.content(),
                event.roomVersion());
    }

    public static Set<StateTuple> of(
            String type,
            Optional<String> stateKey,
            UserId sender,
            JsonObject content,
            RoomVersion version) {
        var selection = new LinkedHashSet<StateTuple>();
        if (type.equals(EventType.CREATE)) {
            return selection;
        }
        if (!version.has(Tweak.ROOM_ID_IS_CREATE_HASH)) {
            selection.add(new StateTuple(EventType.CREATE, ""));
        }
        selection.add(new StateTuple(EventType.POWER_LEVELS, ""));
        selection.add(new StateTuple(EventType.MEMBER, sender.value()));
        if (type.equals(EventType.MEMBER) && stateKey.isPresent()) {
            addForMember(selection, stateKey.get(), content, version);
        }
        return selection;
    }

    private static void addForMember(
            Set<StateTuple> selection, String target, JsonObject content, RoomVersion version) {
        selection.add(new StateTuple(EventType.MEMBER, target));
        var member = new MemberContent(content);
        if (member.says("join") || member.says("invite") || member.says("knock")) {
            selection.add(new StateTuple(EventType.JOIN_RULES, ""));
        }
        if (member.says("invite")) {
            member.inviteToken()
                    .ifPresent(token ->
                            selection.add(new StateTuple(EventType.THIRD_PARTY_INVITE, token)));
        }
        if (member.says("join") && version.has(Tweak.RESTRICTED_JOINS)) {
            member.voucher()
                    .ifPresent(user -> selection.add(new StateTuple(EventType.MEMBER, user)));
        }
    }
}
