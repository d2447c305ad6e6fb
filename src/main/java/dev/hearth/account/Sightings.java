package dev.hearth.account;

import dev.hearth.http.Requester;
import dev.hearth.identifier.DeviceId;
import dev.hearth.identifier.UserId;
import dev.hearth.storage.Database;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// When and where devices were last seen: kept in memory, to the minute, and written down from time
/// to time, for nobody's disk should pay for each request (TOK-14). A crash loses some minutes.
final class Sightings {

    private static final Duration GRAIN = Duration.ofMinutes(1);
    private static final int MAX_DEVICES = 10_000;

    private final Database database;
    private final AccountStore store;
    private final Clock clock;
    private final ConcurrentHashMap<Key, Sighting> unwritten = new ConcurrentHashMap<>();

    private record Key(UserId user, DeviceId device) {}

    /// @param time in milliseconds since 1970
    record Sighting(long time, String address) {}

    Sightings(Database database, AccountStore store, Clock clock) {
        this.database = database;
        this.store = store;
        this.clock = clock;
    }

    void note(Requester requester, String address) {
        var key = new Key(requester.user(), requester.device());
        long now = clock.millis();
        var known = unwritten.get(key);
        if (known == null ? unwritten.size() < MAX_DEVICES : isOld(known, now, address)) {
            unwritten.put(key, new Sighting(now, address));
        }
    }

    private static boolean isOld(Sighting known, long now, String address) {
        return now - known.time() >= GRAIN.toMillis() || !known.address().equals(address);
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
