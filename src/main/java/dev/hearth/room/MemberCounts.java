package dev.hearth.room;

import dev.hearth.authorization.Membership;
import java.util.Optional;

/// How many users are what to a room, so that nobody has to count them.
record MemberCounts(long joined, long invited, long knocking, long banned, long gone) {

    static final MemberCounts NOBODY = new MemberCounts(0, 0, 0, 0, 0);

    long of(Membership membership) {
        return switch (membership) {
            case JOIN -> joined;
            case INVITE -> invited;
            case KNOCK -> knocking;
            case BAN -> banned;
            case LEAVE -> gone;
        };
    }

    /// After somebody was something else, or new to the room.
    MemberCounts after(Optional<Membership> before, Membership now) {
        var left = before.map(membership -> plus(membership, -1)).orElse(this);
        return left.plus(now, 1);
    }

    private MemberCounts plus(Membership membership, long step) {
        return switch (membership) {
            case JOIN -> new MemberCounts(joined + step, invited, knocking, banned, gone);
            case INVITE -> new MemberCounts(joined, invited + step, knocking, banned, gone);
            case KNOCK -> new MemberCounts(joined, invited, knocking + step, banned, gone);
            case BAN -> new MemberCounts(joined, invited, knocking, banned + step, gone);
            case LEAVE -> new MemberCounts(joined, invited, knocking, banned, gone + step);
        };
    }
}
