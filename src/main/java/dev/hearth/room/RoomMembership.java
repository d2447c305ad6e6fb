package dev.hearth.room;

import dev.hearth.authorization.Membership;
import dev.hearth.identifier.RoomId;

/// What a user is to a room, since when.
///
/// @param room the number under which the store knows the room
/// @param position of the change that made them so
/// @param joinedUntil the position of what ended their last time in the room; 0 if there was none,
///   and the largest number while they are in
/// @param forgotten whether the user wants to hear no more of it
public record RoomMembership(
        RoomId roomId,
        long room,
        Membership membership,
        long position,
        long joinedUntil,
        boolean forgotten) {

    public boolean isJoined() {
        return membership == Membership.JOIN;
    }

    /// What the user was before, as another event made them so.
    public RoomMembership before(Membership earlier, long then) {
        long until =
                earlier == Membership.JOIN
                        ? MembershipStore.STILL_JOINED
                        : Math.min(joinedUntil, then);
        return new RoomMembership(roomId, room, earlier, then, until, forgotten);
    }
}
