package dev.hearth.room;

import dev.hearth.http.ClientRequest;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// Answers a repeated request as the first time (API-10). What was answered is written in the same
/// transaction as what was done, so neither is there without the other.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#transaction-identifiers Transaction
///   identifiers
final class Transactions {

    /// A phone that was off for days repeats its send.
    private static final int DAYS_KEPT = 14;

    private static final String SEND = "PUT";
    private static final String PLAN = "plan";

    private final RoomStore store;
    private final Clock clock;

    Transactions(RoomStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    Optional<String> find(Reading reading, ClientRequest request) {
        return store.findOnce(reading, key(request, SEND));
    }

    void keep(Transaction tx, ClientRequest request, String response) {
        keep(tx, key(request, SEND), response);
    }

    private void keep(Transaction tx, long key, String response) {
        long day = Duration.ofMillis(clock.millis()).toDays();
        store.insertOnce(tx, key, response, day);
    }

    Optional<String> findPlan(Reading reading, ClientRequest request) {
        return store.findOnce(reading, key(request, PLAN));
    }

    /// Plans a message, unless the same request has done so before.
    String planOnce(Transaction tx, ClientRequest request, Supplier<String> plan) {
        long key = key(request, PLAN);
        return store.findOnce(tx, key)
                .orElseGet(() -> {
                    var response = plan.get();
                    keep(tx, key, response);
                    return response;
                });
    }

    /// Forgets what nobody will ask for again; meant for once a day.
    void forgetOld(Transaction tx) {
        store.forgetOnce(tx, Duration.ofMillis(clock.millis()).toDays() - DAYS_KEPT);
    }

    /// To send and to plan are two things, though the path is the same.
    private static long key(ClientRequest request, String purpose) {
        return EventStore.hash(
                String.join(
                        "\n",
                        request.user().value(),
                        request.device().value(),
                        purpose,
                        request.rawPath()));
    }
}
