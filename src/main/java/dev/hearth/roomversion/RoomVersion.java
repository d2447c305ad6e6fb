package dev.hearth.roomversion;

import static dev.hearth.roomversion.Tweak.CREATOR_IS_SENDER;
import static dev.hearth.roomversion.Tweak.ENFORCES_KEY_VALIDITY;
import static dev.hearth.roomversion.Tweak.EXPLICIT_EVENT_ID;
import static dev.hearth.roomversion.Tweak.FLOAT_POWER_LEVELS;
import static dev.hearth.roomversion.Tweak.KNOCKING;
import static dev.hearth.roomversion.Tweak.KNOCK_RESTRICTED;
import static dev.hearth.roomversion.Tweak.LIMITS_NOTIFICATION_LEVELS;
import static dev.hearth.roomversion.Tweak.MODERN_REDACTION;
import static dev.hearth.roomversion.Tweak.PRIVILEGED_CREATORS;
import static dev.hearth.roomversion.Tweak.REDACTION_IN_AUTH_RULES;
import static dev.hearth.roomversion.Tweak.REDACTION_KEEPS_ALLOW;
import static dev.hearth.roomversion.Tweak.REDACTION_KEEPS_AUTHORISING_USER;
import static dev.hearth.roomversion.Tweak.REDACTS_IN_CONTENT;
import static dev.hearth.roomversion.Tweak.RESTRICTED_JOINS;
import static dev.hearth.roomversion.Tweak.ROOM_ID_IS_CREATE_HASH;
import static dev.hearth.roomversion.Tweak.SPECIAL_ALIASES;
import static dev.hearth.roomversion.Tweak.STRICT_CANONICAL_JSON;
import static dev.hearth.roomversion.Tweak.STRING_POWER_LEVELS;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/// The stable room versions, each as what it changes in the one before.
///
/// @spec https://spec.matrix.org/v1.19/rooms/#complete-list-of-room-versions Complete list of room
///   versions
public enum RoomVersion {
    V1(
            "1",
            new RoomRules(
                    EventIdFormat.CHOSEN,
                    StateResolutionAlgorithm.V1,
                    Set.of(
                            EXPLICIT_EVENT_ID,
                            REDACTION_IN_AUTH_RULES,
                            SPECIAL_ALIASES,
                            FLOAT_POWER_LEVELS,
                            STRING_POWER_LEVELS))),
    V2("2", V1.rules().with(StateResolutionAlgorithm.V2)),
    V3(
            "3",
            V2.rules()
                    .with(EventIdFormat.HASH_STANDARD_BASE64)
                    .without(EXPLICIT_EVENT_ID, REDACTION_IN_AUTH_RULES)),
    V4("4", V3.rules().with(EventIdFormat.HASH_URL_SAFE_BASE64)),
    V5("5", V4.rules().with(ENFORCES_KEY_VALIDITY)),
    V6(
            "6",
            V5.rules()
                    .with(STRICT_CANONICAL_JSON, LIMITS_NOTIFICATION_LEVELS)
                    .without(SPECIAL_ALIASES, FLOAT_POWER_LEVELS)),
    V7("7", V6.rules().with(KNOCKING)),
    V8("8", V7.rules().with(RESTRICTED_JOINS, REDACTION_KEEPS_ALLOW)),
    V9("9", V8.rules().with(REDACTION_KEEPS_AUTHORISING_USER)),
    V10("10", V9.rules().with(KNOCK_RESTRICTED).without(STRING_POWER_LEVELS)),
    V11("11", V10.rules().with(CREATOR_IS_SENDER, REDACTS_IN_CONTENT, MODERN_REDACTION)),
    V12(
            "12",
            V11.rules()
                    .with(ROOM_ID_IS_CREATE_HASH, PRIVILEGED_CREATORS)
                    .with(StateResolutionAlgorithm.V2_1));

    private final String id;
    private final RoomRules rules;

    RoomVersion(String id, RoomRules rules) {
        this.id = id;
        this.rules = rules;
    }

    /// The version as it stands in a create event.
    public String id() {
        return id;
    }

    public RoomRules rules() {
        return rules;
    }

    /// Whether this version's rules have a tweak.
    public boolean has(Tweak tweak) {
        return rules.has(tweak);
    }

    public static Optional<RoomVersion> find(String id) {
        return Arrays.stream(values()).filter(version -> version.id.equals(id)).findFirst();
    }

    @Override
    public String toString() {
        return id;
    }
}
