package dev.hearth.room;

import dev.hearth.event.Pdu;
import dev.hearth.identifier.EventId;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonReader;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.signing.Sha256;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Row;
import dev.hearth.storage.Transaction;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `event(number, position, room, event_id, type, state_key, sender, depth, origin_server_ts,
/// status, state, state_after, room_state, device, transaction_id, replaces, redacted_by, body)`:
/// type, state key, sender and device are [words][WordStore], the states
/// [snapshots][StateSnapshots], the [body][EventBody] is the packed federation form. The position
/// is NULL for what is in no timeline.
///
/// `event_key(hash, number)`: the first eight bytes of the SHA-256 of the event's ID; on a
/// collision, which can be made on purpose, the next number that is free.
final class EventStore {

    private static final String COLUMNS =
            """
            SELECT e.number, e.position, e.status, e.state, e.state_after, e.room_state,
                e.event_id, d.text AS device, e.transaction_id, e.replaces, e.redacted_by, e.body,
                r.version, r.room_id, u.text AS sender
            """;

    /// What leads to the event stands before it: the engine keeps to this order, for of what an
    /// outer join follows it rearranges nothing.
    private static final String WITH =
            """
             JOIN room r ON r.number = e.room JOIN word u ON u.number = e.sender
                LEFT JOIN word d ON d.number = e.device
            """;

