package dev.hearth.room;

import dev.hearth.identifier.EventId;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Row;
import dev.hearth.storage.Transaction;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// `relation(child, parent, kind, sender, position, detail, tallied)`: the child is the number of
/// the event that relates, the parent the hash of the ID of the other, which need not be known; so
/// whoever reads children compares the IDs. Kind and sender are [words][WordStore]; the detail of
/// an annotation is the hash of what it says.
///
/// `relation_tally(parent, kind, sender, children, latest, latest_rank)`: what the relations of one
/// kind and sender come to, with the one of the highest rank: its position, or for edits its time.
///
/// `relation_backlog(next, last)`: one row while events from before relations were kept are to be
/// looked through.
///
/// `thread(root, room, root_id, latest)`: a thread, by the hash of its root's ID, with the position
/// of its newest event.
final class RelationStore {

    private static final String COLUMNS =
            """
            SELECT child, parent, kind, sender, position, tallied FROM relation
            """;
    private static final String FIND = COLUMNS + " WHERE child = ?";
    private static final String BACKWARDS =
            COLUMNS
                    + """
                     WHERE parent = ? AND position > ? AND position <= ?
                    ORDER BY parent DESC, position DESC LIMIT ?
                    """;
    private static final String FORWARDS =
            COLUMNS
                    + """
                     WHERE parent = ? AND position > ? AND position <= ?
                    ORDER BY parent, position LIMIT ?
                    """;
    private static final String OF_KIND =
            COLUMNS
                    + """
                     WHERE parent = ? AND kind = ? ORDER BY parent DESC, position DESC LIMIT ?
                    """;
    private static final String OF_SENDER =
            COLUMNS
                    + """
                     WHERE parent = ? AND kind = ? AND sender = ?
                    ORDER BY parent DESC, position DESC LIMIT ?
                    """;
    private static final String OF_PARENTS =
            COLUMNS + " WHERE parent IN " + NumberList.SQL + " LIMIT ?";
    private static final String SAME =
            COLUMNS
                    + """
                     WHERE parent = ? AND kind = ? AND sender = ? AND detail = ? LIMIT ?
                    """;
    private static final String INSERT =
            """
            INSERT INTO relation(child, parent, kind, sender, position, tallied, detail)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String DELETE = "DELETE FROM relation WHERE child = ?";

    private static final String TALLY_COLUMNS =
            """
            SELECT parent, kind, sender, children, latest, latest_rank FROM relation_tally
            """;
    private static final String TALLIES =
            TALLY_COLUMNS + " WHERE parent IN " + NumberList.SQL + " LIMIT ?";
    private static final String TALLY =
            TALLY_COLUMNS
                    + """
                     WHERE parent = ? AND kind = ? AND sender = ?
                    """;
    private static final String NEWEST_TALLY =
            """
            SELECT MAX(latest_rank) AS newest FROM relation_tally WHERE parent = ? AND kind = ?
            """;
    private static final String UPDATE_TALLY =
            """
            UPDATE relation_tally SET children = ?, latest = ?, latest_rank = ?
            WHERE parent = ? AND kind = ? AND sender = ?
            """;
    private static final String INSERT_TALLY =
            """
            INSERT INTO relation_tally(children, latest, latest_rank, parent, kind, sender)
            VALUES (?, ?, ?, ?, ?, ?)
            """;
    private static final String DELETE_TALLY =
            """
            DELETE FROM relation_tally WHERE parent = ? AND kind = ? AND sender = ?
            """;

    private static final String THREADS =
            """
            SELECT root_id, latest FROM thread WHERE room = ? AND latest <= ?
            ORDER BY room DESC, latest DESC LIMIT ?
            """;
    private static final String UPDATE_THREAD =
            """
            UPDATE thread SET latest = ? WHERE root = ? AND root_id = ?
            """;
    private static final String INSERT_THREAD =
            """
            INSERT INTO thread(latest, root, root_id, room) VALUES (?, ?, ?, ?)
            """;
    private static final String DELETE_THREAD = "DELETE FROM thread WHERE root = ?";

    private static final String BACKLOG = "SELECT next, last FROM relation_backlog";
    private static final String SET_BACKLOG = "UPDATE relation_backlog SET next = ?";
    private static final String FORGET_BACKLOG = "DELETE FROM relation_backlog";
    private static final String NUMBERS =
            """
            SELECT number FROM event WHERE number > ? AND number <= ? ORDER BY number LIMIT ?
            """;

    /// The events after one number and up to another may have relations that nobody has noted.
    record Backlog(long next, long last) {}

    /// An event that relates to another.
    record Child(
            long number, long parent, long kind, long sender, long position, boolean tallied) {}

    /// What the relations of one kind and sender come to.
    record Tally(long parent, long kind, long sender, long children, long latest, long rank) {

        Tally counting(long number) {
            return new Tally(parent, kind, sender, number, latest, rank);
        }

        Tally led(long child, long childRank) {
            return new Tally(parent, kind, sender, children, child, childRank);
        }
    }

    /// A thread in the order of its news.
    record Listed(EventId root, long latest) {
        long hash() {
            return EventStore.hash(root.value());
        }
    }

    Optional<Child> find(Reading reading, long child) {
        return reading.find(FIND, RelationStore::child, child);
    }

    /// Newest first: after one position and up to another.
    List<Child> backwards(Reading reading, long parent, long after, long upTo, int limit) {
        return reading.list(BACKWARDS, RelationStore::child, parent, after, upTo, limit);
    }

    /// Oldest first: after one position and up to another.
    List<Child> forwards(Reading reading, long parent, long after, long upTo, int limit) {
        return reading.list(FORWARDS, RelationStore::child, parent, after, upTo, limit);
    }

    /// Newest first: those of one kind.
    List<Child> ofKind(Reading reading, long parent, long kind, int limit) {
        return reading.list(OF_KIND, RelationStore::child, parent, kind, limit);
    }

    /// Newest first: those of one kind and sender.
    List<Child> ofSender(Reading reading, Tally tally, int limit) {
        return reading.list(
                OF_SENDER,
                RelationStore::child,
                tally.parent(),
                tally.kind(),
                tally.sender(),
                limit);
    }

    /// The children of several events, in no order.
    List<Child> ofParents(Reading reading, Collection<Long> parents, int limit) {
        return NumberList.read(reading, OF_PARENTS, RelationStore::child, parents, limit);
    }

    /// Those that say the same.
    List<Child> same(Reading reading, Child like, long detail, int limit) {
        return reading.list(
                SAME,
                RelationStore::child,
                like.parent(),
                like.kind(),
                like.sender(),
                detail,
                limit);
    }

    void insert(Transaction tx, Child child, long detail) {
        tx.execute(
                INSERT,
                child.number(),
                child.parent(),
                child.kind(),
                child.sender(),
                child.position(),
                child.tallied(),
                detail);
    }

    void delete(Transaction tx, long child) {
        tx.execute(DELETE, child);
    }

    /// What is tallied of several events.
    List<Tally> tallies(Reading reading, Collection<Long> parents, int limit) {
        return NumberList.read(reading, TALLIES, RelationStore::tally, parents, limit);
    }

    Optional<Tally> tally(Reading reading, Child like) {
        return reading.find(TALLY, RelationStore::tally, like.parent(), like.kind(), like.sender());
    }

    /// The highest rank among the children of one kind, if there are any.
    Optional<Long> newest(Reading reading, long parent, long kind) {
        return reading.find(NEWEST_TALLY, row -> row.findInteger("newest"), parent, kind)
                .flatMap(newest -> newest);
    }

    void put(Transaction tx, Tally tally) {
        Object[] parameters = {
            tally.children(),
            tally.latest(),
            tally.rank(),
            tally.parent(),
            tally.kind(),
            tally.sender()
        };
        if (tx.execute(UPDATE_TALLY, parameters) == 0) {
            tx.execute(INSERT_TALLY, parameters);
        }
    }

    void delete(Transaction tx, Tally tally) {
        tx.execute(DELETE_TALLY, tally.parent(), tally.kind(), tally.sender());
    }

    /// The threads of a room whose newest event is not after a position, the newest first.
    List<Listed> threads(Reading reading, long room, long upTo, int limit) {
        return reading.list(
                THREADS,
                row -> new Listed(EventId.parse(row.string("root_id")), row.integer("latest")),
                room,
                upTo,
                limit);
    }

    void putThread(Transaction tx, long room, Listed thread) {
        long hash = thread.hash();
        if (tx.execute(UPDATE_THREAD, thread.latest(), hash, thread.root()) == 0) {
            // Two IDs of one hash can be made on purpose; then the thread that came last is listed.
            tx.execute(DELETE_THREAD, hash);
            tx.execute(INSERT_THREAD, thread.latest(), hash, thread.root(), room);
        }
    }

    void deleteThread(Transaction tx, long root) {
        tx.execute(DELETE_THREAD, root);
    }

    Optional<Backlog> backlog(Reading reading) {
        return reading.find(BACKLOG, row -> new Backlog(row.integer("next"), row.integer("last")));
    }

    void setBacklog(Transaction tx, long next) {
        tx.execute(SET_BACKLOG, next);
    }

    void forgetBacklog(Transaction tx) {
        tx.execute(FORGET_BACKLOG);
    }

    /// The numbers of events after one number and up to another.
    List<Long> numbers(Reading reading, long after, long upTo, int limit) {
        return reading.list(NUMBERS, row -> row.integer("number"), after, upTo, limit);
    }

    private static Child child(Row row) {
        return new Child(
                row.integer("child"),
                row.integer("parent"),
                row.integer("kind"),
                row.integer("sender"),
                row.integer("position"),
                row.bool("tallied"));
    }

    private static Tally tally(Row row) {
        return new Tally(
                row.integer("parent"),
                row.integer("kind"),
                row.integer("sender"),
                row.integer("children"),
                row.integer("latest"),
                row.integer("latest_rank"));
    }
}
