package dev.hearth.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonObject;
import dev.hearth.testing.Reply;
import dev.hearth.testing.TestClock;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Access tokens that expire, and those that renew them.
class RefreshTest {

    private static final String WHOAMI = "/_matrix/client/v3/account/whoami";

    private final TestClock clock = new TestClock();
    private final TestHomeserver server = TestHomeserver.start(clock);
    private final TestUser alice = server.register("alice");
    private JsonObject session = JsonObject.EMPTY;

    @BeforeEach
    void logIn() {
        session = server.login("alice", JsonObject.of("device_id", "PHONE", "refresh_token", true));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Reply refresh(JsonObject from) {
        return server.client()
                .post(
                        "/_matrix/client/v3/refresh",
                        JsonObject.of("refresh_token", from.string("refresh_token")));
    }

    private Reply use(JsonObject with) {
        return server.client().as(with.string("access_token")).get(WHOAMI);
    }

    private static void refusedForNow(Reply reply) {
        assertTrue(reply.refused(401, "M_UNKNOWN_TOKEN").json().isTrue("soft_logout"));
    }

    private static void refusedForEver(Reply reply) {
        assertFalse(reply.refused(401, "M_UNKNOWN_TOKEN").json().isTrue("soft_logout"));
    }

    /// TOK-2, TOK-5
    @Test
    void anAccessTokenThatCanBeRenewedExpires() {
        use(session).ok();
        clock.pass(Duration.ofMillis(session.integer("expires_in_ms")));
        refusedForNow(use(session));
        alice.client().get(WHOAMI).ok();
    }

    /// TOK-6, TOK-7
    @Test
    void aRefreshTokenGivesANewPairForTheSameDevice() {
        clock.pass(Duration.ofHours(2));
        var next = refresh(session).ok();
        assertFalse(next.has("user_id"));
        assertTrue(next.integer("expires_in_ms") > 0);
        assertEquals("PHONE", use(next).ok().string("device_id"));
        refusedForNow(use(session));
    }

    /// TOK-6: an answer may be lost on its way
    @Test
    void aRefreshMayBeRepeatedUntilItsResultIsUsed() {
        refresh(session).ok();
        var second = refresh(session).ok();
        use(second).ok();
        refusedForNow(refresh(session));
        use(second).ok();
        refresh(second).ok();
    }

    /// TOK-6
    @Test
    void theNextRefreshEndsTheOneBefore() {
        var second = refresh(session).ok();
        var third = refresh(second).ok();
        refusedForNow(refresh(session));
        use(third).ok();
        refusedForNow(refresh(second));
        refusedForEver(refresh(session));
    }

    /// TOK-6: by the name from before v1.3 too
    @Test
    void theOldNameRefreshesToo() {
        server.client()
                .post(
                        "/_matrix/client/unstable/org.matrix.msc2918/refresh",
                        JsonObject.of("refresh_token", "guess"))
                .refused(401, "M_UNKNOWN_TOKEN");
    }

    /// TOK-6
    @Test
    void anUnknownRefreshTokenIsNothing() {
        refusedForEver(refresh(JsonObject.of("refresh_token", "guess")));
        server.client()
                .post("/_matrix/client/v3/refresh", JsonObject.EMPTY)
                .refused(400, "M_MISSING_PARAM");
    }

    /// TOK-2, TOK-8
    @Test
    void aSessionThatEndedIsNotRenewed() {
        var phone = server.client().as(session.string("access_token"));
        phone.post("/_matrix/client/v3/logout", JsonObject.EMPTY).ok();
        refusedForEver(refresh(session));
        refusedForEver(use(session));
    }

    /// TOK-7: what was sent under the old token isn't sent again under the new one
    @Test
    void aTransactionIsKnownUnderTheNewToken() {
        var phone = server.client().as(session.string("access_token"));
        var room =
                phone.post("/_matrix/client/v3/createRoom", JsonObject.EMPTY)
                        .ok()
                        .string("room_id");
        var path = TestUser.room(room) + "/send/m.room.message/1";
        var first = phone.put(path, JsonObject.of("body", "hello")).ok();
        var renewed = server.client().as(refresh(session).ok().string("access_token"));
        assertEquals(first, renewed.put(path, JsonObject.of("body", "hello")).ok());
    }
}
