package dev.hearth.keys;

import dev.hearth.identifier.KeyId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.CanonicalJson;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonString;
import dev.hearth.json.JsonValue;
import dev.hearth.json.NotCanonicalException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

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
        try {
            var message = CanonicalJson.write(unsigned(signed));
            var key = Base64.getDecoder().decode(publicKey);
            var bytes = Base64.getDecoder().decode(signature);
            return key.length == Ed25519.PUBLIC_KEY_SIZE
                    && bytes.length == Ed25519.SIGNATURE_SIZE
                    && Ed25519.verify(bytes, 0, key, 0, message, 0, message.length);
        } catch (IllegalArgumentException | NotCanonicalException _) {
            return false;
        }
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
