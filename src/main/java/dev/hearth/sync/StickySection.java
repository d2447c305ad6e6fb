package dev.hearth.sync;

import dev.hearth.json.JsonObject;
import dev.hearth.room.ClientEvents;
import dev.hearth.sticky.StickyEvents;
import dev.hearth.storage.Reading;
import java.util.List;

/// The sticky events that a timeline leaves out: because too much was said since, because the
/// filter drops them, or because they are from before the user came.
///
/// @spec https://github.com/matrix-org/matrix-spec-proposals/pull/4354 MSC4354: Sticky events
final class StickySection {

    private final StickyEvents events;
    private final ClientEvents form;

    StickySection(Sync.Features features) {
        this.events = features.stickyEvents();
        this.form = features.rooms().clientEvents();
    }

    /// @param fresh whether the client knows nothing of the room yet
    List<JsonObject> events(Reading reading, Span span, Timeline timeline, boolean fresh) {
        long after = fresh ? 0 : span.since();
        var sticky = events.in(reading, span.room(), after, span.upTo());
        if (sticky.isEmpty()) {
            return List.of();
        }
        var told = timeline.numbers();
        return sticky.stream()
                .filter(event -> !told.contains(event.number()))
                .filter(event -> !event.isSilencedBy(span.ignored()))
                .map(event -> form.inSync(reading, event, span.request().requester()))
                .toList();
    }
}
