package dev.hearth.http;

import dev.hearth.concurrent.Meters;
import dev.hearth.concurrent.Meters.Rate;
import dev.hearth.configuration.Configuration;
import dev.hearth.error.MatrixException;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Objects;
import java.util.function.BiFunction;

/// How often things may be done: by each user, or by each address where there is no user. One of
/// these is shared by all listeners; what else is limited has its own.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#rate-limiting Rate limiting
public final class RateLimits {

    private final BiFunction<String, Limit, Duration> meter;

    private RateLimits(BiFunction<String, Limit, Duration> meter) {
        this.meter = meter;
    }

    public static RateLimits of(Configuration.Limits settings, Clock clock) {
        if (!settings.enabled()) {
            return off();
        }
        var rates = new EnumMap<Limit, Rate>(Limit.class);
        for (var limit : Limit.values()) {
            rates.put(limit, settings.rate(limit.kind()));
        }
        var meters = new Meters<Key>();
        return new RateLimits((who, limit) -> {
            var rate = Objects.requireNonNull(rates.get(limit));
            return meters.use(new Key(who, limit), rate, clock.millis());
        });
    }

    public static RateLimits off() {
        return new RateLimits((_, _) -> Duration.ZERO);
    }

    private record Key(String who, Limit limit) {}

    /// Counts one use.
    ///
    /// @throws MatrixException.LimitExceeded if it comes too early
    public void use(String who, Limit limit) {
        var wait = meter.apply(who, limit);
        if (!wait.isZero()) {
            throw new MatrixException.LimitExceeded(wait);
        }
    }
}
