package dev.hearth.signing;

import dev.hearth.identifier.KeyId;
import java.util.random.RandomGenerator;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// An Ed25519 key that signs, by its name. It never shows its seed but to be stored.
public final class SigningKey {

    private final KeyId id;
    private final byte[] seed;
    private final byte[] publicBytes = new byte[Ed25519.PUBLIC_KEY_SIZE];
    private final PublicKey publicKey;

    public SigningKey(KeyId id, byte[] seed) {
        if (seed.length != Ed25519.SECRET_KEY_SIZE) {
            throw new IllegalArgumentException("a seed has 32 bytes, not " + seed.length);
        }
        this.id = id;
        this.seed = seed.clone();
        Ed25519.generatePublicKey(this.seed, 0, publicBytes, 0);
        this.publicKey = new PublicKey(publicBytes);
    }

    /// A new key. The generator must be one for secrets.
    public static SigningKey generate(KeyId id, RandomGenerator secrets) {
        var seed = new byte[Ed25519.SECRET_KEY_SIZE];
        secrets.nextBytes(seed);
        return new SigningKey(id, seed);
    }

    public KeyId id() {
        return id;
    }

    public PublicKey publicKey() {
        return publicKey;
    }

    /// The secret, for the store that keeps it.
    public byte[] seed() {
        return seed.clone();
    }

    public byte[] sign(byte[] message) {
        var signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(seed, 0, publicBytes, 0, message, 0, message.length, signature, 0);
        return signature;
    }
}
