package dev.hearth.http;

import dev.hearth.concurrent.Meters;
import dev.hearth.concurrent.Meters.Rate;
import dev.hearth.error.MatrixException;
import java.time.Clock;
import java.time.Duration;
import java.util.function.BiFunction;

/// How often things may be done: by each user, or by each address where there is no user. One of
/// these is shared by all listeners.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#rate-limiting Rate limiting
public final class RateLimits {

    private final BiFunction<String, Limit, Duration> meter;

    private RateLimits(BiFunction<String, Limit, Duration> meter) {
        this.meter = meter;
    }

    public static RateLimits on(Clock clock) {
        var meters = new Meters<Key>();
        return new RateLimits(
                (who, limit) -> meters.use(new Key(who, limit), rate(limit), clock.millis()));
    }

    public static RateLimits off() {
        return new RateLimits((_, _) -> Duration.ZERO);
    }

    private record Key(String who, Limit limit) {}

    private static Rate rate(Limit limit) {
        return switch (limit) {
            case GENERAL -> new Rate(10, 100);
            case LOGIN -> new Rate(0.1, 10);
            // Two requests for each, of which the first learns what to prove: one a minute.
            case LOGIN_TOKENS -> new Rate(0.034, 4);
            // Registering takes two or three requests, for each stage of authentication.
            case REGISTRATION -> new Rate(0.2, 10);
            case MESSAGES -> new Rate(1, 20);
            case JOINS -> new Rate(0.1, 10);
            case INVITES -> new Rate(0.3, 10);
            case ROOMS -> new Rate(0.016, 10);
            case KEYS -> new Rate(20, 100);
            case REPORTS -> new Rate(0.1, 10);
        };
    }

    /// Counts one use.
    ///
    /// @throws MatrixException.LimitExceeded if it comes too early
    void use(String who, Limit limit) {
        var wait = meter.apply(who, limit);
        if (!wait.isZero()) {
            throw new MatrixException.LimitExceeded(wait);
        }
    }
}
