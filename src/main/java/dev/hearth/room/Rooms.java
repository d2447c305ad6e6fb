package dev.hearth.room;

import static dev.hearth.error.MatrixException.forbidden;
import static dev.hearth.error.MatrixException.notFound;

import dev.hearth.authorization.Membership;
import dev.hearth.concurrent.KeyedLock;
import dev.hearth.concurrent.NewsBoard;
import dev.hearth.event.EventSigner;
import dev.hearth.event.EventType;
import dev.hearth.event.Pdu;
import dev.hearth.event.StateTuple;
import dev.hearth.http.ClientRequest;
import dev.hearth.http.Routes;
import dev.hearth.identifier.EventId;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.ServerName;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.storage.Database;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// The rooms: sending into them, and reading what is in them.
public final class Rooms {

    private static final int LIVE_ROOMS = 1_000;

    private final Database database;
    private final ServerName server;
    private final NewsBoard<UserId> news;
    private final Profile profile;
    private final EventStore events = new EventStore();
    private final RoomStore store = new RoomStore();
    private final EventBuilder builder;
    private final ClientEvents clientEvents;
    private final KeyedLock<RoomId> locks = new KeyedLock<>();
    private final ConcurrentHashMap<RoomId, LiveRoom> live = new ConcurrentHashMap<>();
    private final List<BiConsumer<Transaction, StoredEvent>> persisting = new ArrayList<>();
    private final RoomVersion defaultVersion;
    private final Transactions transactions;
    private final Visibility visibility;
    private final RecentRooms recent;

    /// How a user is shown in rooms.
    @FunctionalInterface
    public interface Profile {
        JsonObject of(Reading reading, UserId user);
    }

    /// @param signer signs in the name of our server
    public Rooms(
            Database database,
            ServerName server,
            EventSigner signer,
            RoomVersion defaultVersion,
            NewsBoard<UserId> news,
            Profile profile,
            Clock clock,
            RandomGenerator random) {
        this.database = database;
        this.server = server;
        this.defaultVersion = defaultVersion;
        this.news = news;
        this.profile = profile;
        this.builder = new EventBuilder(signer, server, clock, random);
        this.clientEvents = new ClientEvents(events, clock);
        this.transactions = new Transactions(store, clock);
        this.visibility = new Visibility(events);
        this.recent = new RecentRooms(database.position());
    }

    public void declare(Routes routes) {
        new RoomEndpoints(this).declare(routes);
        new MembershipEndpoints(this).declare(routes);
        new HistoryEndpoints(this).declare(routes);
        new AliasEndpoints(this).declare(routes);
    }

    /// Before the first request: what must be there together with an event, in its transaction.
    public void onPersisting(BiConsumer<Transaction, StoredEvent> hook) {
        persisting.add(hook);
    }

    public ClientEvents clientEvents() {
        return clientEvents;
    }

    Database database() {
        return database;
    }

    ServerName server() {
        return server;
    }

    EventStore events() {
        return events;
    }

    RoomStore store() {
        return store;
    }

    EventBuilder builder() {
        return builder;
    }

    RoomVersion defaultVersion() {
        return defaultVersion;
    }

    Profile profile() {
        return profile;
    }

    Transactions transactions() {
        return transactions;
    }

    public Visibility visibility() {
        return visibility;
    }

    /// Sends an event, alone in its room.
    StoredEvent send(RoomId roomId, Draft draft) {
        return inRoom(roomId, (tx, room) -> append(tx, room, draft, Optional.empty()));
    }

    /// A piece of work on a room.
    @FunctionalInterface
    interface RoomWork<T> {
        T apply(Transaction tx, LiveRoom room);
    }

    /// Does a piece of work on a room in one transaction, alone in that room.
    <T> T inRoom(RoomId roomId, RoomWork<T> work) {
        try (var _ = locks.hold(roomId)) {
            return write(liveRoom(roomId), work);
        }
    }

    private <T> T write(LiveRoom room, RoomWork<T> work) {
        var before = room.extremity();
        try {
            return database.transact(tx -> work.apply(tx, room));
        } catch (RuntimeException | Error e) {
            if (!room.extremity().equals(before)) {
                // What was applied to the room in memory has not come to be.
                live.remove(room.roomId());
            }
            throw e;
        }
    }

