package dev.hearth.room;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.CanonicalJson;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/// How events are packed to be stored.
class EventBodyTest {

    private static final RoomId ROOM = RoomId.parse("!roomroomroom:example.org");
    private static final UserId SENDER = UserId.parse("@somebody:example.org");

    private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);

    private String noise(int bytes) {
        var noise = new byte[bytes];
        random.nextBytes(noise);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(noise);
    }

    private byte[] event(String type, JsonObject content) {
        var references = JsonArray.of("$" + noise(32), "$" + noise(32), "$" + noise(32));
        return CanonicalJson.write(
                JsonObject.builder()
                        .put("auth_events", references)
                        .put("content", content)
                        .put("depth", random.nextInt(1, 100_000))
                        .put("hashes", JsonObject.of("sha256", noise(32)))
                        .put("origin_server_ts", 1_700_000_000_000L + random.nextInt())
                        .put("prev_events", JsonArray.of("$" + noise(32)))
                        .put("room_id", ROOM)
                        .put("sender", SENDER)
                        .put(
                                "signatures",
                                JsonObject.of(
                                        "example.org", JsonObject.of("ed25519:a_abcd", noise(64))))
                        .put("type", type)
                        .build());
    }

    private byte[] roundTrip(byte[] event) {
        var packed = EventBody.pack(event, ROOM, SENDER);
        assertArrayEquals(event, EventBody.unpack(packed, ROOM, SENDER));
        return packed;
    }

    @Test
    void whatIsPackedComesBack() {
        roundTrip("{}".getBytes(StandardCharsets.UTF_8));
        var large = new byte[65_536];
        random.nextBytes(large);
        roundTrip(large);
        Arrays.fill(large, (byte) 'a');
        assertTrue(roundTrip(large).length < 200);
    }

    @Test
    void littleMoreIsKeptThanWhatNobodyCouldGuess() {
        var message =
                event(
                        "m.room.message",
                        JsonObject.of(
                                "body",
                                "See you at the old bridge tomorrow?",
                                "msgtype",
                                "m.text"));
        // Five hashes of 32 bytes and a signature of 64, in letters that carry six bits each.
        int entropy = 5 * 32 + 64;
        assertTrue(roundTrip(message).length < entropy + 120, "" + roundTrip(message).length);
        var encrypted =
                event(
                        "m.room.encrypted",
                        JsonObject.of(
                                "algorithm",
                                "m.megolm.v1.aes-sha2",
                                "ciphertext",
                                noise(200),
                                "device_id",
                                "ABCDEFGHIJ",
                                "sender_key",
                                noise(32),
                                "session_id",
                                noise(32)));
        assertTrue(
                roundTrip(encrypted).length < entropy + 264 + 120,
                "" + roundTrip(encrypted).length);
    }

    /// What was stored with a dictionary can only be read with the same one.
    @Test
    void theFirstDictionaryStaysAsItIs() {
        var event = "{\"type\":\"m.room.message\"}".getBytes(StandardCharsets.UTF_8);
        assertArrayEquals(
                event, EventBody.unpack(HexFormat.of().parseHex("01abc6e50a00"), ROOM, SENDER));
    }

    @Test
    void aBrokenBodyIsNotRead() {
        var packed = roundTrip(event("m.room.message", JsonObject.of("body", "a")));
        var cut = Arrays.copyOf(packed, packed.length / 2);
        assertThrows(IllegalStateException.class, () -> EventBody.unpack(cut, ROOM, SENDER));
        packed[0] = 9;
        assertThrows(IllegalStateException.class, () -> EventBody.unpack(packed, ROOM, SENDER));
    }
}
