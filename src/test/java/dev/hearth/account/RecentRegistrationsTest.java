package dev.hearth.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.testing.Reply;
import dev.hearth.testing.TestClock;
import dev.hearth.testing.TestHomeserver;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Clients that lost the answer when they had registered, and ask again.
class RecentRegistrationsTest {

    private static final String REGISTER = "/_matrix/client/v3/register";
    private static final String WHOAMI = "/_matrix/client/v3/account/whoami";

    private final TestClock clock = new TestClock();
    private final TestHomeserver server = TestHomeserver.start(clock);

    @AfterEach
    void close() {
        server.close();
    }

    /// The last request of a registration, which can be sent more than once.
    private JsonObject begin(Object... wish) {
        var body = JsonObject.of(wish).with("password", "secret");
        var session = server.client().post(REGISTER, body).json().string("session");
        return body.with("auth", JsonObject.of("type", "m.login.dummy", "session", session));
    }

    private Reply send(JsonObject request) {
        return server.client().post(REGISTER, request);
    }

    private String whose(JsonObject answer) {
        return server.client().as(answer.string("access_token")).get(WHOAMI).ok().string("user_id");
    }

    /// SyTest: registration is idempotent, with username specified
    @Test
    void aRepeatedRequestIsAnsweredAlike() {
        var request = begin("username", "Alice", "device_id", "PHONE");
        send(request).ok();
        var answer = send(request).ok();
        assertEquals("@alice:hearth.test", answer.string("user_id"));
        assertEquals("PHONE", answer.string("device_id"));
        assertEquals("@alice:hearth.test", whose(answer));
    }

    /// SyTest: registration is idempotent, without username specified
    @Test
    void aNameThatWasGivenIsGivenAgain() {
        var request = begin();
        var first = send(request).ok();
        var second = send(request).ok();
        assertEquals(first.string("user_id"), second.string("user_id"));
        assertNotEquals(first.string("access_token"), second.string("access_token"));
        assertNotEquals(first.string("user_id"), send(begin()).ok().string("user_id"));
    }

    @Test
    void whoWantedNoSessionGetsNone() {
        var request = begin("username", "alice", "inhibit_login", true);
        var first = send(request).ok();
        var second = send(request.without("inhibit_login")).ok();
        assertEquals(first, second);
        assertFalse(second.has("access_token"));
    }

    @Test
    void onlyWhoKnowsThePasswordGetsASession() {
        var request = begin("username", "alice");
        send(request).ok();
        send(request.with("password", "guess")).refused(403, "M_FORBIDDEN");
        send(request.without("password")).refused(400, "M_MISSING_PARAM");
        send(request.with("username", "bob")).refused(403, "M_FORBIDDEN");
        send(request.without("auth")).refused(400, "M_USER_IN_USE");
        send(begin("username", "bob").with("username", "alice")).refused(400, "M_USER_IN_USE");
    }

    @Test
    void whatWasLongAgoIsForgotten() {
        var request = begin("username", "alice");
        send(request).ok();
        clock.pass(Duration.ofMinutes(14));
        send(request).ok();
        clock.pass(Duration.ofMinutes(1));
        send(request).refused(400, "M_USER_IN_USE");
    }

    @Test
    void whoMayNotLogInGetsNothing() {
        var admin = server.registerAdministrator("admin");
        var request = begin("username", "alice");
        var alice = server.client().as(send(request).ok().string("access_token"));
        var lock = "/_matrix/client/v1/admin/lock/@alice:hearth.test";
        admin.client().put(lock, JsonObject.of("locked", true)).ok();
        send(request).refused(401, "M_USER_LOCKED");
        admin.client().put(lock, JsonObject.of("locked", false)).ok();
        var proof = JsonObject.of("type", "m.login.password", "password", "secret");
        alice.post("/_matrix/client/v3/account/deactivate", JsonObject.of("auth", proof)).ok();
        send(request).refused(403, "M_USER_DEACTIVATED");
    }

    @Test
    void noMoreAreRememberedThanFitIn() {
        var recent = new RecentRegistrations(clock);
        for (int i = 0; i <= 1_000; i++) {
            var user = UserId.parse("@user" + i + ":hearth.test");
            recent.remember("s" + i, new RecentRegistrations.Made(user, Optional.empty()));
        }
        assertEquals(Optional.empty(), recent.find(ofSession("s0")));
        assertEquals(
                "@user1000:hearth.test",
                recent.find(ofSession("s1000")).orElseThrow().user().toString());
    }

    private static JsonObject ofSession(String session) {
        return JsonObject.of("auth", JsonObject.of("session", session));
    }
}
