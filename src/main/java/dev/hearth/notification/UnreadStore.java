package dev.hearth.notification;

import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Row;
import dev.hearth.storage.Transaction;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `timeline(number, room_id, root)`, where an empty root is the room's main timeline;
/// `notifying_event(position, timeline, sender, notifies, highlights, notifying, highlighting)`, of
/// which the last two count the timeline up to here; `personal_notification(number, user_id,
/// timeline, position, sender, notifies, highlights, all_notifies, all_highlights)`, with an empty
/// user where it is for all: what it is to the user less what it is to all, and what it is to all;
/// `thread_activity(thread, main, latest)`.
final class UnreadStore {

    private static final String EVERYBODY = "";

    private static final String FIND_TIMELINE =
            """
            SELECT number FROM timeline WHERE room_id = ? AND root = ?
            """;
    private static final String INSERT_TIMELINE =
            """
            INSERT INTO timeline(number, room_id, root) VALUES (?, ?, ?)
            """;
    private static final String LATEST =
            """
            SELECT position, notifying, highlighting FROM notifying_event
            WHERE timeline = ? AND position <= ?
            ORDER BY timeline DESC, position DESC LIMIT 1
            """;
    private static final String SINCE =
            """
            SELECT position, sender, notifies, highlights FROM notifying_event
            WHERE timeline = ? AND position > ?
            ORDER BY timeline, position LIMIT ?
            """;
    private static final String INSERT_EVENT =
            """
            INSERT INTO notifying_event(
                position, timeline, sender, notifies, highlights, notifying, highlighting)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String PERSONAL =
            """
            SELECT position, sender, notifies, highlights, all_notifies, all_highlights
            FROM personal_notification
            WHERE user_id = ? AND timeline = ? AND position > ?
            ORDER BY user_id DESC, timeline DESC, position DESC LIMIT ?
            """;
    private static final String PERSONAL_POSITIONS =
            """
            SELECT position FROM personal_notification
            WHERE user_id = ? AND timeline = ? AND position > ?
            """;
    private static final String INSERT_PERSONAL =
            """
            INSERT INTO personal_notification(
                number, user_id, timeline, position, sender, notifies, highlights,
                all_notifies, all_highlights)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String COUNTED =
            """
            SELECT timeline, notifies, highlights FROM notifying_event WHERE position = ?
            """;
    private static final String SILENCE =
            """
            UPDATE notifying_event SET notifies = FALSE, highlights = FALSE WHERE position = ?
            """;
    private static final String DELETE_PERSONAL =
            """
            DELETE FROM personal_notification WHERE timeline = ? AND position = ?
            """;
    private static final String THREADS =
            """
            SELECT t.number, t.root, a.latest
            FROM thread_activity a JOIN timeline t ON t.number = a.thread
            WHERE a.main = ? AND a.latest > ?
            ORDER BY a.main DESC, a.latest DESC LIMIT ?
            """;
    private static final String UPDATE_ACTIVITY =
            """
            UPDATE thread_activity SET latest = ? WHERE thread = ?
            """;
    private static final String INSERT_ACTIVITY =
            """
            INSERT INTO thread_activity(latest, thread, main) VALUES (?, ?, ?)
            """;

    /// The state of a timeline's counts with one of its events.
    record Running(long position, Counts counts) {
        static final Running START = new Running(0, Counts.NONE);
    }

    /// An event that was counted: where, and what it is to all.
    record Counted(long timeline, Counts counts) {}

    /// What one event is to all, and by how much more, or less, to one user.
    record Single(long position, String sender, Counts toAll, Counts more) {

        /// The same event as it is to a user.
        Single is(Counts toUser) {
            return new Single(position, sender, toAll, toUser.minus(toAll));
        }

        Counts toUser() {
            return toAll.plus(more);
        }
    }

    /// A thread, and its newest event that notifies.
    record ActiveThread(long timeline, String root, long latest) {}

    Optional<Long> findTimeline(Reading reading, RoomId room, String root) {
        return reading.find(FIND_TIMELINE, row -> row.integer("number"), room, root);
    }

