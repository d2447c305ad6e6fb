package dev.hearth.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.testing.Samples;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What holds for any JSON, on random examples.
class JsonSamplesTest {

    private static final int EXAMPLES = 3000;

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void theStrictFormIsAFixpoint() {
        Samples.check(
                EXAMPLES,
                random -> {
                    var value = JsonReader.read(utf8(new RandomJson(random, true).text()));
                    assertTrue(CanonicalJson.isStrict(value));
                    var once = CanonicalJson.write(value);
                    var again = JsonReader.read(once);
                    assertEquals(value, again);
                    assertArrayEquals(once, CanonicalJson.write(again));
                    assertArrayEquals(once, CanonicalJson.writeLenient(again));
                    assertEquals(once.length, CanonicalJson.length(value));
                });
    }

    @Test
    void theLenientFormIsAFixpoint() {
        Samples.check(
                EXAMPLES,
                random -> {
                    var value = JsonReader.read(utf8(new RandomJson(random, false).text()));
                    var once = CanonicalJson.writeLenient(value);
                    assertArrayEquals(once, CanonicalJson.writeLenient(JsonReader.read(once)));
                    assertEquals(once.length, CanonicalJson.length(value));
                    if (CanonicalJson.isStrict(value)) {
                        assertArrayEquals(once, CanonicalJson.write(value));
                    }
                });
    }

    @Test
    void whatIsWrittenIsReadAsItWas() {
        Samples.check(
                EXAMPLES,
                random -> {
                    var value = JsonReader.read(new RandomJson(random, false).text());
                    var bytes = JsonWriter.writeBytes(value);
                    assertEquals(value, JsonReader.read(bytes));
                    assertArrayEquals(bytes, JsonWriter.writeBytes(JsonReader.read(bytes)));
                    assertEquals(value, JsonReader.read(value.toString()));
                });
    }

    /// The order of keys in the text makes no difference to the canonical form.
    @Test
    void theSameValueInAnyFormHasOneCanonicalForm() {
        Samples.check(
                EXAMPLES,
                random -> {
                    long seed = random.nextLong();
                    var value = new RandomJson(new SplittableRandom(seed), true).value();
                    var one = JsonReader.read(RandomJson.spell(value, random));
                    var other = JsonReader.read(RandomJson.spell(value, random));
                    assertEquals(one, other);
                    assertEquals(one.hashCode(), other.hashCode());
                    assertArrayEquals(CanonicalJson.write(one), CanonicalJson.write(other));
                });
    }

    /// Whatever bytes come: a value, or a refusal in words, and the same from text as from bytes.
    @Test
    void brokenTextIsReadOrRefused() {
        Samples.check(
                10 * EXAMPLES,
                random -> {
                    var bytes = broken(utf8(new RandomJson(random, false).text()), random);
                    var read = tryRead(bytes);
                    read.ifPresent(value -> {
                        var text = new String(bytes, StandardCharsets.UTF_8);
                        assertArrayEquals(bytes, utf8(text));
                        assertEquals(value, JsonReader.read(text));
                        JsonReader.read(CanonicalJson.writeLenient(value));
                    });
                });
    }

    private static Optional<JsonValue> tryRead(byte[] bytes) {
        try {
            return Optional.of(JsonReader.read(bytes));
        } catch (JsonSyntaxException e) {
            assertTrue(!e.getMessage().isBlank());
            return Optional.empty();
        }
    }

    private static byte[] broken(byte[] good, SplittableRandom random) {
        if (good.length == 0 || random.nextInt(20) == 0) {
            var noise = new byte[random.nextInt(40)];
            random.nextBytes(noise);
            return noise;
        }
        var bytes = good;
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            bytes = changed(bytes, random);
        }
        return bytes;
    }

    private static byte[] changed(byte[] good, SplittableRandom random) {
        int at = random.nextInt(good.length + 1);
        var structure = utf8("{}[]\",:\\0123456789-+.eEu \n");
        byte sign = structure[random.nextInt(structure.length)];
        return switch (random.nextInt(4)) {
            case 0 -> java.util.Arrays.copyOf(good, at);
            case 1 -> spliced(good, at, at, new byte[] {(byte) random.nextInt(256)});
            case 2 -> spliced(good, at, at, new byte[] {sign});
            default -> {
                int end = Math.min(good.length, at + random.nextInt(4));
                yield spliced(
                        good, at, end, random.nextBoolean() ? new byte[] {sign} : new byte[0]);
            }
        };
    }

    private static byte[] spliced(byte[] good, int from, int to, byte[] between) {
        var out = new java.io.ByteArrayOutputStream();
        out.write(good, 0, from);
        out.writeBytes(between);
        out.write(good, to, good.length - to);
        return out.toByteArray();
    }
}
