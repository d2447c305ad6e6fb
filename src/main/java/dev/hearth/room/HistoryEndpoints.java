package dev.hearth.room;

import dev.hearth.accountdata.FilterCheck;
import dev.hearth.event.EventType;
import dev.hearth.event.StateTuple;
import dev.hearth.http.ClientRequest;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonReader;
import dev.hearth.room.Visibility.Seen;
import dev.hearth.storage.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Reading what was said: pages of history, one event, what is around an event. Only what the user
/// may see is shown.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#syncing Syncing
final class HistoryEndpoints {

    private static final String ROOM = "/_matrix/client/v3/rooms/{roomId}";
    private static final int MAX_LIMIT = 1_000;

    private final Rooms rooms;

    HistoryEndpoints(Rooms rooms) {
        this.rooms = rooms;
    }

    void declare(Routes routes) {
        routes.guest()
                .get(ROOM + "/messages", this::messages)
                .get(ROOM + "/event/{eventId}", this::event)
                .get(ROOM + "/context/{eventId}", this::context);
        routes.client().get("/_matrix/client/v3/events/{eventId}", this::eventOfAnyRoom);
    }

    /// READ-1: who may not look into the room hears of nothing else.
    private Response messages(ClientRequest request) {
        // What comes after this place is for those who go on from it.
        long now = rooms.database().position();
        return rooms.database().read(reading -> messages(reading, request, now));
    }

    /// Old clients that have no token yet send an empty one.
    private static Optional<Long> token(ClientRequest request, String name) {
        return request.query(name).filter(text -> !text.isEmpty()).map(RoomToken::position);
    }

    private Response messages(Reading reading, ClientRequest request, long now) {
        var view = RoomView.of(rooms, reading, request);
        var filter = filter(request);
        var walk = new HistoryWalk(rooms, reading, view, request.user(), filter);
        int limit = limit(request, filter);
        var from = token(request, "from");
        var to = token(request, "to");
        long upTo = view.historyUpTo();
        return switch (Direction.of(request)) {
            case BACKWARDS -> {
                long start = Math.min(from.orElse(now), upTo);
                var page = walk.backwards(start, to.orElse(0L), limit);
                boolean more = limit > 0 && !page.exhausted();
                long shown = from.orElse(start);
                yield answer(reading, request, view, new Shown(page, shown, more, filter));
            }
            case FORWARDS -> {
                long start = from.orElse(0L);
                var page = walk.forwards(start, Math.min(to.orElse(upTo), upTo), limit);
                boolean more = page.reached() > start;
                yield answer(reading, request, view, new Shown(page, start, more, filter));
            }
        };
    }

    private static EventFilter filter(ClientRequest request) {
        return request.query("filter")
                .filter(text -> !text.isEmpty())
                .map(JsonReader::readObject)
                .map(HistoryEndpoints::checked)
                .orElse(EventFilter.EVERYTHING);
    }

    private static EventFilter checked(JsonObject filter) {
        FilterCheck.checkEvents(filter);
        return EventFilter.parse(filter);
    }

    private static int limit(ClientRequest request, EventFilter filter) {
        return Math.min(request.queryNumber("limit").orElse(filter.limit()), MAX_LIMIT);
    }

    /// A page, and where it stands.
    private record Shown(HistoryWalk.Page page, long start, boolean more, EventFilter filter) {}

    private Response answer(Reading reading, ClientRequest request, RoomView view, Shown shown) {
        var events = shown.page().events();
        var answer =
                JsonObject.builder()
                        .put("start", RoomToken.of(shown.start()))
                        .put("chunk", full(reading, view.reader(request), events));
        if (shown.filter().lazyLoadMembers() && !events.isEmpty()) {
            long snapshot = events.getFirst().event().states().after();
            answer.put("state", asState(reading, request, senders(reading, events, snapshot)));
        }
        if (shown.more()) {
            answer.put("end", RoomToken.of(shown.page().reached()));
        }
        return Response.json(answer.build());
    }

