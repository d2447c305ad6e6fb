package dev.hearth.kill;

import static dev.hearth.testing.TestClient.escape;
import static dev.hearth.testing.TestUser.room;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearth.json.JsonObject;
import dev.hearth.testing.ServerProcess;
import dev.hearth.testing.TestClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The jar is killed under load, twenty times or as often as `hearth.kill.cycles` says, and each
/// time everything it had answered must be there. `target/kill/ledger` tells afterwards what was
/// asked and answered, `target/kill/server.log` what the server had to say.
@Tag("jar")
class KillTest {

    private static final int CYCLES = Integer.getInteger("hearth.kill.cycles", 20);
    private static final Path FOLDER = Path.of("target", "kill");
    private static final int TALKERS = 4;

    private final Random random = new Random(Long.getLong("hearth.kill.seed", System.nanoTime()));
    private final List<Talker> talkers = new ArrayList<>();
    private final List<Inbox> inboxes = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private String roomId = "";

    @Test
    void whatWasAnsweredSurvivesTheEndOfTheProcess() throws IOException {
        empty(FOLDER);
        try (var ledger = new Ledger(FOLDER.resolve("ledger"))) {
            for (int cycle = 0; cycle < CYCLES; cycle++) {
                var server = start();
                meet(server.address(), ledger);
                recover();
                talkUntilKilled(server);
                ledger.killed(cycle);
                assertEquals(List.of(), failures);
            }
            checkEverything();
        }
    }

    private void checkEverything() {
        try (var server = start()) {
            talkers.forEach(talker -> talker.reconnect(server.address()));
            recover();
            awaitPlans();
            checkRoom();
            checkInboxes();
            for (int i = 0; i < TALKERS; i++) {
                peer(i).checkKeys(talkers.get(i));
            }
        }
    }

    private static ServerProcess start() {
        return ServerProcess.start(FOLDER.resolve("data"), FOLDER.resolve("server.log"));
    }

    /// The first time everybody registers and joins; later they only find the server again.
    private void meet(URI server, Ledger ledger) {
        talkers.forEach(talker -> talker.reconnect(server));
        for (int i = talkers.size(); i < TALKERS; i++) {
            var name = "talker" + i;
            var open = new TestClient(server);
            var login = JsonObject.of("username", name, "password", "secret of " + name);
            var auth = JsonObject.of("type", "m.login.dummy");
            var answer = open.post("/_matrix/client/v3/register", login.with("auth", auth)).ok();
            var talker = new Talker(name, answer, open, ledger);
            join(talker);
            talkers.add(talker);
            inboxes.add(new Inbox());
        }
    }

    private void join(Talker talker) {
        if (roomId.isEmpty()) {
            // Everybody may set state, for everybody counts in it.
            var levels = JsonObject.of("state_default", 0);
            var request =
                    JsonObject.of("preset", "public_chat", "power_level_content_override", levels);
            roomId =
                    talker.client()
                            .post("/_matrix/client/v3/createRoom", request)
                            .ok()
                            .string("room_id");
        } else {
            talker.client()
                    .post("/_matrix/client/v3/join/" + escape(roomId), JsonObject.EMPTY)
                    .ok();
        }
    }

    private Talker peer(int i) {
        return talkers.get((i + 1) % TALKERS);
    }

    private void recover() {
        for (int i = 0; i < TALKERS; i++) {
            talkers.get(i).recover(roomId, peer(i));
        }
    }

    private void talkUntilKilled(ServerProcess server) {
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < TALKERS; i++) {
            var talker = talkers.get(i);
            var peer = peer(i);
            var inbox = inboxes.get(i);
            threads.add(untilKilled(() -> talker.act(roomId, peer)));
            threads.add(untilKilled(() -> inbox.poll(talker.client(), 1_000)));
        }
        LockSupport.parkNanos(Duration.ofMillis(random.nextInt(100, 700)).toNanos());
        server.kill();
        threads.forEach(KillTest::join);
    }

    private Thread untilKilled(Runnable step) {
        return Thread.ofVirtual()
                .start(() -> {
                    try {
                        while (true) {
                            step.run();
                        }
                    } catch (UncheckedIOException e) {
                        // The server is gone: that is what this is about.
                    } catch (RuntimeException | AssertionError e) {
                        synchronized (failures) {
                            failures.add(e);
                        }
                    }
                });
    }

    private static void join(Thread thread) {
        try {
            thread.join(Duration.ofSeconds(60));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /// Every delay is over within a second.
    private void awaitPlans() {
        for (int i = 0; i < 600 && talkers.stream().anyMatch(Talker::waits); i++) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    /// Every message is in the room, once, with the ID that was answered.
    private void checkRoom() {
        var found = readRoom();
        for (var talker : talkers) {
            var missing = new HashMap<>(talker.sent());
            missing.entrySet().removeAll(found.entrySet());
            assertEquals(Map.of(), missing);
        }
        int said = talkers.stream().mapToInt(talker -> talker.sent().size()).sum();
        var later = new HashSet<String>();
        talkers.forEach(talker -> later.addAll(talker.planned()));
        assertEquals(said + later.size(), found.size(), "messages in the room");
        later.removeAll(found.keySet());
        assertEquals(Set.of(), later);
    }

    private Map<String, String> readRoom() {
        var found = new HashMap<String, String>();
        var from = Optional.<String>empty();
        do {
            var page =
                    talkers.getFirst()
                            .client()
                            .get(
                                    room(roomId)
                                            + "/messages?dir=b&limit=500"
                                            + from.map(token -> "&from=" + token).orElse(""))
                            .ok();
            page.array("chunk").objects().stream()
                    .filter(event -> event.string("type").equals("m.room.message"))
                    .forEach(event -> note(event, found));
            from = page.findString("end");
        } while (from.isPresent());
        return found;
    }

    private static void note(JsonObject event, Map<String, String> found) {
        var body = event.object("content").string("body");
        var other = found.put(body, event.string("event_id"));
        if (other != null) {
            throw new AssertionError(body + " is in the room twice: " + other + " and " + event);
        }
    }

    /// Every message to a device came, once.
    private void checkInboxes() {
        for (int i = 0; i < TALKERS; i++) {
            var inbox = inboxes.get((i + 1) % TALKERS);
            while (inbox.poll(peer(i).client(), 0) > 0) {
                // Until everything was fetched.
            }
            var missing = new ArrayList<>(talkers.get(i).whispered());
            missing.removeAll(inbox.received());
            assertEquals(List.of(), missing);
        }
    }

    private static void empty(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var walk = Files.walk(folder)) {
                for (var path : walk.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(path);
                }
            }
        }
        Files.createDirectories(folder);
    }
}
