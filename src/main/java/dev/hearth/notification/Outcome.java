package dev.hearth.notification;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonBoolean;
import dev.hearth.json.JsonNull;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonString;
import dev.hearth.json.JsonValue;

/// What a push rule's actions come to (PUSH-4): those of other names, old and new, do nothing.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#actions Actions
record Outcome(boolean notifies, boolean highlights) {

    static final Outcome NOTHING = new Outcome(false, false);

    static Outcome of(JsonArray actions) {
        boolean notifies = actions.values().contains(new JsonString("notify"));
        return new Outcome(notifies, notifies && actions.stream().anyMatch(Outcome::isHighlight));
    }

    /// Without a value it is a yes.
    private static boolean isHighlight(JsonValue action) {
        return action instanceof JsonObject tweak
                && tweak.peekString("set_tweak").filter("highlight"::equals).isPresent()
                && tweak.find("value").orElse(JsonBoolean.TRUE) != JsonBoolean.FALSE
                && tweak.find("value").orElse(JsonBoolean.TRUE) != JsonNull.NULL;
    }
}
