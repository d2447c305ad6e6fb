package dev.hearth.badinput;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonBoolean;
import dev.hearth.json.JsonDecimal;
import dev.hearth.json.JsonInteger;
import dev.hearth.json.JsonNull;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonString;
import dev.hearth.json.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/// A body with one value changed.
///
/// @param place where, as keys and indexes with dots between
/// @param how in words
/// @param wrongType whether no server may take the value for what belongs there
record Spoiled(String place, String how, boolean wrongType, JsonValue body) {

    private static final String MISSING = "missing";

    private static final List<JsonValue> TYPES =
            List.of(
                    JsonNull.NULL,
                    JsonBoolean.TRUE,
                    new JsonInteger(7),
                    new JsonDecimal("1.5"),
                    new JsonString("x"),
                    JsonArray.EMPTY,
                    JsonArray.of(JsonNull.NULL, 1, "x"),
                    JsonObject.EMPTY,
                    JsonObject.of("x", JsonNull.NULL));

    private static final List<JsonValue> STRINGS =
            List.of(
                    new JsonString(""),
                    new JsonString("x".repeat(256)),
                    new JsonString("x".repeat(200_000)),
                    new JsonString("\u0000"),
                    new JsonString("@"),
                    new JsonString("@x:"),
                    new JsonString("!"),
                    new JsonString("$"),
                    new JsonString("#:"),
                    new JsonString("@" + "é".repeat(200) + ":hearth.test"),
                    new JsonString("../../😀\uFFFF%00"));

    private static final List<JsonValue> NUMBERS =
            List.of(
                    new JsonInteger(-1),
                    new JsonInteger(0),
                    new JsonInteger(JsonInteger.MAX_CANONICAL),
                    new JsonInteger(JsonInteger.MIN_CANONICAL),
                    new JsonInteger(JsonInteger.MAX_CANONICAL + 1),
                    new JsonInteger(JsonInteger.MIN_CANONICAL - 1),
                    new JsonInteger(Long.MAX_VALUE),
                    new JsonInteger(Long.MIN_VALUE),
                    new JsonDecimal("9223372036854775808"),
                    new JsonDecimal("1e400"),
                    new JsonDecimal("-0"));

    /// Whether a member of an object is there without a value.
    boolean isUnset() {
        return how.equals(kind(JsonNull.NULL)) && place.matches(".*\\.[^.0-9][^.]*");
    }

    boolean isMissing() {
        return how.equals(MISSING);
    }

    static List<Spoiled> of(JsonObject body) {
        var all = new ArrayList<Spoiled>();
        spoil("", body, changed -> changed, all);
        return all;
    }

    private static void spoil(
            String place, JsonValue value, UnaryOperator<JsonValue> inside, List<Spoiled> all) {
        for (var other : TYPES) {
            if (!other.kind().equals(value.kind())
                    || other instanceof JsonArray
                    || other instanceof JsonObject) {
                boolean wrong = !other.kind().equals(value.kind()) && !areNumbers(value, other);
                all.add(new Spoiled(place, kind(other), wrong, inside.apply(other)));
            }
        }
        switch (value) {
            case JsonString _ -> edges(place, STRINGS, inside, all);
            case JsonInteger _, JsonDecimal _ -> edges(place, NUMBERS, inside, all);
            case JsonArray array -> spoilArray(place, array, inside, all);
            case JsonObject object -> spoilObject(place, object, inside, all);
            case JsonBoolean _, JsonNull _ -> {}
        }
    }

    private static boolean areNumbers(JsonValue value, JsonValue other) {
        return value instanceof JsonDecimal && other instanceof JsonInteger;
    }

    private static String kind(JsonValue value) {
        return value.kind() + " " + value;
    }

    private static void edges(
            String place,
            List<JsonValue> edges,
            UnaryOperator<JsonValue> inside,
            List<Spoiled> all) {
        for (var edge : edges) {
            var how = edge.toString();
            all.add(
                    new Spoiled(
                            place,
                            how.length() > 40 ? how.substring(0, 40) + "…" : how,
                            false,
                            inside.apply(edge)));
        }
    }

    private static void spoilArray(
            String place, JsonArray array, UnaryOperator<JsonValue> inside, List<Spoiled> all) {
        for (int i = 0; i < array.size(); i++) {
            int at = i;
            spoil(
                    place + "." + i,
                    array.get(i),
                    changed -> {
                        var copy = new ArrayList<>(array.values());
                        copy.set(at, changed);
                        return inside.apply(new JsonArray(copy));
                    },
                    all);
        }
        if (!array.isEmpty()) {
            var many = new JsonArray(Collections.nCopies(5000, array.get(0)));
            all.add(new Spoiled(place, "5000 of them", false, inside.apply(many)));
        }
    }

    private static void spoilObject(
            String place, JsonObject object, UnaryOperator<JsonValue> inside, List<Spoiled> all) {
        object.members()
                .forEach((key, member) -> {
                    spoil(
                            place + "." + key,
                            member,
                            changed -> inside.apply(object.with(key, changed)),
                            all);
                    all.add(
                            new Spoiled(
                                    place + "." + key,
                                    MISSING,
                                    false,
                                    inside.apply(object.without(key))));
                    var rest = object.without(key);
                    for (var name : List.of("", "x".repeat(300), "\u0000", "@é:x")) {
                        all.add(
                                new Spoiled(
                                        place + "." + key,
                                        "another key",
                                        false,
                                        inside.apply(rest.with(name, member))));
                    }
                });
        var deep = new ArrayList<JsonValue>(List.of(JsonObject.EMPTY));
        for (int i = 0; i < 80; i++) {
            deep.set(0, JsonObject.of("x", JsonArray.of(deep.getFirst())).with("y", i));
        }
        all.add(
                new Spoiled(
                        place,
                        "with depths",
                        false,
                        inside.apply(object.with("org.example.x", deep.getFirst()))));
    }
}