    private JsonArray full(Reading reading, Reader reader, List<Seen> events) {
        return JsonArray.from(new BundledEvents(rooms).full(reading, reader, events));
    }

    private JsonArray asState(Reading reading, ClientRequest request, List<StoredEvent> events) {
        return JsonArray.from(
                events.stream()
                        .map(event ->
                                rooms.clientEvents().fullState(reading, event, request.requester()))
                        .toList());
    }

    /// The member events of those who sent some events.
    private List<StoredEvent> senders(Reading reading, List<Seen> events, long snapshot) {
        return events.stream()
                .map(seen -> seen.event().pdu().sender().value())
                .distinct()
                .map(sender -> new StateTuple(EventType.MEMBER, sender))
                .flatMap(tuple -> rooms.states().in(reading, snapshot, tuple).stream())
                .toList();
    }

    private Response event(ClientRequest request) {
        return rooms.database()
                .read(reading -> {
                    var view = RoomView.ofEvents(rooms, reading, request);
                    var seen = view.event(rooms, reading, request);
                    return Response.json(one(reading, view.reader(request), seen));
                });
    }

    private Response eventOfAnyRoom(ClientRequest request) {
        return rooms.database()
                .read(reading -> {
                    var event =
                            rooms.events()
                                    .find(reading, request.eventId())
                                    .orElseThrow(RoomView::noEvent);
                    var view =
                            rooms.view(reading, request.user(), event.pdu().roomId())
                                    .orElseThrow(RoomView::noEvent);
                    var seen = view.seen(rooms, reading, request, List.of(event));
                    return Response.json(one(reading, view.reader(request), seen));
                });
    }

    private JsonObject one(Reading reading, Reader reader, Seen seen) {
        return new BundledEvents(rooms).full(reading, reader, List.of(seen)).getFirst();
    }

    private Response context(ClientRequest request) {
        return rooms.database().read(reading -> context(reading, request));
    }

    /// READ-4: the filter is for what is around the event, and so is the limit. Of a room that one
    /// may not look into it is refused as pages of history are.
    private Response context(Reading reading, ClientRequest request) {
        var view = RoomView.of(rooms, reading, request);
        var seen = view.event(rooms, reading, request);
        var filter = filter(request);
        int limit = limit(request, filter);
        var walk = new HistoryWalk(rooms, reading, view, request.user(), filter);
        long at = seen.event().position();
        var earlier = walk.backwards(at - 1, 0, limit / 2);
        var later = walk.forwards(at, view.historyUpTo(), limit - limit / 2);
        var shown =
                Stream.of(earlier.events().reversed(), List.of(seen), later.events())
                        .flatMap(List::stream)
                        .toList();
        var all = full(reading, view.reader(request), shown).objects();
        int place = earlier.events().size();
        return Response.json(
                JsonObject.of(
                        "event", all.get(place),
                        "events_before", JsonArray.from(all.subList(0, place).reversed()),
                        "events_after", JsonArray.from(all.subList(place + 1, all.size())),
                        "state", asState(reading, request, stateAfter(reading, filter, shown)),
                        "start", RoomToken.of(earlier.reached()),
                        "end", RoomToken.of(later.reached())));
    }

    /// The state after the last of some events, as far as it is wanted.
    private List<StoredEvent> stateAfter(Reading reading, EventFilter filter, List<Seen> shown) {
        long snapshot = shown.getLast().event().states().after();
        boolean lazy = filter.lazyLoadMembers();
        var state =
                new ArrayList<>(
                        rooms.states()
                                .all(
                                        reading,
                                        snapshot,
                                        type -> !lazy || !type.equals(EventType.MEMBER)));
        if (lazy) {
            state.addAll(senders(reading, shown, snapshot));
        }
        state.removeIf(event -> !filter.allows(event) && !isLoaded(filter, event));
        return state;
    }

    /// Members that are loaded as they are needed come whatever else the filter says.
    private static boolean isLoaded(EventFilter filter, StoredEvent event) {
        return filter.lazyLoadMembers() && event.pdu().type().equals(EventType.MEMBER);
    }
}
