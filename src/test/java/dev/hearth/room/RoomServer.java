package dev.hearth.room;

import static dev.hearth.testing.TestClient.escape;

import dev.hearth.concurrent.NewsBoard;
import dev.hearth.configuration.Listener;
import dev.hearth.event.EventSigner;
import dev.hearth.http.RateLimits;
import dev.hearth.http.Requester;
import dev.hearth.http.RouteTable;
import dev.hearth.http.WebServer;
import dev.hearth.identifier.DeviceId;
import dev.hearth.identifier.KeyId;
import dev.hearth.identifier.ServerName;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.signing.SigningKey;
import dev.hearth.storage.H2Database;
import dev.hearth.testing.CountingDatabase;
import dev.hearth.testing.Reply;
import dev.hearth.testing.TestClient;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.random.RandomGeneratorFactory;

/// A server with nothing but rooms. A token is a user and a device, with a slash between; the
/// device [#ADMINISTRATOR] makes its user one.
final class RoomServer implements AutoCloseable {

    static final UserId ALICE = UserId.parse("@alice:test");
    static final UserId BOB = UserId.parse("@bob:test");
    static final UserId CAROL = UserId.parse("@carol:test");
    static final String ADMINISTRATOR = "ADMINISTRATOR";

    private static final ServerName SERVER = ServerName.parse("test");
    private static final Clock STANDING = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

    final CountingDatabase database = new CountingDatabase(H2Database.inMemory());
    final NewsBoard<UserId> news = new NewsBoard<>();
    final SigningKey key;
    final Rooms rooms;
    final EventSigner signer;
    private final WebServer web;

    RoomServer() {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        key = SigningKey.generate(KeyId.parse("ed25519:a"), random);
        signer = new EventSigner(SERVER, key);
        rooms =
                new Rooms(
                        database,
                        SERVER,
                        signer,
                        RoomVersion.V12,
                        news,
                        (_, user) -> JsonObject.of("displayname", user.localpart()),
                        STANDING,
                        random);
        var routes = new RouteTable();
        rooms.declare(routes);
        web =
                WebServer.start(
                        new Listener(InetAddress.ofLiteral("127.0.0.1"), 0, List.of()),
                        routes,
                        RoomServer::authenticate,
                        RateLimits.off(),
                        database::settle);
    }

    static Requester authenticate(String token) {
        var parts = token.split("/");
        boolean administrator = parts[1].equals(ADMINISTRATOR);
        return new Requester(
                UserId.parse(parts[0]), DeviceId.parse(parts[1]), false, administrator);
    }

    TestClient as(UserId user) {
        return as(user, "PHONE");
    }

    TestClient as(UserId user, String device) {
        return new TestClient(URI.create("http://127.0.0.1:" + web.address().getPort()))
                .as(user + "/" + device);
    }

    /// The ID of a new room of Alice's.
    String create(Object... request) {
        return tryToCreate(request).ok().string("room_id");
    }

    /// The ID of a new public room of Alice's with Bob in it.
    String createWithBob() {
        var room = create("preset", "public_chat");
        act(BOB, room, "join").ok();
        return room;
    }

    Reply tryToCreate(Object... request) {
        return as(ALICE).post("/_matrix/client/v3/createRoom", JsonObject.of(request));
    }

    Reply act(UserId user, String room, String what, Object... body) {
        return as(user).post(path(room) + "/" + what, JsonObject.of(body));
    }

    Reply say(UserId user, String room, String transaction, Object... content) {
        return as(user).put(
                        path(room) + "/send/m.room.message/" + transaction, JsonObject.of(content));
    }

    Reply put(UserId user, String room, String type, String key, Object... content) {
        return as(user).put(
                        path(room) + "/state/" + type + "/" + escape(key), JsonObject.of(content));
    }

    Reply state(UserId user, String room, String type, String key) {
        return as(user).get(path(room) + "/state/" + type + "/" + escape(key));
    }

    Reply event(UserId user, String room, String event) {
        return as(user).get(path(room) + "/event/" + escape(event));
    }

    static String path(String room) {
        return "/_matrix/client/v3/rooms/" + escape(room);
    }

    @Override
    public void close() {
        web.close();
        database.close();
    }
}
