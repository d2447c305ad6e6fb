package dev.hearth.bench;

import dev.hearth.json.JsonObject;
import dev.hearth.signing.HmacSha1;
import java.net.URI;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Makes accounts: by open registration, or with a shared secret as `/_synapse/admin/v1/register`
/// takes it.
final class Registrar {

    private final URI server;
    private final Optional<String> secret;

    /// Names differ from run to run, so that one server can be measured again.
    private final String prefix = "bench" + Long.toString(System.nanoTime(), 36);

    private final AtomicInteger made = new AtomicInteger();

    Registrar(URI server, Optional<String> secret) {
        this.server = server;
        this.secret = secret;
    }

    Person register() {
        var name = prefix + made.getAndIncrement();
        try (var connection = new Connection(server)) {
            var answer =
                    secret.map(key -> bySecret(connection, name, key))
                            .orElseGet(() -> openly(connection, name));
            return new Person(server, name, answer.ok().string("access_token"));
        }
    }

    private static Connection.Answer openly(Connection connection, String name) {
        var auth = JsonObject.of("type", "m.login.dummy");
        var body = JsonObject.of("username", name, "password", "bench-" + name, "auth", auth);
        return connection.call("POST", "/_matrix/client/v3/register", "", body.toString());
    }

    private static Connection.Answer bySecret(Connection connection, String name, String key) {
        var path = "/_synapse/admin/v1/register";
        var nonce = connection.call("GET", path, "", "").ok().string("nonce");
        var password = "bench-" + name;
        var mac = HmacSha1.of(key, String.join("\0", nonce, name, password, "notadmin"));
        var body =
                JsonObject.of("nonce", nonce, "username", name, "password", password)
                        .with("admin", false)
                        .with("mac", HexFormat.of().formatHex(mac));
        return connection.call("POST", path, "", body.toString());
    }
}
