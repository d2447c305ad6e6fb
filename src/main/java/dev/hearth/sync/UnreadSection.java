package dev.hearth.sync;

import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonObjectBuilder;
import dev.hearth.notification.Counts;
import dev.hearth.notification.Notifications;
import dev.hearth.notification.Unread;
import dev.hearth.receipt.ReadUpTo;
import dev.hearth.receipt.Receipts;
import dev.hearth.storage.Reading;
import java.util.Map;

/// How much is unread in a room (SYNC-17).
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#receiving-notifications Receiving
///   notifications
final class UnreadSection {

    private final Notifications notifications;
    private final Receipts receipts;

    UnreadSection(Sync.Features features) {
        this.notifications = features.notifications();
        this.receipts = features.receipts();
    }

    /// Whether the counts changed without an event that is told: because the user has read, or the
    /// filter drops what counts.
    boolean hasChanged(Reading reading, Span span, Timeline timeline) {
        var room = span.membership().roomId();
        if (receipts.hasOwnChanged(reading, span.user(), room, span.since(), span.upTo())) {
            return true;
        }
        if (!timeline.filtered()) {
            return false;
        }
        var known = readUpTo(reading, span).atLeast(span.since());
        return !unread(reading, span, known).whole().isNone();
    }

    private Unread unread(Reading reading, Span span, ReadUpTo read) {
        var room = span.membership().roomId();
        return notifications.unread(reading, span.user(), room, read, span.ignored());
    }

    /// The counts: of the main timeline and of each thread that has any, where the client asks for
    /// threads, otherwise of the room as a whole.
    JsonObject of(Reading reading, Span span) {
        var unread = unread(reading, span, readUpTo(reading, span));
        boolean byThread = span.request().filter().threadCounts();
        var section = JsonObject.builder();
        section.put("unread_notifications", json(byThread ? unread.main() : unread.whole()));
        if (byThread) {
            section.putUnlessEmpty("unread_thread_notifications", threads(unread.threads()));
        }
        return section.build();
    }

    private ReadUpTo readUpTo(Reading reading, Span span) {
        var room = span.membership().roomId();
        return span.known()
                .read()
                .map(all -> all.getOrDefault(room, ReadUpTo.NOTHING))
                .orElseGet(() -> receipts.readUpTo(reading, span.user(), room));
    }

    private static JsonObject threads(Map<String, Counts> threads) {
        JsonObjectBuilder json = JsonObject.builder();
        threads.forEach((root, counts) -> json.put(root, json(counts)));
        return json.build();
    }

    private static JsonObject json(Counts counts) {
        return JsonObject.of(
                "notification_count", counts.notifications(),
                "highlight_count", counts.highlights());
    }
}
