package dev.hearth.account;

import dev.hearth.identifier.UserId;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Tokens by which a user lets one more device of theirs log in: each is good once, and not for
/// long. They are in memory only; a restart takes them away, as time soon would.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#token-based-user-login Token-based login
final class LoginTokens {

    static final Duration LIFETIME = Duration.ofMinutes(2);

    private static final int MAX_TOKENS = 10_000;

    private final Secrets secrets;
    private final Clock clock;

    /// The oldest first. Guarded by `this`.
    private final Map<String, Grant> grants = new LinkedHashMap<>();

    private record Grant(UserId user, long end) {}

    LoginTokens(Secrets secrets, Clock clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    synchronized String give(UserId user) {
        var token = secrets.token();
        grants.put(token, new Grant(user, clock.millis() + LIFETIME.toMillis()));
        if (grants.size() > MAX_TOKENS) {
            grants.remove(grants.keySet().iterator().next());
        }
        return token;
    }

    /// Uses a token up: who gave it; empty if it isn't good, or not any more.
    synchronized Optional<UserId> take(String token) {
        grants.values().removeIf(grant -> grant.end() <= clock.millis());
        return Optional.ofNullable(grants.remove(token)).map(Grant::user);
    }
}
