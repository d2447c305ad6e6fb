package dev.hearth.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/// Canonical JSON: the one byte form of a value that Matrix hashes and signs.
///
/// @spec https://spec.matrix.org/v1.19/appendices/#canonical-json Canonical JSON
public final class CanonicalJson {

    /// By code point. Not `String.compareTo`: that orders UTF-16 units, in which a character above
    /// U+FFFF (a surrogate pair, from U+D800) comes before U+E000 to U+FFFF.
    public static final Comparator<String> BY_CODE_POINT = CanonicalJson::compare;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final boolean strict;
    private byte[] bytes = new byte[1024];
    private int length;

    private CanonicalJson(boolean strict) {
        this.strict = strict;
    }

    /// The canonical form by the strict rules, which room versions from 6 on enforce.
    ///
    /// @throws NotCanonicalException for a number with a fraction, an exponent or out of range
    public static byte[] write(JsonValue value) {
        return new CanonicalJson(true).bytesOf(value);
    }

    /// The form that room versions 1 to 5 hash and sign: integers keep all their digits, and other
    /// numbers that are whole become integers. What a fraction becomes is specified nowhere; it
    /// keeps its literal.
    public static byte[] writeLenient(JsonValue value) {
        return new CanonicalJson(false).bytesOf(value);
    }

    /// A writer for one member after another.
    static CanonicalJson lenient() {
        return new CanonicalJson(false);
    }

    /// A member of an object: its key, a colon and its value.
    byte[] member(String key, JsonValue value) {
        length = 0;
        string(key);
        put(':');
        write0(value);
        return Arrays.copyOf(bytes, length);
    }

    /// The length in bytes of the canonical form, which size limits count.
    public static int length(JsonValue value) {
        var writer = new CanonicalJson(false);
        writer.write0(value);
        return writer.length;
    }

    /// Whether the strict canonical form exists.
    public static boolean isStrict(JsonValue value) {
        return switch (value) {
            case JsonObject object ->
                    object.members().values().stream().allMatch(CanonicalJson::isStrict);
            case JsonArray array -> array.stream().allMatch(CanonicalJson::isStrict);
            case JsonInteger integer -> integer.isCanonical();
            case JsonDecimal _ -> false;
            case JsonString _, JsonBoolean _, JsonNull _ -> true;
        };
    }

    private static int compare(String a, String b) {
        int common = Math.min(a.length(), b.length());
        for (int i = 0; i < common; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean xPair = Character.isSurrogate(x);
                return xPair == Character.isSurrogate(y) ? x - y : xPair ? 1 : -1;
            }
        }
        return a.length() - b.length();
    }

    private byte[] bytesOf(JsonValue value) {
        write0(value);
        return Arrays.copyOf(bytes, length);
    }

    private void write0(JsonValue value) {
        switch (value) {
            case JsonObject object -> object(object);
            case JsonArray array -> array(array);
            case JsonString(var string) -> string(string);
            case JsonInteger integer -> integer(integer);
            case JsonDecimal decimal -> decimal(decimal);
            case JsonBoolean bool -> ascii(bool.value() ? "true" : "false");
            case JsonNull _ -> ascii("null");
        }
    }

    private void object(JsonObject object) {
        var keys = object.keys().toArray(String[]::new);
        if (keys.length > 1) {
            Arrays.sort(keys, BY_CODE_POINT);
        }
        put('{');
        for (int i = 0; i < keys.length; i++) {
            if (i > 0) {
                put(',');
            }
            string(keys[i]);
            put(':');
            write0(object.get(keys[i]));
        }
        put('}');
    }

    private void array(JsonArray array) {
        put('[');
        for (int i = 0; i < array.size(); i++) {
            if (i > 0) {
                put(',');
            }
            write0(array.get(i));
        }
        put(']');
    }

    private void integer(JsonInteger integer) {
        if (strict && !integer.isCanonical()) {
            throw new NotCanonicalException(integer + " is beyond ±(2^53-1)");
        }
        ascii(Long.toString(integer.value()));
    }

    private void decimal(JsonDecimal decimal) {
        if (strict) {
            throw new NotCanonicalException(decimal + " is no plain integer");
        }
        ascii(whole(decimal));
    }

    private static String whole(JsonDecimal decimal) {
        var value = decimal.value();
        // An exponent of a few hundred digits is still written out; more would let a few bytes of
        // input become gigabytes, or what was written become too long to be read again.
        long scale = value.scale();
        if (Math.abs(scale) > 400 || value.precision() - scale >= JsonReader.LONGEST_NUMBER) {
            return decimal.literal();
        }
        try {
            return value.toBigIntegerExact().toString();
        } catch (ArithmeticException _) {
            return decimal.literal();
        }
    }

    private void string(String string) {
        put('"');
        for (int i = plain(string); i < string.length(); i++) {
            char c = string.charAt(i);
            if (c >= 0x80) {
                i += beyondAscii(string, i);
            } else if (isEscaped(c)) {
                escape(c);
            } else {
                put(c);
            }
        }
        put('"');
    }

    /// Writes the beginning of a string, up to the first character that takes more than one byte,
    /// and answers how much that was: most strings are written here.
    private int plain(String string) {
        int end = string.length();
        reserve(end);
        for (int i = 0; i < end; i++) {
            char c = string.charAt(i);
            if (c >= 0x80 || isEscaped(c)) {
                end = i;
            } else {
                bytes[length + i] = (byte) c;
            }
        }
        length += end;
        return end;
    }

    private static boolean isEscaped(char c) {
        return c < 0x20 || c == '"' || c == '\\';
    }

    /// Writes one character of two to four bytes, and answers how many further chars it took.
    private int beyondAscii(String string, int at) {
        int point = string.codePointAt(at);
        if (point < 0x800) {
            put(0xC0 | point >> 6);
        } else if (point < 0x10000) {
            put(0xE0 | point >> 12);
            put(0x80 | point >> 6 & 0x3F);
        } else {
            put(0xF0 | point >> 18);
            put(0x80 | point >> 12 & 0x3F);
            put(0x80 | point >> 6 & 0x3F);
        }
        put(0x80 | point & 0x3F);
        return Character.charCount(point) - 1;
    }

    private void escape(char c) {
        put('\\');
        switch (c) {
            case '"', '\\' -> put(c);
            case '\b' -> put('b');
            case '\f' -> put('f');
            case '\n' -> put('n');
            case '\r' -> put('r');
            case '\t' -> put('t');
            default -> {
                ascii("u00");
                put(HEX[c >> 4]);
                put(HEX[c & 0xF]);
            }
        }
    }

    private void ascii(String string) {
        for (int i = 0; i < string.length(); i++) {
            put(string.charAt(i));
        }
    }

    private void put(int b) {
        reserve(1);
        bytes[length++] = (byte) b;
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
