package dev.hearth.sync;

import dev.hearth.authorization.Membership;
import dev.hearth.event.EventType;
import dev.hearth.event.StateTuple;
import dev.hearth.identifier.UserId;
import dev.hearth.room.Rooms;
import dev.hearth.room.StoredEvent;
import dev.hearth.storage.Reading;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The state that a client needs beside a timeline: before it, or after it (`state_after`).
///
/// State that changed within the timeline's range without being shown in it (it was filtered out,
/// or resolution of the room's state brought it about) is told in either case (SYNC-3).
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#lazy-loading-room-members Lazy-loading
///   room members
final class StateSection {

    private final Rooms rooms;
    private final MembersTold told = new MembersTold();

    StateSection(Rooms rooms) {
        this.rooms = rooms;
    }

    /// What the state is asked for.
    ///
    /// @param whole whether all of the state is wanted, not only what changed
    /// @param end the position up to which the state is told
    record Scope(Span span, Timeline timeline, boolean whole, long end) {

        /// The position of the state before the timeline.
        long start() {
            return Math.min(timeline.start(), end);
        }

        boolean isAfter() {
            return span.request().stateBlock().isAfter();
        }

        boolean isLazy() {
            return span.request().filter().lazyLoadsMembers();
        }
    }

    static boolean isMember(StoredEvent event) {
        return event.pdu().isState() && event.pdu().type().equals(EventType.MEMBER);
    }

    /// The state without regard to the filter. With lazy loading it lacks members as long as they
    /// are not [added][#withMembers].
    List<StoredEvent> changes(Reading reading, Scope scope) {
        var state = new LinkedHashMap<StateTuple, StoredEvent>();
        boolean picks = picksMembers(reading, scope);
        if (scope.isAfter()) {
            put(state, upTo(reading, scope, scope.end(), picks));
            return List.copyOf(state.values());
        }
        put(state, upTo(reading, scope, scope.start(), picks));
        var shown = scope.timeline().numbers();
        var senders =
                scope.timeline().senders().stream().map(UserId::value).collect(Collectors.toSet());
        var hidden =
                rooms
                        .stateChanges(reading, scope.span().room(), scope.start(), scope.end())
                        .stream()
                        .filter(event -> !shown.contains(event.number()))
                        .filter(event ->
                                !picks
                                        || !isMember(event)
                                        || senders.contains(event.pdu().stateKey().orElseThrow()))
                        .toList();
        put(state, hidden);
        return List.copyOf(state.values());
    }

    /// Whether only those members are told that the client needs: it knows none that may have
    /// changed since.
    private boolean picksMembers(Reading reading, Scope scope) {
        var span = scope.span();
        return scope.isLazy()
                && scope.whole()
                && (span.request().isInitial()
                        || rooms.membershipAt(reading, span.room(), span.user(), span.since())
                                != Membership.JOIN);
    }

    private List<StoredEvent> upTo(Reading reading, Scope scope, long position, boolean picks) {
        long room = scope.span().room();
        long since = scope.span().since();
        if (!scope.whole()) {
            return position > since
                    ? rooms.stateChanges(reading, room, since, position)
                    : List.of();
        }
        if (position == 0) {
            return List.of();
        }
        if (!scope.isLazy()) {
            return rooms.stateAt(reading, room, position);
        }
        var state = new ArrayList<>(rooms.nonMemberStateAt(reading, room, position));
        if (!picks && position > since) {
            rooms.stateChanges(reading, room, since, position).stream()
                    .filter(StateSection::isMember)
                    .forEach(state::add);
        }
        return state;
    }

    private static void put(Map<StateTuple, StoredEvent> state, Collection<StoredEvent> events) {
        events.forEach(event -> state.put(event.pdu().stateTuple().orElseThrow(), event));
    }

    /// The state with those members that the client needs in order to show the timeline and the
    /// room's name, as far as it wasn't told of them before.
    List<StoredEvent> withMembers(
            Reading reading, Scope scope, List<StoredEvent> changes, List<UserId> heroes) {
        if (!scope.isLazy()) {
            return changes;
        }
        var known = new HashSet<String>();
        changes.stream()
                .filter(StateSection::isMember)
                .forEach(event -> known.add(event.pdu().stateKey().orElseThrow()));
        var all = new ArrayList<>(changes);
        for (var member : needed(reading, scope, heroes)) {
            if (known.add(member.pdu().stateKey().orElseThrow()) && isNews(scope, member)) {
                all.add(member);
            }
        }
        var span = scope.span();
        all.stream().filter(StateSection::isMember).forEach(member -> told.note(span, member));
        scope.timeline().stored().stream()
                .filter(StateSection::isMember)
                .forEach(member -> told.note(span, member));
        return all;
    }

    /// Who enters a room, or asks for all of its state, has forgotten what they were told.
    private boolean isNews(Scope scope, StoredEvent member) {
        return scope.whole()
                || scope.span().request().filter().state().includeRedundantMembers()
                || !told.isKnown(scope.span(), member);
    }

    private List<StoredEvent> needed(Reading reading, Scope scope, List<UserId> heroes) {
        var found = new ArrayList<StoredEvent>();
        var senders =
                scope.isAfter()
                        ? scope.timeline().senders()
                        : scope.timeline().sendersUnintroduced();
        for (var sender : senders) {
            find(reading, scope, sender, scope.isAfter() ? scope.end() : scope.start(), found);
        }
        var others = new HashSet<>(heroes);
        if (scope.whole()) {
            others.add(scope.span().user());
        }
        others.removeAll(senders);
        for (var other : others) {
            find(reading, scope, other, scope.end(), found);
        }
        return found;
    }

    private void find(
            Reading reading, Scope scope, UserId user, long position, List<StoredEvent> found) {
        Set<Long> shown = scope.isAfter() ? Set.of() : scope.timeline().numbers();
        var tuple = new StateTuple(EventType.MEMBER, user.value());
        rooms.stateAt(reading, scope.span().room(), tuple, position)
                .filter(member -> !shown.contains(member.number()))
                .ifPresent(found::add);
    }
}
