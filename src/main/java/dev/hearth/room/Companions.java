package dev.hearth.room;

import dev.hearth.authorization.Membership;
import dev.hearth.concurrent.Recent;
import dev.hearth.identifier.UserId;
import dev.hearth.storage.Reading;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Who is together with whom in a room: what the lists of devices and what profiles show depend on.
/// Only joined members count.
public final class Companions {

    private static final Set<Membership> IN = Set.of(Membership.JOIN);
    private static final Set<Membership> OUT = Set.of(Membership.LEAVE, Membership.BAN);

    private record Span(long since, long upTo) {}

    private final MembershipStore store;
    private final Recent<Long> recent;

    Companions(MembershipStore store, Recent<Long> recent) {
        this.store = store;
        this.recent = recent;
    }

    /// All users, the user not among them, who are in a room with the user now.
    public Set<UserId> of(Reading reading, UserId user) {
        var others = new HashSet<>(store.companions(reading, user));
        others.remove(user);
        return others;
    }

    /// All who are in a room now.
    public Set<UserId> in(Reading reading, long room) {
        return Set.copyOf(store.members(reading, room, Membership.JOIN));
    }

    /// Whether two users are in a room together now.
    public boolean areTogether(Reading reading, UserId one, UserId other) {
        return store.shareRoom(reading, one, other);
    }

    /// Some of the rooms that two users are in, in the order of their numbers, which is by age.
    ///
    /// @param after a number; this room is not among them
    public List<StoredRoom> sharedRooms(
            Reading reading, UserId one, UserId other, long after, int limit) {
        return store.sharedRooms(reading, one, other, after, limit);
    }

    /// How many rooms two users are in.
    public long countSharedRooms(Reading reading, UserId one, UserId other) {
        return store.countSharedRooms(reading, one, other);
    }

    /// Whom the user came together with after one position and up to another, because either joined
    /// a room. Too many may be named: who only changed their name, and who has left since.
    public Set<UserId> met(Reading reading, UserId user, long since, long upTo) {
        var met = new HashSet<UserId>();
        for (var room : withNews(reading, user, since)) {
            if (room.membership() == Membership.JOIN) {
                met.addAll(
                        isBetween(room.position(), since, upTo)
                                ? store.members(reading, room.room(), Membership.JOIN)
                                : changed(reading, room, new Span(since, upTo), IN));
            }
        }
        met.remove(user);
        return met;
    }

    /// Whom the user may be together with no more since one position and up to another, because
    /// either left a room. Too many may be named: they may be together elsewhere.
    public Set<UserId> parted(Reading reading, UserId user, long since, long upTo) {
        var parted = new HashSet<UserId>();
        for (var room : withNews(reading, user, since)) {
            boolean left = OUT.contains(room.membership());
            if (left && !isBetween(room.position(), since, upTo)) {
                continue;
            }
            parted.addAll(changed(reading, room, new Span(since, upTo), OUT));
            if (left) {
                parted.addAll(store.members(reading, room.room(), Membership.JOIN));
            }
        }
        parted.remove(user);
        return parted;
    }

    /// Where nobody came or went since, nobody is met nor parted from.
    private List<RoomMembership> withNews(Reading reading, UserId user, long since) {
        var known = recent.since(since);
        return known.isPresent() && known.get().isEmpty()
                ? List.of()
                : store.memberships(reading, user).stream()
                        .filter(one -> known.map(rooms -> rooms.contains(one.room())).orElse(true))
                        .toList();
    }

    private List<UserId> changed(
            Reading reading, RoomMembership room, Span span, Set<Membership> wanted) {
        return store.changedMembers(reading, room.room(), span.since(), span.upTo()).stream()
                .filter(member -> wanted.contains(member.membership()))
                .map(MembershipStore.Member::user)
                .toList();
    }

    private static boolean isBetween(long position, long since, long upTo) {
        return position > since && position <= upTo;
    }
}