    /// Sends a message once, however often it is asked for. It is made, signed and judged before
    /// the database's one writer is taken: the room's lock alone keeps it true until it is written.
    String sendOnce(ClientRequest request, Draft draft) {
        try (var _ = locks.hold(request.roomId())) {
            var room = liveRoom(request.roomId());
            var before = database.read(reading -> transactions.find(reading, request));
            if (before.isPresent()) {
                return before.get();
            }
            var pdu = database.read(reading -> next(reading, room, draft));
            var sentBy = new StoredEvent.SentBy(request.device().value(), request.path("txnId"));
            return write(
                    room,
                    (tx, _) -> {
                        persist(tx, room, pdu, Optional.of(sentBy));
                        transactions.keep(tx, request, pdu.eventId().value());
                        return pdu.eventId().value();
                    });
        }
    }

    private Pdu next(Reading reading, LiveRoom room, Draft draft) {
        if (draft.redacts().isPresent()) {
            new RedactionCheck(this, reading, room).check(draft);
        }
        return builder.next(draft, room, reading);
    }

    private LiveRoom liveRoom(RoomId roomId) {
        var known = live.get(roomId);
        if (known != null) {
            return known;
        }
        var loaded = database.read(reading -> load(reading, roomId));
        if (live.size() >= LIVE_ROOMS) {
            live.clear();
        }
        live.put(roomId, loaded);
        return loaded;
    }

    private LiveRoom load(Reading reading, RoomId roomId) {
        var room =
                store.find(reading, roomId)
                        .orElseThrow(() -> forbidden("You are not in room " + roomId));
        var loaded = new LiveRoom(events, room, reading);
        localMembers(reading, room.number())
                .forEach(user -> loaded.setLocalMember(user, Membership.JOIN));
        return loaded;
    }

    /// Makes the draft an event, and adds it to the room; what follows from it is in the same
    /// transaction.
    StoredEvent append(
            Transaction tx, LiveRoom room, Draft draft, Optional<StoredEvent.SentBy> transaction) {
        return persist(tx, room, builder.next(draft, room, tx), transaction);
    }

    StoredEvent persist(
            Transaction tx, LiveRoom room, Pdu pdu, Optional<StoredEvent.SentBy> transaction) {
        var stored = events.append(tx, room.number(), pdu, transaction);
        recent.note(room.number(), stored.position());
        if (pdu.type().equals(EventType.MEMBER) && pdu.isState()) {
            UserId.find(pdu.stateKey().orElseThrow())
                    .ifPresent(user -> setMembership(tx, room, user, stored));
        }
        redactIfAllowed(tx, room, stored);
        store.advance(tx, room.number(), pdu.eventId(), pdu.depth());
        room.apply(pdu);
        persisting.forEach(hook -> hook.accept(tx, stored));
        wake(tx, room, pdu);
        return stored;
    }

    private void setMembership(Transaction tx, LiveRoom room, UserId user, StoredEvent member) {
        var membership = Membership.of(member.pdu());
        store.setMembership(tx, user, room.number(), membership, member.position());
        if (isLocal(user)) {
            room.setLocalMember(user, membership);
        }
    }

    /// RED-1: one's own events, or any with the power to redact.
    private void redactIfAllowed(Transaction tx, LiveRoom room, StoredEvent redaction) {
        var pdu = redaction.pdu();
        if (!pdu.type().equals(EventType.REDACTION)) {
            return;
        }
        pdu.redacts()
                .flatMap(target -> events.find(tx, target))
                .filter(target -> target.pdu().roomId().equals(room.roomId()))
                .filter(target -> mayRedact(tx, room, pdu, target.pdu()))
                .ifPresent(target -> {
                    events.redact(tx, target.position(), redaction.position());
                    room.redacted(target);
                });
    }

    private static boolean mayRedact(Reading reading, LiveRoom room, Pdu redaction, Pdu target) {
        var levels = room.powerLevels(reading);
        return redaction.sender().equals(target.sender())
                || levels.user(redaction.sender()) >= levels.toRedact();
    }

