package dev.hearth.account;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearth.json.JsonObject;
import dev.hearth.testing.Reply;
import dev.hearth.testing.TestHomeserver;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Registration by scripts, as they do it with the reference server.
class SharedSecretRegistrationTest {

    private static final String PATH = "/_synapse/admin/v1/register";

    private final TestHomeserver server =
            TestHomeserver.start(
                    Clock.systemUTC(),
                    "registration.enabled=false",
                    "registration.shared_secret=complement");

    @AfterEach
    void close() {
        server.close();
    }

    private String nonce() {
        return server.client().get(PATH).ok().string("nonce");
    }

    private static String mac(String secret, String... parts) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            var text = String.join("\0", parts).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(mac.doFinal(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Reply register(String secret, String nonce, String name, boolean admin) {
        var said = admin ? "admin" : "notadmin";
        return server.client()
                .post(
                        PATH,
                        JsonObject.of(
                                "nonce",
                                nonce,
                                "username",
                                name,
                                "displayname",
                                "Somebody",
                                "password",
                                "secret",
                                "admin",
                                admin,
                                "mac",
                                mac(secret, nonce, name, "secret", said)));
    }

    /// Complement: TestCanRegisterAdmin, Complement: TestRegistration
    @Test
    void whoKnowsTheSecretMakesAccounts() {
        var made = register("complement", nonce(), "alice", true).ok();
        assertEquals("@alice:hearth.test", made.string("user_id"));
        server.client()
                .as(made.string("access_token"))
                .get("/_matrix/client/v3/account/whoami")
                .ok();
        assertEquals(
                JsonObject.of("displayname", "Somebody"),
                server.client().get("/_matrix/client/v3/profile/%40alice%3Ahearth.test").ok());
    }

    @Test
    void whoDoesNotKnowItIsRefused() {
        register("guess", nonce(), "alice", false).refused(403, "M_FORBIDDEN");
        server.client()
                .post(
                        PATH,
                        JsonObject.of(
                                "nonce", nonce(),
                                "username", "alice",
                                "password", "secret",
                                "mac", "not hexadecimal"))
                .refused(403, "M_FORBIDDEN");
    }

    @Test
    void aNonceIsGoodOnce() {
        var nonce = nonce();
        register("complement", nonce, "alice", false).ok();
        register("complement", nonce, "bob", false).refused(400, "M_UNKNOWN");
        register("complement", "invented", "bob", false).refused(400, "M_UNKNOWN");
    }

    /// Complement: TestRegistration
    @Test
    void aTakenNameIsTakenHereToo() {
        register("complement", nonce(), "alice", false).ok();
        register("complement", nonce(), "alice", false).refused(400, "M_USER_IN_USE");
        register("complement", nonce(), "al ice", false).refused(400, "M_INVALID_USERNAME");
        register("complement", nonce(), "al,ice", false).refused(400, "M_INVALID_USERNAME");
        var upper = register("complement", nonce(), "user-UPPER", false).ok();
        assertEquals("@user-upper:hearth.test", upper.string("user_id"));
    }

    /// MOD-3
    @Test
    void administratorsLeaveEachOtherBe() {
        var token = register("complement", nonce(), "one", true).ok().string("access_token");
        var two = register("complement", nonce(), "two", true).ok().string("user_id");
        for (var what : new String[] {"lock", "suspend"}) {
            var path = "/_matrix/client/v1/admin/" + what + "/" + two;
            var body = JsonObject.of("locked", true, "suspended", true);
            server.client().as(token).put(path, body).refused(403, "M_FORBIDDEN");
            server.client().as(token).get(path).refused(403, "M_FORBIDDEN");
        }
    }

    @Test
    void withoutASecretThereIsNoSuchEndpoint() {
        try (var other = TestHomeserver.start()) {
            other.client().get(PATH).refused(404, "M_UNRECOGNIZED");
        }
    }
}
