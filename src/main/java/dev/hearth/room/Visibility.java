package dev.hearth.room;

import dev.hearth.authorization.Membership;
import dev.hearth.event.EventType;
import dev.hearth.event.StateTuple;
import dev.hearth.identifier.UserId;
import dev.hearth.storage.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether a user may see an event, by the room's history visibility and the user's membership at
/// that event (HV-1, HV-2).
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#room-history-visibility Room history
///   visibility
public final class Visibility {

    /// How many changes of a profile are looked through for the time when a user was in the room.
    private static final int STEPS_BACK = 100;

    private final EventStore events;

    Visibility(EventStore events) {
        this.events = events;
    }

    /// An event that a user may see.
    ///
    /// @param membership what the user was to the room at the event, its own effect included
    public record Seen(StoredEvent event, Membership membership) {}

    public boolean allows(
            Reading reading, Optional<RoomMembership> membership, UserId user, StoredEvent event) {
        return membership.isPresent()
                && !seen(reading, membership.get(), user, List.of(event)).isEmpty();
    }

    /// Those of some events that a user may see. They are of one room, the oldest first, and none
    /// is left out between them.
    public List<Seen> seen(
            Reading reading, RoomMembership membership, UserId user, List<StoredEvent> timeline) {
        if (timeline.isEmpty()) {
            return List.of();
        }
        if (membership.membership() == Membership.JOIN
                && membership.position() <= timeline.getFirst().position()) {
            return timeline.stream().map(event -> new Seen(event, Membership.JOIN)).toList();
        }
        return new Walk(reading, membership, user).through(timeline);
    }

    private static boolean isOwnMember(UserId user, StoredEvent event) {
        return event.pdu().type().equals(EventType.MEMBER)
                && event.pdu().stateKey().filter(user.value()::equals).isPresent();
    }

    /// One walk through a timeline, that keeps in mind what decides.
    private final class Walk {
        private final Reading reading;
        private final RoomMembership membership;
        private final UserId user;
        private final StateTuple ownMember;
        private Membership then = Membership.LEAVE;
        private String visibility = "";
        private Optional<Long> endOfStay = Optional.empty();

        Walk(Reading reading, RoomMembership membership, UserId user) {
            this.reading = reading;
            this.membership = membership;
            this.user = user;
            this.ownMember = new StateTuple(EventType.MEMBER, user.value());
        }

        List<Seen> through(List<StoredEvent> timeline) {
            long before = timeline.getFirst().position() - 1;
            then = Membership.of(at(ownMember, before).map(StoredEvent::pdu));
            visibility =
                    at(new StateTuple(EventType.HISTORY_VISIBILITY, ""), before)
                            .map(Walk::visibility)
                            .orElse("shared");
            var seen = new ArrayList<Seen>();
            for (var event : timeline) {
                if (step(event)) {
                    seen.add(new Seen(event, then));
                }
            }
            return seen;
        }

        private Optional<StoredEvent> at(StateTuple tuple, long position) {
            return events.stateAt(reading, membership.room(), tuple, position);
        }

        private static String visibility(StoredEvent event) {
            return event.pdu().content().peekString("history_visibility").orElse("shared");
        }

        /// What changes the rule is seen under the one or the other.
        private boolean step(StoredEvent event) {
            if (event.pdu().isState(EventType.HISTORY_VISIBILITY)) {
                boolean before = allowed(event);
                visibility = visibility(event);
                return before || allowed(event);
            }
            if (isOwnMember(user, event)) {
                boolean before = allowed(event);
                then = Membership.of(event.pdu());
                return before || allowed(event);
            }
            return allowed(event);
        }

        private boolean allowed(StoredEvent event) {
            if (then == Membership.JOIN) {
                return true;
            }
            return switch (visibility) {
                case "world_readable" -> true;
                case "invited" -> then == Membership.INVITE;
                case "joined" -> false;
                default -> event.position() < endOfStay();
            };
        }

        /// Shared history is for those who came in at any later time.
        private long endOfStay() {
            if (membership.membership() == Membership.JOIN) {
                return Long.MAX_VALUE;
            }
            if (endOfStay.isEmpty()) {
                endOfStay = Optional.of(lastStay());
            }
            return endOfStay.get();
        }

        private long lastStay() {
            long end = membership.position();
            for (int i = 0; i < STEPS_BACK && end > 0; i++) {
                var before = at(ownMember, end - 1);
                if (before.isEmpty()) {
                    return 0;
                }
                if (Membership.of(before.get().pdu()) == Membership.JOIN) {
                    return end;
                }
                end = before.get().position();
            }
            return 0;
        }
    }
}
