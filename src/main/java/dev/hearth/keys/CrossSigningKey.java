package dev.hearth.keys;

import static dev.hearth.error.MatrixException.invalidParam;

import dev.hearth.identifier.KeyId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;

/// A cross-signing key as it was uploaded.
record CrossSigningKey(CrossSigningKind kind, JsonObject body) {

    /// Checks an uploaded key: it is the user's own, for this use, and named by itself.
    static CrossSigningKey parse(UserId owner, CrossSigningKind kind, JsonObject body) {
        if (!body.string("user_id").equals(owner.value())) {
            throw invalidParam("The " + kind.uploadName() + " is not your own");
        }
        if (!body.array("usage").strings().contains(kind.usage())) {
            throw invalidParam("The usage of the " + kind.uploadName() + " is another");
        }
        var keys = body.object("keys");
        if (keys.size() != 1) {
            throw invalidParam("The " + kind.uploadName() + " must hold exactly one key");
        }
        var id = KeyId.parse(keys.keys().iterator().next());
        if (!id.algorithm().equals(Signatures.ED25519)
                || !keys.string(id.value()).equals(id.identifier())) {
            throw invalidParam("A cross-signing key is of ed25519 and named by its public key");
        }
        return new CrossSigningKey(kind, body.without("unsigned"));
    }

    /// How signatures by this key are named.
    KeyId keyId() {
        return KeyId.parse(body.object("keys").keys().iterator().next());
    }

    String publicKey() {
        return keyId().identifier();
    }

    /// Whether both are the same key, whoever signed it.
    boolean isSameKeyAs(CrossSigningKey other) {
        return Signatures.unsigned(body).equals(Signatures.unsigned(other.body));
    }
}
