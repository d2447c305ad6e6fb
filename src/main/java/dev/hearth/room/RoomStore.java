package dev.hearth.room;

import dev.hearth.authorization.Membership;
import dev.hearth.identifier.EventId;
import dev.hearth.identifier.RoomAlias;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Row;
import dev.hearth.storage.Transaction;
import java.util.List;
import java.util.Optional;

/// `room(number, room_id, version, extremity, depth, listed)`, `membership(user_id, room,
/// membership, position, forgotten)`, `room_alias(alias, room_id, creator)` and `once(hash,
/// response, made_day)`.
final class RoomStore {

    private static final String FIND =
            """
            SELECT number, room_id, version, extremity, depth FROM room WHERE room_id = ?
            """;
    private static final String INSERT =
            """
            INSERT INTO room(number, room_id, version, extremity, depth, listed)
            VALUES (?, ?, ?, ?, ?, FALSE)
            """;
    private static final String ADVANCE =
            """
            UPDATE room SET extremity = ?, depth = ? WHERE number = ?
            """;
    private static final String SET_LISTED =
            """
            UPDATE room SET listed = ? WHERE room_id = ?
            """;
    private static final String MEMBERSHIPS =
            """
            SELECT r.room_id, m.room, m.membership, m.position, m.forgotten
            FROM membership m JOIN room r ON r.number = m.room WHERE m.user_id = ?
            """;
    private static final String MEMBERSHIP = MEMBERSHIPS + " AND r.room_id = ?";
    private static final String MEMBERSHIP_BY_NUMBER = MEMBERSHIPS + " AND m.room = ?";
    private static final String CHANGED_MEMBERSHIPS = MEMBERSHIPS + " AND m.position > ?";
    private static final String UPDATE_MEMBERSHIP =
            """
            UPDATE membership SET membership = ?, position = ?, forgotten = FALSE
            WHERE user_id = ? AND room = ?
            """;
    private static final String INSERT_MEMBERSHIP =
            """
            INSERT INTO membership(membership, position, user_id, room, forgotten)
            VALUES (?, ?, ?, ?, FALSE)
            """;
    private static final String FORGET =
            """
            UPDATE membership SET forgotten = TRUE WHERE user_id = ? AND room = ?
            """;
    private static final String MEMBERS =
            """
            SELECT user_id FROM membership WHERE room = ? AND membership = ?
            """;
    private static final String FIRST_MEMBERS =
            """
            SELECT user_id, position FROM membership WHERE room = ? AND membership = ?
            ORDER BY room, membership, position LIMIT ?
            """;
    private static final String COUNT_MEMBERS =
            """
            SELECT COUNT(*) AS n FROM membership WHERE room = ? AND membership = ?
            """;
    private static final String CHANGED_MEMBERS =
            """
            SELECT user_id, membership FROM membership
            WHERE room = ? AND position > ? AND position <= ?
            """;
    private static final String COMPANIONS =
            """
            SELECT DISTINCT o.user_id FROM membership m JOIN membership o ON o.room = m.room
            WHERE m.user_id = ? AND m.membership = 'join' AND o.membership = 'join'
            """;
    private static final String SHARE_ROOM =
            """
            SELECT 1 AS n FROM membership m JOIN membership o ON o.room = m.room
            WHERE m.user_id = ? AND m.membership = 'join'
                AND o.user_id = ? AND o.membership = 'join' LIMIT 1
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

    /// A room as the store knows it.
    record StoredRoom(
            long number, RoomId roomId, RoomVersion version, EventId extremity, long depth) {}

    Optional<StoredRoom> find(Reading reading, RoomId room) {
        return reading.find(FIND, RoomStore::room, room);
    }

    void insert(Transaction tx, StoredRoom room) {
        tx.execute(
                INSERT,
                room.number(),
                room.roomId(),
                room.version(),
                room.extremity(),
                room.depth());
    }

    void advance(Transaction tx, long room, EventId extremity, long depth) {
        tx.execute(ADVANCE, extremity, depth, room);
    }

    void setListed(Transaction tx, RoomId room, boolean listed) {
        tx.execute(SET_LISTED, listed, room);
    }

    List<RoomMembership> memberships(Reading reading, UserId user) {
        return reading.list(MEMBERSHIPS, RoomStore::membership, user);
    }

    Optional<RoomMembership> membership(Reading reading, UserId user, RoomId room) {
        return reading.find(MEMBERSHIP, RoomStore::membership, user, room);
    }

    Optional<RoomMembership> membership(Reading reading, UserId user, long room) {
        return reading.find(MEMBERSHIP_BY_NUMBER, RoomStore::membership, user, room);
    }

    /// What of the user's memberships changed after a position.
    List<RoomMembership> memberships(Reading reading, UserId user, long since) {
        return reading.list(CHANGED_MEMBERSHIPS, RoomStore::membership, user, since);
    }

    void setMembership(
            Transaction tx, UserId user, long room, Membership membership, long position) {
        var kind = membership.wireName();
        if (tx.execute(UPDATE_MEMBERSHIP, kind, position, user, room) == 0) {
            tx.execute(INSERT_MEMBERSHIP, kind, position, user, room);
        }
    }

    void forget(Transaction tx, UserId user, long room) {
        tx.execute(FORGET, user, room);
    }

    List<UserId> members(Reading reading, long room, Membership membership) {
        return reading.list(
                MEMBERS, row -> UserId.parse(row.string("user_id")), room, membership.wireName());
    }

    /// A member, and the position of their newest member event.
    record Since(UserId user, long position) {}

    /// The longest known members of a kind.
    List<Since> firstMembers(Reading reading, long room, Membership membership, int limit) {
        return reading.list(
                FIRST_MEMBERS,
                row -> new Since(UserId.parse(row.string("user_id")), row.integer("position")),
                room,
                membership.wireName(),
                limit);
    }

    /// What somebody is to a room.
    record Member(UserId user, Membership membership) {}

    List<Member> changedMembers(Reading reading, long room, long since, long upTo) {
        return reading.list(
                CHANGED_MEMBERS,
                row ->
                        new Member(
                                UserId.parse(row.string("user_id")),
                                Membership.find(row.string("membership")).orElseThrow()),
                room,
                since,
                upTo);
    }

    List<UserId> companions(Reading reading, UserId user) {
        return reading.list(COMPANIONS, row -> UserId.parse(row.string("user_id")), user);
    }

    boolean shareRoom(Reading reading, UserId one, UserId other) {
        return reading.find(SHARE_ROOM, row -> row.integer("n"), one, other).isPresent();
    }

    void forgetOnce(Transaction tx, long beforeDay) {
        tx.execute(FORGET_ONCE, beforeDay);
    }

    long countMembers(Reading reading, long room, Membership membership) {
        return reading.find(COUNT_MEMBERS, row -> row.integer("n"), room, membership.wireName())
                .orElse(0L);
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

    void deleteAlias(Transaction tx, RoomAlias alias) {
        tx.execute(DELETE_ALIAS, alias);
    }

    Optional<String> findOnce(Reading reading, long hash) {
        return reading.find(FIND_ONCE, row -> row.string("response"), hash);
    }

    void insertOnce(Transaction tx, long hash, String response, long day) {
        tx.execute(INSERT_ONCE, hash, response, day);
    }

    private static StoredRoom room(Row row) {
        return new StoredRoom(
                row.integer("number"),
                RoomId.parse(row.string("room_id")),
                RoomVersion.find(row.string("version")).orElseThrow(),
                EventId.parse(row.string("extremity")),
                row.integer("depth"));
    }

    private static RoomMembership membership(Row row) {
        return new RoomMembership(
                RoomId.parse(row.string("room_id")),
                row.integer("room"),
                Membership.find(row.string("membership")).orElseThrow(),
                row.integer("position"),
                row.bool("forgotten"));
    }
}
