package dev.hearth.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.identifier.KeyId;
import dev.hearth.identifier.ServerName;
import dev.hearth.json.CanonicalJson;
import dev.hearth.json.JsonBoolean;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonReader;
import dev.hearth.json.JsonSyntaxException;
import dev.hearth.json.NotCanonicalException;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.signing.PublicKey;
import dev.hearth.signing.Sha256;
import dev.hearth.signing.SignedJson;
import dev.hearth.signing.SigningKey;
import dev.hearth.signing.UnpaddedBase64;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Our canonical JSON, hashes, signatures, IDs and redactions against those that others computed.
class VectorsTest {

    private static final JsonObject VECTORS = read();

    private static JsonObject read() {
        try (var stream = VectorsTest.class.getResourceAsStream("/vectors/event-vectors.json")) {
            return JsonReader.readObject(stream.readAllBytes());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static List<JsonObject> canonical() {
        return VECTORS.array("canonical_json").objects();
    }

    static List<JsonObject> lenient() {
        return VECTORS.array("canonical_json_lenient").objects();
    }

    static List<JsonObject> refused() {
        return VECTORS.array("rejects").objects();
    }

    static List<JsonObject> signed() {
        return VECTORS.array("signed_json").objects();
    }

    @ParameterizedTest
    @MethodSource("canonical")
    void canonicalFormIsTheExpectedOne(JsonObject vector) {
        var bytes = CanonicalJson.write(vector.get("input"));
        assertEquals(vector.string("output"), new String(bytes, StandardCharsets.UTF_8));
        assertEquals(vector.string("sha256_b64"), UnpaddedBase64.encode(Sha256.hash(bytes)));
        assertEquals(vector.get("input"), JsonReader.read(bytes));
        if (vector.has("input_text")) {
            var value = JsonReader.read(vector.string("input_text"));
            assertEquals(vector.isTrue("strict"), CanonicalJson.isStrict(value));
        }
    }

    @ParameterizedTest
    @MethodSource("lenient")
    void oldRoomVersionsTakeMoreNumbers(JsonObject vector) {
        var value = JsonReader.read(vector.string("input_text"));
        assertEquals(
                vector.string("output"),
                new String(CanonicalJson.writeLenient(value), StandardCharsets.UTF_8));
        assertThrows(NotCanonicalException.class, () -> CanonicalJson.write(value));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void strictCanonicalJsonRefuses(JsonObject vector) {
        var bytes =
                vector.peekString("bytes_hex")
                        .map(hex -> HexFormat.of().parseHex(hex))
                        .orElseGet(() -> vector.string("text").getBytes(StandardCharsets.UTF_8));
        if (vector.string("basis").equals("spec")) {
            var value = JsonReader.read(bytes);
            assertThrows(NotCanonicalException.class, () -> CanonicalJson.write(value));
        } else {
            assertThrows(JsonSyntaxException.class, () -> JsonReader.read(bytes));
        }
    }

    @ParameterizedTest
    @MethodSource("signed")
    void signaturesPassAndFail(JsonObject vector) {
        if (!(vector.get("valid") instanceof JsonBoolean valid)) {
            return;
        }
        var server = vector.string("server");
        Map<KeyId, PublicKey> keys = new HashMap<>();
        vector.object("keys")
                .peekObject(server)
                .orElse(JsonObject.EMPTY)
                .members()
                .forEach((id, key) ->
                        PublicKey.parse(((dev.hearth.json.JsonString) key).value())
                                .ifPresent(k -> keys.put(KeyId.parse(id), k)));
        assertEquals(
                valid.value(),
                SignedJson.verify(vector.object("json"), server, keys),
                vector.string("why"));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void eventsHashSignAndRedactAlike(RoomVersion version) {
        var room = VECTORS.object("room_versions").object(version.id());
        var key =
                new SigningKey(
                        KeyId.parse(VECTORS.string("key_id")),
                        HexFormat.of().parseHex(VECTORS.string("signing_key_seed_hex")));
        var events =
                Stream.concat(
                                room.array("events").objects().stream(),
                                room.array("cases").objects().stream())
                        .toList();
        for (var event : events) {
            var pdu = event.object("pdu");
            var name = version + " " + event.peekString("name").orElse(pdu.string("type"));
            assertEquals(
                    event.object("redacted"), Redaction.redact(pdu, version), name + ": redacted");
            assertTrue(EventHashes.hasRightContentHash(pdu), name + ": content hash");
            assertEquals(
                    event.string("reference_hash"),
                    UnpaddedBase64.encode(EventHashes.referenceHash(pdu, version)),
                    name + ": reference hash");
            assertEquals(
                    event.string("event_id"),
                    EventHashes.eventId(pdu, version).value(),
                    name + ": ID");
            var signature =
                    pdu.object("signatures")
                            .object(VECTORS.string("server_name"))
                            .string(VECTORS.string("key_id"));
            assertArrayEquals(
                    UnpaddedBase64.decode(signature).orElseThrow(),
                    key.sign(SignedJson.signedBytes(Redaction.redact(pdu, version))),
                    name + ": signature");
        }
        if (room.has("room_id") && version == RoomVersion.V12) {
            var create = Pdu.parse(events.getFirst().object("pdu"), version);
            assertEquals(room.string("room_id"), create.roomId().value());
        }
    }

    @Test
    void signingAnEventGivesTheSameEvent() {
        var key =
                new SigningKey(
                        KeyId.parse(VECTORS.string("key_id")),
                        HexFormat.of().parseHex(VECTORS.string("signing_key_seed_hex")));
        var signer = new EventSigner(ServerName.parse(VECTORS.string("server_name")), key);
        var create =
                VECTORS.object("room_versions").object("12").array("events").objects().getFirst();
        var signed =
                signer.sign(create.object("pdu").without("hashes", "signatures"), RoomVersion.V12);
        assertEquals(create.object("pdu"), signed.json());
        assertEquals(create.string("event_id"), signed.eventId().value());
    }
}
