package dev.hearth.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A JSON object. It keeps the order in which its keys came, and is equal to another with the same
/// keys and values in any order.
///
/// Reading what is required and has the wrong shape, or is missing, throws [JsonShapeException];
/// the `find…` methods answer an empty Optional where the key is absent or `null`, as many clients
/// write what they don't set, and throw where the value has another type. The `present…` methods do
/// the same for what events are made of, but for `null`, which there was said and has another type.
/// The `peek…` methods never throw: to them a wrong type is the same as absent.
public final class JsonObject implements JsonValue {

    public static final JsonObject EMPTY = new JsonObject(new LinkedHashMap<>());

    private final Map<String, JsonValue> members;

    private JsonObject(LinkedHashMap<String, JsonValue> members) {
        this.members = Collections.unmodifiableMap(members);
    }

    /// An object of alternating keys and [values][JsonValue#of].
    public static JsonObject of(Object... keysAndValues) {
        if (keysAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("a key without a value");
        }
        var members = new LinkedHashMap<String, JsonValue>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            members.put((String) keysAndValues[i], JsonValue.of(keysAndValues[i + 1]));
        }
        return new JsonObject(members);
    }

    public static JsonObject from(Map<String, ? extends JsonValue> members) {
        return new JsonObject(new LinkedHashMap<>(members));
    }

    /// Takes the map over without a copy: for the reader, which made it and lets it go.
    static JsonObject owning(LinkedHashMap<String, JsonValue> members) {
        return new JsonObject(members);
    }

    public static JsonObjectBuilder builder() {
        return new JsonObjectBuilder();
    }

    public Map<String, JsonValue> members() {
        return members;
    }

    public Set<String> keys() {
        return members.keySet();
    }

    public boolean isEmpty() {
        return members.isEmpty();
    }

    public int size() {
        return members.size();
    }

    public boolean has(String key) {
        return members.containsKey(key);
    }

    /// This object with one member added or replaced.
    public JsonObject with(String key, Object value) {
        var copy = new LinkedHashMap<>(members);
        copy.put(key, JsonValue.of(value));
        return new JsonObject(copy);
    }

    /// This object without some of its members.
    public JsonObject without(String... keys) {
        var others = List.of(keys);
        if (others.stream().noneMatch(members::containsKey)) {
            return this;
        }
        var copy = new LinkedHashMap<>(members);
        others.forEach(copy::remove);
        return new JsonObject(copy);
    }

    /// Whatever stands under a key, `null` as well.
    public Optional<JsonValue> find(String key) {
        return Optional.ofNullable(members.get(key));
    }

    public JsonValue get(String key) {
        var value = members.get(key);
        if (value == null) {
            throw JsonShapeException.missing(key);
        }
        return value;
    }

    /// The value at the end of a path of keys through nested objects; empty where the path breaks.
    public Optional<JsonValue> path(String... keys) {
        JsonValue here = this;
        for (var key : keys) {
            if (!(here instanceof JsonObject object) || !object.has(key)) {
                return Optional.empty();
            }
            here = object.get(key);
        }
        return Optional.of(here);
    }

    private Optional<JsonValue> set(String key) {
        return find(key).filter(value -> value != JsonNull.NULL);
    }

    public String string(String key) {
        return asString(key, get(key));
    }

    public Optional<String> findString(String key) {
        return set(key).map(value -> asString(key, value));
    }

    public Optional<String> presentString(String key) {
        return find(key).map(value -> asString(key, value));
    }

    public Optional<String> peekString(String key) {
        return members.get(key) instanceof JsonString(var string)
                ? Optional.of(string)
                : Optional.empty();
    }

    public long integer(String key) {
        return asInteger(key, get(key));
    }

    public Optional<Long> findInteger(String key) {
        return set(key).map(value -> asInteger(key, value));
    }

    public Optional<Long> peekInteger(String key) {
        return members.get(key) instanceof JsonInteger(var integer)
                ? Optional.of(integer)
                : Optional.empty();
    }

    public boolean bool(String key) {
        return asBoolean(key, get(key));
    }

    public Optional<Boolean> findBoolean(String key) {
        return set(key).map(value -> asBoolean(key, value));
    }

    public Optional<Boolean> presentBoolean(String key) {
        return find(key).map(value -> asBoolean(key, value));
    }

    /// Whether the key is there and `true`; anything else is false.
    public boolean isTrue(String key) {
        return members.get(key) == JsonBoolean.TRUE;
    }

    public JsonObject object(String key) {
        return asObject(key, get(key));
    }

    public Optional<JsonObject> findObject(String key) {
        return set(key).map(value -> asObject(key, value));
    }

    public Optional<JsonObject> presentObject(String key) {
        return find(key).map(value -> asObject(key, value));
    }

    public Optional<JsonObject> peekObject(String key) {
        return members.get(key) instanceof JsonObject object
                ? Optional.of(object)
                : Optional.empty();
    }

    public JsonArray array(String key) {
        return asArray(key, get(key));
    }

    public Optional<JsonArray> findArray(String key) {
        return set(key).map(value -> asArray(key, value));
    }

    public Optional<JsonArray> presentArray(String key) {
        return find(key).map(value -> asArray(key, value));
    }

    public Optional<JsonArray> peekArray(String key) {
        return members.get(key) instanceof JsonArray array ? Optional.of(array) : Optional.empty();
    }

    private static String asString(String key, JsonValue value) {
        if (value instanceof JsonString(var string)) {
            return string;
        }
        throw JsonShapeException.expected(key, "string", value);
    }

    private static long asInteger(String key, JsonValue value) {
        if (value instanceof JsonInteger(var integer)) {
            return integer;
        }
        throw JsonShapeException.expected(key, "integer", value);
    }

    private static boolean asBoolean(String key, JsonValue value) {
        if (value instanceof JsonBoolean bool) {
            return bool.value();
        }
        throw JsonShapeException.expected(key, "boolean", value);
    }

    private static JsonObject asObject(String key, JsonValue value) {
        if (value instanceof JsonObject object) {
            return object;
        }
        throw JsonShapeException.expected(key, "object", value);
    }

    private static JsonArray asArray(String key, JsonValue value) {
        if (value instanceof JsonArray array) {
            return array;
        }
        throw JsonShapeException.expected(key, "array", value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JsonObject object && members.equals(object.members);
    }

    @Override
    public int hashCode() {
        return members.hashCode();
    }

    @Override
    public String toString() {
        return JsonWriter.write(this);
    }
}
