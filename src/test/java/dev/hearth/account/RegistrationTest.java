package dev.hearth.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.testing.Reply;
import dev.hearth.testing.TestHomeserver;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Making accounts.
class RegistrationTest {

    private static final String REGISTER = "/_matrix/client/v3/register";
    private static final String AVAILABLE = REGISTER + "/available?username=";
    private static final String VALIDITY =
            "/_matrix/client/v1/register/m.login.registration_token/validity?token=";
    private static final JsonObject DUMMY = JsonObject.of("type", "m.login.dummy");

    private final TestHomeserver open = TestHomeserver.start();
    private final TestHomeserver closed =
            TestHomeserver.start(Clock.systemUTC(), "registration.enabled=false");

    @AfterEach
    void close() {
        open.close();
        closed.close();
    }

    private Reply register(Object... body) {
        return open.client()
                .post(
                        REGISTER,
                        JsonObject.builder()
                                .put("password", "secret")
                                .put("auth", DUMMY)
                                .putAll(JsonObject.of(body))
                                .build());
    }

    private Reply registerByToken(String name, String token) {
        return closed.client()
                .post(
                        REGISTER,
                        JsonObject.of(
                                "username",
                                name,
                                "password",
                                "secret",
                                "auth",
                                JsonObject.of(
                                        "type", "m.login.registration_token", "token", token)));
    }

    /// ACC-5: a token is needed unless registration is opened
    @Test
    void strangersNeedAToken() {
        var challenge = closed.client().post(REGISTER, JsonObject.of("username", "alice"));
        assertEquals(401, challenge.status());
        assertEquals(
                JsonArray.of(JsonObject.of("stages", JsonArray.of("m.login.registration_token"))),
                challenge.json().array("flows"));
        closed.client()
                .post(REGISTER, JsonObject.of("username", "alice", "password", "x", "auth", DUMMY))
                .refused(401, "M_FORBIDDEN");
        registerByToken("alice", "guess").refused(401, "M_FORBIDDEN");
    }

    /// UIA-8: a token is used once, when registration completes
    @Test
    void aTokenMakesOneAccount() {
        var token = closed.newToken();
        closed.client()
                .post(
                        REGISTER,
                        JsonObject.of(
                                "username", "in valid",
                                "password", "x",
                                "auth",
                                        JsonObject.of(
                                                "type",
                                                "m.login.registration_token",
                                                "token",
                                                token)))
                .refused(400, "M_INVALID_USERNAME");
        registerByToken("alice", token).ok();
        registerByToken("bob", token).refused(401, "M_FORBIDDEN");
    }

    /// ACC-11
    @Test
    void aTokenIsKnownToBeGoodUntilItIsUsed() {
        var token = closed.newToken();
        assertTrue(closed.client().get(VALIDITY + token).ok().bool("valid"));
        registerByToken("alice", token).ok();
        assertFalse(closed.client().get(VALIDITY + token).ok().bool("valid"));
        assertFalse(closed.client().get(VALIDITY + "guess").ok().bool("valid"));
        var old = "/_matrix/client/unstable/org.matrix.msc3231/register/";
        var path = old + "org.matrix.msc3231.login.registration_token/validity?token=guess";
        assertFalse(closed.client().get(path).ok().bool("valid"));
    }

    @Test
    void theFirstTokenIsRenewedUntilThereIsSomebody() {
        var first = closed.firstAdministratorToken().orElseThrow();
        var second = closed.firstAdministratorToken().orElseThrow();
        registerByToken("alice", first).refused(401, "M_FORBIDDEN");
        registerByToken("alice", second).ok();
        assertEquals(Optional.empty(), closed.firstAdministratorToken());
    }

    @Test
    void whoHasATokenMayUseItWhereNoneIsNeeded() {
        var challenge = open.client().post(REGISTER, JsonObject.EMPTY).json();
        assertEquals(
                JsonArray.of(
                        JsonObject.of("stages", JsonArray.of("m.login.dummy")),
                        JsonObject.of("stages", JsonArray.of("m.login.registration_token"))),
                challenge.array("flows"));
        register(
                        "username",
                        "alice",
                        "auth",
                        JsonObject.of(
                                "type", "m.login.registration_token", "token", open.newToken()))
                .ok();
    }

    /// ACC-1
    @Test
    void whoGivesNoNameGetsOne() {
        var one = register().ok().string("user_id");
        var two = register().ok().string("user_id");
        assertNotEquals(one, two);
        assertTrue(one.endsWith(":hearth.test"));
    }

