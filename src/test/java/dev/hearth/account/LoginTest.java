package dev.hearth.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.testing.Reply;
import dev.hearth.testing.TestClient;
import dev.hearth.testing.TestClock;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Logging in and out.
class LoginTest {

    private static final String LOGIN = "/_matrix/client/v3/login";
    private static final String WHOAMI = "/_matrix/client/v3/account/whoami";

    private final TestHomeserver server = TestHomeserver.start();
    private final TestUser alice = server.register("alice");

    @AfterEach
    void close() {
        server.close();
    }

    private Reply login(Object... request) {
        var body =
                JsonObject.builder()
                        .put("type", "m.login.password")
                        .put("password", "secret of alice")
                        .putAll(JsonObject.of(request));
        return server.client().post(LOGIN, body.build());
    }

    private static JsonObject named(String user) {
        return JsonObject.of("type", "m.id.user", "user", user);
    }

    private TestClient as(JsonObject session) {
        return server.client().as(session.string("access_token"));
    }

    /// Complement: TestLogin
    @Test
    void thePasswordIsTheWay() {
        assertEquals(
                JsonObject.of(
                        "flows",
                        JsonArray.of(
                                JsonObject.of("type", "m.login.password"),
                                JsonObject.of("type", "m.login.token", "get_login_token", true))),
                server.client().get(LOGIN).ok());
    }

    /// TOK-9, Complement: TestLogin
    @ParameterizedTest
    @ValueSource(
            strings = {
                "alice",
                "Alice",
                "@alice:hearth.test",
                "@ALICE:hearth.test",
            })
    void aUserIsNamedInAnyForm(String name) {
        assertEquals(alice.id(), login("identifier", named(name)).ok().string("user_id"));
        assertEquals(alice.id(), login("user", name).ok().string("user_id"));
    }

    /// TOK-9, TOK-10, Complement: TestLogin
    @Test
    void whoIsNotKnownIsRefusedAsAWrongPasswordIs() {
        var wrong = login("user", "alice", "password", "guess").refused(403, "M_FORBIDDEN");
        var unknown = login("user", "nobody").refused(403, "M_FORBIDDEN");
        assertEquals(wrong.text(), unknown.text());
        login("user", "@alice:elsewhere.test").refused(403, "M_FORBIDDEN");
        login("user", "not a name").refused(403, "M_FORBIDDEN");
    }

    /// TOK-9
    @Test
    void addressesAreKnownFormsThoughNobodyHasOne() {
        login(
                        "identifier",
                        JsonObject.of(
                                "type", "m.id.thirdparty",
                                "medium", "email",
                                "address", "alice@example.org"))
                .refused(403, "M_FORBIDDEN");
        login(
                        "identifier",
                        JsonObject.of(
                                "type", "m.id.phone", "country", "GB", "phone", "07700900001"))
                .refused(403, "M_FORBIDDEN");
        login("medium", "email", "address", "alice@example.org").refused(403, "M_FORBIDDEN");
    }

    @Test
    void aLoginThatNamesNobodyIsAMistake() {
        login().refused(400, "M_MISSING_PARAM");
        login("identifier", JsonObject.of("type", "m.id.user")).refused(400, "M_MISSING_PARAM");
        login("identifier", "alice").refused(400, "M_BAD_JSON");
        login("identifier", JsonObject.of("type", "org.example.face")).refused(400, "M_UNKNOWN");
        server.client()
                .post(LOGIN, JsonObject.of("type", "m.login.password", "user", "alice"))
                .refused(400, "M_MISSING_PARAM");
    }

    /// TOK-10
    @Test
    void anotherKindOfLoginIsNotKnown() {
        login("type", "m.login.saml", "token", "x").refused(400, "M_UNKNOWN");
        server.client().post(LOGIN, JsonObject.EMPTY).refused(400, "M_MISSING_PARAM");
    }

    /// TOK-3
    @Test
    void aDeviceThatIsNotNamedGetsAName() {
        var one = login("user", "alice").ok();
        var two = login("user", "alice").ok();
        assertNotEquals(one.string("device_id"), two.string("device_id"));
        assertFalse(one.has("refresh_token"));
        assertFalse(one.has("expires_in_ms"));
    }

    /// TOK-3, Complement: TestLogin
    @Test
    void aDeviceThatLogsInAgainKeepsItsNameAndLosesItsTokens() {
        var first =
                login(
                                "user", "alice",
                                "device_id", "PHONE",
                                "initial_device_display_name", "Phone",
                                "refresh_token", true)
                        .ok();
        var second =
                login(
                                "user", "alice",
                                "device_id", "PHONE",
                                "initial_device_display_name", "Other")
                        .ok();
        as(first).get(WHOAMI).refused(401, "M_UNKNOWN_TOKEN");
        server.client()
                .post(
                        "/_matrix/client/v3/refresh",
                        JsonObject.of("refresh_token", first.string("refresh_token")))
                .refused(401, "M_UNKNOWN_TOKEN");
        assertEquals(
                "Phone",
                as(second).get("/_matrix/client/v3/devices/PHONE").ok().string("display_name"));
    }

