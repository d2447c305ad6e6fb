package dev.hearth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonObject;
import dev.hearth.testing.ServerProcess;
import dev.hearth.testing.TestClient;
import dev.hearth.testing.TestUser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The packaged jar as people type it.
@Tag("jar")
class ProgramTest {

    private static final Path JAR = Path.of("target", "hearth.jar").toAbsolutePath();
    private static final long MAX_SIZE = 12L << 20;
    private static final String CLIENT = "/_matrix/client/v3";
    private static final JsonObject HELLO = JsonObject.of("msgtype", "m.text", "body", "Hello");

    @TempDir private Path folder;

    private record Result(int status, String out, String err) {}

    private Result run(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx128m", "-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        var out = Files.createTempFile(folder, "out", "");
        var err = Files.createTempFile(folder, "err", "");
        var process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("it didn't end: " + List.of(arguments));
        }
        return new Result(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    @Test
    void theJarIsSmall() throws IOException {
        assertTrue(Files.size(JAR) <= MAX_SIZE);
    }

    @Test
    void itTellsWhatItIsAndWhatCanBeSet() throws Exception {
        var version = run("--version");
        assertEquals(0, version.status());
        assertTrue(version.out().matches("Hearth \\d+\\.\\d+\\.\\d+\\s+"), version.out());
        var help = run("--help");
        assertEquals(0, help.status());
        for (var word : List.of("--server-name", "new-token", "--data-dir", "public_baseurl")) {
            assertTrue(help.out().contains(word), help.out());
        }
    }

    @Test
    void everyProblemIsListedAtOnce() throws Exception {
        var result = run("--bogus", "--set", "foo=1", "--set", "log.level=loud");
        assertEquals(1, result.status());
        for (var word : List.of("--bogus", "foo", "log.level", "server_name")) {
            assertTrue(result.err().contains("\n" + word + ": found "), result.err());
        }
        assertEquals("", result.out());
        assertFalse(Files.exists(folder.resolve("data")));
    }

    @Test
    void aRunningServerMakesTokensAndKeepsItsFolderToItself() throws Exception {
        var data = folder.resolve("data");
        try (var server = ServerProcess.start(data, folder.resolve("log"))) {
            var token = run("new-token");
            assertEquals(0, token.status(), token.err());
            assertTrue(isGood(server, token.out().strip()));
            assertTrue(isGood(server, run("new-token", "--data-dir", "data").out().strip()));
            var second = run("--server-name", "hearth.test");
            assertEquals(1, second.status());
            assertTrue(second.err().contains("in use"), second.err());
            try (var files = Files.list(data)) {
                for (var file : files.toList()) {
                    var permissions = Files.getPosixFilePermissions(file);
                    assertTrue(
                            PosixFilePermissions.fromString("rwx------").containsAll(permissions),
                            file + " has " + permissions);
                }
            }
        }
        var nobody = run("new-token");
        assertEquals(1, nobody.status());
        assertTrue(nobody.err().contains("No server runs on the data folder " + data));
        var other = run("--server-name", "example.org");
        assertEquals(1, other.status());
        assertTrue(other.err().contains("is for ever: start with --server-name hearth.test"));
    }

    /// A process may be told, while it runs, how large a file it may write: with 0 the next write
    /// fails as on a broken disk.
    @Test
    @EnabledOnOs(OS.LINUX)
    void aDiskThatFailsEndsItWithExitCode70AndLosesNothing() throws Exception {
        var data = folder.resolve("data");
        var log = folder.resolve("log");
        String token;
        String room;
        String said;
        try (var server = ServerProcess.start(data, log)) {
            var alice = register(server);
            token = alice.string("access_token");
            var client = new TestClient(server.address()).as(token);
            room = client.post(CLIENT + "/createRoom", JsonObject.EMPTY).ok().string("room_id");
            said = client.put(send(room, "t1"), HELLO).ok().string("event_id");
            forbidWrites(server);
            try {
                assertNotEquals(200, client.put(send(room, "t2"), HELLO).status());
            } catch (UncheckedIOException _) {
                // It has ended without an answer.
            }
            assertEquals(70, server.exitCode());
        }
        try (var server = ServerProcess.start(data, log)) {
            var client = new TestClient(server.address()).as(token);
            client.get(TestUser.room(room) + "/event/" + TestClient.escape(said)).ok();
        }
    }

    private static JsonObject register(ServerProcess server) {
        return new TestClient(server.address())
                .post(
                        CLIENT + "/register",
                        JsonObject.of(
                                "username", "alice",
                                "password", "a long password",
                                "auth", JsonObject.of("type", "m.login.dummy")))
                .ok();
    }

    private static String send(String room, String transaction) {
        return TestUser.room(room) + "/send/m.room.message/" + transaction;
    }

    private static void forbidWrites(ServerProcess server) throws Exception {
        var command = List.of("prlimit", "--pid", Long.toString(server.pid()), "--fsize=0");
        assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
    }

    private static boolean isGood(ServerProcess server, String token) {
        return new TestClient(server.address())
                .get(
                        "/_matrix/client/v1/register/m.login.registration_token/validity?token="
                                + TestClient.escape(token))
                .ok()
                .equals(JsonObject.of("valid", true));
    }
}
