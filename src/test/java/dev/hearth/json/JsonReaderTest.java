package dev.hearth.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is read, and what is refused with a sentence.
class JsonReaderTest {

    private static String refusal(byte[] bytes) {
        var refused = assertThrows(JsonSyntaxException.class, () -> JsonReader.read(bytes));
        assertFalse(refused.getMessage().isBlank());
        return refused.getMessage();
    }

    private static String refusal(String text) {
        return refusal(text.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonValue read(String text) {
        var fromBytes = JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
        assertEquals(fromBytes, JsonReader.read(text));
        return fromBytes;
    }

    private static byte[] hex(String hex) {
        return HexFormat.ofDelimiter(" ").parseHex(hex);
    }

    /// A string of JSON with the given bytes inside.
    private static byte[] quoted(String hex) {
        return hex("22 " + hex + " 22");
    }

    @Test
    void everyKindOfValueIsRead() {
        assertEquals(
                JsonObject.of(
                        "s",
                        "a\"b\\c/\b\f\n\r\té€😀",
                        "i",
                        -7,
                        "t",
                        true,
                        "f",
                        false,
                        "n",
                        JsonNull.NULL,
                        "a",
                        JsonArray.of(1, "2", JsonArray.EMPTY),
                        "o",
                        JsonObject.EMPTY,
                        "",
                        0),
                read(
                        " \t\r\n{\"s\": \"a\\\"b\\\\c\\/\\b\\f\\n\\r\\t\\u00e9\\u20AC\\ud83d\\uDE00\", \"i\":-7,"
                                + "\"t\":true,\"f\":false,\"n\":null,\"a\":[1,\"2\",[]],\"o\":{},\"\":0} \n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,",
                "[1",
                "[1,",
                "\"a",
                "\"\\",
                "\"\\u12",
                "tru",
                "nul",
                "-",
                "{]",
                "[}",
                "[1 2]",
                "[,1]",
                "[1,]",
                "{\"a\":1,}",
                "{,}",
                "{a:1}",
                "{'a':1}",
                "{\"a\" 1}",
                "{1:2}",
                "{} {}",
                "1 2",
                "{}x",
                "NaN",
                "Infinity",
                "-Infinity",
                "+1",
                "01",
                "-01",
                "1.",
                ".5",
                "1e",
                "1e+",
                "0x1",
                "True",
                "undefined",
                "// a\n1",
                "/* a */1",
                "# a\n1",
                "\"\\x\"",
                "\"\\u00g0\"",
                "\"a\tb\"",
                "\"a\nb\"",
                "\"\u0000\"",
                "\u0000",
                "{}\u0000",
                "\u00a01",
                "\u20281"
            })
    void whatIsNoJsonIsRefused(String text) {
        refusal(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":1}",
                "{\"a\":1,\"b\":2,\"\\u0061\":3}",
                "[{\"x\":{\"\":1,\"\":{}}}]",
                "{\"😀\":1,\"\\ud83d\\ude00\":2}",
            })
    void aKeyThatStandsTwiceIsRefused(String text) {
        assertEquals("a key stands twice in one object", refusal(text));
    }

    @Test
    void twoObjectsMayHaveTheSameKey() {
        assertEquals(
                JsonArray.of(JsonObject.of("a", 1), JsonObject.of("a", JsonObject.of("a", 2))),
                read("[{\"a\":1},{\"a\":{\"a\":2}}]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\\ud83d\"",
                "\"\\ude00\"",
                "\"\\ud83dx\"",
                "\"\\ude00\\ud83d\"",
                "\"\\ud83d\\ud83d\\ude00\"",
                "{\"a\":[\"\\udfff\"]}"
            })
    void halfASurrogatePairIsRefused(String text) {
        assertEquals("a string holds half a surrogate pair", refusal(text));
    }

    @Test
    void halfASurrogatePairIsRefusedInTextToo() {
        refusal("{\"\\ud83d\":1}");
        assertThrows(JsonSyntaxException.class, () -> JsonReader.read("\"\ud83d\""));
        assertThrows(JsonSyntaxException.class, () -> JsonReader.readCommented("{\"\ude00\":1}"));
    }

    /// Overlong forms, surrogates, code points beyond the last, stray and missing bytes.
    ///
    /// Complement: TestRequestEncodingFails.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "bf",
                "c0 80",
                "c1 bf",
                "c2",
                "c2 20",
                "e0 80 80",
                "e0 9f bf",
                "e2 82",
                "ed a0 80",
                "ed bf bf",
                "ed a0 bd ed b8 80",
                "f0 80 80 80",
                "f0 8f bf bf",
                "f0 9f 98",
                "f4 90 80 80",
                "f5 80 80 80",
                "f8 88 80 80 80",
                "fe",
                "ff",
                "ef bf bd ff"
            })
    void whatIsNotUtf8IsRefused(String bytes) {
        assertEquals("the text is not UTF-8", refusal(quoted(bytes)));
    }

    @Test
    void theReplacementCharacterItselfIsRead() {
        assertEquals(new JsonString("\uFFFD"), JsonReader.read(quoted("ef bf bd")));
        assertEquals(new JsonString("\uFFFF"), JsonReader.read(quoted("ef bf bf")));
        assertEquals(new JsonString("\uDBFF\uDFFF"), JsonReader.read(quoted("f4 8f bf bf")));
    }

    @Test
    void aByteOrderMarkIsRefused() {
        refusal(hex("ef bb bf 7b 7d"));
        assertThrows(JsonSyntaxException.class, () -> JsonReader.read("\uFEFF{}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE", "UTF-32BE"})
    void otherEncodingsAreRefused(String charset) {
        refusal("{\"a\":1}".getBytes(Charset.forName(charset)));
    }

    @Test
    void whatIsNestedTooDeepIsRefused() {
        int depth = JsonReader.NETWORK.depth();
        for (var pair : List.of(List.of("[", "]"), List.of("{\"a\":", "}"))) {
            var inner = pair.getFirst().equals("[") ? "" : "1";
            var allowed = pair.getFirst().repeat(depth) + inner + pair.getLast().repeat(depth);
            read(allowed);
            var tooDeep =
                    pair.getFirst().repeat(depth + 1) + inner + pair.getLast().repeat(depth + 1);
            assertEquals("nested more than 100 deep", refusal(tooDeep));
        }
    }

    @Test
    void aMillionOpenBracketsAreRefusedAtTheLimit() {
        assertEquals("nested more than 100 deep", refusal("[".repeat(1_000_000)));
        assertEquals("nested more than 100 deep", refusal("{\"a\":".repeat(1_000_000)));
        assertEquals("nested more than 100 deep", refusal("[{\"a\":".repeat(500_000)));
    }

    @Test
    void moreValuesThanTheLimitAreRefused() {
        var limits = new JsonReader.Limits(1000, 10, 5);
        assertEquals(
                JsonArray.of(1, 2, JsonArray.of(3)),
                JsonReader.read("[1,2,[3]]".getBytes(StandardCharsets.UTF_8), limits));
        for (var text : List.of("[1,2,[3],4]", "{\"a\":1,\"b\":{\"c\":[{}]},\"d\":1}")) {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            var refused =
                    assertThrows(JsonSyntaxException.class, () -> JsonReader.read(bytes, limits));
            assertEquals("more than 5 values", refused.getMessage());
        }
        assertEquals("more than 500000 values", refusal("[" + "0,".repeat(500_000) + "0]"));
    }

    @Test
    void aTextBeyondTheLimitIsRefused() {
        var limits = new JsonReader.Limits(10, 10, 10);
        var text = "\"12345678\"".getBytes(StandardCharsets.UTF_8);
        assertEquals(new JsonString("12345678"), JsonReader.read(text, limits));
        var longer = Arrays.copyOf(text, 11);
        longer[10] = ' ';
        assertThrows(JsonSyntaxException.class, () -> JsonReader.read(longer, limits));
    }

    @Test
    void stringsAndKeysMayBeLong() {
        var string = "xé€😀".repeat(1 << 20);
        assertEquals(new JsonString(string), read("\"" + string + "\""));
        var key = "k".repeat(1 << 20);
        assertEquals(JsonObject.of(key, 1), read("{\"" + key + "\":1}"));
        assertEquals("a number or a key is too long", refusal("{\"k" + key + "\":1}"));
    }

    @Test
    void numbersOfSixtyFourBitsAreIntegers() {
        for (long number :
                new long[] {
                    0,
                    1,
                    -1,
                    42,
                    JsonInteger.MAX_CANONICAL,
                    JsonInteger.MAX_CANONICAL + 1,
                    JsonInteger.MIN_CANONICAL,
                    JsonInteger.MIN_CANONICAL - 1,
                    Long.MAX_VALUE,
                    Long.MIN_VALUE,
                    Integer.MAX_VALUE + 1L,
                    Integer.MIN_VALUE
                }) {
            assertEquals(new JsonInteger(number), read(Long.toString(number)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-0",
                "0.0",
                "1.0",
                "-1.5",
                "1e2",
                "1E+2",
                "1e-2",
                "0e0",
                "9223372036854775808",
                "-9223372036854775809",
                "100000000000000000000000000000",
                "1e2147483648"
            })
    void otherNumbersKeepTheirLiteral(String text) {
        var decimal = assertInstanceOf(JsonDecimal.class, read(text));
        assertEquals(text, decimal.literal());
        assertEquals(text, decimal.toString());
    }

    @Test
    void numbersBeyondReasonAreRefused() {
        assertEquals("a number or a key is too long", refusal("1" + "0".repeat(1000)));
        assertEquals("a number or a key is too long", refusal("0." + "0".repeat(1000) + "1"));
        assertEquals("a number has too large an exponent", refusal("1e2147483649"));
        assertEquals("a number has too large an exponent", refusal("[1e99999999999]"));
        assertEquals("a number has too large an exponent", refusal("{\"a\":-1.5e-2147483648}"));
        read("1" + "0".repeat(998));
    }

    @Test
    void onlyAnObjectIsAnObject() {
        for (var text : List.of("[]", "\"{}\"", "1", "1.5", "null", "true")) {
            assertThrows(JsonShapeException.class, () -> JsonReader.readObject(text));
        }
        assertEquals(JsonObject.EMPTY, JsonReader.readObject("{}"));
    }

    @Test
    void peopleMayCommentTheirConfiguration() {
        assertEquals(
                JsonObject.of("a", JsonArray.of(1)),
                JsonReader.readCommented("// why\n{\"a\": [1, /* that */],}\n// end"));
    }

    @Test
    void noRefusalTellsTheText() {
        assertEquals("not JSON at line 2, column 6", refusal("{\"a\":\n1,\"se\tcret\":2}"));
        assertNotEquals(
                "secret",
                assertThrows(
                                JsonShapeException.class,
                                () -> JsonReader.readObject("{\"a\":\"secret\"}").integer("a"))
                        .getMessage());
        assertTrue(refusal("{\"password\":\"hunter2\" x}").indexOf("hunter2") < 0);
    }
}
