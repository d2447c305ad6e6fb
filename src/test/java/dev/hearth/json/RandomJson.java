package dev.hearth.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Random;
import java.util.SplittableRandom;

/// Random JSON values, and random ways to spell them.
public final class RandomJson {

    private static final int DEEPEST = 5;
    private static final long[] EDGES = {
        0, 1, -1, JsonInteger.MAX_CANONICAL, JsonInteger.MIN_CANONICAL, 1L << 31, -(1L << 31)
    };
    private static final long[] BEYOND = {
        JsonInteger.MAX_CANONICAL + 1, JsonInteger.MIN_CANONICAL - 1, Long.MAX_VALUE, Long.MIN_VALUE
    };
    private static final int[][] RANGES = {
        {0, 0x20},
        {0x20, 0x7F},
        {0x20, 0x7F},
        {0x7F, 0x100},
        {0x100, 0x800},
        {0x800, 0xD800},
        {0xE000, 0x10000},
        {0x1F600, 0x1F650},
        {0x10000, 0x110000}
    };

    private final SplittableRandom random;
    private final boolean strict;

    /// @param strict whether only what has a strict canonical form is wanted
    public RandomJson(SplittableRandom random, boolean strict) {
        this.random = random;
        this.strict = strict;
    }

    String text() {
        return spell(value(), random);
    }

    public JsonValue value() {
        return value(DEEPEST);
    }

    public JsonObject object() {
        return object(DEEPEST);
    }

    /// The value with something in it replaced by anything, or left out.
    public JsonValue bent(JsonValue value) {
        return switch (value) {
            case JsonObject object when !object.isEmpty() && random.nextInt(5) > 0 -> bent(object);
            case JsonArray array when !array.isEmpty() && random.nextInt(5) > 0 -> bent(array);
            default -> value();
        };
    }

    private JsonObject bent(JsonObject object) {
        var key = object.keys().stream().skip(random.nextInt(object.size())).findFirst().get();
        return random.nextInt(5) == 0
                ? object.without(key)
                : object.with(key, bent(object.get(key)));
    }

    private JsonArray bent(JsonArray array) {
        var values = new ArrayList<>(array.values());
        int at = random.nextInt(values.size());
        if (random.nextInt(5) == 0) {
            values.remove(at);
        } else {
            values.set(at, bent(values.get(at)));
        }
        return new JsonArray(values);
    }

    private JsonValue value(int depthLeft) {
        return switch (random.nextInt(depthLeft == 0 ? 6 : 10)) {
            case 0 -> JsonNull.NULL;
            case 1 -> JsonBoolean.of(random.nextBoolean());
            case 2, 3 -> strict || random.nextBoolean() ? integer() : decimal();
            case 4, 5 -> new JsonString(string());
            case 6, 7 -> array(depthLeft - 1);
            default -> object(depthLeft - 1);
        };
    }

    private JsonInteger integer() {
        return new JsonInteger(
                switch (random.nextInt(3)) {
                    case 0 -> EDGES[random.nextInt(EDGES.length)];
                    case 1 -> strict ? 7 : BEYOND[random.nextInt(BEYOND.length)];
                    default -> random.nextLong() >> 11 + random.nextInt(53);
                });
    }

    private JsonDecimal decimal() {
        var literal = new StringBuilder(random.nextBoolean() ? "-" : "");
        literal.append(random.nextBoolean() ? "0" : 1 + random.nextInt(9) + digits(600));
        boolean hasFraction = random.nextBoolean();
        if (hasFraction) {
            literal.append('.').append(digits(200)).append(random.nextInt(10));
        }
        if (!hasFraction || random.nextBoolean()) {
            literal.append(random.nextBoolean() ? 'e' : 'E');
            literal.append(new String[] {"", "+", "-"}[random.nextInt(3)]);
            literal.append(random.nextInt(random.nextBoolean() ? 10 : 2000));
        }
        return new JsonDecimal(literal.toString());
    }

    private String digits(int most) {
        var digits = new StringBuilder();
        int count = random.nextInt(4) == 0 ? random.nextInt(most) : random.nextInt(4);
        for (int i = 0; i < count; i++) {
            digits.append(random.nextInt(10));
        }
        return digits.toString();
    }

    private String string() {
        var string = new StringBuilder();
        for (int length = random.nextInt(8); length > 0; length--) {
            var range = RANGES[random.nextInt(RANGES.length)];
            string.appendCodePoint(random.nextInt(range[0], range[1]));
        }
        return string.toString();
    }

    private JsonArray array(int depthLeft) {
        var values = new ArrayList<JsonValue>();
        for (int size = random.nextInt(5); size > 0; size--) {
            values.add(value(depthLeft));
        }
        return new JsonArray(values);
    }

    private JsonObject object(int depthLeft) {
        var members = new LinkedHashMap<String, JsonValue>();
        for (int size = random.nextInt(6); size > 0; size--) {
            members.put(string(), value(depthLeft));
        }
        return JsonObject.from(members);
    }

    /// The value as text: keys in any order, characters raw or escaped, white space anywhere.
    static String spell(JsonValue value, SplittableRandom random) {
        var text = new StringBuilder();
        spell(value, random, text);
        return text.toString();
    }

    private static void spell(JsonValue value, SplittableRandom random, StringBuilder text) {
        space(random, text);
        switch (value) {
            case JsonObject object -> {
                var keys = new ArrayList<>(object.keys());
                Collections.shuffle(keys, new Random(random.nextLong()));
                text.append('{');
                for (var key : keys) {
                    text.append(text.charAt(text.length() - 1) == '{' ? "" : ",");
                    space(random, text);
                    spell(key, random, text);
                    space(random, text);
                    text.append(':');
                    spell(object.get(key), random, text);
                }
                text.append('}');
            }
            case JsonArray array -> {
                text.append('[');
                for (int i = 0; i < array.size(); i++) {
                    text.append(i == 0 ? "" : ",");
                    spell(array.get(i), random, text);
                }
                text.append(']');
            }
            case JsonString(var string) -> spell(string, random, text);
            case JsonInteger integer -> text.append(integer);
            case JsonDecimal decimal -> text.append(decimal);
            case JsonBoolean bool -> text.append(bool);
            case JsonNull _ -> text.append("null");
        }
        space(random, text);
    }

    private static void space(SplittableRandom random, StringBuilder text) {
        if (random.nextInt(8) == 0) {
            text.append(" \t\r\n".charAt(random.nextInt(4)));
        }
    }

    private static void spell(String string, SplittableRandom random, StringBuilder text) {
        text.append('"');
        string.codePoints()
                .forEach(point -> {
                    if (point < 0x20 || point == '"' || point == '\\' || random.nextInt(10) == 0) {
                        escape(point, random, text);
                    } else {
                        text.appendCodePoint(point);
                    }
                });
        text.append('"');
    }

    private static void escape(int point, SplittableRandom random, StringBuilder text) {
        for (char c : Character.toChars(point)) {
            text.append(String.format(random.nextBoolean() ? "\\u%04x" : "\\u%04X", (int) c));
        }
    }
}
