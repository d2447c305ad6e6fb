package dev.hearth.testing;

import dev.hearth.Homeserver;
import dev.hearth.configuration.Configuration;
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
import java.util.Optional;
import java.util.stream.Stream;

/// A homeserver on a free port of loopback, open for registration and without limits.
public final class TestHomeserver implements AutoCloseable {

    private final Homeserver server;
    private final TestClient client;

    private TestHomeserver(Database database, Clock clock, List<String> settings) {
        var random = new SecureRandom();
        var key = SigningKey.generate(KeyId.parse("ed25519:test"), random);
        this.server =
                Homeserver.start(
                        configuration(settings),
                        new Homeserver.Parts(database, key, clock, random));
        this.client =
                new TestClient(
                        URI.create("http://127.0.0.1:" + server.addresses().getFirst().getPort()));
    }

    /// A server that keeps nothing.
    public static TestHomeserver start() {
        return start(Clock.systemUTC());
    }

    /// A server that keeps nothing and has a clock of its own, with other settings over the usual
    /// ones, `key=value` each.
    public static TestHomeserver start(Clock clock, String... settings) {
        return new TestHomeserver(H2Database.inMemory(), clock, List.of(settings));
    }

    /// A server whose database is in a folder.
    public static TestHomeserver start(Path folder) {
        return new TestHomeserver(H2Database.open(folder), Clock.systemUTC(), List.of());
    }

    /// The same with a clock of its own and other settings over the usual ones.
    public static TestHomeserver start(Path folder, Clock clock, String... settings) {
        return new TestHomeserver(H2Database.open(folder), clock, List.of(settings));
    }

    /// A server on a database that the test has prepared.
    public static TestHomeserver start(Database database) {
        return new TestHomeserver(database, Clock.systemUTC(), List.of());
    }

    /// A server on a database that the test has prepared, with other settings.
    public static TestHomeserver start(Database database, Clock clock, String... settings) {
        return new TestHomeserver(database, clock, List.of(settings));
    }

    private static Configuration configuration(List<String> settings) {
        var usual =
                List.of(
                        "listeners=[{\"bind\":\"127.0.0.1\",\"port\":0}]",
                        "registration.enabled=true",
                        "rate_limits.enabled=false",
                        "password.hash_cost=\"minimum\"");
        return TestConfiguration.of(
                Stream.concat(usual.stream(), settings.stream()).toArray(String[]::new));
    }

    /// What it answers: method, template and access of each endpoint.
    public List<String> endpoints() {
        return server.endpoints();
    }

    public TestClient client() {
        return client;
    }

    public TestUser register(String name) {
        return new TestUser(client, register(name, JsonObject.EMPTY));
    }

    /// A user who looks after the server, if it is its first user.
    public TestUser registerAdministrator(String name) {
        var token = server.firstAdministratorToken().orElseThrow();
        var auth = JsonObject.of("type", "m.login.registration_token", "token", token);
        return new TestUser(client, register(name, JsonObject.of("auth", auth)));
    }

    /// The answer to a registration that asks for more.
    public JsonObject register(String name, JsonObject more) {
        var request =
                JsonObject.builder()
                        .put("username", name)
                        .put("password", "secret of " + name)
                        .put("auth", JsonObject.of("type", "m.login.dummy"))
                        .putAll(more)
                        .build();
        return client.post("/_matrix/client/v3/register", request).ok();
    }

    public TestUser login(String name) {
        return new TestUser(client, login(name, JsonObject.EMPTY));
    }

    /// The answer to a login that asks for more.
    public JsonObject login(String name, JsonObject more) {
        var request =
                JsonObject.builder()
                        .put("type", "m.login.password")
                        .put("identifier", JsonObject.of("type", "m.id.user", "user", name))
                        .put("password", "secret of " + name)
                        .putAll(more)
                        .build();
        return client.post("/_matrix/client/v3/login", request).ok();
    }

    /// The registration token of the first administrator, while there is nobody.
    public Optional<String> firstAdministratorToken() {
        return server.firstAdministratorToken();
    }

    /// A registration token for one more person.
    public String newToken() {
        return server.newToken();
    }

    @Override
    public void close() {
        server.close();
    }
}
