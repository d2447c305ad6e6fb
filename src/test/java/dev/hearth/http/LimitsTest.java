package dev.hearth.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class LimitsTest {

    private static final int LOGINS_AT_ONCE = 10;
    private static final int MESSAGES_AT_ONCE = 20;

    private static RawClient.Answer login(RawClient client, String headers) {
        return client.send("POST /login HTTP/1.1\nHost: test\n" + headers + "Content-Length: 0\n\n")
                .answer();
    }

    /// API-6.
    @Test
    void anAddressMayLogInOnlySoOften() {
        try (var server = TestServer.limited();
                var client = server.connect()) {
            for (int i = 0; i < LOGINS_AT_ONCE; i++) {
                assertEquals(200, login(client, "").status());
            }
            var refused = login(client, "X-Forwarded-For: 192.0.2.1\n");
            assertEquals(429, refused.status());
            assertEquals("10", refused.header("Retry-After"));
            assertTrue(refused.body().contains("\"retry_after_ms\":10000"), refused::body);
            assertEquals(200, client.get("/hello").status());
        }
    }

    @Test
    void aUserMaySendOnlySoOften() {
        try (var server = TestServer.limited();
                var client = server.connect()) {
            var send =
                    "PUT /message HTTP/1.1\nHost: test\nAuthorization: Bearer alice\n"
                            + "Content-Length: 2\n\n{}";
            for (int i = 0; i < MESSAGES_AT_ONCE; i++) {
                assertEquals(200, client.send(send).answer().status());
            }
            assertEquals(429, client.send(send).answer().status());
        }
    }

    @Test
    void everyKindCanBeSet() {
        try (var server =
                        TestServer.limited(
                                "rate_limits.login.per_second=0.5",
                                "rate_limits.login={\"burst\":2}");
                var client = server.connect()) {
            assertEquals(200, login(client, "").status());
            assertEquals(200, login(client, "").status());
            var refused = login(client, "");
            assertEquals(429, refused.status());
            assertEquals("2", refused.header("Retry-After"));
        }
        for (var limit : Limit.values()) {
            var key = "rate_limits." + limit.kind();
            TestServer.limited(key + ".per_second=1", key + ".burst=1").close();
        }
        try (var server = TestServer.limited("rate_limits.enabled=false");
                var client = server.connect()) {
            for (int i = 0; i <= LOGINS_AT_ONCE; i++) {
                assertEquals(200, login(client, "").status());
            }
        }
    }

    @Test
    void behindATrustedProxyEveryClientHasItsOwnLimit() {
        try (var server = TestServer.behind("127.0.0.0/8");
                var client = server.connect()) {
            for (int i = 0; i < LOGINS_AT_ONCE; i++) {
                assertEquals(200, login(client, "X-Forwarded-For: 192.0.2.1\n").status());
            }
            assertEquals(429, login(client, "X-Forwarded-For: 192.0.2.1\n").status());
            assertEquals(200, login(client, "X-Forwarded-For: 192.0.2.2\n").status());
            // What the client wrote itself stands before what the proxy adds.
            assertEquals(429, login(client, "X-Forwarded-For: 192.0.2.9, 192.0.2.1\n").status());
            assertEquals(429, login(client, "X-Forwarded-For: 192.0.2.1, 127.0.0.2\n").status());
        }
    }

    @Test
    void oneHouseholdHasOneIpv6Network() {
        assertEquals(
                ClientAddresses.household("2001:db8::1"), ClientAddresses.household("2001:db8::2"));
        assertEquals("192.0.2.1", ClientAddresses.household("192.0.2.1"));
    }
}
