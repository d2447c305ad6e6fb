package dev.hearth.keys;

import dev.hearth.identifier.KeyId;
import dev.hearth.identifier.UserId;

/// A signature that was uploaded after the key which it signs.
record KeySignature(UserId signer, KeyId key, String signature) {

    /// What is signed.
    ///
    /// @param key the ID of a device or a public key
    record Target(UserId owner, String key) {}
}
