package dev.hearth.room;

import dev.hearth.identifier.UserId;
import dev.hearth.room.Visibility.Seen;
import dev.hearth.storage.Reading;
import java.util.List;

/// What one user sees around events of one room.
public final class Surroundings {

    private final HistoryWalk walk;
    private final long upTo;

    Surroundings(Rooms rooms, Reading reading, RoomMembership membership, UserId user) {
        this.upTo = membership.joinedUntil();
        var view = new RoomView(membership, membership.room(), upTo, upTo);
        this.walk = new HistoryWalk(rooms, reading, view, user, EventFilter.EVERYTHING);
    }

    /// What is around an event.
    ///
    /// @param before the newest first
    /// @param start the position before all of it
    /// @param end the position of its last
    public record Around(List<Seen> before, List<Seen> after, long start, long end) {}

    public Around of(StoredEvent event, int before, int after) {
        long at = event.position();
        var earlier = walk.backwards(at - 1, 0, before);
        var later = walk.forwards(at, upTo, after);
        return new Around(earlier.events(), later.events(), earlier.reached(), later.reached());
    }
}
