package dev.hearth.roomversion;

/// One documented difference between room versions.
public enum Tweak {
    /// Event IDs are chosen by the sender and stand in the event; references are pairs of ID and
    /// hash, and the server named by the ID must have signed.
    EXPLICIT_EVENT_ID,
    /// Redactions are judged by the authorization rules.
    REDACTION_IN_AUTH_RULES,
    /// `m.room.aliases` has an authorization rule of its own, and redaction leaves its aliases.
    SPECIAL_ALIASES,
    /// A signing key must have been valid when the event was made.
    ENFORCES_KEY_VALIDITY,
    /// Events are strict canonical JSON.
    STRICT_CANONICAL_JSON,
    /// Power levels may be written as floats.
    FLOAT_POWER_LEVELS,
    /// Power levels may be written as strings.
    STRING_POWER_LEVELS,
    /// Power levels are checked to be integers when they are set.
    INTEGER_POWER_LEVELS,
    /// The levels of `notifications` are covered by the rule about changing power levels.
    LIMITS_NOTIFICATION_LEVELS,
    /// One can knock.
    KNOCKING,
    /// Joining can be restricted to the members of other rooms.
    RESTRICTED_JOINS,
    /// Redaction leaves `allow` of join rules.
    REDACTION_KEEPS_ALLOW,
    /// Redaction leaves the authorizing user of a restricted join.
    REDACTION_KEEPS_AUTHORISING_USER,
    /// The join rule `knock_restricted`.
    KNOCK_RESTRICTED,
    /// The creator is the sender of the create event, which doesn't name one.
    CREATOR_IS_SENDER,
    /// What is redacted is named in the content.
    REDACTS_IN_CONTENT,
    /// Redaction leaves the create event whole, drops old top-level keys, and leaves a few more.
    MODERN_REDACTION,
    /// The room ID is the hash of the create event, which is in nobody's auth events.
    ROOM_ID_IS_CREATE_HASH,
    /// Creators have more power than any level, and there can be several.
    PRIVILEGED_CREATORS
}
