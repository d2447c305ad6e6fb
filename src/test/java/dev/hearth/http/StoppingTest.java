package dev.hearth.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.concurrent.NewsBoard;
import dev.hearth.configuration.Listener;
import dev.hearth.json.JsonObject;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class StoppingTest {

    /// Of its own, lest a connection of another test take the port when it is free.
    private static final InetAddress ADDRESS = InetAddress.ofLiteral("127.0.0.80");

    private final NewsBoard<String> news = new NewsBoard<>();
    private final CountDownLatch waiting = new CountDownLatch(1);

    private WebServer start(int port) {
        var routes = new RouteTable();
        routes.open().get("/poll", _ -> poll());
        return WebServer.start(
                new Listener(ADDRESS, port, List.of(), Optional.empty()),
                routes,
                _ -> {
                    throw new IllegalStateException("nobody comes with a token");
                },
                RateLimits.off(),
                () -> {});
    }

    private Response poll() {
        waiting.countDown();
        boolean heard = news.awaitNewsSince(news.mark(), "topic", Duration.ofMinutes(5));
        return Response.json(JsonObject.of("heard", heard));
    }

    @Test
    void aLongPollIsAnsweredAndThePortIsFreeAtOnce() throws InterruptedException {
        var server = start(0);
        int port = server.address().getPort();
        try (var client = new RawClient(server.address())) {
            client.send("GET /poll HTTP/1.1\nHost: test\n\n");
            assertTrue(waiting.await(1, TimeUnit.MINUTES));
            news.close();
            server.close();
            assertEquals("{\"heard\":false}", client.answer().body());
            assertTrue(client.isClosedByServer());
        }
        try (var again = start(port);
                var client = new RawClient(again.address())) {
            assertEquals("{\"heard\":false}", client.get("/poll").body());
        }
    }

    @Test
    void closingDoesNotWaitForEverForWhoeverDoesNotFinish() throws InterruptedException {
        var server = start(0);
        try (var client = new RawClient(server.address())) {
            client.send("GET /poll HTTP/1.1\nHost: test\n\n");
            assertTrue(waiting.await(1, TimeUnit.MINUTES));
            server.close();
            assertTrue(client.isClosedByServer());
            news.close();
        }
    }
}
