package dev.hearth.testing;

import dev.hearth.Homeserver;
import dev.hearth.configuration.Configuration;
import dev.hearth.configuration.ConfigurationReader;
import dev.hearth.identifier.KeyId;
import dev.hearth.json.JsonObject;
import dev.hearth.signing.SigningKey;
import dev.hearth.storage.Database;
import dev.hearth.storage.H2Database;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/// A homeserver on a free port of loopback, open for registration and without limits.
public final class TestHomeserver implements AutoCloseable {

    private final Homeserver server;
    private final TestClient client;

    private TestHomeserver(Database database) {
        var random = new SecureRandom();
        var key = SigningKey.generate(KeyId.parse("ed25519:test"), random);
        this.server =
                Homeserver.start(
                        configuration(),
                        new Homeserver.Parts(database, key, Clock.systemUTC(), random));
        this.client =
                new TestClient(
                        URI.create("http://127.0.0.1:" + server.addresses().getFirst().getPort()));
    }

    /// A server that keeps nothing.
    public static TestHomeserver start() {
        return new TestHomeserver(H2Database.inMemory());
    }

    /// A server whose database is in a folder.
    public static TestHomeserver start(Path folder) {
        return new TestHomeserver(H2Database.open(folder));
    }

    private static Configuration configuration() {
        return ConfigurationReader.read(
                List.of(
                        "--server-name",
                        "hearth.test",
                        "--set",
                        "listeners=[{\"bind\":\"127.0.0.1\",\"port\":0}]",
                        "--set",
                        "registration.enabled=true",
                        "--set",
                        "rate_limits.enabled=false",
                        "--set",
                        "password.hash_cost=\"minimum\""),
                Map.of());
    }

    public TestClient client() {
        return client;
    }

    public TestUser register(String name) {
        var login =
                client.post(
                                "/_matrix/client/v3/register",
                                JsonObject.of(
                                        "username",
                                        name,
                                        "password",
                                        "secret of " + name,
                                        "auth",
                                        JsonObject.of("type", "m.login.dummy")))
                        .ok();
        return new TestUser(client, login);
    }

    public TestUser login(String name) {
        return new TestUser(
                client,
                client.post(
                                "/_matrix/client/v3/login",
                                JsonObject.of(
                                        "type",
                                        "m.login.password",
                                        "identifier",
                                        JsonObject.of("type", "m.id.user", "user", name),
                                        "password",
                                        "secret of " + name))
                        .ok());
    }

    @Override
    public void close() {
        server.close();
    }
}
