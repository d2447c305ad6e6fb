package dev.hearth.event;

import dev.hearth.identifier.ServerName;
import dev.hearth.json.CanonicalMembers;
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

    /// Signs an event that is complete but for `hashes` and `signatures`.
    public Pdu sign(JsonObject unsigned, RoomVersion version) {
        return build(unsigned, version).pdu();
    }

    /// As [#sign], with the canonical form. Each member is written once, and one redacted form
    /// serves for the signature and for the ID.
    public SignedEvent build(JsonObject unsigned, RoomVersion version) {
        var members = new CanonicalMembers(unsigned);
        var hash =
                UnpaddedBase64.encode(
                        Sha256.hash(members.without("unsigned", "signatures", "hashes")));
        var hashes = JsonObject.of("sha256", hash);
        members.put("hashes", hashes);
        var hashed = unsigned.with("hashes", hashes);
        var redacted = Redaction.redact(hashed, version).without("signatures", "unsigned");
        var bytes = members.asIn(redacted, "content");
        var signed = SignedJson.withSignature(hashed, server.value(), key.id(), key.sign(bytes));
        members.put("signatures", signed.get("signatures"));
        return new SignedEvent(pdu(signed, bytes, version), members.without());
    }

    private static Pdu pdu(JsonObject signed, byte[] redacted, RoomVersion version) {
        return switch (version.rules().eventIdFormat()) {
            case CHOSEN -> Pdu.trusted(signed, EventHashes.eventId(signed, version), version);
            case HASH_STANDARD_BASE64, HASH_URL_SAFE_BASE64 ->
                    Pdu.trusted(
                            signed, EventHashes.fromHash(Sha256.hash(redacted), version), version);
        };
    }
}
