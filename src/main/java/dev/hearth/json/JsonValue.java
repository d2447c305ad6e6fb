package dev.hearth.json;

/// Any JSON value. Values are immutable and compare by content; objects compare without regard to
/// the order of their keys.
public sealed interface JsonValue
        permits JsonObject, JsonArray, JsonString, JsonInteger, JsonDecimal, JsonBoolean, JsonNull {

    /// What kind of value this is, in the words that an error message uses.
    default String kind() {
        return switch (this) {
            case JsonObject _ -> "object";
            case JsonArray _ -> "array";
            case JsonString _ -> "string";
            case JsonInteger _ -> "integer";
            case JsonDecimal _ -> "number";
            case JsonBoolean _ -> "boolean";
            case JsonNull _ -> "null";
        };
    }

    /// The JSON value of a Java one: strings, whole numbers, booleans and JSON values themselves;
    /// anything else is written as its string form, so that identifiers need no unwrapping.
    static JsonValue of(Object value) {
        return switch (value) {
            case JsonValue json -> json;
            case String string -> new JsonString(string);
            case Integer integer -> new JsonInteger(integer);
            case Long integer -> new JsonInteger(integer);
            case Boolean bool -> JsonBoolean.of(bool);
            default -> new JsonString(value.toString());
        };
    }
}
