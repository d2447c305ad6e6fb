package dev.hearth.event;

import dev.hearth.identifier.RoomId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonValue;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.roomversion.Tweak;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Who may come into a room, as its version reads what the rule says.
///
/// @param text as it stands in the event
/// @spec https://spec.matrix.org/v1.19/client-server-api/#mroomjoin_rules m.room.join_rules
public record JoinRule(String text, RoomVersion version) {

    private static final String KNOCK = "knock";
    private static final String RESTRICTED = "restricted";
    private static final String KNOCK_RESTRICTED = "knock_restricted";
    private static final Set<String> LATER = Set.of(KNOCK, RESTRICTED, KNOCK_RESTRICTED);
    private static final String MEMBERSHIP = "m.room_membership";

    public boolean isPublic() {
        return text.equals("public");
    }

    /// Whether those who are invited come in, and nobody else.
    public boolean isForInvited() {
        return text.equals("invite") || is(KNOCK, Tweak.KNOCKING);
    }

    /// Whether who is outside may ask to be let in.
    public boolean isForKnocking() {
        return is(KNOCK, Tweak.KNOCKING) || is(KNOCK_RESTRICTED, Tweak.KNOCK_RESTRICTED);
    }

    /// Whether who is in certain other rooms may come in.
    public boolean isRestricted() {
        return is(RESTRICTED, Tweak.RESTRICTED_JOINS)
                || is(KNOCK_RESTRICTED, Tweak.KNOCK_RESTRICTED);
    }

    /// Whether it came with a later version than the room's, to which it means nothing.
    public boolean isTooNew() {
        return LATER.contains(text) && !isForKnocking() && !isRestricted();
    }

    private boolean is(String rule, Tweak since) {
        return text.equals(rule) && version.has(since);
    }

    /// The rooms whose members a restricted room lets in, by the content of the event. What isn't
    /// well-formed, or of a kind that isn't known, lets nobody in.
    public static List<RoomId> allowedRooms(JsonObject content) {
        return content.peekArray("allow").orElse(JsonArray.EMPTY).stream()
                .flatMap(JoinRule::allowedRoom)
                .distinct()
                .toList();
    }

    private static Stream<RoomId> allowedRoom(JsonValue value) {
        return value instanceof JsonObject condition
                        && condition.peekString("type").equals(Optional.of(MEMBERSHIP))
                ? condition.peekString("room_id").flatMap(RoomId::find).stream()
                : Stream.empty();
    }
}
