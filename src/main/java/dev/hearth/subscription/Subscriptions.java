package dev.hearth.subscription;

import static dev.hearth.error.MatrixException.error;
import static dev.hearth.error.MatrixException.forbidden;
import static dev.hearth.error.MatrixException.notFound;

import dev.hearth.concurrent.NewsBoard;
import dev.hearth.error.ErrorCode;
import dev.hearth.http.Routes;
import dev.hearth.identifier.EventId;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.receipt.Threads;
import dev.hearth.room.Rooms;
import dev.hearth.room.StoredEvent;
import dev.hearth.storage.Database;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import java.util.List;
import java.util.Optional;

/// The subscriptions of users to threads.
///
/// @spec https://github.com/matrix-org/matrix-spec-proposals/pull/4306 MSC4306:
///   `io.element.msc4306`
public final class Subscriptions {

    /// More threads than anybody follows.
    private static final long MOST = 50_000;

    private static final int SUBSCRIBERS = 1_000;

    private final Database database;
    private final NewsBoard<UserId> news;
    private final Rooms rooms;
    private final Threads threads;
    private final SubscriptionStore store = new SubscriptionStore();

    public Subscriptions(Database database, NewsBoard<UserId> news, Rooms rooms, Threads threads) {
        this.database = database;
        this.news = news;
        this.rooms = rooms;
        this.threads = threads;
    }

    public void declare(Routes routes) {
        new SubscriptionEndpoints(database, this).declare(routes);
    }

    /// A thread, by its root, as one user sees it.
    record Followed(UserId user, RoomId room, EventId root) {}

    /// Newest first: what changed of a user's subscriptions after one position and up to another.
    public List<Subscription> changes(
            Reading reading, UserId user, long since, long upTo, int limit) {
        return store.newest(reading, user, since, upTo, limit);
    }

    /// Whether a user hears of a thread.
    public boolean isSubscribed(Reading reading, UserId user, RoomId room, EventId root) {
        return store.find(reading, user, room, root).filter(Subscription::subscribed).isPresent();
    }

    /// Those of this server who hear of a thread.
    public List<UserId> subscribers(Reading reading, RoomId room, EventId root) {
        return store.subscribers(reading, room, root, SUBSCRIBERS);
    }

    Subscription get(Reading reading, Followed thread) {
        requireRoot(reading, thread);
        return store.find(reading, thread.user(), thread.room(), thread.root())
                .filter(Subscription::subscribed)
                .orElseThrow(() -> notFound("You are not subscribed to this thread"));
    }

    /// What one may not see isn't there.
    private void requireRoot(Reading reading, Followed thread) {
        if (visible(reading, thread, thread.root()).isEmpty()) {
            throw notFound("There is no thread that you may see");
        }
    }

    private Optional<StoredEvent> visible(Reading reading, Followed thread, EventId event) {
        var found = rooms.find(reading, thread.room(), event).stream().toList();
        return rooms
                .membership(reading, thread.user(), thread.room())
                .filter(membership -> !membership.forgotten())
                .stream()
                .flatMap(membership ->
                        rooms.visibility().seen(reading, membership, thread.user(), found).stream())
                .map(seen -> seen.event())
                .findFirst();
    }

    /// The user's own wish, which no client takes the place of by itself.
    void subscribe(Transaction tx, Followed thread) {
        requireRoot(tx, thread);
        put(tx, thread, true, false);
    }

    /// A client subscribes by itself, since the user has to do with an event of the thread: unless
    /// they wanted no more of it after that event.
    void subscribeAutomatically(Transaction tx, Followed thread, EventId cause) {
        requireRoot(tx, thread);
        var event =
                visible(tx, thread, cause)
                        .filter(it -> isIn(tx, it, thread.root()))
                        .orElseThrow(() ->
                                error(
                                        ErrorCode.MSC4306_NOT_IN_THREAD,
                                        "Event " + cause + " is not in this thread"));
        var before = store.find(tx, thread.user(), thread.room(), thread.root());
        if (before.filter(Subscription::subscribed).isPresent()) {
            return;
        }
        if (before.filter(over -> over.position() > event.position()).isPresent()) {
            throw error(
                    ErrorCode.MSC4306_CONFLICTING_UNSUBSCRIPTION,
                    "You have unsubscribed from this thread since");
        }
        put(tx, thread, true, true);
    }

    private boolean isIn(Reading reading, StoredEvent event, EventId root) {
        return threads.rootOf(reading, event.shown()).filter(root::equals).isPresent();
    }

    /// Ends a subscription, if there is one.
    void unsubscribe(Transaction tx, Followed thread) {
        requireRoot(tx, thread);
        if (isSubscribed(tx, thread.user(), thread.room(), thread.root())) {
            put(tx, thread, false, false);
        }
    }

    private void put(Transaction tx, Followed thread, boolean subscribed, boolean automatic) {
        if (store.count(tx, thread.user()) >= MOST) {
            throw forbidden("You have subscribed to too many threads");
        }
        long position = tx.nextPosition();
        store.put(
                tx,
                thread.user(),
                new Subscription(thread.room(), thread.root(), subscribed, automatic, position));
        tx.afterCommit(() -> news.publish(thread.user()));
    }

    /// Takes away the subscriptions of a user who is no more.
    public void accountRemoved(Transaction tx, UserId user) {
        store.deleteAll(tx, user);
    }
}
