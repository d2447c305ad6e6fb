package dev.hearth.json;

import java.util.LinkedHashMap;
import java.util.Optional;

/// Collects the members of a [JsonObject], some of them conditional. For use by one thread, once.
public final class JsonObjectBuilder {

    private LinkedHashMap<String, JsonValue> members = new LinkedHashMap<>();
    private boolean built;

    JsonObjectBuilder() {}

    /// Adds or replaces a member; the value is taken as by [JsonValue#of].
    public JsonObjectBuilder put(String key, Object value) {
        own().put(key, JsonValue.of(value));
        return this;
    }

    /// Adds the member if there is a value.
    public JsonObjectBuilder putIfPresent(String key, Optional<?> value) {
        value.ifPresent(present -> put(key, present));
        return this;
    }

    /// Adds the member unless it is an empty object.
    public JsonObjectBuilder putUnlessEmpty(String key, JsonObject value) {
        return value.isEmpty() ? this : put(key, value);
    }

    /// Adds the member unless it is an empty array.
    public JsonObjectBuilder putUnlessEmpty(String key, JsonArray value) {
        return value.isEmpty() ? this : put(key, value);
    }

    public JsonObjectBuilder putAll(JsonObject other) {
        own().putAll(other.members());
        return this;
    }

    public boolean isEmpty() {
        return members.isEmpty();
    }

    public JsonObject build() {
        built = true;
        return JsonObject.owning(members);
    }

    /// What was built is not ours any more.
    private LinkedHashMap<String, JsonValue> own() {
        if (built) {
            members = new LinkedHashMap<>(members);
            built = false;
        }
        return members;
    }
}