    private static final String EVENTS = COLUMNS + " FROM event e " + WITH;
    private static final String AT = EVENTS + " WHERE e.number = ?";
    private static final String IN_LIST = " WHERE e.number IN " + NumberList.SQL;
    private static final String ALL = EVENTS + IN_LIST;
    private static final String IDS =
            """
            SELECT e.number, e.event_id, r.version FROM event e JOIN room r ON r.number = e.room
            """
                    + IN_LIST;
    private static final String BY_KEY =
            COLUMNS
                    + " FROM event_key k JOIN event e ON e.number = k.number "
                    + WITH
                    + " WHERE k.hash = ?";
    private static final String WITH_KEYS =
            COLUMNS
                    + " FROM event_key k JOIN event e ON e.number = k.number "
                    + WITH
                    + " WHERE k.hash IN "
                    + NumberList.SQL;
    private static final String BACKWARDS =
            EVENTS
                    + """
                     WHERE e.room = ? AND e.position > ? AND e.position <= ?
                    ORDER BY e.room DESC, e.position DESC LIMIT ?
                    """;
    private static final String FORWARDS =
            EVENTS
                    + """
                     WHERE e.room = ? AND e.position > ? AND e.position <= ?
                    ORDER BY e.room, e.position LIMIT ?
                    """;
    private static final String AFTER = EVENTS + " WHERE e.number > ? ORDER BY e.number LIMIT ?";
    private static final String CURRENT_STATE =
            COLUMNS
                    + " FROM current_state s JOIN event e ON e.number = s.event "
                    + WITH
                    + " WHERE s.room = ?";
    private static final String CURRENT_ONE =
            COLUMNS
                    + " FROM current_state s JOIN event e ON e.number = s.event "
                    + WITH
                    + " WHERE s.room = ? AND s.type = ? AND s.state_key = ?";
    private static final String CURRENT_OF_TYPE =
            COLUMNS
                    + " FROM current_state s JOIN event e ON e.number = s.event "
                    + WITH
                    + " WHERE s.room = ? AND s.type = ? LIMIT ?";
    private static final String SINCE =
            EVENTS
                    + """
                     WHERE e.room = ? AND e.origin_server_ts >= ? AND e.position IS NOT NULL
                    ORDER BY e.room, e.origin_server_ts, e.depth LIMIT ? OFFSET ?
                    """;
    private static final String UNTIL =
            EVENTS
                    + """
                     WHERE e.room = ? AND e.origin_server_ts <= ? AND e.position IS NOT NULL
                    ORDER BY e.room DESC, e.origin_server_ts DESC, e.depth DESC LIMIT ? OFFSET ?
                    """;
    private static final String ROOM_STATE =
            """
            SELECT room_state FROM event WHERE room = ? AND position <= ?
            ORDER BY room DESC, position DESC LIMIT 1
            """;
    private static final String INSERT =
            """
            INSERT INTO event(number, position, room, event_id, type, state_key, sender, depth,
                origin_server_ts, status, state, state_after, room_state, device, transaction_id,
                replaces, body)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String SET_PLACE =
            """
            UPDATE event SET position = ?, status = ?, state = ?, state_after = ?, room_state = ?,
                replaces = ?
            WHERE number = ?
            """;
    private static final String SET_ROOM_STATE =
            """
            UPDATE event SET room_state = ? WHERE number = ?
            """;
    private static final String FIND_KEY =
            """
            SELECT number FROM event_key WHERE hash = ?
            """;
    private static final String INSERT_KEY =
            """
            INSERT INTO event_key(hash, number) VALUES (?, ?)
            """;
    private static final String REDACT =
            """
            UPDATE event SET redacted_by = ? WHERE number = ? AND redacted_by IS NULL
            """;
    private static final String SET_BODY =
            """
            UPDATE event SET body = ? WHERE number = ?
            """;

    /// A piece of a list.
    record Slice(int from, int size) {}

    private final WordStore words;
    private final ParsedEvents parsed = new ParsedEvents();

    EventStore(WordStore words) {
        this.words = words;
    }

    Optional<StoredEvent> at(Reading reading, long number) {
        return reading.find(AT, this::read, number);
    }

    /// Several events, in no order.
    List<StoredEvent> all(Reading reading, Collection<Long> numbers) {
        return NumberList.read(reading, ALL, this::read, numbers);
    }

    /// The IDs of several events.
    Map<Long, EventId> ids(Reading reading, Collection<Long> numbers) {
        var ids = new HashMap<Long, EventId>();
        NumberList.read(
                reading,
                IDS,
                row ->
                        ids.put(
                                row.integer("number"),
                                EventIds.id(row.bytes("event_id"), version(row))),
                numbers);
        return ids;
    }

    Optional<StoredEvent> find(Reading reading, EventId eventId) {
        long hash = hash(eventId.value());
        while (true) {
            var found = reading.find(BY_KEY, this::read, hash);
            if (found.isEmpty() || found.get().pdu().eventId().equals(eventId)) {
                return found;
            }
            hash++;
        }
    }

    /// Those of several events that are known, by their IDs. One whose key another event has can't
    /// be found with the others.
    Map<EventId, StoredEvent> findAll(Reading reading, Collection<EventId> ids) {
        var hashes = ids.stream().map(id -> hash(id.value())).toList();
        var found = new HashMap<EventId, StoredEvent>();
        NumberList.read(reading, WITH_KEYS, this::read, hashes)
                .forEach(event -> found.put(event.pdu().eventId(), event));
        for (var id : ids) {
            if (!found.containsKey(id)) {
                find(reading, id).ifPresent(event -> found.put(id, event));
            }
        }
        return found;
    }

    /// Newest first: after one position and up to another.
    List<StoredEvent> backwards(Reading reading, long room, long after, long upTo, int limit) {
        return reading.list(BACKWARDS, this::read, room, after, upTo, limit);
    }

    /// Oldest first: after one position and up to another.
    List<StoredEvent> forwards(Reading reading, long room, long after, long upTo, int limit) {
        return reading.list(FORWARDS, this::read, room, after, upTo, limit);
    }

    /// Oldest first: of all rooms.
    List<StoredEvent> after(Reading reading, long number, int limit) {
        return reading.list(AFTER, this::read, number, limit);
    }

    List<StoredEvent> currentState(Reading reading, long room) {
        return reading.list(CURRENT_STATE, this::read, room);
    }

    Optional<StoredEvent> current(Reading reading, long room, long stateKey) {
        return reading.find(
                CURRENT_ONE,
                this::read,
                room,
                StateKeys.type(stateKey),
                StateKeys.stateKey(stateKey));
    }

    List<StoredEvent> currentOfType(Reading reading, long room, long type, int limit) {
        return reading.list(CURRENT_OF_TYPE, this::read, room, type, limit);
    }

    /// Some of the events of a timeline that were made at a moment or later, the earliest first.
    List<StoredEvent> since(Reading reading, long room, long moment, Slice slice) {
        return reading.list(SINCE, this::read, room, moment, slice.size(), slice.from());
    }

    /// Some of the events of a timeline that were made at a moment or before, the latest first.
    List<StoredEvent> until(Reading reading, long room, long moment, Slice slice) {
        return reading.list(UNTIL, this::read, room, moment, slice.size(), slice.from());
    }

    /// The snapshot of the room's current state as it was at a position.
    long roomState(Reading reading, long room, long position) {
        return reading.find(ROOM_STATE, row -> row.integer("room_state"), room, position)
                .orElse(StateSnapshots.EMPTY);
    }

    void insert(Transaction tx, long room, StoredEvent event, PackedEvent packed) {
        var pdu = event.pdu();
        var states = event.states();
        long number = event.number();
        tx.execute(
                INSERT,
                number,
                position(event.place()),
                room,
                EventIds.bytes(pdu.eventId(), pdu.roomVersion()),
                words.intern(tx, pdu.type()),
                pdu.stateKey().map(key -> words.intern(tx, key)),
                words.intern(tx, pdu.sender().value()),
                pdu.depth(),
                pdu.originServerTs(),
                event.status().code(),
                known(states, states.before()),
                known(states, states.after()),
                known(states, states.room()),
                event.transaction().map(sent -> words.intern(tx, sent.device())),
                event.transaction().map(StoredEvent.SentBy::transactionId),
                event.replaces(),
                packed.body());
        insertKey(tx, pdu.eventId(), number);
    }

    private static void insertKey(Transaction tx, EventId id, long number) {
        long hash = hash(id.value());
        while (tx.find(FIND_KEY, row -> row.integer("number"), hash).isPresent()) {
            hash++;
        }
        tx.execute(INSERT_KEY, hash, number);
    }

    /// Gives an event that was an outlier its place.
    void setPlace(Transaction tx, StoredEvent event) {
        var states = event.states();
        tx.execute(
                SET_PLACE,
                position(event.place()),
                event.status().code(),
                known(states, states.before()),
                known(states, states.after()),
                known(states, states.room()),
                event.replaces(),
                event.number());
    }

    void setRoomState(Transaction tx, long number, long state) {
        tx.execute(SET_ROOM_STATE, state, number);
    }

    private static Optional<Long> position(StoredEvent.Place place) {
        return place.position() == 0 ? Optional.empty() : Optional.of(place.position());
    }

    private static Optional<Long> known(StoredEvent.States states, long state) {
        return states.areKnown() ? Optional.of(state) : Optional.empty();
    }

    void redact(Transaction tx, long target, long redaction) {
        tx.execute(REDACT, redaction, target);
    }

    /// Puts another form of an event in the place of the one that is stored.
    void setBody(Transaction tx, PackedEvent packed, long number) {
        tx.execute(SET_BODY, packed.body(), number);
        tx.afterCommit(() -> parsed.forget(number));
    }

    /// The first eight bytes of the SHA-256 of a text.
    static long hash(String text) {
        return ByteBuffer.wrap(Sha256.hash(text.getBytes(StandardCharsets.UTF_8))).getLong();
    }

    private static RoomVersion version(Row row) {
        return RoomVersion.find(row.string("version")).orElseThrow();
    }

    private static byte[] body(Row row) {
        return EventBody.unpack(
                row.bytes("body"),
                RoomId.parse(row.string("room_id")),
                UserId.parse(row.string("sender")));
    }

    private StoredEvent read(Row row) {
        var transactionId = row.findString("transaction_id");
        var states =
                row.findInteger("state")
                        .map(before ->
                                new StoredEvent.States(
                                        before,
                                        row.integer("state_after"),
                                        row.integer("room_state")))
                        .orElse(StoredEvent.States.UNKNOWN);
        var place =
                new StoredEvent.Place(
                        row.integer("number"),
                        row.findInteger("position").orElse(0L),
                        EventStatus.of(row.integer("status")),
                        states);
        return new StoredEvent(
                place,
                pdu(row, place.number()),
                row.findString("device")
                        .map(device -> new StoredEvent.SentBy(device, transactionId.orElseThrow())),
                row.findInteger("replaces"),
                row.findInteger("redacted_by"));
    }

    private Pdu pdu(Row row, long number) {
        var version = version(row);
        var id = EventIds.id(row.bytes("event_id"), version);
        return parsed.get(
                number,
                id,
                row.bytes("body").length,
                () -> Pdu.trusted(JsonReader.readObject(body(row)), id, version));
    }
}
