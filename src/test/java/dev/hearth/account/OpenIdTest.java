package dev.hearth.account;

import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearth.json.JsonObject;
import dev.hearth.storage.Database;
import dev.hearth.storage.H2Database;
import dev.hearth.testing.Reply;
import dev.hearth.testing.TestClock;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Tokens that tell others who somebody is.
class OpenIdTest {

    private static final String USER_INFO = "/_matrix/federation/v1/openid/userinfo";

    private final TestClock clock = new TestClock();
    private final Database database = H2Database.inMemory();
    private final TestHomeserver server = TestHomeserver.start(database, clock);
    private final TestUser alice = server.register("alice");

    @AfterEach
    void close() {
        server.close();
    }

    private static String path(String user) {
        return "/_matrix/client/v3/user/" + escape(user) + "/openid/request_token";
    }

    private JsonObject request() {
        return alice.client().post(path(alice.id()), JsonObject.EMPTY).ok();
    }

    /// As services ask whose a token is.
    private Reply whose(String token) {
        return server.client().get(USER_INFO + "?access_token=" + escape(token));
    }

    private void isOfAlice(String token) {
        assertEquals(JsonObject.of("sub", alice.id()), whose(token).ok());
    }

    private void isNobodys(String token) {
        whose(token).refused(401, "M_UNKNOWN_TOKEN");
    }

    /// OID-1
    ///
    /// SyTest: Can generate a openid access_token that can be exchanged for information about a
    /// user
    @Test
    void aTokenTellsWhoseItIs() {
        var answer = request();
        assertEquals("Bearer", answer.string("token_type"));
        assertEquals("hearth.test", answer.string("matrix_server_name"));
        assertEquals(3_600, answer.integer("expires_in"));
        isOfAlice(answer.string("access_token"));
    }

    /// OID-1, SyTest: Invalid openid access tokens are rejected
    ///
    /// SyTest: Requests to userinfo without access tokens are rejected
    @Test
    void whoAsksShowsAToken() {
        isNobodys("an/invalid/token");
        isNobodys("");
        server.client().get(USER_INFO).refused(401, "M_MISSING_TOKEN");
        alice.client().get(USER_INFO).refused(401, "M_MISSING_TOKEN");
    }

    /// OID-1: it opens nothing, and nothing else is one
    @Test
    void aTokenIsGoodForNothingElse() {
        var token = request().string("access_token");
        server.client()
                .as(token)
                .get("/_matrix/client/v3/account/whoami")
                .refused(401, "M_UNKNOWN_TOKEN");
        var session = server.register("bob", JsonObject.EMPTY).string("access_token");
        isNobodys(session);
    }

    /// OID-1
    @Test
    void nobodyAsksForAnother() {
        server.register("bob")
                .client()
                .post(path(alice.id()), JsonObject.EMPTY)
                .refused(403, "M_FORBIDDEN");
        server.client().post(path(alice.id()), JsonObject.EMPTY).refused(401, "M_MISSING_TOKEN");
    }

    /// OID-1: an hour
    @Test
    void aTokenIsNotGoodForLong() {
        var token = request().string("access_token");
        clock.pass(Duration.ofMillis(3_599_999));
        isOfAlice(token);
        clock.pass(Duration.ofMillis(1));
        isNobodys(token);
    }

    /// OID-1
    @Test
    void theOldestMakeRoom() {
        var tokens = new ArrayList<String>();
        for (int i = 0; i < 101; i++) {
            tokens.add(request().string("access_token"));
            clock.pass(Duration.ofMillis(1));
        }
        isOfAlice(tokens.getLast());
        isOfAlice(tokens.get(1));
        isNobodys(tokens.getFirst());
    }

    /// OID-1, ACC-10
    @Test
    void whoIsNoMoreIsNobody() {
        var token = request().string("access_token");
        alice.deactivate();
        isNobodys(token);
        var left = database.read(reading -> new OpenIdStore().find(reading, Secrets.digest(token)));
        assertEquals(Optional.empty(), left);
    }
}
