package dev.hearth.room;

import dev.hearth.identifier.EventId;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import java.util.List;

/// `awaited_target(redaction, hash)`: a redaction that came before its target; the hash is that of
/// the target's ID. `redacted_event(event, redacted_day)`: a redacted event of which all is still
/// stored.
final class RedactionStore {

    private static final String INSERT_AWAITED =
            """
            INSERT INTO awaited_target(redaction, hash) VALUES (?, ?)
            """;
    private static final String AWAITING =
            """
            SELECT redaction FROM awaited_target WHERE hash = ? ORDER BY hash LIMIT ?
            """;
    private static final String DELETE_AWAITED = "DELETE FROM awaited_target WHERE redaction = ?";
    private static final String INSERT_REDACTED =
            """
            INSERT INTO redacted_event(event, redacted_day) VALUES (?, ?)
            """;
    private static final String REDACTED =
            """
            SELECT event FROM redacted_event WHERE redacted_day <= ? ORDER BY redacted_day LIMIT ?
            """;
    private static final String DELETE_REDACTED = "DELETE FROM redacted_event WHERE event = ?";

    void await(Transaction tx, long redaction, EventId target) {
        tx.execute(INSERT_AWAITED, redaction, EventStore.hash(target.value()));
    }

    /// The redactions that may have been waiting for an event: those whose target has its hash.
    List<Long> awaiting(Reading reading, EventId target, int limit) {
        return reading.list(
                AWAITING, row -> row.integer("redaction"), EventStore.hash(target.value()), limit);
    }

    void awaitNoMore(Transaction tx, long redaction) {
        tx.execute(DELETE_AWAITED, redaction);
    }

    void noteRedacted(Transaction tx, long event, long day) {
        tx.execute(INSERT_REDACTED, event, day);
    }

    /// Events that were redacted on a day or before.
    List<Long> redacted(Reading reading, long day, int limit) {
        return reading.list(REDACTED, row -> row.integer("event"), day, limit);
    }

    void notePurged(Transaction tx, long event) {
        tx.execute(DELETE_REDACTED, event);
    }
}
