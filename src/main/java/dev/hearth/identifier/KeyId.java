package dev.hearth.identifier;

import java.util.Optional;

/// The name of a key: an algorithm and an identifier, such as `ed25519:auto`.
///
/// @spec https://spec.matrix.org/v1.19/appendices/#cryptographic-key-representation Key IDs
public record KeyId(String value) {

    public KeyId {
        if (value.indexOf(':') <= 0) {
            throw new InvalidIdentifierException("key ID", value, "it names no algorithm");
        }
        Grammar.checkLength("key ID", value);
    }

    public static KeyId parse(String text) {
        return new KeyId(text);
    }

    public static KeyId of(String algorithm, String identifier) {
        return new KeyId(algorithm + ":" + identifier);
    }

    public static Optional<KeyId> find(String text) {
        try {
            return Optional.of(new KeyId(text));
        } catch (InvalidIdentifierException _) {
            return Optional.empty();
        }
    }

    public String algorithm() {
        return value.substring(0, value.indexOf(':'));
    }

    public String identifier() {
        return value.substring(value.indexOf(':') + 1);
    }

    @Override
    public String toString() {
        return value;
    }
}
