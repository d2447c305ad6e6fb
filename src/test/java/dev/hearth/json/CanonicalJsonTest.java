package dev.hearth.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The canonical form beyond the vectors of the specification.
class CanonicalJsonTest {

    private static String canonical(String text) {
        return new String(CanonicalJson.write(JsonReader.read(text)), StandardCharsets.UTF_8);
    }

    private static String lenient(String text) {
        return new String(
                CanonicalJson.writeLenient(JsonReader.read(text)), StandardCharsets.UTF_8);
    }

    /// U+E000 to U+FFFF come before U+10000 and beyond, though their UTF-16 units come after.
    @Test
    void keysStandInTheOrderOfTheirCodePoints() {
        var keys = List.of("", "A", "a", "aa", "b", "é", "\uD7FF", "\uE000", "\uFFFD", "\uFFFF");
        var beyond = List.of("\uD800\uDC00", "\uD83D\uDE00", "\uD83D\uDE00a", "\uDBFF\uDFFF");
        var builder = JsonObject.builder();
        beyond.reversed().forEach(key -> builder.put(key, 1));
        keys.reversed().forEach(key -> builder.put(key, 1));
        var written = JsonReader.readObject(CanonicalJson.write(builder.build()));
        assertEquals(
                java.util.stream.Stream.concat(keys.stream(), beyond.stream()).toList(),
                List.copyOf(written.keys()));
    }

    @Test
    void nothingIsEscapedButWhatMustBe() {
        assertEquals(
                "{\"\\u0000\\u001f\\b\\t\\n\\f\\r\\\"\\\\/\u007f\u0080é\u2028😀\":\"\\u000b\"}",
                canonical(
                        "{ \"\\u0000\\u001F\\u0008\\u0009\\u000a\\u000c\\u000d\\u0022\\u005c\\u002f\\u007F\\u0080"
                                + "\\u00E9\\u2028\\ud83d\\ude00\" : \"\\u000B\" }"));
    }

    @Test
    void theRangeOfIntegersEndsWhereDoublesDo() {
        assertEquals(
                "[9007199254740991,-9007199254740991,0]",
                canonical("[9007199254740991, -9007199254740991, 0]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9007199254740992",
                "-9007199254740992",
                "9223372036854775808",
                "-0",
                "1.0",
                "1.5",
                "1e3",
                "0e0",
                "1E-1",
                "0.0"
            })
    void otherNumbersHaveNoStrictForm(String number) {
        for (var text : List.of(number, "[" + number + "]", "{\"a\":[{\"b\":" + number + "}]}")) {
            var value = JsonReader.read(text);
            assertFalse(CanonicalJson.isStrict(value));
            assertThrows(NotCanonicalException.class, () -> CanonicalJson.write(value));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-0, 0",
        "1.0, 1",
        "1.5, 1.5",
        "1e3, 1000",
        "1.5E1, 15",
        "100e-2, 1",
        "-2.50, -2.50",
        "9007199254740992, 9007199254740992",
        "9223372036854775808, 9223372036854775808",
        "1e401, 1e401",
        "0e500, 0e500",
        "1e2147483648, 1e2147483648",
        "1e-2147483647, 1e-2147483647"
    })
    void oldRoomsWriteWholeNumbersOut(String number, String written) {
        assertEquals(written, lenient(number));
    }

    /// Else an event could be stored and never read again.
    @Test
    void whatIsWrittenCanBeReadAgain() {
        for (int digits : new int[] {599, 600, 601, 999}) {
            var once = lenient("1".repeat(digits - 4) + "e400");
            assertEquals(once, lenient(once));
        }
    }

    @Test
    void theLengthIsThatOfTheBytes() {
        for (var text :
                List.of("{}", "[1,2.50,-0,\"é€😀\\u0000\"]", "\"" + "x".repeat(5000) + "\"")) {
            var value = JsonReader.read(text);
            assertEquals(CanonicalJson.writeLenient(value).length, CanonicalJson.length(value));
        }
    }

    @Test
    void whatLiesBeyondTheBasicPlaneTakesFourBytes() {
        var smile = new JsonString("😀");
        assertEquals(6, JsonWriter.writeBytes(smile).length);
        assertTrue(smile.toString().contains("😀"));
    }
}
