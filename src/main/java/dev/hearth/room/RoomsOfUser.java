package dev.hearth.room;

import dev.hearth.authorization.Membership;
import dev.hearth.concurrent.Recent;
import dev.hearth.event.EventType;
import dev.hearth.event.StateTuple;
import dev.hearth.identifier.UserId;
import dev.hearth.storage.Reading;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a sync asks about the rooms of its user, without looking into each of them.
public final class RoomsOfUser {

    /// Up to so many rooms are looked up one by one.
    private static final int FEW = 30;

    /// How many changes of a profile are looked through for the time when a user was in the room.
    private static final int STEPS_BACK = 100;

    private final RoomStates states;
    private final MembershipStore store;
    private final Recent<Long> recent;

    RoomsOfUser(RoomStates states, MembershipStore store, Recent<Long> recent) {
        this.states = states;
        this.store = store;
        this.recent = recent;
    }

    /// Those of the user's rooms in which something may have happened after a position, the user's
    /// own coming and going included.
    public Map<Long, RoomMembership> withNews(Reading reading, UserId user, long since) {
        var known = recent.since(since);
        var found = new LinkedHashMap<Long, RoomMembership>();
        if (known.isPresent() && known.get().size() <= FEW) {
            store.memberships(reading, user, since)
                    .forEach(changed -> found.put(changed.room(), changed));
            known.get().stream()
                    .filter(room -> !found.containsKey(room))
                    .forEach(room ->
                            store.membership(reading, user, room)
                                    .ifPresent(membership -> found.put(room, membership)));
            return found;
        }
        for (var membership : store.memberships(reading, user)) {
            boolean touched = known.map(rooms -> rooms.contains(membership.room())).orElse(true);
            if (touched || membership.position() > since) {
                found.put(membership.room(), membership);
            }
        }
        return found;
    }

    /// The first members who are joined or invited, the user not among them; if there are none, of
    /// those who left or were banned.
    public List<UserId> heroes(Reading reading, long room, UserId user, int limit) {
        var present = first(reading, room, Set.of(Membership.JOIN, Membership.INVITE), limit + 1);
        present.remove(user);
        if (!present.isEmpty()) {
            return present.keySet().stream().limit(limit).toList();
        }
        var gone = first(reading, room, Set.of(Membership.LEAVE, Membership.BAN), limit + 1);
        gone.remove(user);
        return gone.keySet().stream().limit(limit).toList();
    }

    private LinkedHashMap<UserId, Long> first(
            Reading reading, long room, Set<Membership> wanted, int limit) {
        var found = new LinkedHashMap<UserId, Long>();
        wanted.stream()
                .flatMap(kind -> store.firstMembers(reading, room, kind, limit).stream())
                .sorted(java.util.Comparator.comparingLong(MembershipStore.Since::position))
                .forEach(member -> found.put(member.user(), member.position()));
        return found;
    }

    /// When a user was in a room, seen from their newest membership backwards.
    ///
    /// @param end the position of the event that ended the last time in the room, the largest
    ///   number if they are in it, 0 if they never were
    /// @param begin the position of the event that began it; what is at or before the position that
    ///   was asked for is not told apart
    public record Stay(long begin, long end) {}

    /// The last time that a user was in a room. Whoever changes their profile stays.
    ///
    /// @param since from here back it is not looked when the last time began
    public Stay lastStay(Reading reading, RoomMembership membership, UserId user, long since) {
        var tuple = new StateTuple(EventType.MEMBER, user.value());
        boolean isIn = membership.membership() == Membership.JOIN;
        long end = isIn ? Long.MAX_VALUE : 0;
        long begin = membership.position();
        for (int i = 0; i < STEPS_BACK && (end == 0 || begin > since); i++) {
            var before = states.currentAt(reading, membership.room(), tuple, begin - 1);
            boolean wasIn = Membership.of(before.map(StoredEvent::pdu)) == Membership.JOIN;
            if (end > 0 && !wasIn || before.isEmpty()) {
                break;
            }
            if (wasIn && end == 0) {
                end = begin;
            }
            begin = before.get().position();
        }
        return new Stay(begin, end);
    }
}
