package dev.hearth.event;

import static dev.hearth.testing.RoomScript.ALICE;
import static dev.hearth.testing.RoomScript.BOB;
import static dev.hearth.testing.RoomScript.CAROL;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearth.json.JsonDecimal;
import dev.hearth.json.JsonNull;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonValue;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.roomversion.Tweak;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What power levels say of a room that Alice made.
class PowerLevelsTest {

    private static PowerLevels levels(RoomVersion version, Object... content) {
        return new PowerLevels(Optional.of(JsonObject.of(content)), version, Set.of(ALICE));
    }

    private static PowerLevels none(RoomVersion version) {
        return new PowerLevels(Optional.empty(), version, Set.of(ALICE));
    }

    private static long creator(RoomVersion version, long level) {
        return version.has(Tweak.PRIVILEGED_CREATORS) ? PowerLevels.CREATOR : level;
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void withoutAnEventTheCreatorHasAHundred(RoomVersion version) {
        assertEquals(creator(version, 100), none(version).user(ALICE));
        assertEquals(0, none(version).user(BOB));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void withAnEventTheCreatorHasWhatItSays(RoomVersion version) {
        assertEquals(creator(version, 0), levels(version).user(ALICE));
        var named = levels(version, "users", JsonObject.of(ALICE.value(), 7));
        assertEquals(creator(version, 7), named.user(ALICE));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void whoIsNotNamedHasTheDefault(RoomVersion version) {
        var levels = levels(version, "users_default", 5, "users", JsonObject.of(BOB.value(), -10));
        assertEquals(-10, levels.user(BOB));
        assertEquals(5, levels.user(CAROL));
        assertEquals(5, levels.usersDefault());
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void whatIsNotSaidHasItsDefault(RoomVersion version) {
        for (var levels : new PowerLevels[] {none(version), levels(version)}) {
            assertEquals(0, levels.toSend("m.room.message", false));
            assertEquals(50, levels.toSend("m.room.topic", true));
            assertEquals(50, levels.toBan());
            assertEquals(50, levels.toKick());
            assertEquals(50, levels.toRedact());
            assertEquals(0, levels.toInvite());
            assertEquals(0, levels.usersDefault());
        }
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void whatIsSaidCounts(RoomVersion version) {
        var levels =
                levels(
                        version,
                        "ban",
                        1,
                        "kick",
                        2,
                        "redact",
                        3,
                        "invite",
                        4,
                        "state_default",
                        5,
                        "events_default",
                        6,
                        "events",
                        JsonObject.of("a.b", 7));
        assertEquals(1, levels.toBan());
        assertEquals(2, levels.toKick());
        assertEquals(3, levels.toRedact());
        assertEquals(4, levels.toInvite());
        assertEquals(5, levels.toSend("m.room.topic", true));
        assertEquals(6, levels.toSend("m.room.message", false));
        assertEquals(7, levels.toSend("a.b", true));
        assertEquals(7, levels.toSend("a.b", false));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void whatMakesNoSenseHasItsDefault(RoomVersion version) {
        var levels =
                levels(
                        version,
                        "ban",
                        JsonNull.NULL,
                        "users",
                        "nobody",
                        "events",
                        JsonObject.of("a.b", true));
        assertEquals(50, levels.toBan());
        assertEquals(0, levels.user(BOB));
        assertEquals(50, levels.toSend("a.b", true));
    }

    private static Optional<Long> text(String level) {
        return PowerLevels.parse(JsonValue.of(level), RoomVersion.V1);
    }

    private static Optional<Long> fraction(String level) {
        return PowerLevels.parse(new JsonDecimal(level), RoomVersion.V1);
    }

    @Test
    void oldLevelsAreReadFromTextsAndFractions() {
        assertEquals(Optional.of(100L), text(" +000100 "));
        assertEquals(Optional.of(-100L), text("-100"));
        assertEquals(Optional.of(Long.MAX_VALUE), text("9".repeat(1000)));
        assertEquals(Optional.of(Long.MIN_VALUE), text("-" + "9".repeat(1000)));
        assertEquals(Optional.empty(), text("9".repeat(1001)));
        assertEquals(Optional.of(50L), fraction("50.57"));
        assertEquals(Optional.of(51146L), fraction("5.114698E4"));
        assertEquals(Optional.of(-50L), fraction("-50.99"));
        assertEquals(Optional.of(0L), fraction("-0"));
        assertEquals(Optional.of(Long.MAX_VALUE), fraction("1e300"));
        assertEquals(Optional.empty(), fraction("1e309"));
        assertEquals(Optional.empty(), fraction("-1e309"));
    }
}
