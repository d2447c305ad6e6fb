package dev.hearth.configuration;

import java.time.Duration;
import java.util.regex.Pattern;

/// Reads the settings of what calls need of the server.
final class CallReader {

    private static final Duration DEFAULT_DELAY = Duration.ofHours(24);
    private static final Duration LONGEST_DELAY = Duration.ofDays(365);
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)?");

    private CallReader() {}

    static Configuration.DelayedEvents delayedEvents(Settings settings) {
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

    static Configuration.Rtc rtc(Settings settings) {
        return new Configuration.Rtc(
                settings.rawObjects(
                        "rtc.transports",
                        "expected a list of objects: "
                                + "[{\"type\":\"livekit\",\"livekit_service_url\":\"https://..\"}]"));
    }
}
