package dev.hearth.event;

import dev.hearth.identifier.EventId;
import dev.hearth.json.CanonicalJson;
import dev.hearth.json.JsonObject;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.signing.Sha256;
import dev.hearth.signing.UnpaddedBase64;
import java.util.Arrays;

/// The two hashes of an event: that of its content, which stands in it and is signed, and that of
/// its redacted form, by which others refer to it.
///
/// @spec https://spec.matrix.org/v1.19/server-server-api/#signing-events Signing events
public final class EventHashes {

    private EventHashes() {}

    /// SHA-256 over all but what is unsigned, the signatures and the hashes themselves.
    public static byte[] contentHash(JsonObject event) {
        return Sha256.hash(
                CanonicalJson.writeLenient(event.without("unsigned", "signatures", "hashes")));
    }

    /// Whether the content hash in the event is that of its content. If not, someone changed it on
    /// the way, and only the redacted form can be used.
    public static boolean hasRightContentHash(JsonObject event) {
        return event.peekObject("hashes")
                .flatMap(hashes -> hashes.peekString("sha256"))
                .flatMap(UnpaddedBase64::decode)
                .map(hash -> Arrays.equals(hash, contentHash(event)))
                .orElse(false);
    }

    /// SHA-256 over the redacted form without signatures.
    public static byte[] referenceHash(JsonObject event, RoomVersion version) {
        return Sha256.hash(signedBytes(Redaction.redact(event, version)));
    }

    static byte[] signedBytes(JsonObject redacted) {
        return CanonicalJson.writeLenient(redacted.without("signatures", "unsigned"));
    }

    /// The event's ID: chosen in versions 1 and 2, else from its reference hash.
    ///
    /// @throws InvalidEventException if the version wants a chosen one and there is none
    public static EventId eventId(JsonObject event, RoomVersion version) {
        return switch (version.rules().eventIdFormat()) {
            case CHOSEN ->
                    event.peekString("event_id")
                            .flatMap(EventId::find)
                            .orElseThrow(() -> new InvalidEventException("event_id is missing"));
            case HASH_STANDARD_BASE64, HASH_URL_SAFE_BASE64 ->
                    fromHash(referenceHash(event, version), version);
        };
    }

    static EventId fromHash(byte[] hash, RoomVersion version) {
        return switch (version.rules().eventIdFormat()) {
            case HASH_STANDARD_BASE64 -> new EventId("$" + UnpaddedBase64.encode(hash));
            case HASH_URL_SAFE_BASE64 -> new EventId("$" + UnpaddedBase64.encodeUrlSafe(hash));
            case CHOSEN -> throw new IllegalArgumentException("its ID was chosen");
        };
    }
}
