package dev.hearth.typing;

import dev.hearth.concurrent.NewsBoard;
import dev.hearth.event.EventType;
import dev.hearth.http.ClientRequest;
import dev.hearth.http.Limit;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.room.Rooms;
import dev.hearth.room.StoredEvent;
import dev.hearth.storage.Database;
import dev.hearth.storage.Transaction;
import java.time.Clock;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Typing notifications.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#typing-notifications Typing notifications
public final class Typing {

    private static final long USUAL_TIMEOUT = 30_000;
    private static final long LONGEST_TIMEOUT = 120_000;

    /// As many rooms are remembered, those in which somebody types among them.
    private static final int ROOMS = 2_000;

    /// As many type in one room at most; nobody reads a longer list.
    private static final int USERS = 50;

    private final Database database;
    private final NewsBoard<UserId> news;
    private final Rooms rooms;
    private final Clock clock;

    /// Changed only within a transaction, of which there is one at a time.
    private final Map<RoomId, RoomTyping> byRoom = new ConcurrentHashMap<>();

    /// Of what changed up to here, by a restart or for want of room, some isn't known any more.
    private volatile long forgotten;

    private volatile Consumer<UserId> moved = _ -> {};

    public Typing(Database database, NewsBoard<UserId> news, Rooms rooms, Clock clock) {
        this.database = database;
        this.news = news;
        this.rooms = rooms;
        this.clock = clock;
        this.forgotten = database.position();
        rooms.onPersisting(this::stopWhoLeaves);
    }

    public void declare(Routes routes) {
        routes.client()
                .unlessSuspended()
                .limited(Limit.GENERAL)
                .put("/_matrix/client/v3/rooms/{roomId}/typing/{userId}", this::put);
    }

    /// Before the first request: who hears that a user is at their keyboard.
    public void onTyping(Consumer<UserId> listener) {
        moved = listener;
    }

    /// Who types now in a room, if that changed after one position and up to another. Nobody is an
    /// answer too: that all have stopped.
    public Optional<Set<UserId>> changedSince(RoomId room, long since, long upTo) {
        return Optional.ofNullable(byRoom.get(room))
                .filter(typing -> typing.position() > since && typing.position() <= upTo)
                .map(RoomTyping::users);
    }

    /// Whether all is known that changed after a position. If not, a client may hold somebody for
    /// typing who has long stopped.
    public boolean knowsSince(long since) {
        return since >= forgotten;
    }

    /// The rooms in which that changed.
    public Set<RoomId> roomsChangedSince(long since, long upTo) {
        return byRoom.entrySet().stream()
                .filter(entry -> entry.getValue().position() > since)
                .filter(entry -> entry.getValue().position() <= upTo)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Who types now in a room.
    public Set<UserId> now(RoomId room) {
        return byRoom.getOrDefault(room, RoomTyping.NOBODY).users();
    }

    /// TYP-1: one says it of oneself, and only where one is in.
    private Response put(ClientRequest request) {
        var user = request.ownUserId();
        var room = request.roomId();
        var body = request.body();
        boolean types = body.bool("typing");
        long timeout = body.findInteger("timeout").orElse(USUAL_TIMEOUT);
        database.read(reading -> rooms.requireJoined(reading, user, room));
        moved.accept(user);
        if (types) {
            long end = clock.millis() + Math.clamp(timeout, 0, LONGEST_TIMEOUT);
            start(room, user, end);
        } else {
            stop(room, user);
        }
        return Response.empty();
    }

    private void start(RoomId room, UserId user, long end) {
        var audience = rooms.audience(room);
        database.change(tx -> {
            var before = byRoom.getOrDefault(room, RoomTyping.NOBODY);
            if (before.has(user)) {
                // Clients say it again and again; the others know.
                byRoom.put(room, before.with(user, end, before.position()));
            } else if (before.users().size() < USERS && hasRoomFor(room)) {
                byRoom.put(room, before.with(user, end, tx.nextPosition()));
                tx.afterCommit(() -> news.publishTo(audience));
            }
        });
    }

    private boolean hasRoomFor(RoomId room) {
        if (byRoom.size() < ROOMS || byRoom.containsKey(room)) {
            return true;
        }
        var quietest =
                byRoom.entrySet().stream()
                        .filter(entry -> entry.getValue().users().isEmpty())
                        .min(Comparator.comparingLong(entry -> entry.getValue().position()));
        quietest.ifPresent(entry -> {
            forgotten = Math.max(forgotten, entry.getValue().position());
            byRoom.remove(entry.getKey());
        });
        return quietest.isPresent();
    }

    private void stop(RoomId room, UserId user) {
        if (now(room).contains(user)) {
            var audience = rooms.audience(room);
            database.change(tx -> {
                if (now(room).contains(user)) {
                    remove(tx, room, Set.of(user));
                    tx.afterCommit(() -> news.publishTo(audience));
                }
            });
        }
    }

    private void remove(Transaction tx, RoomId room, Set<UserId> gone) {
        byRoom.computeIfPresent(
                room, (_, typing) -> typing.without(gone::contains, tx.nextPosition()));
    }

    private void stopWhoLeaves(Transaction tx, StoredEvent event) {
        var pdu = event.pdu();
        if (pdu.type().equals(EventType.MEMBER) && byRoom.containsKey(pdu.roomId())) {
            pdu.stateKey()
                    .flatMap(UserId::find)
                    .filter(now(pdu.roomId())::contains)
                    .ifPresent(user -> remove(tx, pdu.roomId(), Set.of(user)));
        }
    }

    /// Ends the typing of those who haven't said it again in time; meant for every second.
    public void expire() {
        long now = clock.millis();
        byRoom.forEach((room, typing) -> {
            if (typing.isAnyOver(now)) {
                expire(room, now);
            }
        });
    }

    private void expire(RoomId room, long now) {
        var audience = rooms.audience(room);
        database.change(tx -> {
            byRoom.computeIfPresent(
                    room,
                    (_, typing) ->
                            typing.isAnyOver(now)
                                    ? typing.without(
                                            user -> typing.isOver(user, now), tx.nextPosition())
                                    : typing);
            tx.afterCommit(() -> news.publishTo(audience));
        });
    }
}
