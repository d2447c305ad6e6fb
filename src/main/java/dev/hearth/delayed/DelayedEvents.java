package dev.hearth.delayed;

import static dev.hearth.error.MatrixException.forbidden;
import static dev.hearth.error.MatrixException.invalidParam;
import static dev.hearth.error.MatrixException.notFound;

import dev.hearth.concurrent.Alarm;
import dev.hearth.delayed.DelayedEvent.End;
import dev.hearth.error.ErrorCode;
import dev.hearth.error.MatrixException;
import dev.hearth.http.ClientRequest;
import dev.hearth.http.Requester;
import dev.hearth.http.Restraint;
import dev.hearth.http.Routes;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.room.PlannedEvent;
import dev.hearth.room.PlannedSending;
import dev.hearth.room.Rooms;
import dev.hearth.room.StoredEvent;
import dev.hearth.signing.UnpaddedBase64;
import dev.hearth.storage.Database;
import dev.hearth.storage.Reading;
import dev.hearth.storage.StorageFullException;
import dev.hearth.storage.Transaction;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// What users want to have sent later: planning it, coming back to it, and sending it.
public final class DelayedEvents implements AutoCloseable {

    private static final Logger LOG = System.getLogger(DelayedEvents.class.getName());

    /// So many of one user may be scheduled at a time; of those that are over, as many are kept.
    private static final int MOST = 100;

    private static final int ID_BYTES = 24;
    private static final int AT_ONCE = 100;
    private static final Duration KEPT = Duration.ofDays(7);
    private static final Duration PAUSE_WHEN_FULL = Duration.ofSeconds(30);

    private static final JsonObject OVERTAKEN =
            JsonObject.of(
                    "errcode",
                    ErrorCode.M_UNKNOWN.name(),
                    "org.matrix.msc4140.errcode",
                    "M_CANCELLED_BY_STATE_UPDATE",
                    "error",
                    "Somebody else has set this state");

    private final Database database;
    private final PlannedSending sending;
    private final Duration longest;
    private final BiFunction<Reading, UserId, Restraint> restraints;
    private final Clock clock;
    private final RandomGenerator random;
    private final Alarm alarm;
    private final DelayedEventStore store = new DelayedEventStore();

    /// @param longest the longest delay; with zero there is none
    /// @param restraints what users are kept from
    public DelayedEvents(
            Database database,
            Rooms rooms,
            Duration longest,
            BiFunction<Reading, UserId, Restraint> restraints,
            Clock clock,
            RandomGenerator random) {
        this.database = database;
        this.sending = rooms.plannedSending();
        this.longest = longest;
        this.restraints = restraints;
        this.clock = clock;
        this.random = random;
        this.alarm = new Alarm(clock, "delayed events", this::sendDue);
        rooms.onPersisting(this::cancelOfOthers);
        rooms.neighbors().onPlan(this::plan);
    }

    public void declare(Routes routes) {
        new DelayedEventEndpoints(this).declare(routes);
    }

    /// Sends from now on what is due, beginning with what was due while the server was down.
    public void start() {
        alarm.start();
    }

    String plan(ClientRequest request, Supplier<PlannedEvent> wanted, long delay) {
        var before = database.read(reading -> sending.answer(reading, request));
        if (before.isPresent()) {
            return before.get();
        }
        checkDelay(delay);
        var event = wanted.get();
        sending.check(event);
        var id = database.transact(tx -> planOnce(tx, request, event, delay));
        alarm.set(clock.instant().plusMillis(delay));
        return id;
    }

    private void checkDelay(long delay) {
        if (longest.isZero()) {
            throw forbidden("This server sends nothing at a later time");
        }
        if (delay == 0) {
            throw invalidParam("A delay must be longer than nothing");
        }
        if (delay > longest.toMillis()) {
            throw new MatrixException.DelayTooLong(longest);
        }
    }

    /// A state event has no transaction ID: whoever sets it twice plans it twice.
    private String planOnce(Transaction tx, ClientRequest request, PlannedEvent event, long delay) {
        Supplier<String> plan = () -> insert(tx, event, delay);
        return event.stateKey().isPresent() ? plan.get() : sending.planOnce(tx, request, plan);
    }

    private String insert(Transaction tx, PlannedEvent event, long delay) {
        long now = clock.millis();
        var scheduled = store.scheduled(tx, event.sender(), MOST);
        if (scheduled.size() == MOST) {
            long wait = Math.max(1_000, scheduled.getFirst().due() - now);
            throw new MatrixException.LimitExceeded(Duration.ofMillis(wait));
        }
        var id = UnpaddedBase64.random(random, ID_BYTES);
        store.insert(
                tx, new DelayedEvent(tx.nextPosition(), id, event, delay, now, Optional.empty()));
        return id;
    }

    Optional<DelayedEvent> find(Reading reading, UserId owner, String id) {
        return store.find(reading, id).filter(found -> found.event().sender().equals(owner));
    }

