package dev.hearth.sync;

import dev.hearth.authorization.Membership;
import dev.hearth.json.JsonObject;
import dev.hearth.room.Rooms;
import dev.hearth.room.StoredEvent;
import dev.hearth.storage.Reading;
import java.util.List;
import java.util.Optional;

/// What a sync tells of a room that the user is in.
final class JoinedSection {

    private final Rooms rooms;
    private final AccountDataSection accountData;
    private final TimelineSection timelines;
    private final StateSection states;
    private final SummarySection summaries;
    private final EventForm form;
    private final EphemeralSection ephemeral;
    private final UnreadSection unread;
    private final StickySection sticky;

    JoinedSection(
            Sync.Features features,
            StateSection states,
            AccountDataSection accountData,
            EphemeralSection ephemeral) {
        this.ephemeral = ephemeral;
        this.unread = new UnreadSection(features);
        this.sticky = new StickySection(features);
        this.rooms = features.rooms();
        this.accountData = accountData;
        this.timelines = new TimelineSection(rooms);
        this.states = states;
        this.summaries = new SummarySection(rooms);
        this.form = new EventForm(rooms);
    }

    /// What is new of the room; nothing if nothing is.
    ///
    /// @param changed what changed of the user's account data in the room
    Optional<JsonObject> of(Reading reading, Span span, List<JsonObject> changed) {
        boolean newlyJoined = isNewlyJoined(reading, span);
        boolean fresh = newlyJoined || span.request().isInitial();
        var timeline = timeline(reading, span, newlyJoined);
        boolean whole = fresh || span.request().fullState();
        var scope = new StateSection.Scope(span, timeline, whole, span.upTo());
        var changes = states.changes(reading, scope);
        var data = newlyJoined ? accountData.all(reading, span) : changed;
        var passing = ephemeral.events(reading, span, fresh);
        var stuck = sticky.events(reading, span, timeline, fresh);
        boolean beside = !data.isEmpty() || !passing.isEmpty() || !stuck.isEmpty();
        if (!beside && !hasNews(reading, scope, changes)) {
            return Optional.empty();
        }
        var summary = summaries.of(reading, scope, changes);
        var state = states.withMembers(reading, scope, changes, summary.members());
        return Optional.of(
                JsonObject.builder()
                        .put("timeline", form.timeline(reading, span, timeline))
                        .put(span.request().stateBlock().key(), form.state(reading, span, state))
                        // A client that begins sees that there is none.
                        .putUnlessEmpty(
                                "account_data",
                                fresh ? Answer.allEvents(data) : Answer.events(data))
                        // Clients of old expect it in every room.
                        .put("ephemeral", Answer.allEvents(ephemeral.complete(span, passing)))
                        .putUnlessEmpty("msc4354_sticky", Answer.events(stuck))
                        .putUnlessEmpty("summary", summary.json())
                        .putAll(unread.of(reading, span))
                        .build());
    }

    private Timeline timeline(Reading reading, Span span, boolean newlyJoined) {
        if (!newlyJoined) {
            return timelines.read(reading, span, span.since(), span.upTo());
        }
        var before = rooms.membershipAt(reading, span.room(), span.user(), span.since());
        var timeline =
                before == Membership.JOIN
                        ? timelines.ofReturned(reading, span)
                        : timelines.read(reading, span, 0, span.upTo());
        // SYNC-4: what was before the join is new to the client, however little there is.
        return timeline.asLimited();
    }

    /// FIL-2: a room of which the filter leaves nothing is not mentioned, unless what is told
    /// beside the events is another.
    private boolean hasNews(Reading reading, StateSection.Scope scope, List<StoredEvent> changes) {
        var span = scope.span();
        return scope.whole()
                || !scope.timeline().isEmpty()
                || changes.stream().anyMatch(event -> EventForm.isWanted(span, event))
                || summaries.hasChanged(reading, span, changes)
                || unread.hasChanged(reading, span, scope.timeline());
    }

    /// Whether there was a time since the token when the user was not in the room.
    private boolean isNewlyJoined(Reading reading, Span span) {
        var membership = span.membership();
        return !span.request().isInitial()
                && membership.position() > span.since()
                && rooms.ofUser().lastStay(reading, membership, span.user(), span.since()).begin()
                        > span.since();
    }
}
