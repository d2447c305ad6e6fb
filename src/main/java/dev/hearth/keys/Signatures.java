package dev.hearth.keys;

import dev.hearth.identifier.KeyId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonString;
import dev.hearth.json.JsonValue;
import dev.hearth.signing.PublicKey;
import dev.hearth.signing.SignedJson;
import dev.hearth.signing.UnpaddedBase64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Signatures on keys: reading, checking and choosing them.
final class Signatures {

    static final String ED25519 = "ed25519";
    static final String SIGNATURES = "signatures";

    private Signatures() {}

    /// What a signature signs.
    static JsonObject unsigned(JsonObject signed) {
        return signed.without(SIGNATURES, "unsigned");
    }

    /// The signature of a user by one of their keys.
    static Optional<String> find(JsonObject signed, UserId signer, KeyId key) {
        return signed.path(SIGNATURES, signer.value(), key.value()).flatMap(value -> string(value));
    }

    /// By which keys a user has signed.
    static List<KeyId> keysOf(JsonObject signed, UserId signer) {
        return signed.path(SIGNATURES, signer.value())
                .flatMap(value ->
                        value instanceof JsonObject map ? Optional.of(map) : Optional.empty())
                .map(map -> map.keys().stream().flatMap(id -> KeyId.find(id).stream()).toList())
                .orElse(List.of());
    }

    private static Optional<String> string(JsonValue value) {
        return value instanceof JsonString(var string) ? Optional.of(string) : Optional.empty();
    }

    /// Whether a signature is by this public key.
    static boolean isGood(JsonObject signed, String signature, String publicKey) {
        var bytes = UnpaddedBase64.decode(signature);
        return bytes.isPresent()
                && PublicKey.parse(publicKey)
                        .filter(key -> key.verifies(SignedJson.signedBytes(signed), bytes.get()))
                        .isPresent();
    }

    /// A key with the signatures that came later, without those by users who are none of the
    /// reader's business, KEY-6.
    static JsonObject merge(JsonObject key, List<KeySignature> later, Set<UserId> visible) {
        var all = new LinkedHashMap<String, Map<String, JsonValue>>();
        for (var signer : visible) {
            key.path(SIGNATURES, signer.value())
                    .ifPresent(value -> {
                        if (value instanceof JsonObject map) {
                            all.put(signer.value(), new LinkedHashMap<>(map.members()));
                        }
                    });
        }
        for (var signature : later) {
            if (visible.contains(signature.signer())) {
                all.computeIfAbsent(signature.signer().value(), _ -> new LinkedHashMap<>())
                        .put(signature.key().value(), new JsonString(signature.signature()));
            }
        }
        return all.isEmpty() && !key.has(SIGNATURES) ? key : key.with(SIGNATURES, json(all));
    }

    private static JsonObject json(Map<String, Map<String, JsonValue>> signatures) {
        var json = JsonObject.builder();
        signatures.forEach((signer, map) -> json.put(signer, JsonObject.from(map)));
        return json.build();
    }
}
