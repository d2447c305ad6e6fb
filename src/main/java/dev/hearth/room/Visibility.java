package dev.hearth.room;

import dev.hearth.authorization.Membership;
import dev.hearth.event.EventType;
import dev.hearth.identifier.UserId;
import dev.hearth.storage.Reading;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/// Whether a user may see an event, by the room's history visibility and the user's membership at
/// that event (HV-1, HV-2).
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#room-history-visibility Room history
///   visibility
public final class Visibility {

    private final RoomStates states;
    private final Clock clock;

    /// The position at which a user's words were taken from those who come later; set before the
    /// first request.
    private volatile Function<UserId, Optional<Long>> erasures = _ -> Optional.empty();

    private volatile BiFunction<Reading, UserId, Set<UserId>> ignored = (_, _) -> Set.of();

    Visibility(RoomStates states, Clock clock) {
        this.states = states;
        this.clock = clock;
    }

    /// Before the first request: whom a user doesn't want to hear of.
    public void onIgnoring(BiFunction<Reading, UserId, Set<UserId>> known) {
        ignored = known;
    }

    Set<UserId> ignoredBy(Reading reading, UserId user) {
        return ignored.apply(reading, user);
    }

    /// An event that a user may see.
    ///
    /// @param membership what the user was to the room at the event, its own effect included
    public record Seen(StoredEvent event, Membership membership) {}

    /// Before the first request: when a user had themselves erased, as a position, if they did.
    public void onErasure(Function<UserId, Optional<Long>> known) {
        erasures = known;
    }

    /// Those of some events of one room that a user may see.
    public List<Seen> seen(
            Reading reading, RoomMembership membership, UserId user, List<StoredEvent> timeline) {
        return seen(reading, membership, user, timeline, _ -> false);
    }

    /// The same, and those of which the user is told elsewhere too, each without what it took the
    /// place of.
    public List<Seen> seen(
            Reading reading,
            RoomMembership membership,
            UserId user,
            List<StoredEvent> timeline,
            Predicate<StoredEvent> told) {
        var view = new View(reading, membership, user);
        var seen = new ArrayList<Seen>();
        for (var event : timeline) {
            boolean allowed = view.allows(event);
            if (allowed || event.status() == EventStatus.ACCEPTED && told.test(event)) {
                var then = view.at(event.states().after()).membership();
                boolean erased = then != Membership.JOIN && isErased(membership, event);
                var shown = allowed ? event : event.withoutPast();
                seen.add(new Seen(erased ? shown.erased() : shown, then));
            }
        }
        return seen;
    }

    /// ACC-10: whoever came after a user had themselves erased sees that they spoke, not what.
    private boolean isErased(RoomMembership viewer, StoredEvent event) {
        return erasures.apply(event.pdu().sender())
                .filter(then -> viewer.membership() != Membership.JOIN || viewer.position() > then)
                .isPresent();
    }

    /// What decides in a state.
    private record Situation(Membership membership, String visibility) {}

    /// One look at a room's history. Messages share their states, so that each is looked up once.
    private final class View {
        private final Reading reading;
        private final RoomMembership membership;
        private final UserId user;
        private final Map<Long, Situation> known = new HashMap<>();

        View(Reading reading, RoomMembership membership, UserId user) {
            this.reading = reading;
            this.membership = membership;
            this.user = user;
        }

        /// What changes the rule is seen under the one or the other.
        boolean allows(StoredEvent event) {
            if (event.status() != EventStatus.ACCEPTED) {
                return false;
            }
            boolean either =
                    event.pdu().isState(EventType.HISTORY_VISIBILITY)
                            || event.pdu().isMembershipOf(user);
            return isSticky(event)
                    || allows(event, event.states().after())
                    || either && allows(event, event.states().before());
        }

        /// What is sticky is for all who are in the room, as state is.
        private boolean isSticky(StoredEvent event) {
            return membership.membership() == Membership.JOIN
                    && Stickiness.until(event).filter(end -> end > clock.millis()).isPresent();
        }

        private boolean allows(StoredEvent event, long snapshot) {
            var then = at(snapshot);
            if (then.membership() == Membership.JOIN) {
                return true;
            }
            return switch (then.visibility()) {
                case "world_readable" -> true;
                case "invited" -> then.membership() == Membership.INVITE;
                case "joined" -> false;
                // Shared history is for those who came in at any later time; that of before our own
                // has positions below zero, and who never came in sees none of it.
                default ->
                        membership.joinedUntil() > 0 && event.position() < membership.joinedUntil();
            };
        }

        Situation at(long snapshot) {
            return known.computeIfAbsent(
                    snapshot,
                    number ->
                            new Situation(
                                    states.membershipIn(reading, number, user),
                                    states.visibilityIn(reading, number)));
        }
    }
}
