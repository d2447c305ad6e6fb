package dev.hearth;

import dev.hearth.account.Accounts;
import dev.hearth.accountdata.AccountData;
import dev.hearth.concurrent.NewsBoard;
import dev.hearth.concurrent.Repeating;
import dev.hearth.configuration.Configuration;
import dev.hearth.delayed.DelayedEvents;
import dev.hearth.event.EventSigner;
import dev.hearth.http.RateLimits;
import dev.hearth.http.RouteTable;
import dev.hearth.http.WebServer;
import dev.hearth.identifier.UserId;
import dev.hearth.keys.Keys;
import dev.hearth.keys.backup.KeyBackup;
import dev.hearth.notice.Notices;
import dev.hearth.notification.Notifications;
import dev.hearth.outgoing.Outgoing;
import dev.hearth.presence.Presence;
import dev.hearth.profile.Profiles;
import dev.hearth.push.Pushers;
import dev.hearth.receipt.Receipts;
import dev.hearth.report.Reports;
import dev.hearth.room.RelationBacklog;
import dev.hearth.room.Rooms;
import dev.hearth.room.directory.Directory;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.signing.SigningKey;
import dev.hearth.sticky.StickyEvents;
import dev.hearth.storage.Database;
import dev.hearth.subscription.Subscriptions;
import dev.hearth.sync.OldSync;
import dev.hearth.sync.Sync;
import dev.hearth.todevice.ToDevice;
import dev.hearth.typing.Typing;
import dev.hearth.voip.CallTransports;
import dev.hearth.voip.TurnServer;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// A running homeserver: builds every part, in order, by constructors.
public final class Homeserver implements AutoCloseable {

    private final Database database;
    private final NewsBoard<UserId> news = new NewsBoard<>();
    private final Accounts accounts;
    private final Profiles profiles;
    private final KeyBackup keyBackup;
    private final Rooms rooms;
    private final Directory directory;
    private final DelayedEvents delayedEvents;
    private final People people;
    private final Pushers pushers;
    private final List<String> endpoints;
    private final List<WebServer> listeners;
    private final List<Repeating> background;

    private Homeserver(Configuration configuration, Parts parts) {
        this.database = parts.database();
        var clock = parts.clock();
        var outgoing = new Outgoing(configuration, database::settle);
        this.accounts =
                new Accounts(database, configuration, news, outgoing, clock, parts.random());
        this.profiles = new Profiles(database, accounts::exists);
        this.keyBackup = new KeyBackup(database);
        var features = features(configuration, parts);
        this.rooms = features.rooms();
        this.directory =
                new Directory(
                        database,
                        rooms,
                        configuration.serverName(),
                        configuration.directory(),
                        parts.random());
        this.pushers =
                new Pushers(
                        database,
                        new Pushers.Neighbors(rooms, features.receipts(), features.notifications()),
                        outgoing,
                        clock,
                        parts.random());
        this.people = new People(configuration, database, accounts, profiles, features);
        accounts.onDeviceChange(Ties.deviceListener(features, pushers));
        this.delayedEvents = delayedEvents(configuration, parts, features);
        accounts.onAccountChange(
                Ties.accountListener(profiles, keyBackup, delayedEvents, features));
        profiles.onChange(features.rooms().accountChanges()::profileChanged);
        features.rooms().visibility().onErasure(accounts::erasedAt);
        features.rooms().neighbors().onResidents(Ties.residents(accounts, features));
        var routes = routes(configuration, features, clock);
        this.endpoints = routes.describe();
        this.listeners = listen(configuration, routes, clock);
        this.background = new ArrayList<>(background(configuration, features));
        background.addAll(people.background());
        delayedEvents.start();
    }

    private DelayedEvents delayedEvents(
            Configuration configuration, Parts parts, Sync.Features features) {
        return new DelayedEvents(
                database,
                features.rooms(),
                configuration.delayedEvents().maxDelay(),
                accounts::restraint,
                parts.clock(),
                parts.random());
    }

    private Sync.Features features(Configuration configuration, Parts parts) {
        var accountData = new AccountData(database, news);
        var rooms = rooms(configuration, parts);
        rooms.visibility().onIgnoring(accountData::ignoredUsers);
        var devices = Ties.devices(accounts, configuration.devices().named());
        var toDevice =
                new ToDevice(
                        database,
                        (reading, user) -> devices.names(reading, user).keySet(),
                        parts.clock(),
                        news::publish);
        var keys =
                new Keys(
                        database,
                        configuration.serverName(),
                        new Keys.Neighbors(
                                devices,
                                Ties.sharedRooms(rooms),
                                Ties.confirmation(accounts.userInteractive())),
                        news::publish,
                        Sync::position);
        var typing = new Typing(database, news, rooms, parts.clock());
        var receipts = new Receipts(database, news, rooms, accountData, parts.clock());
        var subscriptions = new Subscriptions(database, news, rooms, receipts.threads());
        var near = new Notifications.Neighbors(rooms, receipts, accountData, subscriptions);
        var notifications = notifications(configuration, parts, near);
        return new Sync.Features(
                rooms,
                accountData,
                toDevice,
                keys,
                typing,
                receipts,
                notifications,
                new StickyEvents(database, rooms, parts.clock()),
                presence(configuration, rooms, parts.clock()),
                subscriptions);
    }

