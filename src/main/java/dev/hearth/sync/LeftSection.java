package dev.hearth.sync;

import dev.hearth.event.EventType;
import dev.hearth.event.StateTuple;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonObjectBuilder;
import dev.hearth.room.Rooms;
import dev.hearth.room.RoomsOfUser.Stay;
import dev.hearth.room.StoredEvent;
import dev.hearth.room.Visibility.Seen;
import dev.hearth.storage.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a sync tells of a room that the user has left, was removed from, or declined to enter
/// (SYNC-14): what happened up to then. Of what happened in a room that they never entered they see
/// their own membership alone.
final class LeftSection {

    private final Rooms rooms;
    private final TimelineSection timelines;
    private final StateSection states;
    private final EventForm form;

    LeftSection(Rooms rooms, StateSection states) {
        this.rooms = rooms;
        this.timelines = new TimelineSection(rooms);
        this.states = states;
        this.form = new EventForm(rooms);
    }

    /// @param data what changed of the user's account data in the room
    JsonObject of(Reading reading, Span span, List<JsonObject> data) {
        var stay = rooms.ofUser().lastStay(reading, span.membership(), span.user(), span.since());
        var section =
                stay.end() > span.since()
                        ? afterStay(reading, span, stay)
                        : ofOutsider(reading, span);
        return section.putUnlessEmpty("account_data", Answer.events(data)).build();
    }

    private JsonObjectBuilder afterStay(Reading reading, Span span, Stay stay) {
        boolean fresh = span.request().isInitial() || stay.begin() > span.since();
        long left = span.membership().position();
        var timeline = timelines.read(reading, span, fresh ? 0 : span.since(), left);
        if (fresh && !span.request().isInitial()) {
            timeline = timeline.asLimited();
        }
        var scope = new StateSection.Scope(span, timeline, fresh, stay.end());
        var changes = new ArrayList<>(states.changes(reading, scope));
        if (stay.end() < left) {
            // Whoever was banned after leaving is told of the ban, and of nothing between.
            var own = ownMember(reading, span);
            timeline = withLast(span, timeline, own);
            if (scope.isAfter()) {
                changes.removeIf(event -> event.pdu().isMembershipOf(span.user()));
                own.ifPresent(changes::add);
            }
        }
        var state = states.withMembers(reading, scope, changes, List.of());
        return section(reading, span, timeline, state);
    }

    private static Timeline withLast(Span span, Timeline timeline, Optional<StoredEvent> own) {
        var seen = own.map(event -> new Seen(event, span.membership().membership()));
        return seen.filter(_ -> span.request().filter().timeline().limit() > 0)
                .filter(last -> TimelineSection.isWanted(span, last))
                .filter(last -> !timeline.numbers().contains(last.event().number()))
                .map(timeline::with)
                .orElse(timeline);
    }

    private JsonObjectBuilder ofOutsider(Reading reading, Span span) {
        var own = ownMember(reading, span);
        var nothing = new Timeline(List.of(), false, span.membership().position() - 1, false);
        var timeline = withLast(span, nothing, own);
        var state =
                span.request().stateBlock().isAfter()
                        ? own.stream().toList()
                        : List.<StoredEvent>of();
        return section(reading, span, timeline, state);
    }

    private JsonObjectBuilder section(
            Reading reading, Span span, Timeline timeline, List<StoredEvent> state) {
        return JsonObject.builder()
                .put("timeline", form.timeline(reading, span, timeline))
                .put(span.request().stateBlock().key(), form.state(reading, span, state));
    }

    private Optional<StoredEvent> ownMember(Reading reading, Span span) {
        var tuple = new StateTuple(EventType.MEMBER, span.user().value());
        return rooms.stateAt(reading, span.room(), tuple, span.membership().position());
    }
}
