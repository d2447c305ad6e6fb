package dev.hearth.notification;

import dev.hearth.accountdata.AccountData;
import dev.hearth.authorization.Membership;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.receipt.ReadUpTo;
import dev.hearth.receipt.Receipts;
import dev.hearth.room.RoomMembership;
import dev.hearth.room.Rooms;
import dev.hearth.room.StoredEvent;
import dev.hearth.storage.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Finds what notified a user, as it was counted. Nothing is stored for it: an event notified whom
/// it notifies by default and who was in the room, but for those with a row of their own.
final class NotifiedEvents {

    /// So many events, of anybody, are looked through at once.
    private static final int LOOKED_THROUGH = 2_000;

    private final Rooms rooms;
    private final EventOccasion.Surroundings around;
    private final Receipts receipts;
    private final AccountData accountData;
    private final Rulesets rulesets;
    private final NotifiedStore store = new NotifiedStore();

    NotifiedEvents(
            Notifications.Neighbors neighbors,
            EventOccasion.Surroundings around,
            Rulesets rulesets) {
        this.around = around;
        this.rooms = neighbors.rooms();
        this.receipts = neighbors.receipts();
        this.accountData = neighbors.accountData();
        this.rulesets = rulesets;
    }

    /// What is known of a user for the length of one reading.
    private record Reader(
            UserId user,
            Ruleset rules,
            Set<UserId> ignored,
            Map<RoomId, RoomMembership> memberships,
            Map<RoomId, ReadUpTo> read) {

        boolean mayBeNotifiedOf(NotifiedStore.Event event) {
            return !event.sender().equals(user.value())
                    && UserId.find(event.sender()).filter(ignored::contains).isEmpty();
        }

        /// The number of the event's room, if the user has ever been in it or invited to it.
        Optional<Long> room(NotifiedStore.Event event) {
            return Optional.ofNullable(memberships.get(event.room())).map(RoomMembership::room);
        }

        boolean hasRead(NotifiedStore.Event event) {
            var upTo = read.getOrDefault(event.room(), ReadUpTo.NOTHING);
            return event.position()
                    <= (event.root().isEmpty() ? upTo.inMain() : upTo.in(event.root()));
        }
    }

    private Reader reader(Reading reading, UserId user) {
        return new Reader(
                user,
                rulesets.of(reading, user),
                accountData.ignoredUsers(reading, user),
                rooms.memberships(reading, user).stream()
                        .collect(Collectors.toMap(RoomMembership::roomId, Function.identity())),
                receipts.readUpTo(reading, user));
    }

    /// Looks after one position and up to another, not necessarily that far.
    Notifications.Next next(Reading reading, UserId user, long after, long upTo) {
        var events = store.after(reading, after, upTo, LOOKED_THROUGH);
        if (events.isEmpty()) {
            return new Notifications.Next(Optional.empty(), upTo);
        }
        var reader = reader(reading, user);
        for (var event : events) {
            var found = find(reading, reader, event);
            if (found.isPresent()) {
                return new Notifications.Next(found, event.position());
            }
        }
        boolean all = events.size() < LOOKED_THROUGH;
        return new Notifications.Next(Optional.empty(), all ? upTo : events.getLast().position());
    }

    /// What is asked for: the newest before a position, as old as a time in milliseconds since 1970
    /// at most.
    record Query(long before, long since, int limit, boolean onlyHighlights) {}

    /// @param before where to go on; nothing if that is all
    record Page(List<Notified> events, Optional<Long> before) {
        Page {
            events = List.copyOf(events);
        }
    }

    /// Newest first: what notified the user. A page may be empty though there is more.
    Page list(Reading reading, UserId user, Query query) {
        var reader = reader(reading, user);
        var page = new ArrayList<Notified>();
        var events = store.before(reading, query.before(), LOOKED_THROUGH);
        for (var event : events) {
            for (var found : find(reading, reader, event).stream().toList()) {
                if (isOver(found, query)) {
                    return new Page(page, Optional.empty());
                }
                if (isWanted(found, query)) {
                    page.add(found);
                }
            }
            if (page.size() == query.limit()) {
                return new Page(page, Optional.of(event.position()));
            }
        }
        boolean all = events.size() < LOOKED_THROUGH;
        return new Page(page, all ? Optional.empty() : Optional.of(events.getLast().position()));
    }

    /// Whether nothing before it is as new as is asked for; only our own clock is believed.
    private boolean isOver(Notified notified, Query query) {
        return isOld(notified, query) && rooms.isLocal(notified.event().pdu().sender());
    }

    private static boolean isOld(Notified notified, Query query) {
        return notified.event().pdu().originServerTs() < query.since();
    }

    private static boolean isWanted(Notified notified, Query query) {
        return !isOld(notified, query) && (!query.onlyHighlights() || notified.isHighlight());
    }

    private Optional<Notified> find(Reading reading, Reader reader, NotifiedStore.Event event) {
        return reader.mayBeNotifiedOf(event)
                ? reader.room(event).flatMap(room -> find(reading, reader, event, room))
                : Optional.empty();
    }

    private Optional<Notified> find(
            Reading reading, Reader reader, NotifiedStore.Event event, long room) {
        var counts =
                store.personal(reading, reader.user(), event)
                        .orElseGet(() -> usual(reading, reader, event, room));
        if (counts.notifications() <= 0) {
            return Optional.empty();
        }
        return rooms.timeline(reading, room, event.position() - 1, event.position(), 1).stream()
                .findFirst()
                .filter(stored -> !isUnwantedInvite(reading, reader.user(), stored))
                .map(stored ->
                        new Notified(
                                stored,
                                actions(reading, reader, stored, counts),
                                counts.highlights() > 0,
                                reader.hasRead(event)));
    }

    /// INV-2: an invite that the user isn't shown doesn't notify, either.
    private boolean isUnwantedInvite(Reading reading, UserId user, StoredEvent event) {
        var pdu = event.pdu();
        return pdu.isMembershipOf(user)
                && Membership.of(pdu) == Membership.INVITE
                && !accountData.showsInvitesOf(reading, user, pdu.sender());
    }

    /// What the event is to a user without a row of their own.
    private Counts usual(Reading reading, Reader reader, NotifiedStore.Event event, long room) {
        boolean loud = reader.rules().areLoudIn(event.room());
        boolean notifies = loud && event.toAll().notifications() > 0;
        return notifies && wasIn(reading, reader.user(), room, event.position())
                ? event.toAll()
                : Counts.NONE;
    }

    private boolean wasIn(Reading reading, UserId user, long room, long position) {
        return rooms.membershipAt(reading, room, user, position) == Membership.JOIN;
    }

    /// Those of the rule that matches now; if that is another one than then, what is known of it.
    private JsonArray actions(Reading reading, Reader reader, StoredEvent event, Counts counts) {
        var occasion = EventOccasion.after(around, reading, event.pdu(), reader.user());
        var rule = reader.rules().all().match(occasion);
        if (Counts.of(rule.outcome()).equals(counts)) {
            return rule.actions();
        }
        return counts.highlights() > 0
                ? JsonArray.of("notify", JsonObject.of("set_tweak", "highlight"))
                : JsonArray.of("notify");
    }
}
