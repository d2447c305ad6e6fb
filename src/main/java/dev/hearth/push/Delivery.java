package dev.hearth.push;

import dev.hearth.concurrent.Backoff;
import dev.hearth.concurrent.PermitsPerKey;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonShapeException;
import dev.hearth.json.JsonString;
import dev.hearth.json.JsonSyntaxException;
import dev.hearth.notification.Notifications;
import dev.hearth.notification.Notified;
import dev.hearth.outgoing.Answer;
import dev.hearth.outgoing.Outgoing;
import dev.hearth.outgoing.OutgoingRequest;
import dev.hearth.outgoing.RemoteException;
import dev.hearth.room.Rooms;
import dev.hearth.storage.Database;
import dev.hearth.storage.Reading;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/// Tells the gateway of one pusher what there is to tell, in its order: what notified its user, and
/// how much is unread when that changes without an event.
///
/// What fails is tried again, with ever longer pauses, until it is too old to be news (PGW-3).
final class Delivery implements Lanes.Work {

    private static final Logger LOG = System.getLogger(Delivery.class.getName());

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final Duration AFTER_A_FAULT = Duration.ofMinutes(1);
    private static final Duration WHILE_BUSY = Duration.ofSeconds(1);
    private static final Duration NEWS = Duration.ofDays(1);
    private static final long UNMARKED = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int ANSWER_BYTES = 1 << 16;
    private static final int AT_ONCE_PER_GATEWAY = 32;

    private final Database database;
    private final Rooms rooms;
    private final Notifications notifications;
    private final Outgoing outgoing;
    private final PusherStore store = new PusherStore();
    private final Clock clock;
    private final RandomGenerator random;
    private final PermitsPerKey<String> gateways = new PermitsPerKey<>(AT_ONCE_PER_GATEWAY);
    private volatile boolean closed;

    Delivery(
            Database database,
            Rooms rooms,
            Notifications notifications,
            Outgoing outgoing,
            Clock clock,
            RandomGenerator random) {
        this.database = database;
        this.rooms = rooms;
        this.notifications = notifications;
        this.outgoing = outgoing;
        this.clock = clock;
        this.random = random;
    }

    /// What there is to do for a pusher.
    private sealed interface Task {

        /// Nothing up to a position, which may not be the newest.
        record Pass(long upTo, boolean isAll) implements Task {}

        /// Nothing, but to write down how far that is: else a restart would look through it again.
        record Mark(PusherStore.Stored stored, long upTo) implements Task {}

        /// Nothing before a time.
        record Wait(long until) implements Task {}

        /// The gateway is to be told something.
        ///
        /// @param upTo up to where it is told with it
        record Tell(PusherStore.Stored stored, JsonObject message, long upTo, long unread)
                implements Task {}
    }

    @Override
    public Lanes.Outcome run(long pusher, long finishedUpTo) {
        long done = finishedUpTo;
        try {
            while (!closed) {
                switch (next(pusher, done)) {
                    case Task.Pass(long upTo, boolean isAll) -> {
                        if (isAll) {
                            return new Lanes.Outcome.Finished(upTo);
                        }
                        done = upTo;
                    }
                    case Task.Wait(long until) -> {
                        return new Lanes.Outcome.Later(until);
                    }
                    case Task.Mark(var stored, long upTo) ->
                            move(stored.pusher(), stored.progress().passed(upTo));
                    case Task.Tell tell -> tell(tell);
                }
            }
            return new Lanes.Outcome.Finished(done);
        } catch (RuntimeException e) {
            if (closed) {
                return new Lanes.Outcome.Finished(done);
            }
            LOG.log(Level.ERROR, "Could not push", e);
            return new Lanes.Outcome.Later(clock.millis() + AFTER_A_FAULT.toMillis());
        }
    }

    private Task next(long pusher, long done) {
        long newest = database.position();
        return database.read(reading ->
                store.find(reading, pusher)
                        .map(stored -> next(reading, stored, done, newest))
                        .orElseGet(() -> new Task.Pass(newest, true)));
    }

