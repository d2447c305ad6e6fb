package dev.hearth;

import dev.hearth.account.Accounts;
import dev.hearth.account.Device;
import dev.hearth.accountdata.AccountData;
import dev.hearth.concurrent.NewsBoard;
import dev.hearth.concurrent.Repeating;
import dev.hearth.configuration.Configuration;
import dev.hearth.event.EventSigner;
import dev.hearth.http.RateLimits;
import dev.hearth.http.RouteTable;
import dev.hearth.http.WebServer;
import dev.hearth.identifier.DeviceId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.keys.Keys;
import dev.hearth.keys.LocalDevices;
import dev.hearth.keys.SharedRooms;
import dev.hearth.keys.backup.KeyBackup;
import dev.hearth.notification.Notifications;
import dev.hearth.receipt.Receipts;
import dev.hearth.room.Rooms;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.signing.SigningKey;
import dev.hearth.storage.Database;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import dev.hearth.sync.Sync;
import dev.hearth.todevice.ToDevice;
import dev.hearth.typing.Typing;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// A running homeserver: builds every part, in order, by constructors.
public final class Homeserver implements AutoCloseable {

    private final Database database;
    private final NewsBoard<UserId> news = new NewsBoard<>();
    private final Accounts accounts;
    private final List<WebServer> listeners;
    private final List<Repeating> background;

    private Homeserver(Configuration configuration, Parts parts) {
        this.database = parts.database();
        var clock = parts.clock();
        this.accounts = new Accounts(database, configuration, news, clock, parts.random());
        var accountData = new AccountData(database, news);
        var rooms =
                new Rooms(
                        database,
                        configuration.serverName(),
                        new EventSigner(configuration.serverName(), parts.signingKey()),
                        RoomVersion.find(configuration.rooms().defaultVersion())
                                .orElse(RoomVersion.V12),
                        news,
                        (_, _) -> JsonObject.EMPTY,
                        clock,
                        parts.random());
        var devices = devices(accounts);
        var toDevice =
                new ToDevice(
                        database,
                        (reading, user) -> devices.names(reading, user).keySet(),
                        clock,
                        news::publish);
        var keys =
                new Keys(
                        database,
                        configuration.serverName(),
                        new Keys.Neighbors(
                                devices, sharedRooms(rooms), accounts.userInteractive()::confirm),
                        news::publish,
                        Sync::position);
        accounts.onDeviceChange(deviceListener(keys, toDevice));
        var typing = new Typing(database, news, rooms, clock);
        this.background = List.of(Repeating.every(Duration.ofSeconds(1), "typing", typing::expire));
        var receipts = new Receipts(database, news, rooms, accountData, clock);
        var features = new Sync.Features(rooms, accountData, toDevice, keys, typing, receipts);
        var routes = routes(configuration, features, clock);
        this.listeners = listen(configuration, routes, clock);
    }

    private RouteTable routes(Configuration configuration, Sync.Features features, Clock clock) {
        var routes = new RouteTable();
        new Discovery(configuration).declare(routes);
        accounts.declare(routes);
        features.accountData().declare(routes);
        features.rooms().declare(routes);
        features.keys().declare(routes);
        features.toDevice().declare(routes);
        features.typing().declare(routes);
        features.receipts().declare(routes);
        new KeyBackup(database).declare(routes);
        new Notifications().declare(routes);
        new Sync(database, news, features, clock).declare(routes);
        return routes;
    }

    private List<WebServer> listen(Configuration configuration, RouteTable routes, Clock clock) {
        var limits = configuration.rateLimits().enabled() ? RateLimits.on(clock) : RateLimits.off();
        return configuration.listeners().stream()
                .map(where -> WebServer.start(where, routes, accounts, limits, database::settle))
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

    /// The token with which the first person signs up, while there is nobody.
    public Optional<String> firstAdministratorToken() {
        return accounts.firstAdministratorToken();
    }

    /// Answers who waits, lets requests finish, and puts everything to disk.
    @Override
    public void close() {
        news.close();
        listeners.forEach(WebServer::close);
        background.forEach(Repeating::close);
        database.close();
    }

    private static LocalDevices devices(Accounts accounts) {
        return new LocalDevices() {
            @Override
            public boolean exists(Reading reading, UserId user) {
                return accounts.exists(reading, user);
            }

            @Override
            public Map<DeviceId, Optional<String>> names(Reading reading, UserId user) {
                var names = new HashMap<DeviceId, Optional<String>>();
                for (Device device : accounts.devices(reading, user)) {
                    names.put(device.id(), device.displayName());
                }
                return names;
            }
        };
    }

    private static SharedRooms sharedRooms(Rooms rooms) {
        var companions = rooms.companions();
        return new SharedRooms() {
            @Override
            public Set<UserId> sharingWith(Reading reading, UserId user) {
                return companions.of(reading, user);
            }

            @Override
            public Encounters encounters(Reading reading, UserId user, long since, long upTo) {
                return new Encounters(
                        companions.met(reading, user, since, upTo),
                        companions.parted(reading, user, since, upTo));
            }
        };
    }

    private static Accounts.DeviceListener deviceListener(Keys keys, ToDevice toDevice) {
        return new Accounts.DeviceListener() {
            @Override
            public void removed(Transaction tx, UserId user, DeviceId device) {
                keys.deviceRemoved(tx, user, device);
                toDevice.deviceRemoved(tx, user, device);
            }

            @Override
            public void renamed(Transaction tx, UserId user, DeviceId device) {
                keys.deviceRenamed(tx, user, device);
            }
        };
    }
}
