package dev.hearth.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/// What can be seen of the server from outside its API: when it answers after its start, how much
/// memory it holds, how much is written to its disk. What can't be seen is not measured.
final class Machine implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(120);

    private final Optional<Process> started;
    private final Optional<ProcessHandle> process;
    private final Optional<String> device;
    private final OptionalLong startMillis;

    Machine(Options options) {
        this.device = options.device();
        long before = System.nanoTime();
        this.started = options.start().map(Machine::start);
        this.process =
                started.map(Process::toHandle).or(() -> options.pid().flatMap(ProcessHandle::of));
        awaitAnswer(options.url());
        this.startMillis =
                started.isPresent()
                        ? OptionalLong.of((System.nanoTime() - before) / 1_000_000)
                        : OptionalLong.empty();
    }

    private static Process start(String command) {
        try {
            return new ProcessBuilder("sh", "-c", "exec " + command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(command, e);
        }
    }

    private void awaitAnswer(URI server) {
        long deadline = System.nanoTime() + START.toNanos();
        while (true) {
            try (var connection = new Connection(server)) {
                connection.call("GET", "/_matrix/client/versions", "", "").ok();
                return;
            } catch (UncheckedIOException e) {
                if (System.nanoTime() > deadline) {
                    close();
                    throw e;
                }
                Pace.pause(Duration.ofMillis(5));
            }
        }
    }

    OptionalLong startMillis() {
        return startMillis;
    }

    /// Megabytes that the process and its children hold resident.
    OptionalLong residentMegabytes() {
        if (process.isEmpty()) {
            return OptionalLong.empty();
        }
        var all = Stream.concat(process.stream(), process.get().descendants());
        return OptionalLong.of(all.mapToLong(Machine::residentKilobytes).sum() / 1_024);
    }

    private static long residentKilobytes(ProcessHandle handle) {
        try (var lines = Files.lines(Path.of("/proc/" + handle.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0; // It has just ended.
        }
    }

    /// Microseconds of processor time that the process and its children use for each of what is
    /// done. On a noisy machine it says more than what was reached in a second.
    ///
    /// @param work tells how much it did
    OptionalLong processorMicrosOfEach(LongSupplier work) {
        var before = processorMicros();
        long done = work.getAsLong();
        if (before.isEmpty()) {
            return before;
        }
        return OptionalLong.of((processorMicros().orElseThrow() - before.getAsLong()) / done);
    }

    private OptionalLong processorMicros() {
        if (process.isEmpty()) {
            return OptionalLong.empty();
        }
        var all = Stream.concat(process.stream(), process.get().descendants());
        return OptionalLong.of(
                all.flatMap(handle -> handle.info().totalCpuDuration().stream())
                        .mapToLong(used -> used.toNanos() / 1_000)
                        .sum());
    }

    /// Bytes written to the block device since the machine was started.
    OptionalLong writtenBytes() {
        if (device.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            var fields =
                    Files.readString(Path.of("/sys/class/block/" + device.get() + "/stat"))
                            .strip()
                            .split("\\s+");
            return OptionalLong.of(Long.parseLong(fields[6]) * 512);
        } catch (IOException e) {
            throw new UncheckedIOException("there is no block device " + device.get(), e);
        }
    }

    /// Ends what it started.
    @Override
    public void close() {
        started.ifPresent(running -> {
            running.descendants().forEach(ProcessHandle::destroy);
            running.destroy();
            try {
                if (!running.waitFor(30, TimeUnit.SECONDS)) {
                    running.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
