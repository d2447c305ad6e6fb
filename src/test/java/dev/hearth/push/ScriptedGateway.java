package dev.hearth.push;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonReader;
import dev.hearth.testing.TestAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A push gateway that answers as a test wants.
final class ScriptedGateway implements AutoCloseable {

    /// The name by which it is reached.
    static final String NAME = "push.test";

    private static final JsonObject NOTHING_REJECTED = JsonObject.of("rejected", JsonArray.EMPTY);

    private final HttpsServer server;
    private final BlockingQueue<JsonObject> told = new LinkedBlockingQueue<>();
    private volatile Answer answer = new Answer(200, NOTHING_REJECTED.toString());
    private volatile CountDownLatch held = new CountDownLatch(0);

    private record Answer(int status, String body) {}

    ScriptedGateway(TestAuthority authority) {
        try {
            var loopback = InetAddress.ofLiteral("127.0.0.1");
            server = HttpsServer.create(new InetSocketAddress(loopback, 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setHttpsConfigurator(new HttpsConfigurator(authority.issue(NAME).context()));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = JsonReader.readObject(exchange.getRequestBody().readAllBytes());
            var now = answer;
            told.add(body.object("notification"));
            held.await();
            var bytes = now.body().getBytes(StandardCharsets.UTF_8);
            if (now.status() / 100 == 3) {
                exchange.getResponseHeaders().set("Location", url() + "/elsewhere");
            }
            exchange.sendResponseHeaders(now.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    String url() {
        return "https://" + NAME + ":" + server.getAddress().getPort() + "/_matrix/push/v1/notify";
    }

    /// From now on it takes everything.
    void accept() {
        answer = new Answer(200, NOTHING_REJECTED.toString());
    }

    void answer(int status) {
        answer = new Answer(status, "{}");
    }

    void reject(String pushkey) {
        answer = new Answer(200, JsonObject.of("rejected", JsonArray.of(pushkey)).toString());
    }

    /// From now on it answers nothing, until it goes on.
    void hold() {
        held = new CountDownLatch(1);
    }

    void goOn() {
        held.countDown();
    }

    /// What it is told next.
    JsonObject next() {
        return poll(Duration.ofSeconds(30))
                .orElseThrow(() -> new AssertionError("the gateway was told nothing"));
    }

    /// What it is told next, while meanwhile something happens again and again: time passes.
    JsonObject nextWhile(Runnable meanwhile) {
        for (int i = 0; i < 300; i++) {
            var next = poll(Duration.ofMillis(100));
            if (next.isPresent()) {
                return next.get();
            }
            meanwhile.run();
        }
        throw new AssertionError("the gateway was told nothing");
    }

    private Optional<JsonObject> poll(Duration patience) {
        try {
            return Optional.ofNullable(told.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Whether there is something that no test has looked at.
    boolean hasMore() {
        return !told.isEmpty();
    }

    @Override
    public void close() {
        goOn();
        server.stop(0);
    }
}
