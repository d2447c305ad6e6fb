package dev.hearth.account;

import dev.hearth.concurrent.Permits;
import dev.hearth.configuration.HashCost;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Hashes passwords by Argon2id, in the usual text form that holds its own parameters. Each hash
/// takes the memory of its cost, so only a few run at once.
final class Passwords {

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int AT_ONCE = 2;
    private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();

    private final HashCost cost;
    private final RandomGenerator random;
    private final Permits permits = new Permits(AT_ONCE);
    private final String decoy;

    Passwords(HashCost cost, RandomGenerator random) {
        this.cost = cost;
        this.random = random;
        this.decoy = hash("");
    }

    String hash(String password) {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        var hash = argon2(password, salt, cost);
        return "$argon2id$v=19$m=%d,t=%d,p=1$%s$%s"
                .formatted(
                        cost.memoryKib(),
                        cost.passes(),
                        ENCODER.encodeToString(salt),
                        ENCODER.encodeToString(hash));
    }

    /// Whether this is the password of the hash. Without a hash it takes as long, and it isn't
    /// (TOK-10).
    boolean matches(String password, Optional<String> hash) {
        var parts = hash.orElse(decoy).split("\\$");
        var parameters = parts[3].split("[=,]");
        var stored = new HashCost(Integer.parseInt(parameters[1]), Integer.parseInt(parameters[3]));
        var salt = Base64.getDecoder().decode(parts[4]);
        var expected = Base64.getDecoder().decode(parts[5]);
        boolean equal = MessageDigest.isEqual(expected, argon2(password, salt, stored));
        return equal && hash.isPresent();
    }

    private byte[] argon2(String password, byte[] salt, HashCost with) {
        try (var _ = permits.take()) {
            var generator = new Argon2BytesGenerator();
            generator.init(
                    new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                            .withMemoryAsKB(with.memoryKib())
                            .withIterations(with.passes())
                            .withParallelism(1)
                            .withSalt(salt)
                            .build());
            var hash = new byte[HASH_BYTES];
            generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
            return hash;
        }
    }
}
