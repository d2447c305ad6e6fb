package dev.hearth.account;

import dev.hearth.http.Requester;
import dev.hearth.identifier.DeviceId;
import dev.hearth.identifier.UserId;
import dev.hearth.storage.Database;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// When, where and as what devices were last seen: kept in memory, to the minute, and written down
/// from time to time, for nobody's disk should pay for each request (TOK-14). A crash loses some
/// minutes.
final class Sightings {

    private static final Duration GRAIN = Duration.ofMinutes(1);
    private static final int MAX_DEVICES = 10_000;
    private static final int MAX_USER_AGENT = 200;

    private final Database database;
    private final AccountStore store;
    private final Clock clock;
    private final ConcurrentHashMap<Key, Sighting> unwritten = new ConcurrentHashMap<>();

    private record Key(UserId user, DeviceId device) {}

    /// @param time in milliseconds since 1970
    /// @param userAgent the program's name for itself, empty if it told none
    record Sighting(long time, String address, String userAgent) {

        private boolean holdsFor(Sighting later) {
            return later.time - time < GRAIN.toMillis()
                    && later.address.equals(address)
                    && later.userAgent.equals(userAgent);
        }
    }

    Sightings(Database database, AccountStore store, Clock clock) {
        this.database = database;
        this.store = store;
        this.clock = clock;
    }

    void note(Requester requester, String address, String userAgent) {
        var key = new Key(requester.user(), requester.device());
        var sighting = new Sighting(clock.millis(), address, shortened(userAgent));
        var known = unwritten.get(key);
        if (known == null ? unwritten.size() < MAX_DEVICES : !known.holdsFor(sighting)) {
            unwritten.put(key, sighting);
        }
    }

    /// Programs call themselves what they like, at any length.
    private static String shortened(String userAgent) {
        return userAgent.substring(0, Math.min(userAgent.length(), MAX_USER_AGENT));
    }

    /// What is known of a device beyond what is written.
    Optional<Sighting> latest(UserId user, DeviceId device) {
        return Optional.ofNullable(unwritten.get(new Key(user, device)));
    }

    void write() {
        if (unwritten.isEmpty()) {
            return;
        }
        database.change(tx ->
                unwritten.forEach((key, sighting) -> {
                    store.see(tx, key.user(), key.device(), sighting);
                    tx.afterCommit(() -> unwritten.remove(key, sighting));
                }));
    }
}
