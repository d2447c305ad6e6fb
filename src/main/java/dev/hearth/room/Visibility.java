package dev.hearth.room;

import dev.hearth.authorization.Membership;
import dev.hearth.event.EventType;
import dev.hearth.event.StateTuple;
import dev.hearth.identifier.UserId;
import dev.hearth.storage.Reading;
import java.util.Optional;

/// Whether a user may see an event, by the room's history visibility and the user's membership at
/// that event (HV-1, HV-2).
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#room-history-visibility Room history
///   visibility
public final class Visibility {

    private final EventStore events;

    Visibility(EventStore events) {
        this.events = events;
    }

    public boolean allows(
            Reading reading, Optional<RoomMembership> membership, UserId user, StoredEvent event) {
        long room = membership.map(RoomMembership::room).orElse(-1L);
        if (room < 0) {
            return false;
        }
        long at = event.position();
        if (event.pdu().isState(EventType.HISTORY_VISIBILITY) || isOwnMember(user, event)) {
            return allowsAt(reading, membership.get(), user, at)
                    || allowsAt(reading, membership.get(), user, at - 1);
        }
        return allowsAt(reading, membership.get(), user, at);
    }

    private static boolean isOwnMember(UserId user, StoredEvent event) {
        return event.pdu().type().equals(EventType.MEMBER)
                && event.pdu().stateKey().filter(user.value()::equals).isPresent();
    }

    private boolean allowsAt(
            Reading reading, RoomMembership membership, UserId user, long position) {
        var then = membershipAt(reading, membership.room(), user, position);
        if (then == Membership.JOIN) {
            return true;
        }
        return switch (visibilityAt(reading, membership.room(), position)) {
            case "world_readable" -> true;
            case "invited" -> then == Membership.INVITE;
            case "joined" -> false;
            default -> joinedLater(reading, membership, user, position);
        };
    }

    /// Shared history is for those who came in at any later time.
    private boolean joinedLater(
            Reading reading, RoomMembership membership, UserId user, long position) {
        if (membership.membership() == Membership.JOIN) {
            return true;
        }
        return membership.position() > position
                && events
                        .changedBetween(reading, membership.room(), position, membership.position())
                        .stream()
                        .anyMatch(event ->
                                isOwnMember(user, event)
                                        && wasJoined(reading, membership, user, event));
    }

    /// A leave says that there was a join before it, unless it declined an invite.
    private boolean wasJoined(
            Reading reading, RoomMembership membership, UserId user, StoredEvent event) {
        return Membership.of(event.pdu()) == Membership.JOIN
                || membershipAt(reading, membership.room(), user, event.position() - 1)
                        == Membership.JOIN;
    }

    private Membership membershipAt(Reading reading, long room, UserId user, long position) {
        var tuple = new StateTuple(EventType.MEMBER, user.value());
        return Membership.of(events.stateAt(reading, room, tuple, position).map(StoredEvent::pdu));
    }

    private String visibilityAt(Reading reading, long room, long position) {
        return events.stateAt(
                        reading, room, new StateTuple(EventType.HISTORY_VISIBILITY, ""), position)
                .flatMap(event -> event.pdu().content().peekString("history_visibility"))
                .orElse("shared");
    }
}
