package dev.hearth.signing;

import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Base64 without padding.
///
/// @spec https://spec.matrix.org/v1.19/appendices/#unpadded-base64 Unpadded Base64
public final class UnpaddedBase64 {

    private static final Base64.Encoder STANDARD = Base64.getEncoder().withoutPadding();
    private static final Base64.Encoder URL_SAFE = Base64.getUrlEncoder().withoutPadding();

    private UnpaddedBase64() {}

    public static String encode(byte[] bytes) {
        return STANDARD.encodeToString(bytes);
    }

    /// The alphabet of event IDs from room version 4 on.
    public static String encodeUrlSafe(byte[] bytes) {
        return URL_SAFE.encodeToString(bytes);
    }

    /// A text of so many random bytes.
    public static String random(RandomGenerator random, int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return encodeUrlSafe(bytes);
    }

    /// Reads either alphabet, with or without padding, and doesn't mind bits beyond the last byte:
    /// keys in the field have them.
    public static Optional<byte[]> decode(String text) {
        var plain = text.replace('-', '+').replace('_', '/');
        while (plain.endsWith("=")) {
            plain = plain.substring(0, plain.length() - 1);
        }
        try {
            return Optional.of(Base64.getDecoder().decode(plain));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
