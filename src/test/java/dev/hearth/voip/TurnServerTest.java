package dev.hearth.voip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.testing.TestClock;
import dev.hearth.testing.TestHomeserver;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/// Where the relay for calls is, and who may use it.
class TurnServerTest {

    private static final String PATH = "/_matrix/client/v3/voip/turnServer";
    private static final String URIS =
            "turn.uris=[\"turn:turn.example.org?transport=udp\",\"turns:turn.example.org\"]";
    private static final JsonArray ADDRESSES =
            JsonArray.of("turn:turn.example.org?transport=udp", "turns:turn.example.org");

    private final TestClock clock = new TestClock();

    private JsonObject asAlice(String... settings) {
        try (var server = TestHomeserver.start(clock, settings)) {
            server.client().get(PATH).refused(401, "M_MISSING_TOKEN");
            return server.register("alice").client().get(PATH).ok();
        }
    }

    /// VOIP-1: clients take it for "none"
    @Test
    void withoutARelayThereIsNothing() {
        assertEquals(JsonObject.EMPTY, asAlice());
    }

    /// VOIP-1: the name is the end and the user, the password an HMAC of it
    @Test
    void whoSharesASecretGivesEachUserTheirOwnPassword() throws Exception {
        var answer = asAlice(URIS, "turn.secret=shared", "turn.ttl=3600");
        long end = clock.instant().getEpochSecond() + 3_600;
        assertEquals(ADDRESSES, answer.array("uris"));
        assertEquals(3_600, answer.integer("ttl"));
        assertEquals(end + ":@alice:hearth.test", answer.string("username"));
        var mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec("shared".getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        var digest = mac.doFinal(answer.string("username").getBytes(StandardCharsets.UTF_8));
        assertEquals(Base64.getEncoder().encodeToString(digest), answer.string("password"));
    }

    /// VOIP-1
    @Test
    void aFixedNameAndPasswordAreForAll() {
        assertEquals(
                JsonObject.of(
                        "uris", ADDRESSES, "ttl", 86_400, "username", "all", "password", "pass"),
                asAlice(URIS, "turn.username=all", "turn.password=pass"));
    }
}
