package dev.hearth.sync;

import dev.hearth.room.Rooms;
import dev.hearth.room.StoredEvent;
import dev.hearth.room.Visibility.Seen;
import dev.hearth.storage.Reading;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Predicate;

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
        return read(reading, span, after, upTo, _ -> false);
    }

    /// All of the history, for who left the room after their token and came back: what they see of
    /// it, and which of the state changed while they were away, as far as it still holds. They are
    /// told of that in any case, and here see when it happened.
    Timeline ofReturned(Reading reading, Span span) {
        return read(reading, span, 0, span.upTo(), event -> isNewState(reading, span, event));
    }

    private boolean isNewState(Reading reading, Span span, StoredEvent event) {
        return event.position() > span.since()
                && event.pdu()
                        .stateTuple()
                        .flatMap(tuple -> rooms.stateAt(reading, span.room(), tuple, span.upTo()))
                        .filter(holding -> holding.number() == event.number())
                        .isPresent();
    }

    private Timeline read(
            Reading reading, Span span, long after, long upTo, Predicate<StoredEvent> told) {
        var search = new Search(span.request().filter().timeline().limit());
        long edge = upTo;
        int page = search.limit + 1;
        for (int i = 0; i < MOST_PAGES; i++) {
            var newestFirst = rooms.timeline(reading, span.room(), after, edge, page);
            var seen =
                    rooms.visibility()
                            .seen(
                                    reading,
                                    span.membership(),
                                    span.user(),
                                    newestFirst.reversed(),
                                    told);
            if (search.isFull(span, seen)) {
                return search.cut(upTo);
            }
            if (newestFirst.size() < page) {
                return search.upTo(after, false);
            }
            edge = newestFirst.getLast().position() - 1;
            page = FURTHER_PAGE;
        }
        return search.upTo(edge, true);
    }

    /// Whether the filter lets an event pass, and its sender is not ignored.
    static boolean isWanted(Span span, Seen seen) {
        var filter = span.request().filter().timeline();
        return !seen.event().isSilencedBy(span.ignored())
                && filter.allowsRoom(span.membership().roomId().value())
                && filter.allows(seen.event());
    }

    /// What was kept so far.
    private static final class Search {
        private final int limit;
        private final ArrayDeque<Seen> kept = new ArrayDeque<>();
        private boolean filtered;

        Search(int limit) {
            this.limit = limit;
        }

        /// Whether there is more than may be kept.
        boolean isFull(Span span, List<Seen> oldestFirst) {
            for (var seen : oldestFirst.reversed()) {
                if (!isWanted(span, seen)) {
                    filtered = true;
                } else if (kept.size() == limit) {
                    return true;
                } else {
                    kept.addFirst(seen);
                }
            }
            return false;
        }

        Timeline cut(long upTo) {
            long start = kept.isEmpty() ? upTo : kept.getFirst().event().position() - 1;
            return upTo(start, true);
        }

        Timeline upTo(long start, boolean limited) {
            return new Timeline(List.copyOf(kept), limited, start, filtered);
        }
    }
}
