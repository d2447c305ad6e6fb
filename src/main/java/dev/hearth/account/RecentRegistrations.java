package dev.hearth.account;

import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Which sessions ended with an account lately: a client that lost the answer repeats its request,
/// and is answered as the first time if it knows the password. In memory only: after a restart the
/// name is taken.
final class RecentRegistrations {

    private static final Duration LIFETIME = Duration.ofMinutes(15);
    private static final int MAX_SESSIONS = 1_000;

    private final Clock clock;

    /// The oldest first. Guarded by `this`, for a few instructions at a time.
    private final Map<String, Remembered> bySession = new LinkedHashMap<>();

    /// @param wish how the client wanted its first session to be, if it wanted one
    record Made(UserId user, Optional<SessionWish> wish) {}

    /// @param time in milliseconds since 1970
    private record Remembered(Made made, long time) {}

    RecentRegistrations(Clock clock) {
        this.clock = clock;
    }

    synchronized void remember(String session, Made made) {
        bySession.put(session, new Remembered(made, clock.millis()));
        bySession.values().removeIf(this::isLongAgo);
        if (bySession.size() > MAX_SESSIONS) {
            bySession.remove(bySession.keySet().iterator().next());
        }
    }

    private boolean isLongAgo(Remembered remembered) {
        return remembered.time() + LIFETIME.toMillis() <= clock.millis();
    }

    /// What came of the session that a request goes on with, if that has ended.
    synchronized Optional<Made> find(JsonObject body) {
        return body.findObject("auth")
                .flatMap(auth -> auth.findString("session"))
                .map(bySession::get)
                .filter(remembered -> !isLongAgo(remembered))
                .map(Remembered::made);
    }
}