    long insertTimeline(Transaction tx, RoomId room, String root) {
        long number = tx.nextPosition();
        tx.execute(INSERT_TIMELINE, number, room, root);
        return number;
    }

    /// The counts with the newest event that is not after a position.
    Running running(Reading reading, long timeline, long upTo) {
        return reading.find(
                        LATEST,
                        row ->
                                new Running(
                                        row.integer("position"),
                                        new Counts(
                                                row.integer("notifying"),
                                                row.integer("highlighting"))),
                        timeline,
                        upTo)
                .orElse(Running.START);
    }

    /// The events after a position, from the oldest on.
    List<Single> since(Reading reading, long timeline, long position, int limit) {
        return reading.list(SINCE, UnreadStore::event, timeline, position, limit);
    }

    private static Single event(Row row) {
        return new Single(row.integer("position"), row.string("sender"), toAll(row), Counts.NONE);
    }

    /// What a row of `notifying_event` is to all.
    static Counts toAll(Row row) {
        return Counts.of(new Outcome(row.bool("notifies"), row.bool("highlights")));
    }

    void insertEvent(
            Transaction tx, long timeline, UserId sender, Outcome outcome, Running running) {
        tx.execute(
                INSERT_EVENT,
                running.position(),
                timeline,
                sender,
                outcome.notifies(),
                outcome.highlights(),
                running.counts().notifications(),
                running.counts().highlights());
    }

    Optional<Counted> counted(Reading reading, long position) {
        return reading.find(
                COUNTED, row -> new Counted(row.integer("timeline"), toAll(row)), position);
    }

    /// Makes an event one that notifies nobody, in the list and not in the running counts.
    void silence(Transaction tx, long timeline, long position) {
        tx.execute(SILENCE, position);
        tx.execute(DELETE_PERSONAL, timeline, position);
    }

    /// What the running counts have too much or too little, from some event on.
    void insertForAll(Transaction tx, long timeline, long position, Counts difference) {
        var what = new Single(position, EVERYBODY, Counts.NONE, difference);
        insert(tx, EVERYBODY, timeline, what);
    }

    List<Single> forAll(Reading reading, long timeline, long position, int limit) {
        return reading.list(PERSONAL, UnreadStore::personal, EVERYBODY, timeline, position, limit);
    }

    List<Single> personal(Reading reading, UserId user, long timeline, long position, int limit) {
        return reading.list(PERSONAL, UnreadStore::personal, user, timeline, position, limit);
    }

    private static Single personal(Row row) {
        return new Single(
                row.integer("position"),
                row.string("sender"),
                new Counts(row.integer("all_notifies"), row.integer("all_highlights")),
                new Counts(row.integer("notifies"), row.integer("highlights")));
    }

    /// Which events after a position are something else to the user than to all.
    Set<Long> personalPositions(Reading reading, UserId user, long timeline, long position) {
        return Set.copyOf(
                reading.list(
                        PERSONAL_POSITIONS,
                        row -> row.integer("position"),
                        user,
                        timeline,
                        position));
    }

    void insertPersonal(Transaction tx, UserId user, long timeline, Single what) {
        insert(tx, user.value(), timeline, what);
    }

    private static void insert(Transaction tx, String user, long timeline, Single what) {
        tx.execute(
                INSERT_PERSONAL,
                tx.nextPosition(),
                user,
                timeline,
                what.position(),
                what.sender(),
                what.more().notifications(),
                what.more().highlights(),
                what.toAll().notifications(),
                what.toAll().highlights());
    }

    /// The threads of a room with news after a position, the latest first.
    List<ActiveThread> threads(Reading reading, long main, long position, int limit) {
        return reading.list(
                THREADS,
                row ->
                        new ActiveThread(
                                row.integer("number"), row.string("root"), row.integer("latest")),
                main,
                position,
                limit);
    }

    void noteActivity(Transaction tx, long thread, long main, long position) {
        if (tx.execute(UPDATE_ACTIVITY, position, thread) == 0) {
            tx.execute(INSERT_ACTIVITY, position, thread, main);
        }
    }
}
