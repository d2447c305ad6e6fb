package dev.hearth.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonNull;
import dev.hearth.json.JsonObject;
import dev.hearth.testing.Reply;
import dev.hearth.testing.TestClient;
import dev.hearth.testing.TestClock;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Proving who one is, stage by stage.
class UserInteractiveTest {

    private static final String REGISTER = "/_matrix/client/v3/register";
    private static final String PASSWORD = "/_matrix/client/v3/account/password";
    private static final String DEACTIVATE = "/_matrix/client/v3/account/deactivate";
    private static final JsonObject NEW_PASSWORD = JsonObject.of("new_password", "better");

    private final TestClock clock = new TestClock();
    private final TestHomeserver server = TestHomeserver.start(clock);
    private final TestUser alice = server.register("alice");

    @AfterEach
    void close() {
        server.close();
    }

    private static JsonObject password(String user, String password) {
        return JsonObject.of(
                "type",
                "m.login.password",
                "identifier",
                JsonObject.of("type", "m.id.user", "user", user),
                "password",
                password);
    }

    private Reply change(JsonObject body, JsonObject auth) {
        return alice.client().post(PASSWORD, body.with("auth", auth));
    }

    private String session() {
        return alice.client().post(PASSWORD, NEW_PASSWORD).json().string("session");
    }

    private Reply register(Object... body) {
        return server.client().post(REGISTER, JsonObject.of(body));
    }

    /// UIA-1, UIA-11
    @Test
    void withoutProofThereIsAChallenge() {
        var challenge = alice.client().post(PASSWORD, NEW_PASSWORD);
        assertEquals(401, challenge.status());
        assertEquals(
                JsonArray.of(JsonObject.of("stages", JsonArray.of("m.login.password"))),
                challenge.json().array("flows"));
        assertEquals(JsonObject.EMPTY, challenge.json().object("params"));
        assertFalse(challenge.json().has("errcode"));
        assertFalse(challenge.json().has("completed"));
    }

    /// UIA-2, SyTest: Can't deactivate account with wrong password
    @Test
    void aStageThatFailsSaysWhyAndMayBeTriedAgain() {
        var session = session();
        var failed = change(NEW_PASSWORD, password("alice", "guess").with("session", session));
        failed.refused(401, "M_FORBIDDEN");
        assertEquals(session, failed.json().string("session"));
        assertTrue(failed.json().has("flows"));
        assertEquals(JsonArray.EMPTY, failed.json().array("completed"));
        change(NEW_PASSWORD, password("alice", "secret of alice").with("session", session)).ok();
    }

    /// UIA-2
    @Test
    void aStageOfNoFlowFails() {
        change(NEW_PASSWORD, JsonObject.of("type", "m.login.dummy")).refused(401, "M_FORBIDDEN");
        change(NEW_PASSWORD, JsonObject.of("type", "org.example.face")).refused(401, "M_FORBIDDEN");
    }

    /// UIA-4
    @Test
    void askingHowFarItIsChangesNothing() {
        var session = session();
        var challenge = change(NEW_PASSWORD, JsonObject.of("session", session));
        assertEquals(401, challenge.status());
        assertEquals(session, challenge.json().string("session"));
        assertFalse(challenge.json().has("errcode"));
    }

    /// UIA-5
    @Test
    void aNameThatCannotBeHadIsRefusedBeforeAnyProof() {
        register("username", "alice", "password", "x").refused(400, "M_USER_IN_USE");
        register("username", "al ice", "password", "x").refused(400, "M_INVALID_USERNAME");
        register("username", "bob", "password", "").refused(400, "M_WEAK_PASSWORD");
    }

    /// UIA-6
    @Test
    void whatTheFirstRequestSaidNeedNotBeSaidAgain() {
        var challenge =
                register(
                        "username", "bob",
                        "password", "secret",
                        "device_id", "PHONE",
                        "inhibit_login", false);
        var answer =
                register(
                                "auth",
                                JsonObject.of(
                                        "type",
                                        "m.login.dummy",
                                        "session",
                                        challenge.json().string("session")))
                        .ok();
        assertEquals("@bob:hearth.test", answer.string("user_id"));
        assertEquals("PHONE", answer.string("device_id"));
    }

    /// UIA-6: what is null was not said again
    @Test
    void nullTakesNothingBack() {
        var session = register("username", "bob", "password", "secret").json().string("session");
        var auth = JsonObject.of("type", "m.login.dummy", "session", session);
        var answer = register("username", JsonNull.NULL, "auth", auth).ok();
        assertEquals("@bob:hearth.test", answer.string("user_id"));
    }

    /// UIA-6, SyTest: The operation must be consistent through an interactive authentication
    /// session
    @Test
    void aSessionIsGoodForOneOperationOfOneUser() {
        var session = session();
        var proof = password("alice", "secret of alice").with("session", session);
        alice.client().post(DEACTIVATE, JsonObject.of("auth", proof)).refused(403, "M_FORBIDDEN");
        var tablet = "/_matrix/client/v3/devices/" + server.login("alice").deviceId();
        alice.client().delete(tablet, JsonObject.of("auth", proof)).refused(403, "M_FORBIDDEN");
        alice.client().get(tablet).ok();
        var bob = server.register("bob");
        bob.client()
                .post(
                        PASSWORD,
                        NEW_PASSWORD.with(
                                "auth", password("bob", "secret of bob").with("session", session)))
                .refused(403, "M_FORBIDDEN");
        change(NEW_PASSWORD, proof).ok();
        change(NEW_PASSWORD, proof).refused(400, "M_UNKNOWN");
    }

