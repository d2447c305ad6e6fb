package dev.hearth.presence;

import dev.hearth.identifier.UserId;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import java.util.List;
import java.util.Optional;

/// `presence(user_id, present, message)`: who was there, and which words they set.
final class PresenceStore {

    private static final String PRESENT =
            """
            SELECT user_id, message FROM presence WHERE present = TRUE
            """;
    private static final String MESSAGE =
            """
            SELECT message FROM presence WHERE user_id = ?
            """;
    private static final String UPDATE =
            """
            UPDATE presence SET present = ?, message = ? WHERE user_id = ?
            """;
    private static final String INSERT =
            """
            INSERT INTO presence(present, message, user_id) VALUES (?, ?, ?)
            """;
    private static final String DELETE =
            """
            DELETE FROM presence WHERE user_id = ?
            """;

    record Present(UserId user, Optional<String> message) {}

    List<Present> present(Reading reading) {
        return reading.list(
                PRESENT,
                row -> new Present(UserId.parse(row.string("user_id")), row.findString("message")));
    }

    Optional<String> message(Reading reading, UserId user) {
        return reading.find(MESSAGE, row -> row.findString("message"), user)
                .flatMap(found -> found);
    }

    void put(Transaction tx, UserId user, boolean present, Optional<String> message) {
        if (tx.execute(UPDATE, present, message, user) == 0) {
            tx.execute(INSERT, present, message, user);
        }
    }

    void delete(Transaction tx, UserId user) {
        tx.execute(DELETE, user);
    }
}
