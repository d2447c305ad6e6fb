package dev.hearth.sync;

import dev.hearth.accountdata.AccountDatum;
import dev.hearth.authorization.Membership;
import dev.hearth.event.EventType;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonObjectBuilder;
import dev.hearth.room.ClientEvents;
import dev.hearth.room.RoomMembership;
import dev.hearth.room.Rooms;
import dev.hearth.room.StoredEvent;
import dev.hearth.storage.Reading;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a sync tells of one room.
final class RoomSections {

    private static final Set<String> STRIPPED =
            Set.of(
                    EventType.CREATE,
                    EventType.JOIN_RULES,
                    EventType.NAME,
                    EventType.TOPIC,
                    EventType.AVATAR,
                    EventType.CANONICAL_ALIAS,
                    EventType.ENCRYPTION);

    private final Rooms rooms;
    private final EphemeralSection ephemeral;

    /// What is asked about one room.
    record Span(
            Answer.Request request, RoomMembership membership, long upTo, Set<UserId> ignored) {}

    RoomSections(Sync.Features features) {
        this.rooms = features.rooms();
        this.ephemeral = new EphemeralSection(features);
    }

    Optional<JsonObject> joined(Reading reading, Span span, List<AccountDatum> data) {
        var membership = span.membership();
        long since = span.request().since().position();
        boolean fresh = span.request().isInitial() || wasOutside(reading, span);
        int limit = span.request().filter().timeline().limit();
        var timeline =
                rooms.timeline(
                        reading, membership.room(), fresh ? 0 : since, span.upTo(), limit + 1);
        var accountData =
                data.stream()
                        .filter(datum ->
                                span.request().filter().roomAccountData().allowsType(datum.type()))
                        .map(AccountDatum::event)
                        .toList();
        var passing = ephemeral.events(reading, span, fresh);
        boolean news = !timeline.isEmpty() || !accountData.isEmpty() || !passing.isEmpty();
        if (!news && !fresh && !span.request().fullState()) {
            return Optional.empty();
        }
        var section =
                withTimeline(reading, span, timeline, fresh || span.request().fullState())
                        .putUnlessEmpty("account_data", Answer.events(accountData))
                        .putUnlessEmpty("ephemeral", Answer.events(passing))
                        .put("summary", summary(reading, membership))
                        .put(
                                "unread_notifications",
                                JsonObject.of("notification_count", 0, "highlight_count", 0));
        return Optional.of(section.build());
    }

    private boolean wasOutside(Reading reading, Span span) {
        long since = span.request().since().position();
        return span.membership().position() > since
                && rooms.membershipAt(
                                reading, span.membership().room(), span.request().user(), since)
                        != Membership.JOIN;
    }

    /// The newest events, and the state before them as far as the client doesn't know it.
    private JsonObjectBuilder withTimeline(
            Reading reading, Span span, List<StoredEvent> newestFirst, boolean whole) {
        int limit = span.request().filter().timeline().limit();
        boolean limited = newestFirst.size() > limit;
        var events = newestFirst.subList(0, Math.min(limit, newestFirst.size())).reversed();
        long start =
                events.isEmpty()
                        ? limited ? span.upTo() : span.request().since().position()
                        : events.getFirst().position() - 1;
        var shown = events.stream().filter(event -> isShown(reading, span, event)).toList();
        var told = new HashSet<Long>();
        shown.forEach(event -> told.add(event.position()));
        var state =
                whole || limited ? state(reading, span, whole, start, told) : List.<JsonObject>of();
        return JsonObject.builder()
                .put(
                        "timeline",
                        JsonObject.of(
                                "events",
                                JsonArray.from(
                                        shown.stream()
                                                .map(event -> client(reading, span, event))
                                                .toList()),
                                "limited",
                                limited,
                                "prev_batch",
                                "t" + start))
                .put("state", JsonObject.of("events", JsonArray.from(state)));
    }

    private List<JsonObject> state(
            Reading reading, Span span, boolean whole, long start, Set<Long> told) {
        long room = span.membership().room();
        var events =
                whole
                        ? rooms.stateAt(reading, room, start)
                        : rooms.stateChanges(
                                reading, room, span.request().since().position(), start);
        return events.stream()
                .filter(event -> !told.contains(event.position()))
                .filter(event -> allows(span.request().filter().state(), event))
                .map(event -> client(reading, span, event))
                .toList();
    }

    private boolean isShown(Reading reading, Span span, StoredEvent event) {
        boolean silenced = !event.pdu().isState() && span.ignored().contains(event.pdu().sender());
        return !silenced
                && allows(span.request().filter().timeline(), event)
                && rooms.visibility()
                        .allows(
                                reading,
                                Optional.of(span.membership()),
                                span.request().user(),
                                event);
    }

    private static boolean allows(EventFilter filter, StoredEvent event) {
        var pdu = event.pdu();
        return filter.allows(pdu.type(), pdu.sender().value(), pdu.content());
    }

    private JsonObject client(Reading reading, Span span, StoredEvent event) {
        return rooms.clientEvents().inSync(reading, event, span.request().requester());
    }

    private JsonObject summary(Reading reading, RoomMembership membership) {
        return JsonObject.of(
                "m.joined_member_count",
                rooms.countMembers(reading, membership.room(), Membership.JOIN),
                "m.invited_member_count",
                rooms.countMembers(reading, membership.room(), Membership.INVITE));
    }

    Optional<JsonObject> invited(Reading reading, Span span) {
        var user = span.request().user().value();
        var state = rooms.currentState(reading, span.membership().room());
        boolean unwanted =
                state.stream()
                        .filter(event -> isMember(event, user))
                        .anyMatch(event -> span.ignored().contains(event.pdu().sender()));
        if (unwanted) {
            return Optional.empty();
        }
        var inviters = new HashSet<String>();
        state.stream()
                .filter(event -> isMember(event, user))
                .forEach(event -> inviters.add(event.pdu().sender().value()));
        var stripped =
                state.stream()
                        .filter(event ->
                                STRIPPED.contains(event.pdu().type())
                                        || isMember(event, user)
                                        || inviters.stream().anyMatch(who -> isMember(event, who)))
                        .map(ClientEvents::stripped)
                        .toList();
        return Optional.of(
                JsonObject.of("invite_state", JsonObject.of("events", JsonArray.from(stripped))));
    }

    private static boolean isMember(StoredEvent event, String user) {
        return event.pdu().type().equals(EventType.MEMBER)
                && event.pdu().stateKey().filter(user::equals).isPresent();
    }

    /// What happened up to the leaving.
    JsonObject left(Reading reading, Span span) {
        var membership = span.membership();
        int limit = span.request().filter().timeline().limit();
        var timeline =
                rooms.timeline(
                        reading,
                        membership.room(),
                        span.request().since().position(),
                        membership.position(),
                        limit + 1);
        return withTimeline(reading, span, timeline, false).build();
    }
}
