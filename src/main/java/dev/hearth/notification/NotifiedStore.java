package dev.hearth.notification;

import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Row;
import java.util.List;
import java.util.Optional;

/// Reads, of the tables of [UnreadStore], the events that notified anybody, in the order in which
/// they came.
final class NotifiedStore {

    private static final String AFTER =
            """
            SELECT e.position, e.timeline, e.sender, e.notifies, e.highlights, t.room_id, t.root
            FROM notifying_event e JOIN timeline t ON t.number = e.timeline
            WHERE e.position > ? AND e.position <= ?
            ORDER BY e.position LIMIT ?
            """;
    private static final String BEFORE =
            """
            SELECT e.position, e.timeline, e.sender, e.notifies, e.highlights, t.room_id, t.root
            FROM notifying_event e JOIN timeline t ON t.number = e.timeline
            WHERE e.position < ?
            ORDER BY e.position DESC LIMIT ?
            """;
    private static final String PERSONAL =
            """
            SELECT notifies + all_notifies AS notifying, highlights + all_highlights AS highlighting
            FROM personal_notification
            WHERE user_id = ? AND timeline = ? AND position = ?
            """;

    /// An event that notified somebody.
    ///
    /// @param root of its thread, empty in the main timeline
    /// @param toAll what it is to whoever has no row of their own
    record Event(
            long position, long timeline, String sender, Counts toAll, RoomId room, String root) {}

    /// Oldest first: after one position and up to another.
    List<Event> after(Reading reading, long position, long upTo, int limit) {
        return reading.list(AFTER, NotifiedStore::event, position, upTo, limit);
    }

    /// Newest first.
    List<Event> before(Reading reading, long position, int limit) {
        return reading.list(BEFORE, NotifiedStore::event, position, limit);
    }

    private static Event event(Row row) {
        return new Event(
                row.integer("position"),
                row.integer("timeline"),
                row.string("sender"),
                UnreadStore.toAll(row),
                RoomId.parse(row.string("room_id")),
                row.string("root"));
    }

    /// What an event is to one user, if it is something else than their counts begin with.
    Optional<Counts> personal(Reading reading, UserId user, Event event) {
        return reading.find(
                PERSONAL,
                row -> new Counts(row.integer("notifying"), row.integer("highlighting")),
                user,
                event.timeline(),
                event.position());
    }
}
