package dev.hearth.configuration;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Reads the settings of what calls need of the server.
final class CallReader {

    static final List<String> KEYS =
            List.of(
                    "delayed_events.max_delay",
                    "rtc.transports",
                    "turn.uris",
                    "turn.secret",
                    "turn.username",
                    "turn.password",
                    "turn.ttl");

    static final String HELP =
            """
            delayed_events.max_delay     "24h": for how long clients may put events off; 0 for not at all
            rtc.transports               []: servers for calls: [{"type":"livekit","livekit_service_url":..}]
            turn.uris                    []: the relay for calls: ["turn:turn.example.org?transport=udp"]
            turn.secret                  (none) which it shares with this server; or
            turn.username, .password     (none) for all users
            turn.ttl                     86400: seconds for which its users are let in
            """;

    private static final Duration DEFAULT_DELAY = Duration.ofHours(24);
    private static final Duration LONGEST_DELAY = Duration.ofDays(365);
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)?");

    private final Settings settings;

    CallReader(Settings settings) {
        this.settings = settings;
    }

    Configuration.DelayedEvents delayedEvents() {
        return new Configuration.DelayedEvents(
                settings.textOrNumber(
                        "delayed_events.max_delay",
                        DEFAULT_DELAY,
                        "expected a duration up to 365d: 24h, 30m, 10s or milliseconds",
                        CallReader::delay,
                        number -> delay(Long.toString(number))));
    }

    private static Duration delay(String text) {
        var matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException();
        }
        var unit =
                switch (matcher.group(2)) {
                    case "s" -> Duration.ofSeconds(1);
                    case "m" -> Duration.ofMinutes(1);
                    case "h" -> Duration.ofHours(1);
                    case "d" -> Duration.ofDays(1);
                    case null, default -> Duration.ofMillis(1);
                };
        var delay = unit.multipliedBy(Long.parseLong(matcher.group(1)));
        if (delay.compareTo(LONGEST_DELAY) > 0) {
            throw new IllegalArgumentException();
        }
        return delay;
    }

    Configuration.Rtc rtc() {
        return new Configuration.Rtc(
                settings.rawObjects(
                        "rtc.transports",
                        "expected a list of objects: "
                                + "[{\"type\":\"livekit\",\"livekit_service_url\":\"https://..\"}]"));
    }

    Turn turn() {
        var uris =
                settings.texts(
                        "turn.uris",
                        List.of(),
                        "expected a list of addresses: [\"turn:turn.example.org?transport=udp\"]",
                        CallReader::turnUri);
        var ttl =
                settings.number(
                        "turn.ttl",
                        Duration.ofDays(1),
                        "expected a number of seconds, from 60 to 604800",
                        number -> Duration.ofSeconds(Acceptable.within(60, number, 604_800)));
        return new Turn(uris, access(!uris.isEmpty()), ttl);
    }

    private static String turnUri(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        if (!lower.startsWith("turn:") && !lower.startsWith("turns:")) {
            throw new IllegalArgumentException();
        }
        return text;
    }

    private Turn.Access access(boolean needed) {
        var shared = settings.secret("turn.secret");
        var username = settings.find("turn.username", Settings.TEXT, Acceptable::notEmpty);
        var password = settings.secret("turn.password");
        if (shared.isPresent()) {
            return new Turn.Shared(shared.get());
        }
        if (needed && (username.isEmpty() || password.isEmpty())) {
            settings.problem(
                    "turn.secret", "nothing", "expected it, or turn.username and turn.password");
        }
        return new Turn.Fixed(username.orElse(""), password.orElse(new Secret("")));
    }
}
