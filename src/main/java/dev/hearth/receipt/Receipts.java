package dev.hearth.receipt;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.hearth.accountdata.AccountData;
import dev.hearth.accountdata.AccountDatum;
import dev.hearth.concurrent.NewsBoard;
import dev.hearth.concurrent.Recent;
import dev.hearth.http.Routes;
import dev.hearth.identifier.EventId;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.room.Rooms;
import dev.hearth.room.StoredEvent;
import dev.hearth.storage.Database;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Receipts and read markers.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#receipts Receipts
/// @spec https://spec.matrix.org/v1.19/client-server-api/#fully-read-markers Fully read markers
public final class Receipts {

    /// As many receipts of one room are told at once, the newest; what is older nobody looks for.
    private static final int AT_ONCE = 2_000;

    private static final int REMEMBERED_ROOMS = 20_000;

    private final Database database;
    private final NewsBoard<UserId> news;
    private final Rooms rooms;
    private final AccountData accountData;
    private final Clock clock;
    private final ReceiptStore store = new ReceiptStore();
    private final Recent<RoomId> recent;
    private final Threads threads;
    private volatile Consumer<UserId> moved = _ -> {};
    private final List<Consumer<UserId>> clearing = new ArrayList<>();

    public Receipts(
            Database database,
            NewsBoard<UserId> news,
            Rooms rooms,
            AccountData accountData,
            Clock clock) {
        this.database = database;
        this.news = news;
        this.rooms = rooms;
        this.accountData = accountData;
        this.clock = clock;
        this.recent = new Recent<>(REMEMBERED_ROOMS, database.position());
        this.threads = new Threads(rooms);
        rooms.onPersisting(new OwnSends(rooms, store, threads, this::cleared)::note);
    }

    public void declare(Routes routes) {
        new ReceiptEndpoints(database, rooms, this).declare(routes);
    }

    /// Before the first request: who hears that a user reads.
    public void onReading(Consumer<UserId> listener) {
        moved = listener;
    }

    /// Before the first request: who hears, after the commit, that less may be unread for a user,
    /// who has read something or has said something. It must be quick, and must not use the
    /// database.
    public void onClearing(Consumer<UserId> listener) {
        clearing.add(listener);
    }

    private void cleared(UserId user) {
        clearing.forEach(listener -> listener.accept(user));
    }

    /// Which thread an event belongs to.
    public Threads threads() {
        return threads;
    }

    /// What is in the receipts that changed in a room, as far as a user may see them.
    ///
    /// @param ignored whose receipts the user doesn't want
    /// @return the content of an `m.receipt`, empty if nothing changed
    public JsonObject since(
            Reading reading, UserId user, RoomId room, Set<UserId> ignored, long since, long upTo) {
        if (!recent.mayHaveChanged(room, since)) {
            return JsonObject.EMPTY;
        }
        var receipts = new ArrayList<>(store.newest(reading, room, since, upTo, AT_ONCE));
        if (receipts.size() == AT_ONCE) {
            receipts.addAll(own(reading, user, room, since, upTo));
        }
        // RCPT-3: a private receipt is for its own user alone.
        receipts.removeIf(receipt ->
                ignored.contains(receipt.user())
                        || receipt.isPrivate() && !receipt.user().equals(user));
        return ReceiptContent.of(receipts);
    }

    /// The rooms, of anybody, in which a receipt changed; nothing if that is too long ago to know.
    public Optional<Set<RoomId>> roomsChangedSince(long since) {
        return recent.since(since);
    }

    /// Whether the user's own receipts in a room changed: then their unread counts did.
    public boolean hasOwnChanged(Reading reading, UserId user, RoomId room, long since, long upTo) {
        return recent.mayHaveChanged(room, since)
                && !own(reading, user, room, since, upTo).isEmpty();
    }

    private List<Receipt> own(Reading reading, UserId user, RoomId room, long since, long upTo) {
        return store.ofUser(reading, user, room).stream()
                .filter(stored -> stored.position() > since && stored.position() <= upTo)
                .map(ReceiptStore.Stored::receipt)
                .toList();
    }

    /// How far the user has read, by room: in one look, for who asks about all of them.
    public Map<RoomId, ReadUpTo> readUpTo(Reading reading, UserId user) {
        return store.ofUser(reading, user).stream()
                .collect(groupingBy(Receipt::room, collectingAndThen(toList(), ReadUpTo::of)));
    }

    /// How far the user has read in a room.
    public ReadUpTo readUpTo(Reading reading, UserId user, RoomId room) {
        return ReadUpTo.of(
                store.ofUser(reading, user, room).stream()
                        .map(ReceiptStore.Stored::receipt)
                        .toList());
    }

    /// A receipt or marker that a client wants to set.
    record Wish(UserId user, RoomId room, ReceiptType type, String threadId, EventId event) {}

    /// Sets what is asked for, all of it or nothing.
    void set(List<Wish> wishes) {
        wishes.stream().map(Wish::user).distinct().forEach(moved);
        var audience = rooms.audience(wishes.getFirst().room());
        database.change(tx -> wishes.forEach(wish -> set(tx, wish, audience)));
    }

    private void set(Transaction tx, Wish wish, Set<UserId> audience) {
        var event = ReceiptCheck.event(tx, rooms, wish);
        switch (wish.type()) {
            case FULLY_READ -> setMarker(tx, wish, event);
            case READ -> {
                if (advance(tx, wish, event)) {
                    tx.afterCommit(() -> news.publishTo(audience));
                }
            }
            case READ_PRIVATE -> {
                if (advance(tx, wish, event)) {
                    tx.afterCommit(() -> news.publish(wish.user()));
                }
            }
        }
    }

    private boolean advance(Transaction tx, Wish wish, StoredEvent event) {
        ReceiptCheck.thread(tx, threads, wish, event);
        var receipt =
                new Receipt(
                        wish.user(),
                        wish.room(),
                        wish.type().wireName(),
                        wish.threadId(),
                        event.pdu().eventId(),
                        event.position(),
                        clock.millis());
        var before = store.find(tx, receipt);
        // RCPT-4: what comes late doesn't move it back.
        if (before.filter(known -> known.eventPosition() >= event.position()).isPresent()) {
            return false;
        }
        if (before.isEmpty()) {
            ReceiptCheck.number(store.count(tx, wish.user(), wish.room()));
        }
        long position = tx.nextPosition();
        recent.note(wish.room(), position);
        store.put(tx, receipt, position);
        tx.afterCommit(() -> cleared(wish.user()));
        return true;
    }

    /// RCPT-8: the marker is account data of the room, and moves only forward.
    private void setMarker(Transaction tx, Wish wish, StoredEvent event) {
        var type = ReceiptType.FULLY_READ.wireName();
        boolean behind =
                accountData
                        .find(tx, wish.user(), Optional.of(wish.room()), type)
                        .flatMap(content -> content.peekString("event_id"))
                        .flatMap(EventId::find)
                        .flatMap(known -> rooms.find(tx, wish.room(), known))
                        .filter(known -> known.position() >= event.position())
                        .isPresent();
        if (!behind) {
            var content = JsonObject.of("event_id", event.pdu().eventId());
            accountData.put(
                    tx, wish.user(), Optional.of(wish.room()), new AccountDatum(type, content));
        }
    }
}
