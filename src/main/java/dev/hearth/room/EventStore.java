package dev.hearth.room;

import dev.hearth.event.Pdu;
import dev.hearth.event.StateTuple;
import dev.hearth.identifier.EventId;
import dev.hearth.json.CanonicalJson;
import dev.hearth.json.JsonReader;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.signing.Sha256;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Row;
import dev.hearth.storage.Transaction;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// `event(position, room, event_id, type, state_key, sender, transaction_device, transaction_id,
/// replaces, redacted_by, body)`, where the body is the canonical federation form, and
/// `event_key(hash, position)`: the first eight bytes of the SHA-256 of the event's ID; on a
/// collision, which can be made on purpose, the next number that is free.
final class EventStore {

    private static final String COLUMNS =
            """
            SELECT e.position, e.event_id, e.transaction_device, e.transaction_id, e.replaces,
                e.redacted_by, e.body, r.version
            FROM event e JOIN room r ON r.number = e.room
            """;
    private static final String AT = COLUMNS + " WHERE e.position = ?";
    private static final String BACKWARDS =
            COLUMNS
                    + """
                     WHERE e.room = ? AND e.position > ? AND e.position <= ?
                    ORDER BY e.room DESC, e.position DESC LIMIT ?
                    """;
    private static final String FORWARDS =
            COLUMNS
                    + """
                     WHERE e.room = ? AND e.position > ? AND e.position <= ?
                    ORDER BY e.room, e.position LIMIT ?
                    """;
    private static final String CURRENT_STATE =
            COLUMNS
                    + """
                     JOIN current_state s ON s.position = e.position WHERE s.room = ?
                    """;
    private static final String CURRENT_NON_MEMBERS =
            COLUMNS
                    + """
                     JOIN current_state s ON s.position = e.position
                    WHERE s.room = ? AND s.type <> 'm.room.member'
                    """;
    private static final String CURRENT_ONE =
            COLUMNS
                    + """
                     JOIN current_state s ON s.position = e.position
                    WHERE s.room = ? AND s.type = ? AND s.state_key = ?
                    """;
    private static final String STATE_AT =
            COLUMNS
                    + """
                     JOIN (SELECT type, state_key, MAX(position) AS position FROM state_change
                        WHERE room = ? AND position <= ? GROUP BY type, state_key) s
                    ON s.position = e.position
                    """;
    private static final String NON_MEMBERS_AT =
            COLUMNS
                    + """
                     JOIN (SELECT type, state_key, MAX(position) AS position FROM state_change
                        WHERE room = ? AND position <= ? AND type <> 'm.room.member'
                        GROUP BY type, state_key) s
                    ON s.position = e.position
                    """;
    private static final String ONE_AT =
            COLUMNS
                    + """
                     JOIN (SELECT MAX(position) AS position FROM state_change
                        WHERE room = ? AND type = ? AND state_key = ? AND position <= ?) s
                    ON s.position = e.position
                    """;
    private static final String CHANGED_BETWEEN =
            COLUMNS
                    + """
                     JOIN (SELECT type, state_key, MAX(position) AS position FROM state_change
                        WHERE room = ? AND position > ? AND position <= ?
                        GROUP BY type, state_key) s
                    ON s.position = e.position
                    """;
    private static final String INSERT =
            """
            INSERT INTO event(position, room, event_id, type, state_key, sender,
                transaction_device, transaction_id, replaces, body)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String FIND_KEY =
            """
            SELECT k.position, e.event_id FROM event_key k
            JOIN event e ON e.position = k.position WHERE k.hash = ?
            """;
    private static final String INSERT_KEY =
            """
            INSERT INTO event_key(hash, position) VALUES (?, ?)
            """;
    private static final String REDACT =
            """
            UPDATE event SET redacted_by = ? WHERE position = ? AND redacted_by IS NULL
            """;
    private static final String FIND_CURRENT =
            """
            SELECT position FROM current_state WHERE room = ? AND type = ? AND state_key = ?
            """;
    private static final String UPDATE_CURRENT =
            """
            UPDATE current_state SET position = ? WHERE room = ? AND type = ? AND state_key = ?
            """;
    private static final String INSERT_CURRENT =
            """
            INSERT INTO current_state(position, room, type, state_key) VALUES (?, ?, ?, ?)
            """;
    private static final String INSERT_CHANGE =
            """
            INSERT INTO state_change(room, type, state_key, position) VALUES (?, ?, ?, ?)
            """;

    private record Key(long position, String eventId) {}

    Optional<StoredEvent> at(Reading reading, long position) {
        return reading.find(AT, EventStore::read, position);
    }

    Optional<StoredEvent> find(Reading reading, EventId eventId) {
        long hash = hash(eventId);
        while (true) {
            var key = key(reading, hash);
            if (key.isEmpty() || key.get().eventId().equals(eventId.value())) {
                return key.flatMap(found -> at(reading, found.position()));
            }
            hash++;
        }
    }

    private static Optional<Key> key(Reading reading, long hash) {
        return reading.find(
                FIND_KEY, row -> new Key(row.integer("position"), row.string("event_id")), hash);
    }

    /// Newest first: after one position and up to another.
    List<StoredEvent> backwards(Reading reading, long room, long after, long upTo, int limit) {
        return reading.list(BACKWARDS, EventStore::read, room, after, upTo, limit);
    }

    /// Oldest first: after one position and up to another.
    List<StoredEvent> forwards(Reading reading, long room, long after, long upTo, int limit) {
        return reading.list(FORWARDS, EventStore::read, room, after, upTo, limit);
    }

    List<StoredEvent> currentState(Reading reading, long room) {
        return reading.list(CURRENT_STATE, EventStore::read, room);
    }

    List<StoredEvent> currentNonMembers(Reading reading, long room) {
        return reading.list(CURRENT_NON_MEMBERS, EventStore::read, room);
    }

    Optional<StoredEvent> current(Reading reading, long room, StateTuple tuple) {
        return reading.find(CURRENT_ONE, EventStore::read, room, tuple.type(), tuple.stateKey());
    }

    List<StoredEvent> stateAt(Reading reading, long room, long position) {
        return reading.list(STATE_AT, EventStore::read, room, position);
    }

    List<StoredEvent> nonMemberStateAt(Reading reading, long room, long position) {
        return reading.list(NON_MEMBERS_AT, EventStore::read, room, position);
    }

    Optional<StoredEvent> stateAt(Reading reading, long room, StateTuple tuple, long position) {
        return reading.find(
                ONE_AT, EventStore::read, room, tuple.type(), tuple.stateKey(), position);
    }

    List<StoredEvent> changedBetween(Reading reading, long room, long after, long upTo) {
        return reading.list(CHANGED_BETWEEN, EventStore::read, room, after, upTo);
    }

    /// Puts an event at the end of its room's timeline, and into its state if it is state.
    StoredEvent append(
            Transaction tx, long room, Pdu pdu, Optional<StoredEvent.SentBy> transaction) {
        long position = tx.nextPosition();
        var replaces = pdu.stateTuple().flatMap(tuple -> replaceState(tx, room, tuple, position));
        tx.execute(
                INSERT,
                position,
                room,
                pdu.eventId(),
                pdu.type(),
                pdu.stateKey(),
                pdu.sender(),
                transaction.map(StoredEvent.SentBy::device),
                transaction.map(StoredEvent.SentBy::transactionId),
                replaces,
                CanonicalJson.writeLenient(pdu.json()));
        long hash = hash(pdu.eventId());
        while (key(tx, hash).isPresent()) {
            hash++;
        }
        tx.execute(INSERT_KEY, hash, position);
        return new StoredEvent(position, pdu, transaction, replaces, Optional.empty());
    }

    private static Optional<Long> replaceState(
            Transaction tx, long room, StateTuple tuple, long position) {
        var before =
                tx.find(
                        FIND_CURRENT,
                        row -> row.integer("position"),
                        room,
                        tuple.type(),
                        tuple.stateKey());
        tx.execute(
                before.isPresent() ? UPDATE_CURRENT : INSERT_CURRENT,
                position,
                room,
                tuple.type(),
                tuple.stateKey());
        tx.execute(INSERT_CHANGE, room, tuple.type(), tuple.stateKey(), position);
        return before;
    }

    void redact(Transaction tx, long target, long redaction) {
        tx.execute(REDACT, redaction, target);
    }

    static long hash(EventId eventId) {
        return hash(eventId.value());
    }

    static long hash(String text) {
        return ByteBuffer.wrap(Sha256.hash(text.getBytes(StandardCharsets.UTF_8))).getLong();
    }

    private static StoredEvent read(Row row) {
        var version = RoomVersion.find(row.string("version")).orElseThrow();
        var transactionId = row.findString("transaction_id");
        return new StoredEvent(
                row.integer("position"),
                Pdu.trusted(
                        JsonReader.readObject(row.bytes("body")),
                        EventId.parse(row.string("event_id")),
                        version),
                row.findString("transaction_device")
                        .map(device -> new StoredEvent.SentBy(device, transactionId.orElseThrow())),
                row.findInteger("replaces"),
                row.findInteger("redacted_by"));
    }
}
