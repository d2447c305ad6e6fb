package dev.hearth.bench;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the command line asks for.
///
/// @param device the block device that the server writes to
record Options(
        URI url,
        Optional<String> start,
        Optional<Long> pid,
        Optional<String> device,
        Optional<String> registrationSecret,
        Sizes sizes) {

    /// @param seconds how long each window of sending lasts
    /// @param fill messages that are sent before anything is measured
    /// @param trickleSeconds how long two messages a second are sent to count the bytes written
    /// @param events what the person with many rooms can read, half of it in one room
    /// @param members of the large room
    record Sizes(int seconds, int fill, int trickleSeconds, int events, int members) {}

    static final String HELP =
            """
            scripts/bench [--url URL] [settings]
            Measures a homeserver through its client-server API. Without --url it starts Hearth on a
            free port with its data in a temporary folder.
              --url URL                  the server; open for registration, its rate limits off
              --start COMMAND            starts it: adds start time and memory
              --pid PID                  the running server's process: adds memory
              --device NAME              the block device of its data (vda): adds bytes written
              --registration-secret KEY  registers with a shared secret
              --seconds N                length of a window of sending; 5 by default
              --fill N                   messages sent before measuring; 0 by default
              --events N                 what somebody in 200 rooms can read; 20000 by default
              --members N                of the large room; 10000 by default
              --trickle-seconds N        length of the window for bytes written; 120 by default
            """;

    private static final Set<String> NAMES =
            Set.of(
                    "--url",
                    "--start",
                    "--pid",
                    "--device",
                    "--registration-secret",
                    "--seconds",
                    "--fill",
                    "--events",
                    "--members",
                    "--trickle-seconds");

    static Options read(String... args) {
        var found = new HashMap<String, String>();
        for (int i = 0; i < args.length; i += 2) {
            if (!NAMES.contains(args[i]) || i + 1 == args.length) {
                throw new IllegalArgumentException("what is " + args[i] + "?\n" + HELP);
            }
            found.put(args[i], args[i + 1]);
        }
        if (!found.containsKey("--url")) {
            throw new IllegalArgumentException("--url is missing\n" + HELP);
        }
        return new Options(
                URI.create(found.get("--url")),
                Optional.ofNullable(found.get("--start")),
                Optional.ofNullable(found.get("--pid")).map(Long::valueOf),
                Optional.ofNullable(found.get("--device")),
                Optional.ofNullable(found.get("--registration-secret")),
                new Sizes(
                        number(found, "--seconds", 5),
                        number(found, "--fill", 0),
                        number(found, "--trickle-seconds", 120),
                        number(found, "--events", 20_000),
                        number(found, "--members", 10_000)));
    }

    private static int number(Map<String, String> found, String name, int otherwise) {
        return Integer.parseInt(found.getOrDefault(name, Integer.toString(otherwise)));
    }
}
