package dev.hearth.signing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.identifier.KeyId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonNull;
import dev.hearth.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Keys, signatures and the base64 that they are written in.
class SigningTest {

    private static final KeyId ID = KeyId.parse("ed25519:1");
    private static final SigningKey KEY = key(1);
    private static final SigningKey OTHER = key(2);
    private static final Map<KeyId, PublicKey> KNOWN = Map.of(ID, KEY.publicKey());
    private static final JsonObject PLAIN = JsonObject.of("name", "Kitchen", "size", 7);
    private static final JsonObject SIGNED = SignedJson.sign(PLAIN, "a.test", KEY);

    private static SigningKey key(long seed) {
        return SigningKey.generate(ID, RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
    }

    @Test
    void whatIsSignedVerifies() {
        assertTrue(SignedJson.verify(SIGNED, "a.test", KNOWN));
        assertEquals(PLAIN, SIGNED.without("signatures"));
    }

    @Test
    void theOrderOfKeysAndWhatIsUnsignedDoNotMatter() {
        var shuffled =
                JsonObject.of("unsigned", JsonObject.of("age", 1), "size", 7, "name", "Kitchen")
                        .with("signatures", SIGNED.get("signatures"));
        assertTrue(SignedJson.verify(shuffled, "a.test", KNOWN));
    }

    @Test
    void everythingElseDoes() {
        for (var forged :
                List.of(
                        SIGNED.with("size", 8),
                        SIGNED.with("size", "7"),
                        SIGNED.with("more", JsonNull.NULL),
                        SIGNED.without("name"),
                        SIGNED.without("signatures"),
                        SIGNED.with("signatures", JsonArray.EMPTY),
                        SIGNED.with("signatures", JsonObject.of("a.test", "text")))) {
            assertFalse(SignedJson.verify(forged, "a.test", KNOWN), forged::toString);
        }
        assertFalse(SignedJson.verify(SIGNED, "b.test", KNOWN));
        assertFalse(SignedJson.verify(SIGNED, "a.test", Map.of(ID, OTHER.publicKey())));
        assertFalse(SignedJson.verify(SIGNED, "a.test", Map.of()));
    }

    @Test
    void signaturesByUnknownKeysAreSkippedAndAllOthersMustBeRight() {
        var second = KeyId.parse("ed25519:2");
        var twice =
                SignedJson.withSignature(
                        SIGNED, "a.test", second, OTHER.sign(SignedJson.signedBytes(SIGNED)));
        assertTrue(SignedJson.verify(twice, "a.test", KNOWN));
        assertTrue(
                SignedJson.verify(
                        twice, "a.test", Map.of(ID, KEY.publicKey(), second, OTHER.publicKey())));
        assertFalse(
                SignedJson.verify(
                        twice, "a.test", Map.of(ID, KEY.publicKey(), second, KEY.publicKey())));
        assertFalse(
                SignedJson.verify(
                        SIGNED.with(
                                "signatures",
                                JsonObject.of("a.test", JsonObject.of(ID.value(), 1))),
                        "a.test",
                        KNOWN));
    }

    @Test
    void aSecondSignerChangesNothingOfTheFirst() {
        var both = SignedJson.sign(SIGNED, "b.test", OTHER);
        assertTrue(SignedJson.verify(both, "a.test", KNOWN));
        assertTrue(SignedJson.verify(both, "b.test", Map.of(ID, OTHER.publicKey())));
    }

    /// The first test vector of RFC 8032.
    @Test
    void keysAndSignaturesAreThoseOfEd25519() {
        var hex = HexFormat.of();
        var key =
                new SigningKey(
                        ID,
                        hex.parseHex(
                                "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
        var signature =
                hex.parseHex(
                        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                                + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
        assertEquals("11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo", key.publicKey().toString());
        assertArrayEquals(signature, key.sign(new byte[0]));
        assertTrue(key.publicKey().verifies(new byte[0], signature));
        assertFalse(key.publicKey().verifies(new byte[1], signature));
        assertFalse(key.publicKey().verifies(new byte[0], new byte[64]));
        assertFalse(key.publicKey().verifies(new byte[0], new byte[63]));
        assertFalse(key.publicKey().verifies(new byte[0], new byte[0]));
    }

    @Test
    void aKeyComesBackFromItsSeed() {
        var again = new SigningKey(ID, KEY.seed());
        assertEquals(KEY.publicKey(), again.publicKey());
        assertThrows(IllegalArgumentException.class, () -> new SigningKey(ID, new byte[31]));
    }

    @Test
    void aPublicKeyIsReadFromBase64Of32Bytes() {
        var text = KEY.publicKey().toString();
        assertEquals(Optional.of(KEY.publicKey()), PublicKey.parse(text));
        assertEquals(Optional.of(KEY.publicKey()), PublicKey.parse(text + "="));
        for (var other : List.of("", "AAAA", text + "AAAA", "not base64!")) {
            assertEquals(Optional.empty(), PublicKey.parse(other), other);
        }
    }

    @ParameterizedTest
    @CsvSource({"'',''", "f,Zg", "fo,Zm8", "foo,Zm9v", "foob,Zm9vYg", "fooba,Zm9vYmE"})
    void base64HasNoPadding(String text, String base64) {
        var bytes = text.getBytes(StandardCharsets.US_ASCII);
        assertEquals(base64, UnpaddedBase64.encode(bytes));
        assertArrayEquals(bytes, UnpaddedBase64.decode(base64).orElseThrow());
        assertArrayEquals(bytes, UnpaddedBase64.decode(base64 + "==").orElseThrow());
    }

    @Test
    void base64HasTwoAlphabets() {
        var bytes = new byte[] {(byte) 0xfb, (byte) 0xff, (byte) 0xfe};
        assertEquals("+//+", UnpaddedBase64.encode(bytes));
        assertEquals("-__-", UnpaddedBase64.encodeUrlSafe(bytes));
        assertArrayEquals(bytes, UnpaddedBase64.decode("-__-").orElseThrow());
        assertArrayEquals(bytes, UnpaddedBase64.decode("+//+").orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "AAAAA", "A A", "A\n", "A*", "é", "AA=A"})
    void whatIsNoBase64IsNotRead(String text) {
        assertTrue(UnpaddedBase64.decode(text).isEmpty());
    }

    @Test
    void bitsBeyondTheLastByteDoNotMatter() {
        assertArrayEquals(new byte[] {0}, UnpaddedBase64.decode("AB").orElseThrow());
    }
}
