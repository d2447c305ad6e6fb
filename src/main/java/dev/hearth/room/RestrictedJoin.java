package dev.hearth.room;

import static java.util.Comparator.comparingLong;

import dev.hearth.authorization.Membership;
import dev.hearth.event.EventType;
import dev.hearth.event.JoinRule;
import dev.hearth.event.StateTuple;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.storage.Reading;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Whether a restricted room lets in somebody who isn't invited, and who of this server vouches for
/// it. The conditions count at the moment of joining alone (RST-1).
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#restricted-rooms Restricted rooms
record RestrictedJoin(Rooms rooms, Reading reading, LiveRoom room) {

    /// What comes of the wish to join.
    sealed interface Ruling {

        /// The room isn't restricted, or not for them: the authorization rules decide alone.
        record Unconditional() implements Ruling {}

        /// They fulfil a condition, and somebody here can say so.
        record Vouched(UserId by) implements Ruling {}

        /// They fulfil a condition, but nobody of this server may invite.
        record NobodyToVouch() implements Ruling {}

        /// They may fulfil one of which this server knows nothing.
        record CannotTell() implements Ruling {}

        /// They fulfil none.
        record Refused() implements Ruling {}
    }

    Ruling of(UserId user) {
        if (!room.facts(reading).joinRule().isRestricted() || !isOutside(user)) {
            return new Ruling.Unconditional();
        }
        boolean canTell = true;
        for (var condition : conditions()) {
            var known = rooms.store().find(reading, condition);
            if (known.map(other -> isIn(user, other.number())).orElse(false)) {
                return voucher()
                        .<Ruling>map(Ruling.Vouched::new)
                        .orElse(new Ruling.NobodyToVouch());
            }
            canTell &= rooms.isLocal(user) || known.map(this::isOurs).orElse(false);
        }
        return canTell ? new Ruling.Refused() : new Ruling.CannotTell();
    }

    private boolean isOutside(UserId user) {
        return switch (room.membership(reading, user)) {
            case JOIN, INVITE, BAN -> false;
            case KNOCK, LEAVE -> true;
        };
    }

    private List<RoomId> conditions() {
        return room.find(reading, new StateTuple(EventType.JOIN_RULES, ""))
                .map(event -> JoinRule.allowedRooms(event.content()))
                .orElse(List.of());
    }

    private boolean isIn(UserId user, long other) {
        return rooms.tables()
                .memberships()
                .membership(reading, user, other)
                .filter(found -> found.membership() == Membership.JOIN)
                .isPresent();
    }

    /// Who is in a room that nobody of this server is in can't be told. Of our own users we know.
    private boolean isOurs(StoredRoom other) {
        var store = rooms.tables().memberships();
        return store.members(reading, other.number(), Membership.JOIN).stream()
                .anyMatch(rooms::isLocal);
    }

    /// The most powerful of ours who may invite; creators have all power.
    private Optional<UserId> voucher() {
        var levels = room.powerLevels(reading);
        return room.localMembers().stream()
                .filter(user -> levels.user(user) >= levels.toInvite())
                .max(
                        comparingLong(levels::user)
                                .thenComparing(UserId::value, Comparator.reverseOrder()));
    }
}
