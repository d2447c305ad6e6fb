package dev.hearth.account;

import dev.hearth.signing.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/// Makes what nobody may guess, and the digests under which it is stored.
final class Secrets {

    private static final String LETTERS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final String CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final int TOKEN_LENGTH = 43;
    private static final int DEVICE_LENGTH = 10;
    private static final int GUEST_LENGTH = 16;

    private final RandomGenerator random;

    Secrets(RandomGenerator random) {
        this.random = random;
    }

    /// 256 bits as text.
    String token() {
        return text(LETTERS, TOKEN_LENGTH);
    }

    String deviceId() {
        return text(CAPITALS, DEVICE_LENGTH);
    }

    /// Something to call a user by who gave no name.
    String localpart() {
        return text("abcdefghijklmnopqrstuvwxyz", DEVICE_LENGTH);
    }

    /// Something to call a guest by.
    String number() {
        return text("123456789", GUEST_LENGTH);
    }

    private String text(String alphabet, int length) {
        return random.ints(length, 0, alphabet.length())
                .mapToObj(alphabet::charAt)
                .collect(
                        StringBuilder::new,
                        (builder, c) -> builder.append((char) c),
                        StringBuilder::append)
                .toString();
    }

    static byte[] digest(String secret) {
        return Sha256.hash(secret.getBytes(StandardCharsets.UTF_8));
    }
}
