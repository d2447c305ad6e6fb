package dev.hearth.keys.backup;

import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonString;
import dev.hearth.json.JsonValue;

/// What clients wrote for themselves. The algorithms of the specification write objects; those that
/// only their clients know may write text.
final class Sealed {

    private Sealed() {}

    static JsonValue read(JsonObject body, String key) {
        return body.get(key) instanceof JsonString text ? text : body.object(key);
    }
}
