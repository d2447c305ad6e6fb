package dev.hearth.event;

import dev.hearth.identifier.ServerName;
import dev.hearth.json.JsonObject;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.signing.Sha256;
import dev.hearth.signing.SignedJson;
import dev.hearth.signing.SigningKey;
import dev.hearth.signing.UnpaddedBase64;

/// Turns what we built into an event of ours: content hash, signature, ID.
///
/// @spec https://spec.matrix.org/v1.19/server-server-api/#signing-events Signing events
public final class EventSigner {

    private final ServerName server;
    private final SigningKey key;

    public EventSigner(ServerName server, SigningKey key) {
        this.server = server;
        this.key = key;
    }

    /// Signs an event that is complete but for `hashes` and `signatures`. One redacted form serves
    /// for the signature and for the ID.
    public Pdu sign(JsonObject unsigned, RoomVersion version) {
        var hash = UnpaddedBase64.encode(EventHashes.contentHash(unsigned));
        var hashed = unsigned.with("hashes", JsonObject.of("sha256", hash));
        var bytes = EventHashes.signedBytes(Redaction.redact(hashed, version));
        var signed = SignedJson.withSignature(hashed, server.value(), key.id(), key.sign(bytes));
        return switch (version.rules().eventIdFormat()) {
            case CHOSEN -> Pdu.parse(signed, version);
            case HASH_STANDARD_BASE64, HASH_URL_SAFE_BASE64 ->
                    Pdu.trusted(signed, EventHashes.fromHash(Sha256.hash(bytes), version), version);
        };
    }
}
