package dev.hearth.room;

import dev.hearth.identifier.RoomAlias;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.storage.Packed;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Row;
import dev.hearth.storage.Transaction;
import dev.hearth.storage.Unpacking;
import java.util.List;
import java.util.Optional;

/// `room(number, room_id, version)`, `room_head(room, extremities, state, joined, invited,
/// knocking, banned, gone)`: what changes with each event, `room_alias(alias, room_id, creator)`
/// and `once(hash, response, made_day)`.
final class RoomStore {

    private static final String FIND =
            """
            SELECT number, room_id, version FROM room WHERE room_id = ?
            """;
    private static final String FIND_NUMBER =
            """
            SELECT number, room_id, version FROM room WHERE number = ?
            """;
    private static final String INSERT =
            """
            INSERT INTO room(number, room_id, version) VALUES (?, ?, ?)
            """;
    private static final String HEAD =
            """
            SELECT extremities, state, joined, invited, knocking, banned, gone FROM room_head
            WHERE room = ?
            """;
    private static final String UPDATE_HEAD =
            """
            UPDATE room_head SET extremities = ?, state = ?, joined = ?, invited = ?, knocking = ?,
                banned = ?, gone = ?
            WHERE room = ?
            """;
    private static final String INSERT_HEAD =
            """
            INSERT INTO room_head(extremities, state, joined, invited, knocking, banned, gone, room)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String FORGET_ONCE =
            """
            DELETE FROM once WHERE made_day < ?
            """;
    private static final String FIND_ALIAS =
            """
            SELECT room_id FROM room_alias WHERE alias = ?
            """;
    private static final String ALIASES =
            """
            SELECT alias FROM room_alias WHERE room_id = ?
            """;
    private static final String ALIAS_CREATOR =
            """
            SELECT creator FROM room_alias WHERE alias = ?
            """;
    private static final String INSERT_ALIAS =
            """
            INSERT INTO room_alias(alias, room_id, creator) VALUES (?, ?, ?)
            """;
    private static final String MOVE_ALIASES =
            """
            UPDATE room_alias SET room_id = ? WHERE room_id = ?
            """;
    private static final String DELETE_ALIAS =
            """
            DELETE FROM room_alias WHERE alias = ?
            """;
    private static final String FIND_ONCE =
            """
            SELECT response FROM once WHERE hash = ?
            """;
    private static final String INSERT_ONCE =
            """
            INSERT INTO once(hash, response, made_day) VALUES (?, ?, ?)
            """;

    /// What changes in a room with each event.
    ///
    /// @param extremities the numbers of the events that no other follows
    /// @param state the snapshot of its current state
    record Head(List<Long> extremities, long state, MemberCounts counts) {}

    Optional<StoredRoom> find(Reading reading, RoomId room) {
        return reading.find(FIND, RoomStore::room, room);
    }

    Optional<StoredRoom> find(Reading reading, long room) {
        return reading.find(FIND_NUMBER, RoomStore::room, room);
    }

    void insert(Transaction tx, StoredRoom room) {
        tx.execute(INSERT, room.number(), room.roomId(), room.version());
        setHead(
                tx,
                INSERT_HEAD,
                room.number(),
                new Head(List.of(), StateSnapshots.EMPTY, MemberCounts.NOBODY));
    }

    Head head(Reading reading, long room) {
        return reading.find(HEAD, RoomStore::head, room).orElseThrow();
    }

    void setHead(Transaction tx, long room, Head head) {
        setHead(tx, UPDATE_HEAD, room, head);
    }

    private static void setHead(Transaction tx, String sql, long room, Head head) {
        var counts = head.counts();
        tx.execute(
                sql,
                Packed.of(head.extremities()),
                head.state(),
                counts.joined(),
                counts.invited(),
                counts.knocking(),
                counts.banned(),
                counts.gone(),
                room);
    }

    void forgetOnce(Transaction tx, long beforeDay) {
        tx.execute(FORGET_ONCE, beforeDay);
    }

    Optional<RoomId> findAlias(Reading reading, RoomAlias alias) {
        return reading.find(FIND_ALIAS, row -> RoomId.parse(row.string("room_id")), alias);
    }

    Optional<UserId> aliasCreator(Reading reading, RoomAlias alias) {
        return reading.find(ALIAS_CREATOR, row -> UserId.parse(row.string("creator")), alias);
    }

    List<String> aliases(Reading reading, RoomId room) {
        return reading.list(ALIASES, row -> row.string("alias"), room);
    }

    void insertAlias(Transaction tx, RoomAlias alias, RoomId room, UserId creator) {
        tx.execute(INSERT_ALIAS, alias, room, creator);
    }

    void moveAliases(Transaction tx, RoomId from, RoomId to) {
        tx.execute(MOVE_ALIASES, to, from);
    }

    void deleteAlias(Transaction tx, RoomAlias alias) {
        tx.execute(DELETE_ALIAS, alias);
    }

    Optional<String> findOnce(Reading reading, long hash) {
        return reading.find(FIND_ONCE, row -> row.string("response"), hash);
    }

    void insertOnce(Transaction tx, long hash, String response, long day) {
        tx.execute(INSERT_ONCE, hash, response, day);
    }

    static StoredRoom room(Row row) {
        return new StoredRoom(
                row.integer("number"),
                RoomId.parse(row.string("room_id")),
                RoomVersion.find(row.string("version")).orElseThrow());
    }

    private static Head head(Row row) {
        return new Head(
                Unpacking.all(row.bytes("extremities")),
                row.integer("state"),
                new MemberCounts(
                        row.integer("joined"),
                        row.integer("invited"),
                        row.integer("knocking"),
                        row.integer("banned"),
                        row.integer("gone")));
    }
}
