package dev.hearth.room;

import dev.hearth.http.ClientRequest;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/// Answers a repeated request as the first time (API-10). What was answered is written in the same
/// transaction as what was done, so neither is there without the other.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#transaction-identifiers Transaction
///   identifiers
final class Transactions {

    /// A phone that was off for days repeats its send.
    private static final int DAYS_KEPT = 14;

    private final RoomStore store;
    private final Clock clock;

    Transactions(RoomStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    Optional<String> find(Reading reading, ClientRequest request) {
        return store.findOnce(reading, key(request));
    }

    void keep(Transaction tx, ClientRequest request, String response) {
        long day = Duration.ofMillis(clock.millis()).toDays();
        store.insertOnce(tx, key(request), response, day);
    }

    /// Forgets what nobody will ask for again; meant for once a day.
    void forgetOld(Transaction tx) {
        store.forgetOnce(tx, Duration.ofMillis(clock.millis()).toDays() - DAYS_KEPT);
    }

    private static long key(ClientRequest request) {
        return EventStore.hash(
                String.join(
                        "\n",
                        request.user().value(),
                        request.device().value(),
                        request.method(),
                        request.rawPath()));
    }
}
