package dev.hearth.sync;

import static dev.hearth.error.MatrixException.error;
import static dev.hearth.error.MatrixException.forbidden;

import dev.hearth.authorization.Membership;
import dev.hearth.concurrent.NewsBoard;
import dev.hearth.error.ErrorCode;
import dev.hearth.event.EventType;
import dev.hearth.event.StateTuple;
import dev.hearth.http.ClientRequest;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.presence.PresenceState;
import dev.hearth.room.EventFilter;
import dev.hearth.room.HistoryWalk;
import dev.hearth.room.RoomMembership;
import dev.hearth.room.RoomToken;
import dev.hearth.room.RoomView;
import dev.hearth.room.Rooms;
import dev.hearth.room.Visibility.Seen;
import dev.hearth.storage.Database;
import dev.hearth.storage.Reading;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// `GET /events` (SYNC-26): what happens in the user's rooms and beside them, as clients asked for
/// it before there was `/sync`; and what happens in one room, which is how a room that the world
/// may read is watched from outside (PEEK-1).
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#room-previews Room previews
final class EventStreamEndpoint {

    private static final Duration USUAL_POLL = Duration.ofSeconds(30);
    private static final int MOST = 100;

    private final Database database;
    private final NewsBoard<UserId> news;
    private final Sync.Features features;
    private final Rooms rooms;
    private final OldSections sections;
    private final Clock clock;

    EventStreamEndpoint(
            Database database, NewsBoard<UserId> news, Sync.Features features, Clock clock) {
        this.database = database;
        this.news = news;
        this.features = features;
        this.rooms = features.rooms();
        this.sections = new OldSections(features);
        this.clock = clock;
    }

    void declare(Routes routes) {
        routes.guest().get("/_matrix/client/v3/events", this::events);
    }

    /// A piece of a stream.
    ///
    /// @param end from where it goes on
    private record Piece(List<JsonObject> chunk, long end) {

        Piece with(List<JsonObject> more) {
            return new Piece(Stream.concat(chunk.stream(), more.stream()).toList(), end);
        }
    }

    /// What is new after one position and up to another.
    @FunctionalInterface
    private interface Source {
        Piece read(Reading reading, long from, long upTo);
    }

    private Response events(ClientRequest request) {
        var room = request.query("room_id").map(RoomId::parse);
        if (room.isPresent()) {
            return watch(request, room.get());
        }
        if (request.requester().guest()) {
            throw error(
                    ErrorCode.M_GUEST_ACCESS_FORBIDDEN, "Guests listen to one room, by room_id");
        }
        // Who listens is there, as with a sync.
        try (var _ =
                features.presence().begin(request.user(), request.device(), PresenceState.ONLINE)) {
            Source source = (reading, from, upTo) -> ofUser(reading, request, from, upTo);
            return listen(request, source, news, request.user());
        }
    }

    /// Who is in the room hears of it what they hear of all their rooms; others hear what the room
    /// itself wakes them for.
    private Response watch(ClientRequest request, RoomId room) {
        Source source = (reading, from, upTo) -> inRoom(reading, request, room, from, upTo);
        boolean isIn =
                database.read(reading -> rooms.membership(reading, request.user(), room))
                        .filter(RoomMembership::isJoined)
                        .isPresent();
        return isIn
                ? listen(request, source, news, request.user())
                : listen(request, source, rooms.peeking(), room);
    }

    private <T> Response listen(ClientRequest request, Source source, NewsBoard<T> board, T topic) {
        long start = database.position();
        long from =
                request.query("from")
                        .map(RoomToken::position)
                        .filter(position -> position <= start)
                        .orElse(start);
        int patience = request.queryNumber("timeout").orElse((int) USUAL_POLL.toMillis());
        var piece =
                new LongPoll<>(board, clock)
                        .until(
                                topic,
                                Duration.ofMillis(patience),
                                () -> read(source, from),
                                found -> !found.chunk().isEmpty());
        return Response.json(
                JsonObject.of(
                        "start", RoomToken.of(from),
                        "end", RoomToken.of(piece.end()),
                        "chunk", JsonArray.from(piece.chunk())));
    }

