package dev.hearth.roomversion;

/// One documented difference between room versions.
public enum Tweak {
    /// Event IDs are chosen by the sender and stand in the event; references are pairs of ID and
    /// hash, and the server named by the ID must have signed.
    ///
    /// @spec https://spec.matrix.org/v1.19/rooms/v3/#event-ids Event IDs since v3
    EXPLICIT_EVENT_ID,
    /// Redactions are judged by the authorization rules.
    ///
    /// @spec https://spec.matrix.org/v1.19/rooms/v3/#handling-redactions Handling redactions since
    ///   v3
    REDACTION_IN_AUTH_RULES,
    /// `m.room.aliases` has an authorization rule of its own, and redaction leaves its aliases.
    ///
    /// @spec https://spec.matrix.org/v1.19/rooms/v6/#authorisation-rules Authorization rules since
    ///   v6, without aliases
    SPECIAL_ALIASES,
    /// A signing key must have been valid when the event was made.
    ///
    /// @spec https://spec.matrix.org/v1.19/rooms/v5/#signing-key-validity-period Signing key
    ///   validity period
    ENFORCES_KEY_VALIDITY,
    /// Events are strict canonical JSON.
    ///
    /// @spec https://spec.matrix.org/v1.19/rooms/v6/#canonical-json Canonical JSON since v6
    STRICT_CANONICAL_JSON,
    /// Power levels may be written as floats.
    ///
    /// @spec
    ///   https://spec.matrix.org/v1.19/rooms/v1/#mroompower_levels-events-accept-values-as-floats
    ///   Levels as floats
    FLOAT_POWER_LEVELS,
    /// Power levels may be written as strings.
    ///
    /// @spec
    ///   https://spec.matrix.org/v1.19/rooms/v1/#mroompower_levels-events-accept-values-as-strings
    ///   Levels as strings
    STRING_POWER_LEVELS,
    /// The levels of `notifications` are covered by the rule about changing power levels.
    ///
    /// @spec https://spec.matrix.org/v1.19/rooms/v6/#authorisation-rules Authorization rules since
    ///   v6
    LIMITS_NOTIFICATION_LEVELS,
    /// One can knock.
    ///
    /// @spec https://spec.matrix.org/v1.19/rooms/v7/#authorisation-rules Authorization rules since
    ///   v7
    KNOCKING,
    /// Joining can be restricted to the members of other rooms.
    ///
    /// @spec https://spec.matrix.org/v1.19/rooms/v8/#authorisation-rules Authorization rules since
    ///   v8
    RESTRICTED_JOINS,
    /// Redaction leaves `allow` of join rules.
    ///
    /// @spec https://spec.matrix.org/v1.19/rooms/v8/#redactions Redactions since v8
    REDACTION_KEEPS_ALLOW,
    /// Redaction leaves the authorizing user of a restricted join.
    ///
    /// @spec https://spec.matrix.org/v1.19/rooms/v9/#redactions Redactions since v9
    REDACTION_KEEPS_AUTHORISING_USER,
    /// The join rule `knock_restricted`.
    ///
    /// @spec https://spec.matrix.org/v1.19/rooms/v10/#authorisation-rules Authorization rules since
    ///   v10
    KNOCK_RESTRICTED,
    /// The creator is the sender of the create event, which doesn't name one.
    ///
    /// @spec
    ///   https://spec.matrix.org/v1.19/rooms/v11/#remove-the-creator-property-of-mroomcreate-events
    ///   Creator since v11
    CREATOR_IS_SENDER,
    /// What is redacted is named in the content.
    ///
    /// @spec
    ///   https://spec.matrix.org/v1.19/rooms/v11/#moving-the-redacts-property-of-mroomredaction-events-to-a-content-property
    ///   Redacts since v11
    REDACTS_IN_CONTENT,
    /// Redaction leaves the create event whole, drops old top-level keys, and leaves a few more.
    ///
    /// @spec https://spec.matrix.org/v1.19/rooms/v11/#redactions Redactions since v11
    MODERN_REDACTION,
    /// The room ID is the hash of the create event, which is in nobody's auth events.
    ///
    /// @spec https://spec.matrix.org/v1.19/rooms/v12/#event-format Room IDs since v12
    ROOM_ID_IS_CREATE_HASH,
    /// Creators have more power than any level, and there can be several.
    ///
    /// @spec https://spec.matrix.org/v1.19/rooms/v12/#authorisation-rules Authorization rules since
    ///   v12
    PRIVILEGED_CREATORS
}
