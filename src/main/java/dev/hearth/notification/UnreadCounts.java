package dev.hearth.notification;

import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.receipt.ReadUpTo;
import dev.hearth.receipt.Receipts;
import dev.hearth.storage.Reading;
import java.util.HashMap;
import java.util.List;
import java.util.Set;

/// Reads what is unread: of each timeline, its counts now less its counts where the user has read
/// up to, and what concerns the user alone.
final class UnreadCounts {

    /// The threads with the latest news; those beyond them count for nothing.
    private static final int THREADS = 500;

    /// Of one user; who sees this number reads no further.
    private static final int PERSONAL = 1_000;

    /// Through so many unread events it is looked for those of ignored users.
    private static final int OF_IGNORED = 10_000;

    private static final String MAIN = "main";

    private final UnreadStore store;
    private final Receipts receipts;

    UnreadCounts(UnreadStore store, Receipts receipts) {
        this.store = store;
        this.receipts = receipts;
    }

    /// @param user whose count it is
    /// @param read up to where
    private record Reader(UserId user, ReadUpTo read, Set<UserId> ignored) {

        boolean ignores(UnreadStore.Single event) {
            return UserId.find(event.sender()).filter(ignored::contains).isPresent();
        }
    }

    Unread of(Reading reading, UserId user, RoomId room, Set<UserId> ignored) {
        var main = store.findTimeline(reading, room, "");
        if (main.isEmpty()) {
            return Unread.NOTHING;
        }
        var reader = new Reader(user, receipts.readUpTo(reading, user, room), ignored);
        var threads = new HashMap<String, Counts>();
        long allRead = reader.read().unthreaded();
        for (var thread : store.threads(reading, main.get(), allRead, THREADS)) {
            long read = reader.read().in(thread.root());
            var counts =
                    thread.latest() > read
                            ? counts(reading, reader, thread.timeline(), read)
                            : Counts.NONE;
            if (!counts.isNone()) {
                threads.put(thread.root(), counts);
            }
        }
        return new Unread(counts(reading, reader, main.get(), reader.read().in(MAIN)), threads);
    }

    private Counts counts(Reading reading, Reader reader, long timeline, long read) {
        var now = store.running(reading, timeline, Long.MAX_VALUE);
        if (now.position() <= read) {
            return Counts.NONE;
        }
        var counts = now.counts().minus(store.running(reading, timeline, read).counts());
        for (var own : store.personal(reading, reader.user(), timeline, read, PERSONAL)) {
            counts = reader.ignores(own) ? counts : counts.plus(own.counts());
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
                .map(UnreadStore.Single::counts)
                .reduce(Counts.NONE, Counts::plus);
    }
}