    List<DelayedEvent> scheduled(Reading reading, UserId owner) {
        return store.scheduled(reading, owner, MOST);
    }

    List<DelayedEvent> finalized(Reading reading, UserId owner) {
        return store.finalized(reading, owner, MOST);
    }

    Database database() {
        return database;
    }

    /// Lets the delay begin anew.
    void restart(String id) {
        var restarted =
                database.transact(tx -> {
                    var found = require(tx, id);
                    if (!found.isScheduled()) {
                        throw over();
                    }
                    var later = found.restarted(clock.millis());
                    store.restart(tx, later);
                    return later;
                });
        alarm.set(Instant.ofEpochMilli(restarted.due()));
    }

    void cancel(String id) {
        database.change(tx -> {
            var found = require(tx, id);
            if (found.isScheduled()) {
                store.finalize(tx, found, End.cancelled(clock.millis()), MOST);
            } else if (isSent(found)) {
                throw over();
            }
        });
    }

    /// Sends an event before its time. If that is refused, it stays scheduled.
    void send(String id) {
        var found = database.read(reading -> require(reading, id));
        if (found.isScheduled()) {
            checkRestraint(found.event().sender());
            send(found, Long.MAX_VALUE);
        } else if (!isSent(found)) {
            throw over();
        }
    }

    private DelayedEvent require(Reading reading, String id) {
        return store.find(reading, id)
                .orElseThrow(() -> notFound("There is no delayed event with this ID"));
    }

    private static boolean isSent(DelayedEvent delayed) {
        return delayed.end().filter(end -> end.outcome() == DelayedEvent.Outcome.SENT).isPresent();
    }

    /// The proposal wants a 409 here, of which clients don't know what to make: this one tells them
    /// to go on without the event.
    private static MatrixException over() {
        return notFound("This delayed event was sent or given up already");
    }

    /// Sends what is due.
    ///
    /// @return when the next will be
    private Optional<Instant> sendDue() {
        long now = clock.millis();
        for (var delayed : database.read(reading -> store.due(reading, now, AT_ONCE))) {
            try {
                sendInTime(delayed, now);
            } catch (StorageFullException _) {
                return Optional.of(clock.instant().plus(PAUSE_WHEN_FULL));
            }
        }
        return database.read(store::nextDue).map(Instant::ofEpochMilli);
    }

    private void sendInTime(DelayedEvent delayed, long now) {
        try {
            checkRestraint(delayed.event().sender());
            send(delayed, now);
        } catch (StorageFullException e) {
            throw e;
        } catch (MatrixException e) {
            fail(delayed, e.code(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "A delayed event could not be sent", e);
            fail(delayed, ErrorCode.M_UNKNOWN, "Something went wrong on this server");
        }
    }

    /// MOD-1, MOD-2: what was planned before is said now, which its sender may not.
    private void checkRestraint(UserId sender) {
        if (database.read(reading -> restraints.apply(reading, sender)) != Restraint.NONE) {
            throw Requester.suspended();
        }
    }

    /// Sends an event, unless it was sent, cancelled or restarted in the meantime.
    private void send(DelayedEvent delayed, long dueBefore) {
        sending.send(
                delayed.event(),
                delayed.id(),
                (tx, send) ->
                        store.at(tx, delayed.number())
                                .filter(DelayedEvent::isScheduled)
                                .filter(found -> found.due() <= dueBefore)
                                .ifPresent(found -> finish(tx, found, send.get().value())));
    }

    private void finish(Transaction tx, DelayedEvent delayed, String eventId) {
        store.finalize(tx, delayed, End.sent(clock.millis(), eventId), MOST);
    }

    private void fail(DelayedEvent delayed, ErrorCode code, String message) {
        var error = JsonObject.of("errcode", code.name(), "error", message);
        database.change(tx ->
                store.at(tx, delayed.number())
                        .filter(DelayedEvent::isScheduled)
                        .ifPresent(found ->
                                store.finalize(
                                        tx, found, End.failed(clock.millis(), error), MOST)));
    }

    /// Whoever planned to set a state meant the one that was there: if somebody else sets it, the
    /// plan is void.
    private void cancelOfOthers(Transaction tx, StoredEvent event) {
        if (event.pdu().isState()) {
            store.ofOthers(tx, event.pdu())
                    .forEach(plan ->
                            store.finalize(tx, plan, End.failed(clock.millis(), OVERTAKEN), MOST));
        }
    }

    /// ACC-10: nothing is sent for who is no more.
    public void accountRemoved(Transaction tx, UserId user) {
        store.deleteOf(tx, user);
    }

    /// Forgets what was over long ago; meant for once a day.
    public void forgetOld() {
        database.change(tx -> store.forgetFinalizedBefore(tx, clock.millis() - KEPT.toMillis()));
    }

    @Override
    public void close() {
        alarm.close();
    }
}
