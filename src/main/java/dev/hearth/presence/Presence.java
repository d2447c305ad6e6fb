package dev.hearth.presence;

import static dev.hearth.error.MatrixException.forbidden;
import static dev.hearth.error.MatrixException.invalidParam;
import static dev.hearth.error.MatrixException.notFound;

import dev.hearth.authorization.Membership;
import dev.hearth.concurrent.NewsBoard;
import dev.hearth.event.EventType;
import dev.hearth.http.ClientRequest;
import dev.hearth.http.Limit;
import dev.hearth.http.Response;
import dev.hearth.http.Routes;
import dev.hearth.identifier.DeviceId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.room.Companions;
import dev.hearth.room.Rooms;
import dev.hearth.room.StoredEvent;
import dev.hearth.storage.Database;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// Who is there.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#presence Presence
public final class Presence {

    private static final String STATUS = "/_matrix/client/v3/presence/{userId}/status";
    private static final int LONGEST_MESSAGE = 1_000;

    private final Database database;
    private final NewsBoard<UserId> news;
    private final People people;
    private final Companions companions;
    private final Clock clock;
    private final boolean enabled;
    private final long started;
    private final PresenceStore store = new PresenceStore();
    private final PresentUsers users;
    private final PresenceEvents events;

    /// Whose changes others haven't been woken for yet.
    private final Set<UserId> unheard = ConcurrentHashMap.newKeySet();

    /// The users.
    ///
    /// @param exists whether there is such a local user
    /// @param profile how they show themselves
    public record People(
            BiPredicate<Reading, UserId> exists,
            Predicate<UserId> isLocal,
            Rooms.Profile profile) {}

    /// @param enabled if not, everybody is offline (PRES-4)
    public Presence(
            Database database,
            NewsBoard<UserId> news,
            Rooms rooms,
            People people,
            Clock clock,
            boolean enabled) {
        this.database = database;
        this.news = news;
        this.people = people;
        this.companions = rooms.companions();
        this.clock = clock;
        this.enabled = enabled;
        this.started = clock.millis();
        this.users = new PresentUsers(database.position());
        this.events = new PresenceEvents(users, people, companions, clock, database.position());
        if (enabled) {
            database.read(store::present).forEach(this::remember);
            rooms.onPersisting(this::follow);
        }
    }

    private void remember(PresenceStore.Present present) {
        var state = UserPresence.unknown(present.message()).there(started);
        users.remember(present.user(), state);
    }

    public void declare(Routes routes) {
        routes.client().get(STATUS, this::get).limited(Limit.GENERAL).put(STATUS, this::put);
    }

    private Response get(ClientRequest request) {
        var user = request.userId();
        return database.read(reading -> get(reading, request.user(), user));
    }

    /// PRES-2: for those who share a room.
    private Response get(Reading reading, UserId asking, UserId user) {
        if (people.isLocal().test(user) && !people.exists().test(reading, user)) {
            throw notFound("There is no user " + user);
        }
        if (!asking.equals(user) && !companions.areTogether(reading, asking, user)) {
            throw forbidden("You share no room with " + user);
        }
        return Response.json(
                events.content(
                        enabled
                                ? events.known(reading, user)
                                : UserPresence.unknown(Optional.empty())));
    }

    private Response put(ClientRequest request) {
        var user = request.ownUserId();
        var body = request.body();
        var name = body.string("presence");
        var state =
                PresenceState.find(name)
                        .orElseThrow(() ->
                                invalidParam("presence: expected online, unavailable or offline"));
        var message = body.findString("status_msg").filter(text -> !text.isEmpty());
        message.filter(text -> text.getBytes(StandardCharsets.UTF_8).length > LONGEST_MESSAGE)
                .ifPresent(_ -> {
                    throw invalidParam("status_msg: longer than " + LONGEST_MESSAGE + " bytes");
                });
        change(
                user,
                presence -> presence.said(request.device(), state, clock.millis()).saying(message));
        return Response.empty();
    }

    /// A sync that is under way.
    public interface Stay extends AutoCloseable {
        @Override
        void close();
    }

    /// A device begins a sync, and is there for as long as it lasts and a while longer (SYNC-7).
    public Stay begin(UserId user, DeviceId device, PresenceState wanted) {
        if (wanted == PresenceState.OFFLINE) {
            return () -> {};
        }
        change(user, presence -> presence.begun(device, wanted, clock.millis()));
        return () -> change(user, presence -> presence.ended(device, clock.millis()));
    }

    /// The events of a sync: of those who changed after one position and up to another; from the
    /// beginning of time, of those who are there.
    ///
    /// @param wanted of whom they are
    public List<JsonObject> events(
            Reading reading, UserId user, long since, long upTo, Predicate<UserId> wanted) {
        return enabled ? events.between(reading, user, since, upTo, wanted) : List.of();
    }

    /// The events of those who are in one room together, as they are now.
    public List<JsonObject> events(Reading reading, Set<UserId> members) {
        return enabled ? events.of(reading, members) : List.of();
    }

    /// A user does something.
    public void moved(UserId user) {
        users.note(user, presence -> presence.moved(clock.millis()));
    }

    /// PRES-3: a new name or picture is told with the presence too.
    public void profileChanged(UserId user) {
        if (users.isPresent(user)) {
            database.change(tx -> users.place(user, tx.nextPosition()));
            unheard.add(user);
        }
    }

    /// Forgets a user who is no more.
    public void accountRemoved(Transaction tx, UserId user) {
        store.delete(tx, user);
        users.forget(user);
    }

    private void follow(Transaction tx, StoredEvent event) {
        var pdu = event.pdu();
        moved(pdu.sender());
        if (pdu.type().equals(EventType.MEMBER) && Membership.of(pdu) == Membership.JOIN) {
            events.joined(event.position());
        }
    }

    private void change(UserId user, UnaryOperator<UserPresence> step) {
        if (enabled) {
            users.change(
                            user,
                            () -> database.read(reading -> store.message(reading, user)),
                            before -> step.apply(before).seen(clock.millis()))
                    .ifPresent(change -> tell(user, change));
        }
    }

    private void tell(UserId user, PresentUsers.Change change) {
        database.change(tx -> {
            long position = tx.nextPosition();
            if (change.isKept()) {
                // What is true now, whoever came first.
                users.find(user).ifPresent(now -> store.put(tx, user, now, position));
            }
            users.place(user, position);
        });
        unheard.add(user);
    }

    /// Sees who has gone or idles, and wakes those who must hear of changes; meant for every
    /// second.
    public void refresh() {
        // Who was there before a restart has time to come back.
        boolean settled = clock.millis() - started > UserPresence.GRACE;
        users.present().stream()
                .filter(user ->
                        settled || users.find(user).filter(UserPresence::hasDevices).isPresent())
                .forEach(user -> change(user, UnaryOperator.identity()));
        wake();
    }

    private void wake() {
        var changed = Set.copyOf(unheard);
        if (!changed.isEmpty()) {
            unheard.removeAll(changed);
            news.publishTo(database.read(reading -> audience(reading, changed)));
        }
    }

    private Set<UserId> audience(Reading reading, Set<UserId> changed) {
        var audience = new HashSet<>(changed);
        changed.forEach(user -> audience.addAll(companions.of(reading, user)));
        audience.removeIf(user -> !people.isLocal().test(user));
        return audience;
    }
}
