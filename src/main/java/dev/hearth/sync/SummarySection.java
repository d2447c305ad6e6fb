package dev.hearth.sync;

import dev.hearth.authorization.Membership;
import dev.hearth.event.EventType;
import dev.hearth.event.StateTuple;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.room.Rooms;
import dev.hearth.room.StoredEvent;
import dev.hearth.storage.Reading;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a client shows of a room before it knows its members: how many there are, and who stands
/// for the name of a room that has none. Told only when it may have changed (SYNC-12).
final class SummarySection {

    private static final int HEROES = 5;
    private static final Set<String> CHANGING =
            Set.of(EventType.MEMBER, EventType.NAME, EventType.CANONICAL_ALIAS);

    private final Rooms rooms;

    SummarySection(Rooms rooms) {
        this.rooms = rooms;
    }

    /// @param heroes who stands for the name; nobody where the room has one
    record Summary(Optional<List<UserId>> heroes, JsonObject json) {
        static final Summary UNCHANGED = new Summary(Optional.empty(), JsonObject.EMPTY);

        List<UserId> members() {
            return heroes.orElse(List.of());
        }
    }

    /// @param changes what of the state is told, without regard to the filter
    Summary of(Reading reading, StateSection.Scope scope, List<StoredEvent> changes) {
        boolean same =
                changes.stream().noneMatch(SummarySection::isChange)
                        && scope.timeline().stored().stream().noneMatch(SummarySection::isChange);
        if (same && !scope.whole()) {
            return Summary.UNCHANGED;
        }
        long room = scope.span().room();
        boolean named =
                has(reading, scope, changes, EventType.NAME, "name")
                        || has(reading, scope, changes, EventType.CANONICAL_ALIAS, "alias");
        var heroes =
                named
                        ? Optional.<List<UserId>>empty()
                        : Optional.of(
                                rooms.ofUser().heroes(reading, room, scope.span().user(), HEROES));
        var json =
                JsonObject.builder()
                        .putIfPresent("m.heroes", heroes.map(JsonArray::from))
                        .put(
                                "m.joined_member_count",
                                rooms.countMembers(reading, room, Membership.JOIN))
                        .put(
                                "m.invited_member_count",
                                rooms.countMembers(reading, room, Membership.INVITE))
                        .build();
        return new Summary(heroes, json);
    }

    /// Whether the summary itself is another since the token, not only a member's name or picture.
    ///
    /// @param changes what changed of the state, without regard to the filter
    boolean hasChanged(Reading reading, Span span, List<StoredEvent> changes) {
        return changes.stream()
                .filter(SummarySection::isChange)
                .anyMatch(event -> isAnother(reading, span, event));
    }

    private boolean isAnother(Reading reading, Span span, StoredEvent event) {
        var tuple = event.pdu().stateTuple().orElseThrow();
        var before = rooms.stateAt(reading, span.room(), tuple, span.since());
        return StateSection.isMember(event)
                ? Membership.of(event.pdu()) != Membership.of(before.map(StoredEvent::pdu))
                : isNaming(event) != before.filter(SummarySection::isNaming).isPresent();
    }

    private static boolean isNaming(StoredEvent event) {
        var key = event.pdu().type().equals(EventType.NAME) ? "name" : "alias";
        return event.shown().content().peekString(key).filter(it -> !it.isEmpty()).isPresent();
    }

    private static boolean isChange(StoredEvent event) {
        return event.pdu().isState() && CHANGING.contains(event.pdu().type());
    }

    /// Looks into what was read already before it asks the database.
    private boolean has(
            Reading reading,
            StateSection.Scope scope,
            List<StoredEvent> changes,
            String type,
            String key) {
        var tuple = new StateTuple(type, "");
        var known =
                last(scope.timeline().stored(), tuple)
                        .or(() -> last(changes, tuple))
                        .or(() ->
                                scope.whole()
                                        ? Optional.empty()
                                        : rooms.currentState(reading, scope.span().room(), tuple));
        return known.flatMap(event -> event.shown().content().peekString(key))
                .filter(value -> !value.isEmpty())
                .isPresent();
    }

    private static Optional<StoredEvent> last(List<StoredEvent> events, StateTuple tuple) {
        return events.reversed().stream()
                .filter(event -> event.pdu().stateTuple().filter(tuple::equals).isPresent())
                .findFirst();
    }
}
