package dev.hearth.account;

import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hearth.concurrent.NewsBoard;
import dev.hearth.configuration.Configuration;
import dev.hearth.error.MatrixException;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.outgoing.Outgoing;
import dev.hearth.storage.Database;
import dev.hearth.storage.H2Database;
import dev.hearth.testing.TestClock;
import dev.hearth.testing.TestConfiguration;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Tokens that tell others who somebody is.
class OpenIdTest {

    private static final UserId ALICE = UserId.parse("@alice:hearth.test");

    private static final Configuration CONFIGURATION = TestConfiguration.of();

    private final TestClock clock = new TestClock();
    private final Database database = H2Database.inMemory();
    private final TestHomeserver server = TestHomeserver.start(database, clock);
    private final TestUser alice = server.register("alice");

    /// What answers those who ask whose a token is, on the server's database.
    private final OpenId openId =
            new Accounts(
                            database,
                            CONFIGURATION,
                            new NewsBoard<>(),
                            new Outgoing(CONFIGURATION, database::settle),
                            clock,
                            RandomGenerator.getDefault())
                    .openId();

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

    private void isNobodys(String token) {
        assertThrows(MatrixException.UnknownToken.class, () -> openId.user(token));
    }

    /// OID-1
    @Test
    void aTokenTellsWhoseItIs() {
        var answer = request();
        assertEquals("Bearer", answer.string("token_type"));
        assertEquals("hearth.test", answer.string("matrix_server_name"));
        assertEquals(3_600, answer.integer("expires_in"));
        assertEquals(ALICE, openId.user(answer.string("access_token")));
        isNobodys("guess");
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
        assertEquals(ALICE, openId.user(token));
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
        assertEquals(ALICE, openId.user(tokens.getLast()));
        assertEquals(ALICE, openId.user(tokens.get(1)));
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
