package dev.hearth.sync;

import dev.hearth.room.Rooms;
import dev.hearth.room.Visibility.Seen;
import dev.hearth.storage.Reading;
import java.util.ArrayDeque;
import java.util.List;

/// Reads timelines: back from the newest event, as far as the client wants, and as it wants.
///
/// Arrival order is the order of positions (SYNC-4). Events that the filter drops don't count, so
/// more than a page may have to be read; that has an end, and a timeline that ends there is limited
/// like any other that was cut.
final class TimelineSection {

    private static final int FURTHER_PAGE = 200;
    private static final int MOST_PAGES = 10;

    private final Rooms rooms;

    TimelineSection(Rooms rooms) {
        this.rooms = rooms;
    }

    /// The newest events after one position and up to another.
    Timeline read(Reading reading, Span span, long after, long upTo) {
        var search = new Search(span.request().filter().timeline().limit());
        long edge = upTo;
        int page = search.limit + 1;
        for (int i = 0; i < MOST_PAGES; i++) {
            var newestFirst = rooms.timeline(reading, span.room(), after, edge, page);
            var seen =
                    rooms.visibility()
                            .seen(reading, span.membership(), span.user(), newestFirst.reversed());
            if (search.isFull(span, seen)) {
                return search.cut(upTo);
            }
            if (newestFirst.size() < page) {
                return new Timeline(List.copyOf(search.kept), false, after);
            }
            edge = newestFirst.getLast().position() - 1;
            page = FURTHER_PAGE;
        }
        return new Timeline(List.copyOf(search.kept), true, edge);
    }

    /// Whether the filter lets an event pass, and its sender is not ignored.
    static boolean isWanted(Span span, Seen seen) {
        var filter = span.request().filter().timeline();
        var pdu = seen.event().pdu();
        boolean silenced = !pdu.isState() && span.ignored().contains(pdu.sender());
        return !silenced
                && filter.allowsRoom(span.membership().roomId().value())
                && filter.allows(seen.event());
    }

    /// What was kept so far.
    private static final class Search {
        private final int limit;
        private final ArrayDeque<Seen> kept = new ArrayDeque<>();

        Search(int limit) {
            this.limit = limit;
        }

        /// Whether there is more than may be kept.
        boolean isFull(Span span, List<Seen> oldestFirst) {
            for (var seen : oldestFirst.reversed()) {
                if (isWanted(span, seen)) {
                    if (kept.size() == limit) {
                        return true;
                    }
                    kept.addFirst(seen);
                }
            }
            return false;
        }

        Timeline cut(long upTo) {
            long start = kept.isEmpty() ? upTo : kept.getFirst().event().position() - 1;
            return new Timeline(List.copyOf(kept), true, start);
        }
    }
}
