package dev.hearth.room;

import dev.hearth.authorization.Membership;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Row;
import dev.hearth.storage.Transaction;
import java.util.List;
import java.util.Optional;

/// `membership(member, room, membership, position, joined_until, forgotten)`: what each user, a
/// [word][WordStore], is to each room by its current state.
final class MembershipStore {

    /// In the place of a position while somebody is in the room.
    static final long STILL_JOINED = Long.MAX_VALUE;

    private static final String MEMBERSHIPS =
            """
            SELECT r.room_id, m.room, m.membership, m.position, m.joined_until, m.forgotten
            FROM membership m JOIN room r ON r.number = m.room WHERE m.member = ?
            """;
    private static final String MEMBERSHIP = MEMBERSHIPS + " AND r.room_id = ?";
    private static final String MEMBERSHIP_BY_NUMBER = MEMBERSHIPS + " AND m.room = ?";
    private static final String CHANGED_MEMBERSHIPS = MEMBERSHIPS + " AND m.position > ?";
    private static final String FIND =
            """
            SELECT membership, joined_until FROM membership WHERE member = ? AND room = ?
            """;
    private static final String UPDATE =
            """
            UPDATE membership SET membership = ?, position = ?, joined_until = ?, forgotten = FALSE
            WHERE member = ? AND room = ?
            """;
    private static final String INSERT =
            """
            INSERT INTO membership(membership, position, joined_until, member, room, forgotten)
            VALUES (?, ?, ?, ?, ?, FALSE)
            """;
    private static final String FORGET =
            """
            UPDATE membership SET forgotten = TRUE WHERE member = ? AND room = ?
            """;
    private static final String MEMBERS =
            """
            SELECT u.text FROM membership m JOIN word u ON u.number = m.member
            WHERE m.room = ? AND m.membership = ?
            """;
    private static final String FIRST_MEMBERS =
            """
            SELECT u.text, m.position FROM membership m JOIN word u ON u.number = m.member
            WHERE m.room = ? AND m.membership = ?
            ORDER BY m.room, m.membership, m.position LIMIT ?
            """;
    private static final String CHANGED_MEMBERS =
            """
            SELECT u.text, m.membership FROM membership m JOIN word u ON u.number = m.member
            WHERE m.room = ? AND m.position > ? AND m.position <= ?
            """;
    private static final String COMPANIONS =
            """
            SELECT DISTINCT u.text FROM membership m JOIN membership o ON o.room = m.room
                JOIN word u ON u.number = o.member
            WHERE m.member = ? AND m.membership = 'join' AND o.membership = 'join'
            """;
    private static final String SHARE_ROOM =
            """
            SELECT 1 AS n FROM membership m JOIN membership o ON o.room = m.room
            WHERE m.member = ? AND m.membership = 'join'
                AND o.member = ? AND o.membership = 'join' LIMIT 1
            """;

    private static final String SHARED_ROOMS =
            """
            SELECT r.number, r.room_id, r.version
            FROM membership m JOIN membership o ON o.room = m.room
                JOIN room r ON r.number = m.room
            WHERE m.member = ? AND m.membership = 'join' AND o.member = ?
                AND o.membership = 'join' AND m.room > ?
            ORDER BY m.member, m.room LIMIT ?
            """;
    private static final String COUNT_SHARED_ROOMS =
            """
            SELECT COUNT(*) AS n FROM membership m JOIN membership o ON o.room = m.room
            WHERE m.member = ? AND m.membership = 'join'
                AND o.member = ? AND o.membership = 'join'
            """;

    /// Stands for users whom no room knows.
    private static final long NOBODY = -1;

    private final WordStore words;

    MembershipStore(WordStore words) {
        this.words = words;
    }

    private long number(Reading reading, UserId user) {
        return words.find(reading, user.value()).orElse(NOBODY);
    }

