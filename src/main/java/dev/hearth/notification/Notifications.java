package dev.hearth.notification;

import dev.hearth.accountdata.AccountData;
import dev.hearth.authorization.Membership;
import dev.hearth.concurrent.NewsBoard;
import dev.hearth.configuration.Configuration;
import dev.hearth.http.Routes;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.receipt.ReadUpTo;
import dev.hearth.receipt.Receipts;
import dev.hearth.room.RoomMembership;
import dev.hearth.room.Rooms;
import dev.hearth.storage.Database;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import dev.hearth.subscription.Subscriptions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What an event is to those who read it: push rules, and unread counts.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#receiving-notifications Receiving
///   notifications
public final class Notifications {

    private final Database database;
    private final Rulesets rulesets;
    private final PushRuleChanges changes;
    private final UnreadCounts counts;
    private final Neighbors neighbors;
    private final NotifiedEvents notified;
    private final Clock clock;
    private final List<Listener> listeners = new ArrayList<>();

    /// Whose events notify, and who has read and ignores what.
    public record Neighbors(
            Rooms rooms, Receipts receipts, AccountData accountData, Subscriptions subscriptions) {}

    /// Hears, after the commit, of an event that notifies some of these users. It must be quick,
    /// and must not use the database.
    @FunctionalInterface
    public interface Listener {
        void notified(Set<UserId> users, long position);
    }

    public Notifications(
            Database database,
            NewsBoard<UserId> news,
            Neighbors neighbors,
            Configuration.Push settings,
            Clock clock) {
        this.database = database;
        this.neighbors = neighbors;
        this.clock = clock;
        var rooms = neighbors.rooms();
        var receipts = neighbors.receipts();
        var defaults = defaults(settings);
        var ruleStore = new PushRuleStore();
        this.rulesets = database.read(reading -> new Rulesets(reading, ruleStore, defaults));
        var store = new UnreadStore();
        var timelines = new Timelines(store);
        this.counts = new UnreadCounts(store, timelines, rulesets);
        this.changes =
                new PushRuleChanges(
                        database,
                        news,
                        ruleStore,
                        rulesets,
                        new Changeover(rooms, receipts, store, timelines));
        var hearers =
                new ThreadHearers(
                        receipts.threads(),
                        neighbors.subscriptions(),
                        settings.threadSubscriptions());
        var around = new EventOccasion.Surroundings(rooms, hearers);
        var parts = new Counting.Parts(around, receipts.threads(), store, timelines);
        var named = new Named(rooms, defaults.haveLegacyMentions());
        var counting = new Counting(parts, rulesets, named, this::tell);
        rooms.onPersisting(counting::note);
        rooms.redactions().onRedacting(counting::takeBack);
        this.notified = new NotifiedEvents(neighbors, around, rulesets);
        neighbors.accountData().serve("m.push_rules", new RulesForClients(rulesets));
    }

    private static DefaultPushRules defaults(Configuration.Push settings) {
        var rules =
                settings.legacyMentions()
                        ? DefaultPushRules.withLegacyMentions()
                        : DefaultPushRules.current();
        return settings.threadSubscriptions() ? rules.withThreadSubscriptions() : rules;
    }

    /// Before the first request: who hears of events that notify.
    public void onNotified(Listener listener) {
        listeners.add(listener);
    }

    private void tell(Set<UserId> users, long position) {
        listeners.forEach(listener -> listener.notified(users, position));
    }

    /// PUSH-12: clients hear of their rules as account data.
    private record RulesForClients(Rulesets rulesets) implements AccountData.Served {

        @Override
        public JsonObject content(Reading reading, UserId user) {
            return JsonObject.of("global", rulesets.json(reading, user));
        }

        @Override
        public long lastChange(UserId user) {
            return rulesets.lastChange(user);
        }
    }

    public void declare(Routes routes) {
        new PushRuleEndpoints(database, rulesets, changes).declare(routes);
        new NotificationEndpoints(database, neighbors.rooms(), notified, clock).declare(routes);
    }

    /// The next event that notified a user.
    ///
    /// @param event nothing if there was none
    /// @param position up to which that is all; the event's own if there is one
    public record Next(Optional<Notified> event, long position) {}

    /// Looks for the next event that notified a user after one position and up to another, not
    /// necessarily that far.
    public Next nextOf(Reading reading, UserId user, long after, long upTo) {
        return notified.next(reading, user, after, upTo);
    }

    /// How many messages are unread for a user in all rooms.
    public long unreadOf(Reading reading, UserId user) {
        var ignored = neighbors.accountData().ignoredUsers(reading, user);
        var read = neighbors.receipts().readUpTo(reading, user);
        return neighbors.rooms().memberships(reading, user).stream()
                .filter(membership -> membership.membership() == Membership.JOIN)
                .map(RoomMembership::roomId)
                .mapToLong(room ->
                        counts.of(
                                        reading,
                                        user,
                                        room,
                                        read.getOrDefault(room, ReadUpTo.NOTHING),
                                        ignored)
                                .whole()
                                .notifications())
                .sum();
    }

    /// What is unread for a member of a room.
    ///
    /// @param read up to where they have read
    /// @param ignored whose events don't count
    public Unread unread(
            Reading reading, UserId user, RoomId room, ReadUpTo read, Set<UserId> ignored) {
        return counts.of(reading, user, room, read, ignored);
    }

    /// A user came into a room that takes the place of another: the rules for that one are for this
    /// one too.
    public void succeed(Transaction tx, UserId user, RoomId from, RoomId to) {
        if (rulesets.lastChange(user) > 0) {
            changes.change(tx, user, own -> FollowingRules.follow(own, from, to));
        }
    }

    /// Takes away the rules of a user who is no more.
    public void accountRemoved(Transaction tx, UserId user) {
        changes.accountRemoved(tx, user);
    }
}
