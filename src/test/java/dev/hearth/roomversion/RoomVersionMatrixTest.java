package dev.hearth.roomversion;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The differences between the room versions, as one table that a person can hold against the
/// specification. A test that fails prints the table as the code has it.
class RoomVersionMatrixTest {

    private static final String MATRIX =
            """
                                             1    2    3    4    5    6    7    8    9    10   11   12
            event IDs                        own  own  std  url  url  url  url  url  url  url  url  url
            state resolution                 1    2    2    2    2    2    2    2    2    2    2    2.1
            EXPLICIT_EVENT_ID                Y    Y    -    -    -    -    -    -    -    -    -    -
            REDACTION_IN_AUTH_RULES          Y    Y    -    -    -    -    -    -    -    -    -    -
            SPECIAL_ALIASES                  Y    Y    Y    Y    Y    -    -    -    -    -    -    -
            ENFORCES_KEY_VALIDITY            -    -    -    -    Y    Y    Y    Y    Y    Y    Y    Y
            STRICT_CANONICAL_JSON            -    -    -    -    -    Y    Y    Y    Y    Y    Y    Y
            FLOAT_POWER_LEVELS               Y    Y    Y    Y    Y    -    -    -    -    -    -    -
            STRING_POWER_LEVELS              Y    Y    Y    Y    Y    Y    Y    Y    Y    -    -    -
            LIMITS_NOTIFICATION_LEVELS       -    -    -    -    -    Y    Y    Y    Y    Y    Y    Y
            KNOCKING                         -    -    -    -    -    -    Y    Y    Y    Y    Y    Y
            RESTRICTED_JOINS                 -    -    -    -    -    -    -    Y    Y    Y    Y    Y
            REDACTION_KEEPS_ALLOW            -    -    -    -    -    -    -    Y    Y    Y    Y    Y
            REDACTION_KEEPS_AUTHORISING_USER -    -    -    -    -    -    -    -    Y    Y    Y    Y
            KNOCK_RESTRICTED                 -    -    -    -    -    -    -    -    -    Y    Y    Y
            CREATOR_IS_SENDER                -    -    -    -    -    -    -    -    -    -    Y    Y
            REDACTS_IN_CONTENT               -    -    -    -    -    -    -    -    -    -    Y    Y
            MODERN_REDACTION                 -    -    -    -    -    -    -    -    -    -    Y    Y
            ROOM_ID_IS_CREATE_HASH           -    -    -    -    -    -    -    -    -    -    -    Y
            PRIVILEGED_CREATORS              -    -    -    -    -    -    -    -    -    -    -    Y
            """;

    @Test
    void theVersionsDifferAsTheSpecificationSays() {
        var rows =
                Stream.of(
                        row("", RoomVersion::id),
                        row("event IDs", version -> ids(version.rules())),
                        row("state resolution", version -> resolution(version.rules())));
        var tweaks =
                Arrays.stream(Tweak.values())
                        .map(tweak -> row(tweak.name(), version -> version.has(tweak) ? "Y" : "-"));
        assertEquals(MATRIX, Stream.concat(rows, tweaks).collect(joining("\n", "", "\n")));
    }

    private static String row(String name, Function<RoomVersion, String> cell) {
        return Arrays.stream(RoomVersion.values())
                .map(version -> String.format("%-5s", cell.apply(version)))
                .collect(joining("", String.format("%-33s", name), ""))
                .stripTrailing();
    }

    private static String ids(RoomRules rules) {
        return switch (rules.eventIdFormat()) {
            case CHOSEN -> "own";
            case HASH_STANDARD_BASE64 -> "std";
            case HASH_URL_SAFE_BASE64 -> "url";
        };
    }

    private static String resolution(RoomRules rules) {
        return switch (rules.stateResolution()) {
            case V1 -> "1";
            case V2 -> "2";
            case V2_1 -> "2.1";
        };
    }

    @Test
    void versionsAreFoundByNothingButTheirName() {
        for (var version : RoomVersion.values()) {
            assertEquals(Optional.of(version), RoomVersion.find(version.id()));
            assertEquals("V" + version.id(), version.name());
        }
        for (var other : new String[] {"", "0", "13", "01", "1.0", "V1", "org.matrix.hydra.11"}) {
            assertEquals(Optional.empty(), RoomVersion.find(other));
        }
    }
}
