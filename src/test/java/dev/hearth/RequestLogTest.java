package dev.hearth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.configuration.Log;
import dev.hearth.configuration.LogOutput;
import dev.hearth.json.JsonObject;
import dev.hearth.testing.TestClient;
import dev.hearth.testing.TestHomeserver;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the log tells of requests, and what it never does.
class RequestLogTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Pattern LINE =
            Pattern.compile("DEBUG   http \\[\\d+-[0-9a-z]+]: (.*) in \\d+ (µs|ms)$");

    @TempDir private Path folder;

    @BeforeEach
    void logToFile() {
        LogOutput.use(new Log(Level.DEBUG, Optional.of(folder.resolve("log"))));
    }

    @AfterEach
    void backToStandardError() {
        LogOutput.use(new Log(Level.INFO, Optional.empty()));
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("log"));
    }

    private List<String> requests() throws IOException {
        return log().lines()
                .map(LINE::matcher)
                .filter(matcher -> matcher.find())
                .map(matcher -> matcher.group(1))
                .toList();
    }

    /// A line is written when its request is done, which its client may know first.
    private List<String> awaitRequests(int count) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (requests().size() < count && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        return requests();
    }

    @Test
    void eachRequestIsOneLineWithItsEndpointAndResult() throws IOException {
        try (var server = TestHomeserver.start()) {
            server.client().get("/_matrix/client/v3/profile/%40nobody%3Ahearth.test");
            awaitRequests(1);
            server.client().get("/nowhere/to/be/found");
            awaitRequests(2);
            server.client().send("OPTIONS", "/_matrix/client/versions", Optional.empty());
            assertEquals(
                    List.of(
                            "GET /_matrix/client/v3/profile/{userId} 404",
                            "GET (no endpoint) 404",
                            "OPTIONS (no endpoint) 204"),
                    awaitRequests(3));
        }
    }

    @Test
    void tokensPasswordsAndWordsStayOut() throws IOException {
        try (var server = TestHomeserver.start()) {
            var alice = server.register("alice");
            var room = alice.createRoom(JsonObject.EMPTY);
            alice.say(room, "between you and me");
            var login = server.login("alice", JsonObject.of("refresh_token", true));
            var token = login.string("access_token");
            server.client().get("/_matrix/client/v3/account/whoami?access_token=" + token).ok();
            server.client().get("/_matrix/client/v3/account/whoami?access_token=x" + token);
            alice.client().send("PUT", "/_matrix/client/v3/rooms/x", Optional.of("not json"));
            awaitRequests(7);
            var log = log();
            assertTrue(log.contains("/rooms/{roomId}/send/{eventType}/{txnId} 200"), log);
            for (var secret :
                    List.of(
                            token,
                            login.string("refresh_token"),
                            "secret of",
                            "between",
                            "not json",
                            room,
                            TestClient.escape(room))) {
                assertFalse(log.contains(secret), log);
            }
        }
    }

    @Test
    void atTheUsualLevelRequestsAreNotLogged() throws IOException {
        LogOutput.use(new Log(Level.INFO, Optional.of(folder.resolve("log"))));
        try (var server = TestHomeserver.start()) {
            server.register("alice").createRoom(JsonObject.EMPTY);
        }
        assertEquals("", log());
    }
}