    private Notifications notifications(
            Configuration configuration, Parts parts, Notifications.Neighbors neighbors) {
        return new Notifications(database, news, neighbors, configuration.push(), parts.clock());
    }

    private Presence presence(Configuration configuration, Rooms rooms, Clock clock) {
        return new Presence(
                database,
                news,
                rooms,
                new Presence.People(accounts::exists, rooms::isLocal, profiles::inRooms),
                clock,
                configuration.presence().enabled());
    }

    private Rooms rooms(Configuration configuration, Parts parts) {
        return new Rooms(
                database,
                configuration.serverName(),
                new EventSigner(configuration.serverName(), parts.signingKey()),
                RoomVersion.find(configuration.rooms().defaultVersion()).orElse(RoomVersion.V12),
                news,
                profiles::inRooms,
                parts.clock(),
                parts.random());
    }

    private List<Repeating> background(Configuration configuration, Sync.Features features) {
        var retention = configuration.rooms().redactionRetention();
        var housekeeping =
                Repeating.every(
                        Duration.ofDays(1), "housekeeping", () -> keepHouse(features, retention));
        // A server that is stopped every night keeps house too.
        housekeeping.soon();
        var typing = Repeating.every(Duration.ofSeconds(1), "typing", features.typing()::expire);
        var sightings =
                Repeating.every(Duration.ofMinutes(5), "sightings", accounts::writeSightings);
        var relations =
                Repeating.every(
                        Duration.ofMinutes(1),
                        "relations",
                        new RelationBacklog(features.rooms())::goOn);
        return List.of(housekeeping, typing, sightings, relations);
    }

    private void keepHouse(Sync.Features features, Duration retention) {
        accounts.finishDepartures();
        features.rooms().forgetOldRequests();
        features.rooms().redactions().purge(retention);
        features.toDevice().forgetOldRequests();
        features.stickyEvents().forgetEnded();
        delayedEvents.forgetOld();
    }

    private RouteTable routes(Configuration configuration, Sync.Features features, Clock clock) {
        var routes = new RouteTable();
        new Discovery(configuration).declare(routes);
        accounts.declare(routes);
        profiles.declare(routes);
        features.accountData().declare(routes);
        features.rooms().declare(routes);
        features.keys().declare(routes);
        features.toDevice().declare(routes);
        features.typing().declare(routes);
        features.receipts().declare(routes);
        features.subscriptions().declare(routes);
        keyBackup.declare(routes);
        directory.declare(routes);
        delayedEvents.declare(routes);
        new CallTransports(configuration.rtc()).declare(routes);
        new TurnServer(configuration.turn(), clock).declare(routes);
        new ThirdPartyNetworks().declare(routes);
        people.declare(routes);
        features.notifications().declare(routes);
        new Reports(database, features.rooms(), accounts::exists, clock).declare(routes);
        notices(configuration, features).declare(routes);
        pushers.declare(routes);
        new Sync(database, news, features, clock).declare(routes);
        new OldSync(database, news, features, directory, clock).declare(routes);
        return routes;
    }

    private Notices notices(Configuration configuration, Sync.Features features) {
        return new Notices(
                database,
                accounts,
                features.accountData(),
                features.rooms(),
                configuration.serverNotices());
    }

    private List<WebServer> listen(Configuration configuration, RouteTable routes, Clock clock) {
        var limits = RateLimits.of(configuration.rateLimits(), clock);
        return configuration.listeners().stream()
                .map(where ->
                        WebServer.start(
                                where,
                                routes,
                                accounts,
                                limits,
                                database::settle,
                                configuration.wellKnown().adminContact()))
                .toList();
    }

    /// What a homeserver is made of that differs between a test and the real thing.
    public record Parts(
            Database database, SigningKey signingKey, Clock clock, RandomGenerator random) {}

    /// Starts, and serves from now on.
    public static Homeserver start(Configuration configuration, Parts parts) {
        return new Homeserver(configuration, parts);
    }

    /// Where it listens.
    public List<InetSocketAddress> addresses() {
        return listeners.stream().map(WebServer::address).toList();
    }

    /// What it answers, as [RouteTable#describe] has it.
    public List<String> endpoints() {
        return endpoints;
    }

    /// The token with which the first person signs up, while there is nobody.
    public Optional<String> firstAdministratorToken() {
        var token = accounts.firstAdministratorToken();
        database.settle();
        return token;
    }

    /// A token with which one more person signs up. It is on the disk when this returns.
    public String newToken() {
        var token = accounts.newToken();
        database.settle();
        return token;
    }

    /// Answers who waits, lets requests finish, and puts everything to disk.
    @Override
    public void close() {
        news.close();
        rooms.close();
        listeners.forEach(WebServer::close);
        background.forEach(Repeating::close);
        delayedEvents.close();
        pushers.close();
        accounts.writeSightings();
        database.close();
    }
}