    /// UIA-6
    @Test
    void aSessionEnds() {
        var session = session();
        clock.pass(Duration.ofHours(49));
        change(NEW_PASSWORD, password("alice", "secret of alice").with("session", session))
                .refused(400, "M_UNKNOWN");
        change(NEW_PASSWORD, JsonObject.of("session", "guess")).refused(400, "M_UNKNOWN");
    }

    /// UIA-8, Complement: TestDeviceManagement
    @Test
    void theRightPasswordOfAnotherUserIsRefused() {
        server.register("bob");
        change(NEW_PASSWORD, password("bob", "secret of bob")).refused(403, "M_FORBIDDEN");
        change(NEW_PASSWORD, password("bob", "guess")).refused(401, "M_FORBIDDEN");
    }

    /// UIA-6, UIA-10
    @Test
    void crossSigningKeysAreReplacedByProofAndNeedNotBeSentAgain() {
        var upload = "/_matrix/client/v3/keys/device_signing/upload";
        alice.client().post(upload, masterKey("A".repeat(43))).ok();
        var challenge = alice.client().post(upload, masterKey("B".repeat(43)));
        assertEquals(401, challenge.status());
        alice.client()
                .post(
                        upload,
                        JsonObject.of(
                                "auth",
                                password("alice", "secret of alice")
                                        .with("session", challenge.json().string("session"))))
                .ok();
        var keys =
                alice.client()
                        .post(
                                "/_matrix/client/v3/keys/query",
                                JsonObject.of(
                                        "device_keys", JsonObject.of(alice.id(), JsonArray.of())))
                        .ok();
        assertTrue(keys.object("master_keys").toString().contains("B".repeat(43)));
    }

    private JsonObject masterKey(String key) {
        return JsonObject.of(
                "master_key",
                JsonObject.of(
                        "user_id", alice.id(),
                        "usage", JsonArray.of("master"),
                        "keys", JsonObject.of("ed25519:" + key, key)));
    }

    /// UIA-7
    @Test
    void aStageIsCompletedOnAPage() {
        var challenge = register("username", "bob", "password", "secret").json();
        var session = challenge.string("session");
        var path = "/_matrix/client/v3/auth/m.login.registration_token/fallback/web?session=";
        var page = server.client().get(path + session);
        assertEquals(200, page.status());
        assertTrue(page.headers().get("content-type").getFirst().startsWith("text/html"));
        assertTrue(page.text().contains("window.onAuthDone()"));
        assertTrue(page.text().contains("postMessage(\"authDone\", \"*\")"));
        server.client()
                .post(path + session, JsonObject.of("token", "guess"))
                .refused(401, "M_FORBIDDEN");
        server.client().post(path + session, JsonObject.of("token", server.newToken())).ok();
        register("auth", JsonObject.of("session", session)).ok();
    }

    /// UIA-3
    @Test
    void whatIsProvenNeedNotBeProvenAgain() {
        var session = register("username", "bob").json().string("session");
        server.client()
                .post(
                        "/_matrix/client/v3/auth/m.login.dummy/fallback/web?session=" + session,
                        JsonObject.EMPTY)
                .ok();
        var proof = JsonObject.of("type", "m.login.dummy", "session", session);
        register("auth", proof).refused(400, "M_MISSING_PARAM");
        register("password", "secret", "auth", proof).ok();
    }

    /// UIA-7
    @Test
    void aPageOfNoSessionOrStageIsNotThere() {
        var auth = "/_matrix/client/v3/auth/";
        server.client().get(auth + "m.login.dummy/fallback/web").refused(400, "M_MISSING_PARAM");
        server.client()
                .get(auth + "m.login.sso/fallback/web?session=x")
                .refused(404, "M_NOT_FOUND");
        server.client()
                .post(auth + "m.login.dummy/fallback/web?session=x", JsonObject.EMPTY)
                .refused(400, "M_UNKNOWN");
    }

    /// ACC-9, Complement: TestChangePassword
    @Test
    void aNewPasswordEndsTheOtherSessions() {
        var phone = server.login("alice");
        change(NEW_PASSWORD, password("alice", "secret of alice")).ok();
        var whoami = "/_matrix/client/v3/account/whoami";
        alice.client().get(whoami).ok();
        phone.client().get(whoami).refused(401, "M_UNKNOWN_TOKEN");
        login("secret of alice").refused(403, "M_FORBIDDEN");
        login("better").ok();
    }

    /// ACC-9, UIA-6, Complement: TestChangePassword
    @Test
    void aNewPasswordLeavesTheOtherSessionsWhereThatIsWanted() {
        var phone = server.login("alice");
        var challenge =
                alice.client().post(PASSWORD, NEW_PASSWORD.with("logout_devices", false)).json();
        change(
                        JsonObject.EMPTY,
                        password("alice", "secret of alice")
                                .with("session", challenge.string("session")))
                .ok();
        phone.client().get("/_matrix/client/v3/account/whoami").ok();
        login("better").ok();
    }

    /// ACC-5
    @Test
    void aNewPasswordIsThereAndNotEmpty() {
        var proof = password("alice", "secret of alice");
        change(JsonObject.EMPTY, proof).refused(400, "M_MISSING_PARAM");
        change(JsonObject.of("new_password", ""), proof).refused(400, "M_WEAK_PASSWORD");
        change(JsonObject.of("new_password", 7), proof).refused(400, "M_BAD_JSON");
        login("secret of alice").ok();
    }

    private Reply login(String password) {
        TestClient client = server.client();
        return client.post("/_matrix/client/v3/login", password("alice", password));
    }
}
