package dev.hearth.delayed;

import dev.hearth.delayed.DelayedEvent.End;
import dev.hearth.delayed.DelayedEvent.Outcome;
import dev.hearth.event.Pdu;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonReader;
import dev.hearth.room.PlannedEvent;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Row;
import dev.hearth.storage.Transaction;
import java.util.List;
import java.util.Optional;

/// `delayed_event(number, delay_id, owner, room_id, type, state_key, content, sticky_for, delay,
/// running_since, due, finalized_at, outcome, event_id, error)`: what is scheduled has 0 as
/// `finalized_at`.
final class DelayedEventStore {

    private static final String INSERT =
            """
            INSERT INTO delayed_event(number, delay_id, owner, room_id, type, state_key, content,
                sticky_for, delay, running_since, due, finalized_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
            """;
    private static final String FIND =
            """
            SELECT * FROM delayed_event WHERE delay_id = ?
            """;
    private static final String AT =
            """
            SELECT * FROM delayed_event WHERE number = ?
            """;
    private static final String DUE =
            """
            SELECT * FROM delayed_event WHERE finalized_at = 0 AND due <= ?
            ORDER BY finalized_at, due, number
            LIMIT ?
            """;
    private static final String NEXT_DUE =
            """
            SELECT due FROM delayed_event WHERE finalized_at = 0
            ORDER BY finalized_at, due
            LIMIT 1
            """;
    private static final String SCHEDULED =
            """
            SELECT * FROM delayed_event WHERE owner = ? AND finalized_at = 0
            ORDER BY owner, finalized_at, due
            LIMIT ?
            """;
    private static final String FINALIZED =
            """
            SELECT * FROM delayed_event WHERE owner = ? AND finalized_at > 0
            ORDER BY owner DESC, finalized_at DESC, due DESC
            LIMIT ?
            """;
    private static final String BEYOND =
            """
            SELECT number FROM delayed_event WHERE owner = ? AND finalized_at > 0
            ORDER BY owner DESC, finalized_at DESC, due DESC
            LIMIT 10 OFFSET ?
            """;
    private static final String OF_OTHERS =
            """
            SELECT * FROM delayed_event
            WHERE room_id = ? AND type = ? AND state_key = ? AND finalized_at = 0 AND owner <> ?
            """;
    private static final String RESTART =
            """
            UPDATE delayed_event SET running_since = ?, due = ? WHERE number = ?
            """;
    private static final String FINALIZE =
            """
            UPDATE delayed_event SET finalized_at = ?, outcome = ?, event_id = ?, error = ?
            WHERE number = ?
            """;
    private static final String DELETE =
            """
            DELETE FROM delayed_event WHERE number = ?
            """;
    private static final String DELETE_OF =
            """
            DELETE FROM delayed_event WHERE owner = ?
            """;
    private static final String FORGET =
            """
            DELETE FROM delayed_event WHERE finalized_at > 0 AND finalized_at < ?
            """;

    void insert(Transaction tx, DelayedEvent delayed) {
        var event = delayed.event();
        tx.execute(
                INSERT,
                delayed.number(),
                delayed.id(),
                event.sender(),
                event.room(),
                event.type(),
                event.stateKey(),
                event.content(),
                event.stickyFor(),
                delayed.delay(),
                delayed.runningSince(),
                delayed.due());
    }

    Optional<DelayedEvent> find(Reading reading, String id) {
        return reading.find(FIND, DelayedEventStore::read, id);
    }

    Optional<DelayedEvent> at(Reading reading, long number) {
        return reading.find(AT, DelayedEventStore::read, number);
    }

    /// What is due, the longest due first.
    List<DelayedEvent> due(Reading reading, long now, int limit) {
        return reading.list(DUE, DelayedEventStore::read, now, limit);
    }

    Optional<Long> nextDue(Reading reading) {
        return reading.find(NEXT_DUE, row -> row.integer("due"));
    }

    /// What is to be sent for a user, the next first.
    List<DelayedEvent> scheduled(Reading reading, UserId owner, int limit) {
        return reading.list(SCHEDULED, DelayedEventStore::read, owner, limit);
    }

    /// What was sent or given up for a user, the last first.
    List<DelayedEvent> finalized(Reading reading, UserId owner, int limit) {
        return reading.list(FINALIZED, DelayedEventStore::read, owner, limit);
    }

    /// What users other than the sender of a state event want to set in its place.
    List<DelayedEvent> ofOthers(Reading reading, Pdu state) {
        return reading.list(
                OF_OTHERS,
                DelayedEventStore::read,
                state.roomId(),
                state.type(),
                state.stateKey().orElseThrow(),
                state.sender());
    }

    void restart(Transaction tx, DelayedEvent restarted) {
        tx.execute(RESTART, restarted.runningSince(), restarted.due(), restarted.number());
    }

    /// Notes how an event ended, and forgets what ended longest ago if that is more than is kept.
    void finalize(Transaction tx, DelayedEvent delayed, End end, int kept) {
        tx.execute(
                FINALIZE,
                end.at(),
                end.outcome().name(),
                end.eventId(),
                end.error(),
                delayed.number());
        tx.list(BEYOND, row -> row.integer("number"), delayed.event().sender(), kept)
                .forEach(number -> tx.execute(DELETE, number));
    }

    void deleteOf(Transaction tx, UserId owner) {
        tx.execute(DELETE_OF, owner);
    }

    void forgetFinalizedBefore(Transaction tx, long moment) {
        tx.execute(FORGET, moment);
    }

    private static DelayedEvent read(Row row) {
        return new DelayedEvent(
                row.integer("number"),
                row.string("delay_id"),
                new PlannedEvent(
                        UserId.parse(row.string("owner")),
                        RoomId.parse(row.string("room_id")),
                        row.string("type"),
                        row.findString("state_key"),
                        JsonReader.readObject(row.string("content")),
                        row.findInteger("sticky_for")),
                row.integer("delay"),
                row.integer("running_since"),
                end(row));
    }

    private static Optional<End> end(Row row) {
        return row.findString("outcome")
                .map(outcome ->
                        new End(
                                row.integer("finalized_at"),
                                Outcome.valueOf(outcome),
                                row.findString("event_id"),
                                row.findString("error").map(JsonReader::readObject)));
    }
}