    private Task next(Reading reading, PusherStore.Stored stored, long done, long newest) {
        var pusher = stored.pusher();
        var progress = stored.progress().passed(done);
        if (!pusher.enabled()) {
            return new Task.Pass(newest, true);
        }
        if (progress.retryAt() > clock.millis()) {
            return new Task.Wait(progress.retryAt());
        }
        var found = notifications.nextOf(reading, pusher.user(), progress.cursor(), newest);
        if (found.event().isPresent()) {
            return notify(reading, stored, found.event().get(), found.position());
        }
        if (found.position() < newest) {
            return new Task.Pass(found.position(), false);
        }
        return newest - stored.progress().cursor() > UNMARKED
                ? new Task.Mark(stored, newest)
                : badge(reading, stored, newest);
    }

    private Task notify(
            Reading reading, PusherStore.Stored stored, Notified notified, long position) {
        if (notified.isRead() || isOld(notified)) {
            return new Task.Pass(position, false);
        }
        long unread = notifications.unreadOf(reading, stored.pusher().user());
        var message = new Message(rooms, reading).of(stored.pusher(), notified, unread);
        return new Task.Tell(stored, message, position, unread);
    }

    private boolean isOld(Notified notified) {
        long sent = notified.event().pdu().originServerTs();
        return sent < clock.millis() - NEWS.toMillis();
    }

    private Task badge(Reading reading, PusherStore.Stored stored, long newest) {
        if (!Message.wantsBadge(stored.pusher())) {
            return new Task.Pass(newest, true);
        }
        long told = stored.progress().badge();
        // Where nothing was told yet there is nothing to put right.
        long unread =
                told == Pusher.Progress.NO_BADGE
                        ? told
                        : notifications.unreadOf(reading, stored.pusher().user());
        if (unread == told) {
            return new Task.Pass(newest, true);
        }
        if (isOvertaken(reading, stored.pusher(), newest)) {
            return new Task.Pass(newest, false);
        }
        return new Task.Tell(stored, Message.badge(stored.pusher(), unread), newest, unread);
    }

    /// Whether this reading knows of an event that came after it was decided how far to look: what
    /// is unread has it counted, and is told with it.
    private boolean isOvertaken(Reading reading, Pusher pusher, long newest) {
        var found = notifications.nextOf(reading, pusher.user(), newest, Long.MAX_VALUE);
        return found.event().isPresent();
    }

    private void tell(Task.Tell tell) {
        var pusher = tell.stored().pusher();
        var permit = gateways.tryTake(pusher.url().getAuthority());
        if (permit.isEmpty()) {
            pause(tell, tell.stored().progress().failures(), WHILE_BUSY);
            return;
        }
        try (var _ = permit.get()) {
            var answer =
                    outgoing.send(
                            OutgoingRequest.post(pusher.url(), tell.message())
                                    .within(PATIENCE)
                                    .upTo(ANSWER_BYTES));
            if (!answer.isSuccess()) {
                failed(tell, "it answered " + answer.status());
            } else if (isRejected(pusher, answer)) {
                LOG.log(Level.INFO, "A push gateway rejected a pusher of {0}", pusher.user());
                database.change(tx -> store.delete(tx, pusher.number()));
            } else {
                move(pusher, tell.stored().progress().told(tell.upTo(), tell.unread()));
            }
        } catch (RemoteException e) {
            failed(tell, String.valueOf(e.getMessage()));
        }
    }

    /// An answer that is no JSON rejects nothing.
    private static boolean isRejected(Pusher pusher, Answer answer) {
        try {
            return answer.json()
                    .peekArray("rejected")
                    .orElse(JsonArray.EMPTY)
                    .values()
                    .contains(new JsonString(pusher.key().pushkey()));
        } catch (JsonSyntaxException | JsonShapeException _) {
            return false;
        }
    }

    private void failed(Task.Tell tell, String why) {
        var pusher = tell.stored().pusher();
        int failures = tell.stored().progress().failures();
        LOG.log(
                Level.DEBUG,
                "Could not push to {0} for {1}: {2}",
                pusher.url().getHost(),
                pusher.user(),
                why);
        var now = clock.instant();
        var backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE, failures, Instant.MIN);
        pause(tell, failures + 1, backoff.afterFailure(now, random).waitFrom(now));
    }

    private void pause(Task.Tell tell, int failures, Duration pause) {
        var before = tell.stored().progress();
        long retryAt = clock.millis() + pause.toMillis();
        move(
                tell.stored().pusher(),
                new Pusher.Progress(before.cursor(), before.badge(), failures, retryAt));
    }

    private void move(Pusher pusher, Pusher.Progress progress) {
        database.change(tx -> store.move(tx, pusher.number(), progress));
    }

    /// Nothing new is begun.
    void close() {
        closed = true;
    }
}
