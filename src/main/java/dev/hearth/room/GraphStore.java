package dev.hearth.room;

import dev.hearth.identifier.EventId;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What is written beside events so that the graph can be walked, and what is current of a room:
///
/// `ground(ground, event)`: which state event names which other as its ground, from the ground's
/// end. `gap(hash, room, missing, event)`: an accepted event has a predecessor that we don't have.
/// `current_state(room, type, state_key, event, position)`: the event is NULL where there is no
/// such state any more; the position is that of the change.
final class GraphStore {

    private static final String INSERT_GROUNDS = "INSERT INTO ground(ground, event) VALUES (?, ?)";

    /// The statement for one ground, for two, and so on: an event has few, and one statement is
    /// cheaper than three.
    private static final List<String> INSERT_TOGETHER =
            IntStream.range(0, 10)
                    .mapToObj(more -> INSERT_GROUNDS + ", (?, ?)".repeat(more))
                    .toList();

    private static final String CITING =
            """
            SELECT event FROM ground WHERE ground = ? AND event < ?
            ORDER BY ground DESC, event DESC LIMIT ?
            """;
    private static final String INSERT_GAP =
            """
            INSERT INTO gap(hash, room, missing, event) VALUES (?, ?, ?, ?)
            """;
    private static final String FIND_GAP =
            """
            SELECT event FROM gap WHERE hash = ? AND missing = ? AND room = ?
            """;
    private static final String CLOSE_GAP =
            """
            DELETE FROM gap WHERE hash = ? AND missing = ? AND room = ?
            """;
    private static final String UPDATE_CURRENT =
            """
            UPDATE current_state SET event = ?, position = ?
            WHERE room = ? AND type = ? AND state_key = ?
            """;
    private static final String INSERT_CURRENT =
            """
            INSERT INTO current_state(event, position, room, type, state_key)
            VALUES (?, ?, ?, ?, ?)
            """;

    void addGrounds(Transaction tx, List<Long> grounds, long event) {
        for (int from = 0; from < grounds.size(); from += INSERT_TOGETHER.size()) {
            var some =
                    grounds.subList(from, Math.min(from + INSERT_TOGETHER.size(), grounds.size()));
            var parameters = some.stream().flatMap(ground -> Stream.of(ground, event)).toArray();
            tx.execute(INSERT_TOGETHER.get(some.size() - 1), parameters);
        }
    }

    /// The state events that name an event as their ground, from the newest on.
    List<Long> citing(Reading reading, long ground, long before, int most) {
        return reading.list(CITING, row -> row.integer("event"), ground, before, most);
    }

    void addGap(Transaction tx, long room, EventId missing, long event) {
        tx.execute(INSERT_GAP, EventStore.hash(missing.value()), room, missing, event);
    }

    /// Whether an event was missed by an accepted one; it is missed no more.
    boolean closeGap(Transaction tx, long room, EventId missing) {
        long hash = EventStore.hash(missing.value());
        if (tx.list(FIND_GAP, row -> row.integer("event"), hash, missing, room).isEmpty()) {
            return false;
        }
        tx.execute(CLOSE_GAP, hash, missing, room);
        return true;
    }

    /// @param event the number of the event, or [StateDelta#REMOVED]
    void setCurrent(Transaction tx, long room, long stateKey, long event, long position) {
        var value = event == StateDelta.REMOVED ? Optional.<Long>empty() : Optional.of(event);
        long type = StateKeys.type(stateKey);
        long key = StateKeys.stateKey(stateKey);
        if (tx.execute(UPDATE_CURRENT, value, position, room, type, key) == 0) {
            tx.execute(INSERT_CURRENT, value, position, room, type, key);
        }
    }
}
