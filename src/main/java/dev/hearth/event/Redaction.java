package dev.hearth.event;

import dev.hearth.json.JsonObject;
import dev.hearth.roomversion.RoomRules;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.roomversion.Tweak;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Strips an event of everything that its room version doesn't need in order to work: what is left
/// is what a redacted event shows, and what is signed and hashed into an event ID.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#redactions Redactions
public final class Redaction {

    private static final Set<String> KEPT =
            Set.of(
                    "event_id",
                    "type",
                    "room_id",
                    "sender",
                    "state_key",
                    "content",
                    "hashes",
                    "signatures",
                    "depth",
                    "prev_events",
                    "auth_events",
                    "origin_server_ts");
    private static final Set<String> KEPT_BEFORE_MODERN =
            Set.of("prev_state", "origin", "membership");
    private static final List<String> POWER_LEVELS =
            List.of(
                    "ban",
                    "events",
                    "events_default",
                    "kick",
                    "redact",
                    "state_default",
                    "users",
                    "users_default");

    private Redaction() {}

    /// The event, redacted. Kept values are kept as they are, whatever their type.
    public static JsonObject redact(JsonObject event, RoomVersion version) {
        var rules = version.rules();
        boolean modern = rules.has(Tweak.MODERN_REDACTION);
        var kept = JsonObject.builder();
        for (var member : event.members().entrySet()) {
            var key = member.getKey();
            if (key.equals("content")) {
                kept.put(key, content(event, rules));
            } else if (KEPT.contains(key) || !modern && KEPT_BEFORE_MODERN.contains(key)) {
                kept.put(key, member.getValue());
            }
        }
        return kept.build();
    }

    private static JsonObject content(JsonObject event, RoomRules rules) {
        var content = event.peekObject("content").orElse(JsonObject.EMPTY);
        var type = event.peekString("type").orElse("");
        if (type.equals(EventType.CREATE) && rules.has(Tweak.MODERN_REDACTION)) {
            return content;
        }
        var kept = JsonObject.builder();
        for (var key : contentKeys(type, rules)) {
            kept.putIfPresent(key, content.find(key));
        }
        if (type.equals(EventType.MEMBER) && rules.has(Tweak.MODERN_REDACTION)) {
            kept.putIfPresent("third_party_invite", thirdPartyInvite(content));
        }
        return kept.build();
    }

    private static Optional<JsonObject> thirdPartyInvite(JsonObject content) {
        return content.peekObject("third_party_invite")
                .map(invite ->
                        JsonObject.builder().putIfPresent("signed", invite.find("signed")).build());
    }

    private static List<String> contentKeys(String type, RoomRules rules) {
        boolean modern = rules.has(Tweak.MODERN_REDACTION);
        return switch (type) {
            case EventType.MEMBER ->
                    rules.has(Tweak.REDACTION_KEEPS_AUTHORISING_USER)
                            ? List.of("membership", MemberContent.VOUCHER)
                            : List.of("membership");
            case EventType.CREATE -> List.of("creator");
            case EventType.JOIN_RULES ->
                    rules.has(Tweak.REDACTION_KEEPS_ALLOW)
                            ? List.of("join_rule", "allow")
                            : List.of("join_rule");
            case EventType.POWER_LEVELS -> powerLevels(modern);
            case EventType.HISTORY_VISIBILITY -> List.of("history_visibility");
            case EventType.ALIASES ->
                    rules.has(Tweak.SPECIAL_ALIASES) ? List.of("aliases") : List.of();
            case EventType.REDACTION -> modern ? List.of("redacts") : List.of();
            default -> List.of();
        };
    }

    private static List<String> powerLevels(boolean modern) {
        var keys = new ArrayList<>(POWER_LEVELS);
        if (modern) {
            keys.add("invite");
        }
        return keys;
    }
}
