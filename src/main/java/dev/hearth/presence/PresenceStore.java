package dev.hearth.presence;

import dev.hearth.identifier.UserId;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import java.util.List;
import java.util.Optional;

/// `presence(user_id, present, message, position)`: who was there, and which words they set, since
/// the position at which that changed.
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
            UPDATE presence SET present = ?, message = ?, position = ? WHERE user_id = ?
            """;
    private static final String INSERT =
            """
            INSERT INTO presence(present, message, position, user_id) VALUES (?, ?, ?, ?)
            """;
    private static final String CHANGED =
            """
            SELECT user_id FROM presence WHERE position > ? AND position <= ?
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

    /// Who came or went after one position and up to another.
    List<UserId> changed(Reading reading, long since, long upTo) {
        return reading.list(CHANGED, row -> UserId.parse(row.string("user_id")), since, upTo);
    }

    void put(Transaction tx, UserId user, UserPresence presence, long position) {
        boolean present = presence.isThere();
        if (tx.execute(UPDATE, present, presence.message(), position, user) == 0) {
            tx.execute(INSERT, present, presence.message(), position, user);
        }
    }

    void delete(Transaction tx, UserId user) {
        tx.execute(DELETE, user);
    }
}
