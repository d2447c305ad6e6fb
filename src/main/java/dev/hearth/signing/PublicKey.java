package dev.hearth.signing;

import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// An Ed25519 key that verifies. Its point of the curve is worked out once, since a server's key
/// verifies all of its events; bytes that are no point of it verify nothing.
public final class PublicKey {

    private final byte[] bytes;
    private final Optional<Ed25519.PublicPoint> point;

    PublicKey(byte[] bytes) {
        this.bytes = bytes.clone();
        this.point = Optional.ofNullable(Ed25519.validatePublicKeyPartialExport(this.bytes, 0));
    }

    /// A key from its base64; empty if it isn't one.
    public static Optional<PublicKey> parse(String base64) {
        return UnpaddedBase64.decode(base64)
                .filter(bytes -> bytes.length == Ed25519.PUBLIC_KEY_SIZE)
                .map(PublicKey::new);
    }

    public boolean verifies(byte[] message, byte[] signature) {
        return signature.length == Ed25519.SIGNATURE_SIZE
                && point.isPresent()
                && Ed25519.verify(signature, 0, point.get(), message, 0, message.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PublicKey key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /// The key's unpadded base64.
    @Override
    public String toString() {
        return UnpaddedBase64.encode(bytes);
    }
}