    private void wake(Transaction tx, LiveRoom room, Pdu pdu) {
        var members = room.localMembers();
        tx.afterCommit(() -> {
            news.publishTo(members);
            pdu.stateKey().flatMap(UserId::find).ifPresent(news::publish);
        });
    }

    void keepAlive(LiveRoom room) {
        live.put(room.roomId(), room);
    }

    <T> T hold(RoomId roomId, Function<RoomId, T> work) {
        try (var _ = locks.hold(roomId)) {
            return work.apply(roomId);
        }
    }

    /// The rooms that a user is or was in, or is invited to.
    public List<RoomMembership> memberships(Reading reading, UserId user) {
        return store.memberships(reading, user);
    }

    public Optional<RoomMembership> membership(Reading reading, UserId user, RoomId room) {
        return store.membership(reading, user, room);
    }

    /// The membership of a user who is in the room now.
    public RoomMembership requireJoined(Reading reading, UserId user, RoomId room) {
        return store.membership(reading, user, room)
                .filter(membership -> membership.membership() == Membership.JOIN)
                .orElseThrow(() -> forbidden("You are not in room " + room));
    }

    /// Newest first: the events after one position and up to another.
    public List<StoredEvent> timeline(
            Reading reading, long room, long after, long upTo, int limit) {
        return events.backwards(reading, room, after, upTo, limit);
    }

    public List<StoredEvent> currentState(Reading reading, long room) {
        return events.currentState(reading, room);
    }

    public Optional<StoredEvent> currentState(Reading reading, long room, StateTuple tuple) {
        return events.current(reading, room, tuple);
    }

    /// The state after the event at a position.
    public List<StoredEvent> stateAt(Reading reading, long room, long position) {
        return events.stateAt(reading, room, position);
    }

    /// The state after the event at a position, without the members.
    public List<StoredEvent> nonMemberStateAt(Reading reading, long room, long position) {
        return events.nonMemberStateAt(reading, room, position);
    }

    /// What of the state changed after one position and up to another.
    public List<StoredEvent> stateChanges(Reading reading, long room, long after, long upTo) {
        return events.changedBetween(reading, room, after, upTo);
    }

    public Optional<StoredEvent> stateAt(
            Reading reading, long room, StateTuple tuple, long position) {
        return events.stateAt(reading, room, tuple, position);
    }

    public long countMembers(Reading reading, long room, Membership membership) {
        return store.countMembers(reading, room, membership);
    }

    /// Local users who are in the room now.
    public List<UserId> localMembers(Reading reading, long room) {
        return store.members(reading, room, Membership.JOIN).stream()
                .filter(this::isLocal)
                .toList();
    }

    /// Who of this server is in the room, as it changes: whom to wake by what is new in it.
    public Set<UserId> audience(RoomId roomId) {
        try (var _ = locks.hold(roomId)) {
            return liveRoom(roomId).localMembers();
        }
    }

    public boolean isLocal(UserId user) {
        return user.isOn(server);
    }

    /// What the user was to a room right after the event at a position.
    public Membership membershipAt(Reading reading, long room, UserId user, long position) {
        var tuple = new StateTuple(EventType.MEMBER, user.value());
        return Membership.of(stateAt(reading, room, tuple, position).map(StoredEvent::pdu));
    }

    /// Who is together with whom.
    public Companions companions() {
        return new Companions(store, recent);
    }

    /// What a sync asks about the rooms of its user.
    public RoomsOfUser ofUser() {
        return new RoomsOfUser(events, store, recent);
    }

    /// What is to be done in rooms when an account changes.
    public AccountChanges accountChanges() {
        return new AccountChanges(this);
    }

    /// Forgets requests that nobody will repeat any more; meant for once a day.
    public void forgetOldRequests() {
        database.change(transactions::forgetOld);
    }

    /// An event of a room, if it is known.
    public Optional<StoredEvent> find(Reading reading, RoomId room, EventId event) {
        return events.find(reading, event).filter(found -> found.pdu().roomId().equals(room));
    }

    StoredEvent require(Reading reading, RoomId room, EventId event) {
        return find(reading, room, event)
                .orElseThrow(() -> notFound("There is no such event in this room"));
    }
}
