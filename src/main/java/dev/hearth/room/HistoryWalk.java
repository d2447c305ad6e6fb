package dev.hearth.room;

import dev.hearth.identifier.UserId;
import dev.hearth.room.Visibility.Seen;
import dev.hearth.storage.Reading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A walk through a room's history, on which one user sees what they may and want to see. What is
/// passed over costs as well, so a walk ends after a while, with fewer than were asked for.
public final class HistoryWalk {

    private static final int MAX_STEPS = 2_000;
    private static final int MIN_BATCH = 20;
    private static final int MAX_BATCH = 200;

    private final Rooms rooms;
    private final Reading reading;
    private final RoomView view;
    private final UserId user;
    private final EventFilter filter;

    public HistoryWalk(
            Rooms rooms, Reading reading, RoomView view, UserId user, EventFilter filter) {
        this.rooms = rooms;
        this.reading = reading;
        this.view = view;
        this.user = user;
        this.filter = filter;
    }

    /// What a walk came to.
    ///
    /// @param reached the position from which it would go on
    /// @param exhausted whether there is nothing further
    public record Page(List<Seen> events, long reached, boolean exhausted) {}

    /// From a position, which is seen itself, back to another, which isn't.
    public Page backwards(long from, long to, int limit) {
        return walk(
                from,
                limit,
                (at, count) -> rooms.events().backwards(reading, view.room(), to, at, count),
                event -> event.position() - 1);
    }

    /// From a position, which isn't seen itself, on to another, which is.
    public Page forwards(long from, long to, int limit) {
        return walk(
                from,
                limit,
                (at, count) -> rooms.events().forwards(reading, view.room(), at, to, count),
                StoredEvent::position);
    }

    @FunctionalInterface
    private interface Batch {
        List<StoredEvent> read(long at, int count);
    }

    @FunctionalInterface
    private interface After {
        long of(StoredEvent event);
    }

    private Page walk(long from, int limit, Batch batch, After after) {
        var found = new ArrayList<Seen>();
        long at = from;
        for (int steps = 0; found.size() < limit && steps < MAX_STEPS; ) {
            int count = Math.clamp(limit - found.size(), MIN_BATCH, MAX_BATCH);
            var next = batch.read(at, count);
            var seen = seen(next);
            for (var event : next) {
                at = after.of(event);
                steps++;
                if (seen.containsKey(event.number())) {
                    found.add(seen.get(event.number()));
                }
                if (found.size() == limit) {
                    return new Page(found, at, false);
                }
            }
            if (next.size() < count) {
                return new Page(found, at, true);
            }
        }
        return new Page(found, at, false);
    }

    private boolean isWanted(StoredEvent event) {
        return filter.allowsRoom(event.pdu().roomId().value()) && filter.allows(event);
    }

    private Map<Long, Seen> seen(List<StoredEvent> events) {
        var wanted = events.stream().filter(this::isWanted).toList();
        var seen = new HashMap<Long, Seen>();
        rooms.visibility()
                .seen(reading, view.membership(), user, wanted)
                .forEach(each -> seen.put(each.event().number(), each));
        return seen;
    }
}
