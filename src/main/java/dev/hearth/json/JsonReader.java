package dev.hearth.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/// Reads JSON text into values, and refuses what two readers could understand differently: a key
/// twice in one object, a lone surrogate, bytes that are not UTF-8, anything after the value.
public final class JsonReader {

    /// What is read from the network: a body of any allowed size has fewer values than this.
    public static final Limits NETWORK = new Limits(1 << 26, 100, 500_000);

    /// The longest number that is read, in characters.
    static final int LONGEST_NUMBER = 1000;

    private static final JsonFactory STRICT = factory().build();
    private static final JsonFactory WITH_COMMENTS =
            factory()
                    .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
                    .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
                    .build();

    private final JsonParser parser;
    private final Limits limits;
    private final boolean hasEscapes;
    private int values;

    /// How large a text may be, how deep a value may be nested, and how many values (members and
    /// elements counted) it may hold in all. What is received may have narrower bounds of size.
    public record Limits(int bytes, int depth, int values) {}

    private JsonReader(JsonParser parser, Limits limits, boolean hasEscapes) {
        this.parser = parser;
        this.limits = limits;
        this.hasEscapes = hasEscapes;
    }

    /// No table of names is shared between texts: a hostile text could fill it with names that
    /// collide, and harm the reading of others.
    private static com.fasterxml.jackson.core.JsonFactoryBuilder factory() {
        return (com.fasterxml.jackson.core.JsonFactoryBuilder)
                JsonFactory.builder()
                        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                        .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                        .enable(StreamReadFeature.USE_FAST_BIG_NUMBER_PARSER)
                        .streamReadConstraints(
                                StreamReadConstraints.builder()
                                        .maxNestingDepth(1000)
                                        .maxNumberLength(LONGEST_NUMBER)
                                        .maxNameLength(1 << 20)
                                        .maxStringLength(1 << 27)
                                        .build());
    }

    /// Reads one value from UTF-8 text that came over the network or from our own store.
    ///
    /// @throws JsonSyntaxException with a sentence that says what is wrong
    public static JsonValue read(byte[] utf8) {
        return read(utf8, NETWORK);
    }

    public static JsonValue read(byte[] utf8, Limits limits) {
        if (utf8.length > limits.bytes()) {
            throw new JsonSyntaxException("the text has more than " + limits.bytes() + " bytes");
        }
        return read(STRICT, text(utf8), limits);
    }

    public static JsonValue read(String text) {
        return read(STRICT, whole(text), NETWORK);
    }

    /// Reads one object.
    ///
    /// @throws JsonSyntaxException if the text is no JSON
    /// @throws JsonShapeException if it is another value
    public static JsonObject readObject(byte[] utf8) {
        return object(read(utf8));
    }

    public static JsonObject readObject(String text) {
        return object(read(text));
    }

    /// Reads one object from a text with `//` and `/* */` comments and trailing commas, as people
    /// write configuration.
    public static JsonObject readCommented(String text) {
        return object(read(WITH_COMMENTS, whole(text), NETWORK));
    }

    private static JsonObject object(JsonValue value) {
        if (value instanceof JsonObject object) {
            return object;
        }
        throw JsonShapeException.expected("the body", "object", value);
    }

    /// Text, and not the bytes themselves: jackson would take bytes for UTF-16 or UTF-32 where they
    /// look like it, lets overlong forms and surrogates in UTF-8 pass, and needs its table of names
    /// for them. Java's own decoding is the fastest, and puts U+FFFD where something was wrong.
    private static String text(byte[] utf8) {
        var text = new String(utf8, StandardCharsets.UTF_8);
        return text.indexOf('\uFFFD') < 0 ? text : textWithReplacement(utf8);
    }

    private static String textWithReplacement(byte[] utf8) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
        } catch (CharacterCodingException _) {
            throw new JsonSyntaxException("the text is not UTF-8");
        }
    }

    private static JsonValue read(JsonFactory factory, String text, Limits limits) {
        try (var parser = factory.createParser(text)) {
            if (parser.nextToken() == null) {
                throw new JsonSyntaxException("the text is empty");
            }
            // Whole text has halves of pairs only where they are written as escapes.
            boolean hasEscapes = text.contains("\\u");
            var value = new JsonReader(parser, limits, hasEscapes).value(limits.depth());
            if (parser.nextToken() != null) {
                throw new JsonSyntaxException("there is something after the JSON value");
            }
            return value;
        } catch (StreamConstraintsException _) {
            throw new JsonSyntaxException("a number or a key is too long");
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new JsonSyntaxException(sentence(e));
        } catch (IOException e) {
            throw new JsonSyntaxException("the text can't be read: " + e.getMessage());
        }
    }

    private static String sentence(com.fasterxml.jackson.core.JsonProcessingException e) {
        var place = e.getLocation();
        return "not JSON at line " + place.getLineNr() + ", column " + place.getColumnNr();
    }

    private JsonValue value(int depthLeft) throws IOException {
        if (++values > limits.values()) {
            throw new JsonSyntaxException("more than " + limits.values() + " values");
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(deeper(depthLeft));
            case START_ARRAY -> array(deeper(depthLeft));
            case VALUE_STRING -> new JsonString(string(parser.getText()));
            case VALUE_NUMBER_INT -> integer(parser.getText());
            case VALUE_NUMBER_FLOAT -> decimal(parser.getText());
            case VALUE_TRUE -> JsonBoolean.TRUE;
            case VALUE_FALSE -> JsonBoolean.FALSE;
            case VALUE_NULL -> JsonNull.NULL;
            case FIELD_NAME, END_OBJECT, END_ARRAY, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                    throw new JsonSyntaxException("a value is missing");
        };
    }

    private int deeper(int depthLeft) {
        if (depthLeft == 0) {
            throw new JsonSyntaxException("nested more than " + limits.depth() + " deep");
        }
        return depthLeft - 1;
    }

    private JsonObject object(int depthLeft) throws IOException {
        var members = new LinkedHashMap<String, JsonValue>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var key = string(parser.currentName());
            parser.nextToken();
            if (members.put(key, value(depthLeft)) != null) {
                throw new JsonSyntaxException("a key stands twice in one object");
            }
        }
        return members.isEmpty() ? JsonObject.EMPTY : JsonObject.owning(members);
    }

    private JsonArray array(int depthLeft) throws IOException {
        var elements = new ArrayList<JsonValue>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(depthLeft));
        }
        return elements.isEmpty() ? JsonArray.EMPTY : new JsonArray(elements);
    }

    private static JsonValue integer(String literal) {
        if (literal.equals("-0")) {
            return new JsonDecimal(literal);
        }
        try {
            return new JsonInteger(Long.parseLong(literal));
        } catch (NumberFormatException _) {
            return new JsonDecimal(literal);
        }
    }

    private static JsonDecimal decimal(String literal) {
        try {
            return new JsonDecimal(literal);
        } catch (NumberFormatException _) {
            throw new JsonSyntaxException("a number has too large an exponent");
        }
    }

    private String string(String string) {
        return hasEscapes ? whole(string) : string;
    }

    // A pair of surrogates is two steps.
    @SuppressWarnings("IncrementInForLoopAndHeader")
    private static String whole(String string) {
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isLowSurrogate(c)
                    || i + 1 == string.length()
                    || !Character.isLowSurrogate(string.charAt(i + 1))) {
                throw new JsonSyntaxException("a string holds half a surrogate pair");
            }
            i++;
        }
        return string;
    }
}
