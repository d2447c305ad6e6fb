package dev.hearth.signing;

import dev.hearth.identifier.KeyId;
import dev.hearth.json.CanonicalJson;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonString;
import java.util.Map;

/// JSON objects that carry signatures of themselves.
///
/// @spec https://spec.matrix.org/v1.19/appendices/#signing-json Signing JSON
public final class SignedJson {

    private SignedJson() {}

    /// The object with our signature among those it has.
    public static JsonObject sign(JsonObject object, String signer, SigningKey key) {
        return withSignature(object, signer, key.id(), key.sign(signedBytes(object)));
    }

    /// The object with one more signature.
    public static JsonObject withSignature(
            JsonObject object, String signer, KeyId key, byte[] signature) {
        var signatures = object.peekObject("signatures").orElse(JsonObject.EMPTY);
        var own = signatures.peekObject(signer).orElse(JsonObject.EMPTY);
        return object.with(
                "signatures",
                signatures.with(signer, own.with(key.value(), UnpaddedBase64.encode(signature))));
    }

    /// What a signature covers: everything but the signatures and what is unsigned.
    public static byte[] signedBytes(JsonObject object) {
        return CanonicalJson.writeLenient(object.without("signatures", "unsigned"));
    }

    /// Checks an object's signatures of one signer. Those by unknown keys are skipped; at least one
    /// must be by a known key, and all of those must verify.
    ///
    /// @spec https://spec.matrix.org/v1.19/appendices/#checking-for-a-signature Checking for a
    ///   signature
    public static boolean verify(JsonObject object, String signer, Map<KeyId, PublicKey> keys) {
        var signatures =
                object.peekObject("signatures")
                        .flatMap(all -> all.peekObject(signer))
                        .orElse(JsonObject.EMPTY);
        boolean found = false;
        var message = signedBytes(object);
        for (var entry : signatures.members().entrySet()) {
            var key = KeyId.find(entry.getKey()).map(keys::get);
            if (key.isEmpty()) {
                continue;
            }
            if (!(entry.getValue() instanceof JsonString(var text))
                    || !UnpaddedBase64.decode(text)
                            .map(bytes -> key.get().verifies(message, bytes))
                            .orElse(false)) {
                return false;
            }
            found = true;
        }
        return found;
    }
}
