package dev.hearth.configuration;

import static java.util.Map.entry;

import dev.hearth.concurrent.Meters.Rate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Reads `rate_limits`: a switch for all, and for each kind how often it may be done, sustained and
/// at once.
final class LimitsReader {

    private static final String PREFIX = "rate_limits.";
    private static final String PER_SECOND = ".per_second";
    private static final String BURST = ".burst";
    private static final String ENABLED = PREFIX + "enabled";

    private static final Map<String, Rate> DEFAULTS =
            Map.ofEntries(
                    entry("general", new Rate(10, 100)),
                    entry("login", new Rate(0.1, 10)),
                    // More than one address is given, so that no single one locks a user out.
                    entry("guesses", new Rate(0.5, 30)),
                    // Registering takes two or three requests, for each stage of authentication.
                    entry("registration", new Rate(0.2, 10)),
                    // Two requests for each, of which the first learns what to prove: one a minute.
                    entry("login_tokens", new Rate(0.034, 4)),
                    entry("messages", new Rate(1, 20)),
                    entry("joins", new Rate(0.1, 10)),
                    entry("invites", new Rate(0.3, 10)),
                    entry("rooms", new Rate(0.016, 10)),
                    entry("keys", new Rate(20, 100)),
                    entry("reports", new Rate(0.1, 10)));

    static final List<String> KEYS =
            Stream.concat(
                            Stream.of(ENABLED),
                            DEFAULTS.keySet().stream()
                                    .sorted()
                                    .flatMap(kind ->
                                            Stream.of(
                                                    PREFIX + kind + PER_SECOND,
                                                    PREFIX + kind + BURST)))
                    .toList();

    static final String HELP =
            """
            rate_limits.enabled          true
            rate_limits.KIND.per_second  how often each user or address may do what is of that KIND,
            rate_limits.KIND.burst       and how often at once: login, guesses (at one user's
                                         password), login_tokens, registration, messages, joins,
                                         invites, rooms (new ones), keys, reports, general
            """;

    private final Settings settings;

    LimitsReader(Settings settings) {
        this.settings = settings;
    }

    Configuration.Limits read() {
        var rates = new LinkedHashMap<String, Rate>();
        DEFAULTS.forEach((kind, rate) -> rates.put(kind, read(kind, rate)));
        return new Configuration.Limits(settings.flag(ENABLED, true), rates);
    }

    private Rate read(String kind, Rate otherwise) {
        double perSecond =
                settings.decimal(
                        PREFIX + kind + PER_SECOND,
                        otherwise.perSecond(),
                        "expected a number from 0.0001 to 10000",
                        number -> Acceptable.within(0.0001, number, 10_000));
        int burst =
                settings.number(
                        PREFIX + kind + BURST,
                        otherwise.burst(),
                        "expected a whole number from 1 to 100000",
                        number -> Math.toIntExact(Acceptable.within(1, number, 100_000)));
        return new Rate(perSecond, burst);
    }
}
