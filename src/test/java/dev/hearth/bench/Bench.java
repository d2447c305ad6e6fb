package dev.hearth.bench;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// Prints what a homeserver does in a second, and how long one waits for it.
final class Bench {

    /// A server may save later what it was sent before: that isn't to be counted.
    private static final Duration SAVED_AFTER = Duration.ofSeconds(130);

    private final Options options;
    private final Machine machine;

    private Bench(Options options, Machine machine) {
        this.options = options;
        this.machine = machine;
    }

    public static void main(String[] args) {
        if (List.of(args).contains("--help")) {
            System.out.print(Options.HELP);
            return;
        }
        try {
            var options = Options.read(args);
            try (var machine = new Machine(options)) {
                new Bench(options, machine).run();
            }
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private void run() {
        row("from start to the first answer", machine.startMillis(), "ms");
        if (machine.residentMegabytes().isPresent()) {
            Pace.pause(Duration.ofSeconds(5));
        }
        row("memory when idle", machine.residentMegabytes(), "MB");
        var registrar = new Registrar(options.url(), options.registrationSecret());
        var load = new Load(options.url(), registrar);
        load.fill(options.sizes().fill());
        sending(load);
        row("send to the other's long poll, 100/s", load.delivery(1_000).summary());
        rooms(load);
        new ManyRooms(registrar, options.sizes().events()).measure();
        new LargeRoom(registrar, load, machine, options.sizes().members()).measure();
        written(load);
    }

    private void sending(Load load) {
        var window = Duration.ofSeconds(options.sizes().seconds());
        load.perSecond(Load.PEOPLE, true, window); // A server is warm when people use it.
        var peak = new AtomicLong();
        var running = new AtomicBoolean(true);
        var watching = Thread.ofPlatform().daemon().start(() -> watch(peak, running));
        for (int senders : new int[] {1, 8, 64}) {
            long one = load.perSecond(senders, true, window);
            long many = load.perSecond(senders, false, window);
            row(
                    "messages a second, " + senders + (senders == 1 ? " client" : " clients"),
                    one + " in one room, " + many + " in twenty");
        }
        running.set(false);
        processorTime(load, window);
        row(
                "memory under load",
                peak.get() == 0 ? OptionalLong.empty() : OptionalLong.of(peak.get()),
                "MB");
    }

    private void processorTime(Load load, Duration window) {
        var used =
                machine.processorMicrosOfEach(
                        () -> load.perSecond(Load.PEOPLE, false, window) * window.toSeconds());
        row("processor time per message", used, "microseconds");
    }

    private void watch(AtomicLong peak, AtomicBoolean running) {
        while (running.get()) {
            machine.residentMegabytes().ifPresent(now -> peak.accumulateAndGet(now, Math::max));
            Pace.pause(Duration.ofMillis(200));
        }
    }

    private void rooms(Load load) {
        var creating = new Times(100);
        var joining = new Times(100);
        for (int i = 0; i < 100; i++) {
            var room = new String[1];
            creating.time(() -> room[0] = load.person(0).createRoom("public_chat"));
            joining.time(() -> load.person(1).join(room[0]));
        }
        row("a room created", creating.summary());
        row("a room joined", joining.summary());
    }

    private void written(Load load) {
        var name = "written to the disk per message, 2/s";
        if (machine.writtenBytes().isEmpty()) {
            row(name, OptionalLong.empty(), "");
            return;
        }
        Pace.pause(SAVED_AFTER);
        var before = machine.writtenBytes();
        int messages = 2 * options.sizes().trickleSeconds();
        var pace = new Pace(2);
        for (int i = 0; i < messages; i++) {
            pace.await();
            load.person(i % Load.PEOPLE).say(load.room(i % Load.PEOPLE % Load.ROOMS), "trickle");
        }
        long bytes = machine.writtenBytes().orElseThrow() - before.getAsLong();
        row(name, String.format(Locale.ROOT, "%.1f KB", bytes / 1024.0 / messages));
    }

    static void row(String name, OptionalLong value, String unit) {
        row(name, value.isPresent() ? value.getAsLong() + " " + unit : "not measured");
    }

    static void row(String name, String value) {
        System.out.printf("%-42s %s%n", name, value);
    }
}