    /// ACC-1
    @Test
    void anAccountMayBeMadeWithoutLoggingIn() {
        var made = register("username", "alice", "inhibit_login", true).ok();
        assertEquals("@alice:hearth.test", made.string("user_id"));
        assertFalse(made.has("access_token"));
        assertFalse(made.has("device_id"));
        open.client()
                .post(
                        "/_matrix/client/v3/login",
                        JsonObject.of(
                                "type", "m.login.password",
                                "user", "alice",
                                "password", "secret"))
                .ok();
    }

    /// TOK-5, Complement: TestRegistration
    @Test
    void theFirstSessionIsAsWished() {
        var made =
                register(
                                "username", "alice",
                                "device_id", "PHONE",
                                "initial_device_display_name", "Phone",
                                "refresh_token", true)
                        .ok();
        assertEquals("PHONE", made.string("device_id"));
        assertTrue(made.has("refresh_token"));
        assertTrue(made.has("expires_in_ms"));
        assertEquals(
                "Phone",
                open.client()
                        .as(made.string("access_token"))
                        .get("/_matrix/client/v3/devices/PHONE")
                        .ok()
                        .string("display_name"));
    }

    /// ACC-2, Complement: TestRegistration
    @Test
    void capitalsBecomeSmall() {
        assertEquals("@alice:hearth.test", register("username", "ALICE").ok().string("user_id"));
        register("username", "alice").refused(400, "M_USER_IN_USE");
        register("username", "Alice").refused(400, "M_USER_IN_USE");
    }

    /// ACC-2, Complement: TestRegistration
    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "älice", "a!b", "@alice", "a:b", "_bridge", "123"})
    void aNameKeepsToTheGrammar(String name) {
        register("username", name).refused(400, "M_INVALID_USERNAME");
        open.client()
                .get(AVAILABLE + dev.hearth.testing.TestClient.escape(name))
                .refused(400, "M_INVALID_USERNAME");
    }

    /// ACC-2: `@`, `:` and the server's 11 letters leave 242, Complement: TestRegistration
    @Test
    void aNameHasAnEnd() {
        register("username", "a".repeat(242)).ok();
        register("username", "b".repeat(243)).refused(400, "M_INVALID_USERNAME");
        register("username", "a.b_c=d-e/f+9").ok();
    }

    /// ACC-3, Complement: TestRegistration
    @Test
    void itIsKnownWhetherANameIsFree() {
        assertEquals(JsonObject.of("available", true), open.client().get(AVAILABLE + "alice").ok());
        register("username", "alice").ok();
        open.client().get(AVAILABLE + "alice").refused(400, "M_USER_IN_USE");
        open.client().get(AVAILABLE + "Alice").refused(400, "M_USER_IN_USE");
        open.client().get("/_matrix/client/v3/register/available").refused(400, "M_MISSING_PARAM");
    }

    /// Complement: TestRegistration
    @Test
    void aPasswordMayHaveAnyLetters() {
        var challenge = open.client().post(REGISTER, JsonObject.of("username", "alice"));
        var auth = DUMMY.with("session", challenge.json().string("session"));
        register("username", "alice", "password", "übers3kr1t", "auth", auth).ok();
        open.client()
                .post(
                        "/_matrix/client/v3/login",
                        JsonObject.of(
                                "type", "m.login.password",
                                "user", "alice",
                                "password", "übers3kr1t"))
                .ok();
    }

    @Test
    void whatIsOfAnotherTypeIsAMistake() {
        register("username", 7).refused(400, "M_BAD_JSON");
        register("password", 7).refused(400, "M_BAD_JSON");
        register("auth", "x").refused(400, "M_BAD_JSON");
        register("inhibit_login", "yes").refused(400, "M_BAD_JSON");
        register("device_id", 7).refused(400, "M_BAD_JSON");
        register("refresh_token", 1).refused(400, "M_BAD_JSON");
        register("password", "x".repeat(1_001)).refused(400, "M_INVALID_PARAM");
        open.client().send("POST", REGISTER, Optional.of("[]")).refused(400, "M_BAD_JSON");
        open.client().send("POST", REGISTER, Optional.of("{")).refused(400, "M_NOT_JSON");
        open.client().send("POST", REGISTER, Optional.empty()).refused(400, "M_NOT_JSON");
    }
}
