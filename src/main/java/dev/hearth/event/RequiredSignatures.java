package dev.hearth.event;

import dev.hearth.identifier.ServerName;
import dev.hearth.identifier.UserId;
import dev.hearth.roomversion.Tweak;
import java.util.LinkedHashSet;
import java.util.Set;

/// Which servers must have signed an event, or it is none. All that they signed it with has to be
/// right, too.
///
/// @spec
///   https://spec.matrix.org/v1.19/server-server-api/#validating-hashes-and-signatures-on-received-events
///   Validating hashes and signatures on received events
public final class RequiredSignatures {

    private RequiredSignatures() {}

    public static Set<ServerName> of(Pdu event) {
        var servers = new LinkedHashSet<ServerName>();
        var version = event.roomVersion();
        var member = MemberContent.of(event);
        boolean isMember = event.type().equals(EventType.MEMBER);
        // Who redeems an invite to a mail address sends it in the name of who invited.
        if (!isMember || !member.redeemsInvite()) {
            servers.add(event.sender().server());
        }
        if (version.has(Tweak.EXPLICIT_EVENT_ID)) {
            event.eventId().server().ifPresent(servers::add);
        }
        if (isMember && version.has(Tweak.RESTRICTED_JOINS)) {
            member.voucher().flatMap(UserId::find).map(UserId::server).ifPresent(servers::add);
        }
        return servers;
    }
}
