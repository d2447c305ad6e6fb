package dev.hearth.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

final class LimitsTest {

    private static final int LOGINS_AT_ONCE = 10;
    private static final int MESSAGES_AT_ONCE = 20;
    private static final int REQUESTS_AT_ONCE = 256;

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

    /// Whoever has one address of IPv6 has 2^64.
    @Test
    void oneHouseholdIsAtWorkOnlySoOften() {
        try (var server = TestServer.behind("127.0.0.0/8");
                var other = server.connect()) {
            var household = new ArrayList<RawClient>();
            for (int i = 0; i < REQUESTS_AT_ONCE; i++) {
                // Its body never comes.
                var from = "X-Forwarded-For: 2001:db8::" + Integer.toHexString(i) + "\n";
                household.add(
                        server.connect()
                                .send(
                                        "POST /echo HTTP/1.1\nHost: test\nContent-Length: 2\n"
                                                + from
                                                + "\n"));
            }
            awaitRefusal(other, "2001:db8::abcd");
            assertEquals(200, hello(other, "2001:db8:0:1::1"));
            household.forEach(RawClient::close);
        }
    }

    /// They are at work when the server has read what they sent.
    private static void awaitRefusal(RawClient client, String from) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (hello(client, from) != 429) {
            assertTrue(System.nanoTime() < deadline, "nobody is refused");
        }
    }

    private static int hello(RawClient client, String from) {
        var header = "X-Forwarded-For: " + from + "\n\n";
        return client.send("GET /hello HTTP/1.1\nHost: test\n" + header).answer().status();
    }

    @Test
    void oneHouseholdHasOneIpv6Network() {
        assertEquals(household("2001:db8::1"), household("2001:db8::2"));
        assertEquals("192.0.2.1", household("192.0.2.1"));
    }

    private static String household(String address) {
        return ClientAddresses.household(InetAddress.ofLiteral(address));
    }
}
