package dev.hearth.notification;

import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.receipt.ReadUpTo;
import dev.hearth.storage.Reading;
import java.util.HashMap;
import java.util.List;
import java.util.Set;

/// Reads what is unread: of each timeline, its counts now less its counts where the user has read
/// up to, and what concerns the user alone. In a room that the user's rules make silent there is
/// only what concerns the user alone.
final class UnreadCounts {

    /// The threads with the latest news; those beyond them count for nothing.
    private static final int THREADS = 500;

    /// Of one user; who sees this number reads no further.
    private static final int PERSONAL = 1_000;

    /// Through so many unread events it is looked for those of ignored users.
    private static final int OF_IGNORED = 10_000;

    private final UnreadStore store;
    private final Timelines timelines;
    private final Rulesets rulesets;

    UnreadCounts(UnreadStore store, Timelines timelines, Rulesets rulesets) {
        this.store = store;
        this.timelines = timelines;
        this.rulesets = rulesets;
    }

    /// @param user whose count it is
    /// @param read up to where
    /// @param loud whether what notifies all notifies them too
    private record Reader(UserId user, ReadUpTo read, Set<UserId> ignored, boolean loud) {

        boolean ignores(UnreadStore.Single event) {
            return UserId.find(event.sender()).filter(ignored::contains).isPresent();
        }
    }

    Unread of(Reading reading, UserId user, RoomId room, ReadUpTo read, Set<UserId> ignored) {
        var main = timelines.find(reading, room, Timelines.MAIN);
        if (main.isEmpty()) {
            return Unread.NOTHING;
        }
        boolean loud = rulesets.lastChange(user) == 0 || rulesets.of(reading, user).areLoudIn(room);
        var reader = new Reader(user, read, ignored, loud);
        var threads = new HashMap<String, Counts>();
        long allRead = reader.read().unthreaded();
        for (var thread : timelines.threads(reading, main.get(), allRead, THREADS)) {
            long readInThread = reader.read().in(thread.root());
            var counts =
                    thread.latest() > readInThread
                            ? counts(reading, reader, thread.timeline(), readInThread)
                            : Counts.NONE;
            if (!counts.isNone()) {
                threads.put(thread.root(), counts);
            }
        }
        return new Unread(counts(reading, reader, main.get(), reader.read().inMain()), threads);
    }

    private Counts counts(Reading reading, Reader reader, long timeline, long read) {
        if (timelines.isReadUpTo(timeline, read)) {
            return Counts.NONE;
        }
        // What is remembered may be newer than this reading, and with it older receipts.
        var now = store.running(reading, timeline, Long.MAX_VALUE);
        if (now.position() <= read) {
            return Counts.NONE;
        }
        var counts =
                reader.loud()
                        ? now.counts().minus(store.running(reading, timeline, read).counts())
                        : Counts.NONE;
        for (var own : store.personal(reading, reader.user(), timeline, read, PERSONAL)) {
            if (!reader.ignores(own)) {
                counts = counts.plus(reader.loud() ? own.more() : own.toUser());
            }
        }
        if (!reader.loud()) {
            return counts.orNone();
        }
        for (var correction : store.forAll(reading, timeline, read, PERSONAL)) {
            counts = counts.plus(correction.more());
        }
        if (!reader.ignored().isEmpty()) {
            var events = store.since(reading, timeline, read, OF_IGNORED);
            counts = counts.minus(ofIgnored(reader, events));
        }
        return counts.orNone();
    }

    private static Counts ofIgnored(Reader reader, List<UnreadStore.Single> events) {
        return events.stream()
                .filter(reader::ignores)
                .map(UnreadStore.Single::toAll)
                .reduce(Counts.NONE, Counts::plus);
    }
}
