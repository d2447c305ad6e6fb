package dev.hearth.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.storage.Database;
import dev.hearth.storage.H2Database;
import dev.hearth.testing.Reply;
import dev.hearth.testing.TestHomeserver;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Agreeing to policies when one registers.
class TermsTest {

    private static final String REGISTER = "/_matrix/client/v3/register";
    private static final String PAGE =
            "/_matrix/client/v3/auth/m.login.terms/fallback/web?session=";
    private static final String POLICIES =
            """
            registration.terms=[
            {"id":"privacy","version":"1.2","name":"Privacy <&> \\"you\\"","url":"https://a.test/en?a=1&b=2"},
            {"id":"privacy","version":"1.2","language":"fr","name":"Vie privée","url":"https://a.test/fr"},
            {"id":"rules","version":"3","name":"House rules","url":"https://a.test/rules"}]
            """;

    private final Database database = H2Database.inMemory();
    private final TestHomeserver server =
            TestHomeserver.start(database, Clock.systemUTC(), POLICIES);

    @AfterEach
    void close() {
        server.close();
    }

    private Reply register(JsonObject auth) {
        return server.client()
                .post(
                        REGISTER,
                        JsonObject.of("username", "alice", "password", "secret", "auth", auth));
    }

    private Map<String, String> accepted() {
        var alice = UserId.parse("@alice:hearth.test");
        return database.read(reading -> new AccountStore().acceptedTerms(reading, alice));
    }

    /// UIA-8: what there is to agree to is told before
    @Test
    void clientsAreToldWhatThereIsToAgreeTo() {
        var challenge = server.client().post(REGISTER, JsonObject.EMPTY);
        assertEquals(401, challenge.status());
        assertEquals(
                JsonArray.of(
                        JsonObject.of("stages", JsonArray.of("m.login.terms")),
                        JsonObject.of(
                                "stages",
                                JsonArray.of("m.login.registration_token", "m.login.terms"))),
                challenge.json().array("flows"));
        var policies = challenge.json().object("params").object("m.login.terms").object("policies");
        assertEquals(
                JsonObject.of(
                        "version",
                        "3",
                        "en",
                        JsonObject.of("name", "House rules", "url", "https://a.test/rules")),
                policies.object("rules"));
        assertEquals("1.2", policies.object("privacy").string("version"));
        assertEquals("Vie privée", policies.object("privacy").object("fr").string("name"));
    }

    /// UIA-9: no way is the beginning of another, so that it is clear where each ends
    @Test
    void noWayBeginsAnother() {
        for (var setting : new String[] {"registration.enabled=true", POLICIES}) {
            try (var other = TestHomeserver.start(Clock.systemUTC(), setting)) {
                var flows =
                        other
                                .client()
                                .post(REGISTER, JsonObject.EMPTY)
                                .json()
                                .array("flows")
                                .objects()
                                .stream()
                                .map(flow -> flow.array("stages").strings())
                                .toList();
                assertEquals(2, flows.size());
                assertNotEquals(flows.getFirst().getFirst(), flows.getLast().getFirst());
            }
        }
    }

    /// UIA-8: the versions that were agreed to are kept
    @Test
    void whoAgreesHasAnAccount() {
        register(JsonObject.of("type", "m.login.dummy")).refused(401, "M_FORBIDDEN");
        assertEquals(Map.of(), accepted());
        register(JsonObject.of("type", "m.login.terms")).ok();
        assertEquals(Map.of("privacy", "1.2", "rules", "3"), accepted());
    }

    /// UIA-2: a token first, and then to agree; neither is left out
    @Test
    void whoHasATokenAgreesToo() {
        var byToken = JsonObject.of("type", "m.login.registration_token");
        var token = server.newToken();
        var half = register(byToken.with("token", token));
        assertEquals(401, half.status());
        assertEquals(JsonArray.of("m.login.registration_token"), half.json().array("completed"));
        var session = half.json().string("session");
        register(JsonObject.of("type", "m.login.terms", "session", session)).ok();
        assertEquals(Map.of("privacy", "1.2", "rules", "3"), accepted());
    }

    /// UIA-7: on a page that names them, where the client can't
    @Test
    void oneCanAgreeOnAPage() {
        var session = server.client().post(REGISTER, JsonObject.EMPTY).json().string("session");
        var page = server.client().get(PAGE + session);
        assertEquals(200, page.status());
        assertTrue(page.text().contains("House rules"));
        assertTrue(page.text().contains("Privacy &lt;&amp;&gt; &quot;you&quot;"));
        assertTrue(page.text().contains("href=\"https://a.test/en?a=1&amp;b=2\""));
        assertTrue(page.text().contains("onAuthDone"));
        server.client().post(PAGE + session, JsonObject.EMPTY).ok();
        register(JsonObject.of("session", session)).ok();
        assertEquals(Map.of("privacy", "1.2", "rules", "3"), accepted());
    }

    /// UIA-7
    @Test
    void thePageIsForASessionThatIsThere() {
        server.client().post(PAGE + "unknown", JsonObject.EMPTY).refused(400, "M_UNKNOWN");
        server.client()
                .get("/_matrix/client/v3/auth/m.login.sso/fallback/web?session=x")
                .refused(404, "M_NOT_FOUND");
    }
}
