package dev.hearth.push;

import dev.hearth.concurrent.Permits;
import dev.hearth.concurrent.Repeating;
import dev.hearth.identifier.UserId;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The lanes of all pushers, by their users; and when those that failed are to try again.
final class Lanes implements AutoCloseable {

    private static final Duration LOOK_FOR_DUE = Duration.ofSeconds(1);
    private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(5);
    private static final int AT_ONCE = 256;

    private final Clock clock;
    private final Work work;
    private final Map<UserId, Map<Long, Lane>> lanes = new ConcurrentHashMap<>();

    /// When lanes are to go on, in milliseconds since 1970, and whose they are.
    private final Map<Long, Due> due = new ConcurrentHashMap<>();

    private final Permits running = new Permits(AT_ONCE);
    private final Repeating retries;

    private record Due(UserId user, long at) {}

    /// What is done in a lane.
    @FunctionalInterface
    interface Work {

        /// @param finishedUpTo up to where there is nothing to tell
        Outcome run(long pusher, long finishedUpTo);
    }

    /// How a run ended.
    sealed interface Outcome {

        /// There is nothing more to tell up to a position.
        record Finished(long upTo) implements Outcome {}

        /// It is to go on at a time, in milliseconds since 1970.
        record Later(long at) implements Outcome {}
    }

    Lanes(Clock clock, Work work) {
        this.clock = clock;
        this.work = work;
        this.retries = Repeating.every(LOOK_FOR_DUE, "push-retries", this::wakeDue);
    }

    /// There is such a pusher, which may have something to do. Pushers come and go one at a time:
    /// after commits.
    void add(UserId user, long pusher) {
        lanes.computeIfAbsent(user, _ -> new ConcurrentHashMap<>())
                .computeIfAbsent(pusher, number -> new Lane(upTo -> run(user, number, upTo)))
                .wake(0);
    }

    void remove(UserId user, long pusher) {
        due.remove(pusher);
        var own = lanes.getOrDefault(user, new ConcurrentHashMap<>());
        own.remove(pusher);
        if (own.isEmpty()) {
            lanes.remove(user);
        }
    }

    private long run(UserId user, long pusher, long finishedUpTo) {
        due.remove(pusher);
        try (var _ = running.take()) {
            return work(user, pusher, finishedUpTo);
        }
    }

    private long work(UserId user, long pusher, long finishedUpTo) {
        return switch (work.run(pusher, finishedUpTo)) {
            case Outcome.Finished(long upTo) -> upTo;
            case Outcome.Later(long at) -> {
                due.put(pusher, new Due(user, at));
                yield Lane.UNFINISHED;
            }
        };
    }

    /// There is an event for some of these users, at a position.
    void wake(Set<UserId> users, long position) {
        if (users.size() < lanes.size()) {
            users.forEach(user -> wake(user, position));
        } else {
            lanes.forEach((user, own) -> {
                if (users.contains(user)) {
                    own.values().forEach(lane -> lane.wake(position));
                }
            });
        }
    }

    /// Something changed for a user.
    ///
    /// @param position of the event; 0 if it was none
    void wake(UserId user, long position) {
        lanes.getOrDefault(user, Map.of()).values().forEach(lane -> lane.wake(position));
    }

    private void wakeDue() {
        long now = clock.millis();
        due.forEach((pusher, when) -> {
            if (when.at() <= now && due.remove(pusher, when)) {
                var lane = lanes.getOrDefault(when.user(), Map.of()).get(pusher);
                if (lane != null) {
                    lane.wake(0);
                }
            }
        });
    }

    /// Waits for what is under way.
    @Override
    public void close() {
        retries.close();
        running.take(AT_ONCE, PATIENCE_AT_CLOSE);
    }
}