    private Piece read(Source source, long from) {
        long now = database.position();
        return database.read(reading -> source.read(reading, from, now));
    }

    /// Who types, reads or is there is for those in the room: the world may read what is said.
    private Piece inRoom(
            Reading reading, ClientRequest request, RoomId room, long from, long upTo) {
        var view =
                rooms.view(reading, request.user(), room)
                        .orElseThrow(() -> forbidden("You may not look into this room"));
        var collected = new Collected(reading, request, from, upTo);
        collected.walk(view);
        var piece = collected.piece();
        if (!view.membership().isJoined()) {
            return piece;
        }
        var beside = sections.since(reading, request.requester(), from, piece.end());
        return piece.with(beside.events(view.membership()));
    }

    private Piece ofUser(Reading reading, ClientRequest request, long from, long upTo) {
        var collected = new Collected(reading, request, from, upTo);
        rooms.ofUser().withNews(reading, request.user(), from).values().forEach(collected::add);
        var piece = collected.piece();
        // What comes after the cut is told with the next piece.
        var beside = sections.since(reading, request.requester(), from, piece.end());
        return piece.with(beside.events());
    }

    /// Events of several rooms, in the order in which they came.
    private final class Collected {
        private final Reading reading;
        private final ClientRequest request;
        private final Set<UserId> ignored;
        private final long from;
        private final int most;
        private final TreeMap<Long, JsonObject> events = new TreeMap<>();
        private long end;

        Collected(Reading reading, ClientRequest request, long from, long upTo) {
            this.reading = reading;
            this.request = request;
            this.ignored = features.accountData().ignoredUsers(reading, request.user());
            this.from = from;
            this.most = Math.min(request.queryNumber("limit").orElse(MOST), MOST);
            this.end = upTo;
        }

        void add(RoomMembership membership) {
            boolean outside =
                    membership.membership() == Membership.INVITE
                            || membership.membership() == Membership.KNOCK;
            if (!outside) {
                rooms.view(reading, request.user(), membership.roomId()).ifPresent(this::walk);
            }
            addOwn(membership);
        }

        /// The user's own coming and going, which they see whatever else they may see.
        private void addOwn(RoomMembership membership) {
            var tuple = new StateTuple(EventType.MEMBER, request.user().value());
            rooms.currentState(reading, membership.room(), tuple)
                    .filter(event -> event.position() > from && event.position() <= end)
                    .filter(event -> isShown(membership, event.pdu().sender()))
                    .ifPresent(event ->
                            events.putIfAbsent(
                                    event.position(),
                                    OldForm.event(
                                            rooms.clientEvents()
                                                    .full(reading, event, request.requester()))));
        }

        /// INV-2: invites that the user doesn't want are told nowhere.
        private boolean isShown(RoomMembership membership, UserId sender) {
            return membership.membership() == Membership.INVITE
                    ? features.accountData().showsInvitesOf(reading, request.user(), sender)
                    : !ignored.contains(sender);
        }

        void walk(RoomView view) {
            var walk =
                    new HistoryWalk(rooms, reading, view, request.user(), EventFilter.EVERYTHING);
            var page = walk.forwards(from, Math.min(end, view.historyUpTo()), most);
            page.events().stream()
                    .filter(seen -> !seen.event().isSilencedBy(ignored))
                    .forEach(this::put);
            if (!page.exhausted()) {
                end = Math.min(end, page.reached());
            }
        }

        private void put(Seen seen) {
            var event = rooms.clientEvents().full(reading, seen, request.requester());
            events.put(seen.event().position(), OldForm.event(event));
        }

        /// What lies beyond the end of any room's walk waits for the next request.
        Piece piece() {
            var told = events.headMap(end, true);
            if (told.size() > most) {
                end = told.keySet().stream().skip(Math.max(0, most - 1L)).findFirst().orElseThrow();
                told = events.headMap(end, true);
            }
            return new Piece(List.copyOf(told.values()), end);
        }
    }
}
