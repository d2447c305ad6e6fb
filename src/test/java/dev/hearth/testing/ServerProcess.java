package dev.hearth.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/// The packaged jar as a process of its own, on a free port of loopback: what a test needs that
/// ends it without warning.
public final class ServerProcess implements AutoCloseable {

    private static final Pattern LISTENING = Pattern.compile("Listening on (http:\\S+)");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path JAR = Path.of("target", "hearth.jar");

    private final Process process;
    private final URI address;

    private ServerProcess(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /// Starts on a data folder, and returns when the server says where it listens.
    ///
    /// @param log what the server prints goes there, after what is there already
    public static ServerProcess start(Path data, Path log) {
        try {
            long from = Files.exists(log) ? Files.size(log) : 0;
            var builder =
                    new ProcessBuilder(command(data))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            // What is set for the test run isn't meant for the server.
            builder.environment().keySet().removeIf(name -> name.startsWith("HEARTH_"));
            var process = builder.start();
            return new ServerProcess(process, awaitAddress(process, log, from));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(Path data) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-jar",
                JAR.toString(),
                "--server-name",
                "hearth.test",
                "--set",
                "data_dir=" + data,
                "--set",
                "listeners=[{\"bind\":\"127.0.0.1\",\"port\":0}]",
                "--set",
                "registration.enabled=true",
                "--set",
                "rate_limits.enabled=false",
                "--set",
                "password.hash_cost=\"minimum\"");
    }

    private static URI awaitAddress(Process process, Path log, long from) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline && process.isAlive()) {
            var found = address(log, from);
            if (found.isPresent()) {
                return found.get();
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
        process.destroyForcibly();
        throw new AssertionError("the server didn't start:\n" + Files.readString(log));
    }

    private static Optional<URI> address(Path log, long from) throws IOException {
        var bytes = Files.readAllBytes(log);
        var text = new String(bytes, (int) from, (int) (bytes.length - from));
        var matcher = LISTENING.matcher(text);
        return matcher.find() ? Optional.of(URI.create(matcher.group(1))) : Optional.empty();
    }

    public URI address() {
        return address;
    }

    public long pid() {
        return process.pid();
    }

    /// Waits until it has ended of itself, and gives its exit code.
    public int exitCode() {
        awaitEnd();
        return process.exitValue();
    }

    /// Ends it as a crash would: `kill -9`.
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /// Asks it to end, and waits until it has.
    @Override
    public void close() {
        process.destroy();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the server didn't end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
