package dev.hearth.room;

import dev.hearth.event.EventType;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;

/// The types of those fields of state that the server itself reads, or that nobody can mend once
/// they are wrong. What older events or other servers hold is read leniently all the same.
final class StateShape {

    private StateShape() {}

    /// @throws dev.hearth.json.JsonShapeException that names the field
    static void check(String type, JsonObject content) {
        switch (type) {
            // What stands in `allow` and makes no sense lets nobody in: RST-1.
            case EventType.JOIN_RULES -> content.string("join_rule");
            case EventType.HISTORY_VISIBILITY -> content.string("history_visibility");
            case EventType.GUEST_ACCESS -> content.presentString("guest_access");
            case EventType.ENCRYPTION -> content.string("algorithm");
            case EventType.SERVER_ACL -> checkAcl(content);
            case EventType.NAME -> content.presentString("name");
            case EventType.TOPIC -> content.presentString("topic");
            case EventType.AVATAR -> content.presentString("url");
            case EventType.MEMBER -> {
                content.string("membership");
                checkMember(content);
            }
            default -> {}
        }
    }

    /// Without `allow_ip_literals`, which has been sent as a text for years: all servers read that
    /// as if it weren't there, and harm nobody by it.
    private static void checkAcl(JsonObject content) {
        content.presentArray("allow").ifPresent(JsonArray::strings);
        content.presentArray("deny").ifPresent(JsonArray::strings);
    }

    /// Clients write `null` where somebody has no name or picture.
    static void checkMember(JsonObject content) {
        for (var key : new String[] {"displayname", "avatar_url"}) {
            content.findString(key);
        }
        content.presentString("reason");
    }
}
