package dev.hearth.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.testing.Reply;
import dev.hearth.testing.TestClock;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Logging in by a token that another session of the user asked for.
class LoginTokenTest {

    private static final String GET_TOKEN = "/_matrix/client/v1/login/get_token";
    private static final JsonObject PROOF =
            JsonObject.of(
                    "auth",
                    JsonObject.of("type", "m.login.password", "password", "secret of alice"));

    private final TestClock clock = new TestClock();
    private final TestHomeserver server = TestHomeserver.start(clock);
    private final TestUser alice = server.register("alice");

    @AfterEach
    void close() {
        server.close();
    }

    private String token() {
        return alice.client().post(GET_TOKEN, PROOF).ok().string("login_token");
    }

    private Reply logIn(String token, Object... more) {
        return server.client()
                .post(
                        "/_matrix/client/v3/login",
                        JsonObject.builder()
                                .put("type", "m.login.token")
                                .put("token", token)
                                .putAll(JsonObject.of(more))
                                .build());
    }

    /// TOK-11
    @Test
    void theTokenIsItsUsers() {
        var session =
                logIn(token(), "device_id", "TABLET", "initial_device_display_name", "Tablet").ok();
        assertEquals(alice.id(), session.string("user_id"));
        assertEquals("TABLET", session.string("device_id"));
        assertNotEquals(alice.deviceId(), session.string("device_id"));
        alice.client().get("/_matrix/client/v3/account/whoami").ok();
    }

    /// TOK-11: single use
    @Test
    void aTokenIsGoodOnce() {
        var token = token();
        logIn(token, "device_id", 7).refused(400, "M_BAD_JSON");
        logIn(token).ok();
        logIn(token).refused(403, "M_FORBIDDEN");
        logIn("guess").refused(403, "M_FORBIDDEN");
    }

    /// TOK-11, TOK-12: two minutes
    @Test
    void aTokenIsNotGoodForLong() {
        var answer = alice.client().post(GET_TOKEN, PROOF).ok();
        assertEquals(120_000, answer.integer("expires_in_ms"));
        var other = token();
        clock.pass(Duration.ofMillis(119_999));
        logIn(other).ok();
        clock.pass(Duration.ofMillis(1));
        logIn(answer.string("login_token")).refused(403, "M_FORBIDDEN");
    }

    /// TOK-12: what was proven for one token isn't for the next
    @ParameterizedTest
    @ValueSource(
            strings = {
                GET_TOKEN,
                "/_matrix/client/unstable/org.matrix.msc3882/login/get_token",
                "/_matrix/client/unstable/org.matrix.msc3882/login/token"
            })
    void eachTokenIsAskedForWithAPassword(String path) {
        var challenge = alice.client().post(path, JsonObject.EMPTY);
        assertEquals(401, challenge.status());
        var auth = PROOF.object("auth").with("session", challenge.json().string("session"));
        alice.client().post(path, JsonObject.of("auth", auth)).ok();
        assertEquals(401, alice.client().post(path, JsonObject.EMPTY).status());
        alice.client().post(path, JsonObject.of("auth", auth)).refused(400, "M_UNKNOWN");
    }

    /// TOK-12: about one a minute; each takes two requests
    @Test
    void tokensAreRare() {
        try (var limited = TestHomeserver.start(clock, "rate_limits.enabled=true")) {
            var user = limited.register("alice").client();
            for (int i = 0; i < 4; i++) {
                assertEquals(401, user.post(GET_TOKEN, JsonObject.EMPTY).status());
            }
            user.post(GET_TOKEN, JsonObject.EMPTY).refused(429, "M_LIMIT_EXCEEDED");
            clock.pass(Duration.ofMinutes(1));
            assertEquals(401, user.post(GET_TOKEN, JsonObject.EMPTY).status());
        }
    }

    /// TOK-11, MOD-1
    @Test
    void whoMayNotLogInMayNotWithATokenEither() {
        try (var other = TestHomeserver.start()) {
            var admin = other.registerAdministrator("admin");
            var user = other.register("alice");
            var token = user.client().post(GET_TOKEN, PROOF).ok().string("login_token");
            var lock = "/_matrix/client/v1/admin/lock/" + user.id();
            admin.client().put(lock, JsonObject.of("locked", true)).ok();
            other.client()
                    .post(
                            "/_matrix/client/v3/login",
                            JsonObject.of("type", "m.login.token", "token", token))
                    .refused(401, "M_USER_LOCKED");
        }
        var token = token();
        alice.client().post("/_matrix/client/v3/account/deactivate", PROOF).ok();
        logIn(token).refused(403, "M_USER_DEACTIVATED");
    }

    /// TOK-12, CAP-1
    @Test
    void clientsAreToldThatThereAreTokens() {
        var flows = server.client().get("/_matrix/client/v3/login").ok().array("flows");
        assertEquals(
                JsonArray.of(
                        JsonObject.of("type", "m.login.password"),
                        JsonObject.of("type", "m.login.token", "get_login_token", true)),
                flows);
        var capabilities =
                alice.client().get("/_matrix/client/v3/capabilities").ok().object("capabilities");
        assertTrue(capabilities.object("m.get_login_token").bool("enabled"));
    }

    /// SSO-1: what isn't offered isn't there
    @ParameterizedTest
    @ValueSource(
            strings = {
                "v3/login/sso/redirect",
                "r0/login/sso/redirect",
                "v3/login/sso/redirect/oidc",
                "unstable/org.matrix.msc2858/login/sso/redirect/oidc",
                "v3/login/cas/redirect"
            })
    void nobodyElsesWordIsTaken(String path) {
        server.client()
                .get("/_matrix/client/" + path + "?redirectUrl=app%3A%2F")
                .refused(404, "M_UNRECOGNIZED");
        var flows = server.client().get("/_matrix/client/v3/login").ok().array("flows");
        assertFalse(flows.objects().stream().anyMatch(flow -> flow.string("type").contains("sso")));
    }
}