    List<RoomMembership> memberships(Reading reading, UserId user) {
        return reading.list(MEMBERSHIPS, MembershipStore::membership, number(reading, user));
    }

    Optional<RoomMembership> membership(Reading reading, UserId user, RoomId room) {
        return reading.find(MEMBERSHIP, MembershipStore::membership, number(reading, user), room);
    }

    Optional<RoomMembership> membership(Reading reading, UserId user, long room) {
        return reading.find(
                MEMBERSHIP_BY_NUMBER, MembershipStore::membership, number(reading, user), room);
    }

    /// What of the user's memberships changed after a position.
    List<RoomMembership> memberships(Reading reading, UserId user, long since) {
        return reading.list(
                CHANGED_MEMBERSHIPS, MembershipStore::membership, number(reading, user), since);
    }

    private record Before(Membership membership, long joinedUntil) {}

    /// Sets what a user is to a room.
    ///
    /// @return what they were, if they were anything
    Optional<Membership> set(
            Transaction tx, UserId user, long room, Membership membership, long position) {
        long member = words.intern(tx, user.value());
        var before =
                tx.find(
                        FIND,
                        row -> new Before(kind(row), row.integer("joined_until")),
                        member,
                        room);
        long joinedUntil =
                membership == Membership.JOIN
                        ? STILL_JOINED
                        : before.map(was ->
                                        was.membership() == Membership.JOIN
                                                ? position
                                                : was.joinedUntil())
                                .orElse(0L);
        tx.execute(
                before.isPresent() ? UPDATE : INSERT,
                membership.wireName(),
                position,
                joinedUntil,
                member,
                room);
        return before.map(Before::membership);
    }

    void forget(Transaction tx, UserId user, long room) {
        tx.execute(FORGET, number(tx, user), room);
    }

    List<UserId> members(Reading reading, long room, Membership membership) {
        return reading.list(MEMBERS, MembershipStore::user, room, membership.wireName());
    }

    /// A member, and the position of the newest change of what they are.
    record Since(UserId user, long position) {}

    /// The longest known members of a kind.
    List<Since> firstMembers(Reading reading, long room, Membership membership, int limit) {
        return reading.list(
                FIRST_MEMBERS,
                row -> new Since(user(row), row.integer("position")),
                room,
                membership.wireName(),
                limit);
    }

    /// What somebody is to a room.
    record Member(UserId user, Membership membership) {}

    List<Member> changedMembers(Reading reading, long room, long since, long upTo) {
        return reading.list(
                CHANGED_MEMBERS, row -> new Member(user(row), kind(row)), room, since, upTo);
    }

    List<UserId> companions(Reading reading, UserId user) {
        return reading.list(COMPANIONS, MembershipStore::user, number(reading, user));
    }

    boolean shareRoom(Reading reading, UserId one, UserId other) {
        return reading.find(
                        SHARE_ROOM,
                        row -> row.integer("n"),
                        number(reading, one),
                        number(reading, other))
                .isPresent();
    }

    List<StoredRoom> sharedRooms(Reading reading, UserId one, UserId other, long after, int limit) {
        return reading.list(
                SHARED_ROOMS,
                RoomStore::room,
                number(reading, one),
                number(reading, other),
                after,
                limit);
    }

    long countSharedRooms(Reading reading, UserId one, UserId other) {
        return reading.find(
                        COUNT_SHARED_ROOMS,
                        row -> row.integer("n"),
                        number(reading, one),
                        number(reading, other))
                .orElse(0L);
    }

    private static UserId user(Row row) {
        return UserId.parse(row.string("text"));
    }

    private static Membership kind(Row row) {
        return Membership.find(row.string("membership")).orElseThrow();
    }

    private static RoomMembership membership(Row row) {
        return new RoomMembership(
                RoomId.parse(row.string("room_id")),
                row.integer("room"),
                kind(row),
                row.integer("position"),
                row.integer("joined_until"),
                row.bool("forgotten"));
    }
}
