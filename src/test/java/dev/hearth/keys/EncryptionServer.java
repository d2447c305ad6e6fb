package dev.hearth.keys;

import dev.hearth.configuration.Listener;
import dev.hearth.error.MatrixException;
import dev.hearth.http.ClientRequest;
import dev.hearth.http.RateLimits;
import dev.hearth.http.Requester;
import dev.hearth.http.RouteTable;
import dev.hearth.http.WebServer;
import dev.hearth.identifier.DeviceId;
import dev.hearth.identifier.ServerName;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.keys.backup.KeyBackup;
import dev.hearth.storage.H2Database;
import dev.hearth.storage.Reading;
import dev.hearth.testing.TestClient;
import dev.hearth.todevice.ToDevice;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A server with nothing but encryption's endpoints. A token is a local part and a device, with a
/// slash between; who shares a room is set by the test.
public final class EncryptionServer implements AutoCloseable {

    public static final UserId ALICE = UserId.parse("@alice:test");
    public static final UserId BOB = UserId.parse("@bob:test");
    public static final DeviceId PHONE = DeviceId.parse("PHONE");
    public static final DeviceId LAPTOP = DeviceId.parse("LAPTOP");

    private static final Clock STANDING = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

    final H2Database database = H2Database.inMemory();
    final Map<UserId, Map<DeviceId, Optional<String>>> users = new LinkedHashMap<>();
    final Set<UserId> together = new HashSet<>();
    final Set<UserId> met = new HashSet<>();
    final Set<UserId> parted = new HashSet<>();
    final List<UserId> woken = new ArrayList<>();
    final Keys keys;
    final KeyBackup backup = new KeyBackup(database);
    final ToDevice toDevice;
    private final WebServer web;

    private EncryptionServer() {
        users.put(ALICE, devices(PHONE, LAPTOP));
        users.put(BOB, devices(PHONE));
        together.addAll(Set.of(ALICE, BOB));
        keys =
                new Keys(
                        database,
                        ServerName.parse("test"),
                        new Keys.Neighbors(devices(), rooms(), EncryptionServer::confirm),
                        woken::add,
                        Long::parseLong);
        toDevice = new ToDevice(database, this::devicesOf, STANDING, woken::add);
        var routes = new RouteTable();
        keys.declare(routes);
        backup.declare(routes);
        toDevice.declare(routes);
        var listener = new Listener(InetAddress.ofLiteral("127.0.0.1"), 0, List.of());
        web =
                WebServer.start(
                        listener,
                        routes,
                        EncryptionServer::authenticate,
                        RateLimits.off(),
                        database::settle);
    }

    public static EncryptionServer start() {
        return new EncryptionServer();
    }

    public TestClient client(UserId user, DeviceId device) {
        var address = web.address();
        return new TestClient(URI.create("http://127.0.0.1:" + address.getPort()))
                .as(user + "/" + device);
    }

    public H2Database database() {
        return database;
    }

    public ToDevice toDevice() {
        return toDevice;
    }

    public List<UserId> woken() {
        return woken;
    }

    private static Map<DeviceId, Optional<String>> devices(DeviceId... ids) {
        var devices = new LinkedHashMap<DeviceId, Optional<String>>();
        for (var id : ids) {
            devices.put(id, Optional.of("My " + id));
        }
        return devices;
    }

    private Set<DeviceId> devicesOf(Reading reading, UserId user) {
        return users.getOrDefault(user, Map.of()).keySet();
    }

    private LocalDevices devices() {
        return new LocalDevices() {
            @Override
            public boolean exists(Reading reading, UserId user) {
                return users.containsKey(user);
            }

            @Override
            public Map<DeviceId, Optional<String>> names(Reading reading, UserId user) {
                return users.getOrDefault(user, Map.of());
            }
        };
    }

    private SharedRooms rooms() {
        return new SharedRooms() {
            @Override
            public Set<UserId> sharingWith(Reading reading, UserId user) {
                var others = new HashSet<>(together);
                return others.remove(user) ? others : Set.of();
            }

            @Override
            public Encounters encounters(Reading reading, UserId user, long since, long upTo) {
                return new Encounters(met, parted);
            }
        };
    }

    private static void confirm(ClientRequest request) {
        if (!request.body().has("auth")) {
            throw new MatrixException.AuthenticationNeeded(
                    JsonObject.of("session", "s"), Optional.empty());
        }
    }

    private static Requester authenticate(String token) {
        var parts = token.split("/");
        return new Requester(UserId.parse(parts[0]), DeviceId.parse(parts[1]), false, false);
    }

    @Override
    public void close() {
        web.close();
        database.close();
    }
}