    @Test
    void namesOfDevicesHaveAnEnd() {
        login("user", "alice", "initial_device_display_name", "x".repeat(256))
                .refused(400, "M_INVALID_PARAM");
        login("user", "alice", "device_id", "x".repeat(256)).refused(400, "M_INVALID_PARAM");
        login("user", "alice", "device_id", 7).refused(400, "M_BAD_JSON");
    }

    /// TOK-15
    @Test
    void whoamiTellsUserAndDevice() {
        assertEquals(
                JsonObject.of(
                        "user_id", alice.id(), "device_id", alice.deviceId(), "is_guest", false),
                alice.client().get(WHOAMI).ok());
    }

    /// TOK-1
    @Test
    void aTokenInTheQueryIsTakenWhereThereIsNoneInTheHeader() {
        var token = login("user", "alice").ok().string("access_token");
        server.client().get(WHOAMI + "?access_token=" + token).ok();
        server.client().get(WHOAMI + "?access_token=bad").refused(401, "M_UNKNOWN_TOKEN");
        alice.client().get(WHOAMI + "?access_token=bad").ok();
        server.client().get(WHOAMI).refused(401, "M_MISSING_TOKEN");
    }

    /// TOK-2, TOK-8, Complement: TestLogout
    @Test
    void loggingOutEndsTheDeviceAndNoOther() {
        var second = login("user", "alice", "device_id", "PHONE").ok();
        as(second).send("POST", "/_matrix/client/v3/logout", Optional.empty()).ok();
        var refused = as(second).get(WHOAMI).refused(401, "M_UNKNOWN_TOKEN");
        assertFalse(refused.json().isTrue("soft_logout"));
        alice.client().get("/_matrix/client/v3/devices/PHONE").refused(404, "M_NOT_FOUND");
        alice.client().get(WHOAMI).ok();
    }

    /// TOK-8, Complement: TestLogout
    @Test
    void loggingOutEverywhereEndsAll() {
        var second = login("user", "alice").ok();
        alice.client().send("POST", "/_matrix/client/v3/logout/all", Optional.empty()).ok();
        as(second).get(WHOAMI).refused(401, "M_UNKNOWN_TOKEN");
        alice.client().get(WHOAMI).refused(401, "M_UNKNOWN_TOKEN");
        var again = login("user", "alice").ok();
        assertEquals(1, as(again).get("/_matrix/client/v3/devices").ok().array("devices").size());
    }

    /// TOK-2, Complement: TestLogout
    @Test
    void onlyWhoIsLoggedInLogsOut() {
        var logout = "/_matrix/client/v3/logout";
        server.client().post(logout, JsonObject.EMPTY).refused(401, "M_MISSING_TOKEN");
        server.client().as("guess").post(logout, JsonObject.EMPTY).refused(401, "M_UNKNOWN_TOKEN");
    }

    /// TOK-16
    @Test
    void whoCannotLogInIsGivenAPage() {
        var page = server.client().get("/_matrix/static/client/login/?device_id=PHONE");
        assertEquals(200, page.status());
        assertTrue(page.headers().get("content-type").getFirst().startsWith("text/html"));
        assertTrue(page.text().contains("window.matrixLogin.onLogin"));
        assertFalse(page.text().contains("PHONE"));
    }

    @Test
    void guessesAtOnePasswordFromManyAddressesHaveAnEnd() {
        try (var strict =
                TestHomeserver.start(
                        new TestClock(),
                        "rate_limits.enabled=true",
                        "listeners=[{\"bind\":\"127.0.0.1\",\"port\":0,"
                                + "\"trusted_proxies\":[\"127.0.0.1\"]}]")) {
            for (int i = 0; i < 30; i++) {
                guess(strict, "10.0.0." + i, "alice").refused(403, "M_FORBIDDEN");
            }
            guess(strict, "10.0.0.30", "alice").refused(429, "M_LIMIT_EXCEEDED");
            guess(strict, "10.0.0.30", "bob").refused(403, "M_FORBIDDEN");
        }
    }

    private static Reply guess(TestHomeserver at, String from, String name) {
        return at.client()
                .from(from)
                .post(
                        LOGIN,
                        JsonObject.of(
                                "type", "m.login.password", "user", name, "password", "guess"));
    }
}
