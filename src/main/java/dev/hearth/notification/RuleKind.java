package dev.hearth.notification;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import java.util.List;
import java.util.Optional;

/// The kinds of push rules, in the order in which they are tried.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#push-rules Push rules
enum RuleKind {
    OVERRIDE("override"),
    CONTENT("content"),
    /// MSC4306: after those for contents, for what is known beside them.
    POSTCONTENT("postcontent"),
    ROOM("room"),
    SENDER("sender"),
    UNDERRIDE("underride");

    private final String wireName;

    RuleKind(String wireName) {
        this.wireName = wireName;
    }

    String wireName() {
        return wireName;
    }

    /// Its rules in a rule set as clients know it.
    List<JsonObject> rulesIn(JsonObject ruleset) {
        return ruleset.peekArray(wireName).orElse(JsonArray.EMPTY).objects();
    }

    /// Whether its rules say themselves what must be true of an event.
    boolean hasConditions() {
        return this == OVERRIDE || this == POSTCONTENT || this == UNDERRIDE;
    }

    static Optional<RuleKind> find(String text) {
        for (var kind : values()) {
            if (kind.wireName.equals(text)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
