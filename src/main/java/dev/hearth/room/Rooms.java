package dev.hearth.room;

import static dev.hearth.error.MatrixException.forbidden;

import dev.hearth.authorization.Membership;
import dev.hearth.authorization.RoomFacts;
import dev.hearth.concurrent.NewsBoard;
import dev.hearth.concurrent.Recent;
import dev.hearth.event.EventSigner;
import dev.hearth.event.EventType;
import dev.hearth.event.Pdu;
import dev.hearth.event.StateTuple;
import dev.hearth.http.ClientRequest;
import dev.hearth.http.Routes;
import dev.hearth.identifier.EventId;
import dev.hearth.identifier.RoomAlias;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.ServerName;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.storage.Database;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

/// The rooms: sending into them, and reading what is in them.
public final class Rooms {

    private static final int REMEMBERED_ROOMS = 20_000;

    private final Database database;
    private final ServerName server;
    private final Profile profile;
    private final RoomTables tables = RoomTables.create();
    private final EventBuilder builder;
    private final ClientEvents clientEvents;
    private final LiveRooms live;
    private final RoomVersion defaultVersion;
    private final Transactions transactions;
    private final Visibility visibility;

    /// The numbers of the rooms that got events lately.
    private final Recent<Long> recent;

    private final NewsBoard<RoomId> peeking = new NewsBoard<>();
    private final Sending sending;
    private final RoomNeighbors neighbors = new RoomNeighbors();

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
        this.profile = profile;
        this.builder = new EventBuilder(signer, server, clock, random);
        this.clientEvents = new ClientEvents(tables.events(), clock);
        this.transactions = new Transactions(tables.rooms(), clock);
        this.visibility = new Visibility(tables.states(), clock);
        this.recent = new Recent<>(REMEMBERED_ROOMS, database.position());
        this.live = new LiveRooms(database, tables, server);
        this.sending = new Sending(this, tables, recent, news, clock);
    }

    public void declare(Routes routes) {
        new RoomEndpoints(this).declare(routes);
        new JoinEndpoints(this).declare(routes);
        new MembershipEndpoints(this).declare(routes);
        new MemberListEndpoints(this).declare(routes);
        new HistoryEndpoints(this).declare(routes);
        new TimestampEndpoint(this).declare(routes);
        new AliasEndpoints(this).declare(routes);
        new RelationEndpoints(this).declare(routes);
    }

    /// Before the first request: what must be there together with an event, in its transaction.
    public void onPersisting(BiConsumer<Transaction, StoredEvent> hook) {
        sending.onPersisting(hook);
    }

    /// Before the first request: who is told what changes in the state of rooms.
    public void onStateChange(StateListener listener) {
        sending.onStateChange(listener);
    }

    /// Whom rooms ask what they don't know themselves.
    public RoomNeighbors neighbors() {
        return neighbors;
    }

    public Redactions redactions() {
        return sending.redactions();
    }

    public PlannedSending plannedSending() {
        return new PlannedSending(this, sending);
    }

    public ServerVoice voice() {
        return sending.voice();
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

    RoomTables tables() {
        return tables;
    }

    EventStore events() {
        return tables.events();
    }

    RoomStore store() {
        return tables.rooms();
    }

    RoomStates states() {
        return tables.states();
    }

    LiveRooms live() {
        return live;
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
        return decide(roomId, (_, _) -> Optional.of(draft)).orElseThrow();
    }

    /// Sends what a decision comes to, alone in the room.
    Optional<StoredEvent> decide(RoomId roomId, Sending.Decision decision) {
        return sending.decide(roomId, decision);
    }

    /// Does a piece of work on a room in one transaction, alone in that room.
    <T> T inRoom(RoomId roomId, LiveRooms.Work<T> work) {
        return live.change(roomId, work);
    }

    /// Sends a message once, however often it is asked for.
    String sendOnce(ClientRequest request, Draft draft) {
        return sending.once(request, request.roomId(), draft);
    }

    /// Makes the draft an event, and adds it to the room; what follows from it is in the same
    /// transaction.
    StoredEvent append(
            Transaction tx, LiveRoom room, Draft draft, Optional<StoredEvent.SentBy> sentBy) {
        return persist(tx, room, builder.next(draft, room, tx), sentBy);
    }

    StoredEvent persist(
            Transaction tx, LiveRoom room, PackedEvent event, Optional<StoredEvent.SentBy> sentBy) {
        return sending.persist(tx, room, event, sentBy);
    }

    /// Adds an event from elsewhere to a room, once it is known what to make of it.
    StoredEvent receive(Transaction tx, LiveRoom room, Pdu pdu, EventStatus status) {
        return sending.receive(tx, room, pdu, status);
    }

    /// A room that is known here.
    public Optional<StoredRoom> find(Reading reading, RoomId room) {
        return store().find(reading, room);
    }

    /// A room that is known here, by its ID or by a name that leads to it.
    public Optional<StoredRoom> findNamed(Reading reading, String idOrAlias) {
        var id =
                idOrAlias.startsWith("#")
                        ? store().findAlias(reading, RoomAlias.parse(idOrAlias))
                        : Optional.of(RoomId.parse(idOrAlias));
        return id.flatMap(room -> find(reading, room));
    }

    /// A room by its number.
    public Optional<StoredRoom> find(Reading reading, long room) {
        return store().find(reading, room);
    }

    /// The rooms that a user is or was in, or is invited to.
    public List<RoomMembership> memberships(Reading reading, UserId user) {
        return tables.memberships().memberships(reading, user);
    }

    public Optional<RoomMembership> membership(Reading reading, UserId user, RoomId room) {
        return tables.memberships().membership(reading, user, room);
    }

    /// The membership of a user who is in the room now.
    public RoomMembership requireJoined(Reading reading, UserId user, RoomId room) {
        return membership(reading, user, room)
                .filter(membership -> membership.membership() == Membership.JOIN)
                .orElseThrow(() -> forbidden("You are not in room " + room));
    }

    /// Newest first: the events after one position and up to another.
    public List<StoredEvent> timeline(
            Reading reading, long room, long after, long upTo, int limit) {
        return tables.events().backwards(reading, room, after, upTo, limit);
    }

    /// What is around events of a room, as one of its users sees it.
    public Surroundings surroundings(Reading reading, RoomMembership membership, UserId user) {
        return new Surroundings(this, reading, membership, user);
    }

    /// Oldest first: events of all rooms in the order of their numbers, whatever became of them,
    /// for who follows them from a number kept.
    public List<StoredEvent> eventsAfter(Reading reading, long number, int limit) {
        return tables.events().after(reading, number, limit);
    }

    /// Events by their numbers, in no order.
    public List<StoredEvent> events(Reading reading, Collection<Long> numbers) {
        return tables.events().all(reading, numbers);
    }

    public List<StoredEvent> currentState(Reading reading, long room) {
        return tables.states().current(reading, room);
    }

    public Optional<StoredEvent> currentState(Reading reading, long room, StateTuple tuple) {
        return tables.states().current(reading, room, tuple);
    }

    /// What the rules ask of the current state of a room.
    public RoomFacts facts(Reading reading, long room) {
        var create = currentState(reading, room, new StateTuple(EventType.CREATE, ""));
        return new RoomFacts(
                create.orElseThrow().shown(),
                tuple -> currentState(reading, room, tuple).map(StoredEvent::shown));
    }

    /// What is current of one type, under all its keys.
    public List<StoredEvent> currentState(Reading reading, long room, String type, int limit) {
        return tables.states().current(reading, room, type, limit);
    }

    /// The state that was current at a position.
    public List<StoredEvent> stateAt(Reading reading, long room, long position) {
        return tables.states().currentAt(reading, room, position, _ -> true);
    }

    /// The state that was current at a position, without the members.
    public List<StoredEvent> nonMemberStateAt(Reading reading, long room, long position) {
        return tables.states()
                .currentAt(reading, room, position, type -> !type.equals(EventType.MEMBER));
    }

    public Optional<StoredEvent> stateAt(
            Reading reading, long room, StateTuple tuple, long position) {
        return tables.states().currentAt(reading, room, tuple, position);
    }

    /// What of the current state was set after one position and up to another.
    public List<StoredEvent> stateChanges(Reading reading, long room, long after, long upTo) {
        return tables.states().changes(reading, room, after, upTo);
    }

    public long countMembers(Reading reading, long room, Membership membership) {
        return store().head(reading, room).counts().of(membership);
    }

    /// How many are in a room, for who is changing it: within its transaction.
    public long joinedMembers(RoomId roomId) {
        return live.joinedMembers(roomId);
    }

    /// Who of this server is in the room, as it changes: whom to wake by what is new in it.
    public Set<UserId> audience(RoomId roomId) {
        return live.localMembers(roomId);
    }

    public boolean isLocal(UserId user) {
        return user.isOn(server);
    }

    /// What the user was to a room at a position.
    public Membership membershipAt(Reading reading, long room, UserId user, long position) {
        var tuple = new StateTuple(EventType.MEMBER, user.value());
        return Membership.of(stateAt(reading, room, tuple, position).map(StoredEvent::pdu));
    }

    /// What a user may look at of a room, if they may look at anything.
    public Optional<RoomView> view(Reading reading, UserId user, RoomId room) {
        return RoomView.find(this, reading, user, room);
    }

    /// Where who watches one room, perhaps from outside, waits for what is new in it.
    public NewsBoard<RoomId> peeking() {
        return peeking;
    }

    /// Ends the waits for what is new in one room: the server stops.
    public void close() {
        peeking.close();
    }

    /// Who is together with whom.
    public Companions companions() {
        return new Companions(tables.memberships(), recent);
    }

    /// What a sync asks about the rooms of its user.
    public RoomsOfUser ofUser() {
        return new RoomsOfUser(tables.states(), tables.memberships(), recent);
    }

    /// What is to be done in rooms when an account changes.
    public AccountChanges accountChanges() {
        return new AccountChanges(this);
    }

    /// Forgets requests that nobody will repeat any more; meant for once a day.
    public void forgetOldRequests() {
        database.change(transactions::forgetOld);
    }

    /// The number of a room, which must be one.
    public long number(Reading reading, RoomId room) {
        return store().find(reading, room).orElseThrow().number();
    }

    /// An event of a room's timeline, if it is known.
    public Optional<StoredEvent> find(Reading reading, RoomId room, EventId event) {
        return events().find(reading, event)
                .filter(found -> found.status() == EventStatus.ACCEPTED)
                .filter(found -> found.pdu().roomId().equals(room));
    }
}
