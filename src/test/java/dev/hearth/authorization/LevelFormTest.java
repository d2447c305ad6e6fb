package dev.hearth.authorization;

import static dev.hearth.authorization.Rule.LEVELS_FORM;
import static dev.hearth.authorization.RuleCase.table;
import static dev.hearth.authorization.RuleCase.that;
import static dev.hearth.roomversion.RoomVersion.V1;
import static dev.hearth.roomversion.RoomVersion.V10;
import static dev.hearth.roomversion.RoomVersion.V12;
import static dev.hearth.roomversion.RoomVersion.V5;
import static dev.hearth.roomversion.RoomVersion.V6;
import static dev.hearth.roomversion.RoomVersion.V9;
import static dev.hearth.testing.Act.powerLevels;
import static dev.hearth.testing.RoomScript.ALICE;
import static dev.hearth.testing.RoomScript.BOB;
import static dev.hearth.testing.RoomScript.founded;

import dev.hearth.event.EventType;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonBoolean;
import dev.hearth.json.JsonDecimal;
import dev.hearth.json.JsonNull;
import dev.hearth.json.JsonObject;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.testing.Act;
import dev.hearth.testing.RoomScript;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/// What a power level may look like, wherever one stands in the event.
class LevelFormTest {

    static final List<String> LEVELS =
            List.of(
                    "users_default",
                    "events_default",
                    "state_default",
                    "ban",
                    "redact",
                    "kick",
                    "invite");
    private static final List<String> MAPS = List.of("events", "users");

    /// No power levels were set yet, so that nothing but the form of the first ones matters.
    private static RoomScript without(RoomVersion version) {
        return founded(version).forgetting(EventType.POWER_LEVELS);
    }

    /// Power levels with a value at every place where a level can stand, one after another.
    private static Stream<Act> everywhere(Object value) {
        var inMaps =
                MAPS.stream().map(map -> JsonObject.of(map, JsonObject.of(BOB.value(), value)));
        var plain = LEVELS.stream().map(level -> JsonObject.of(level, value));
        return Stream.concat(plain, inMaps).map(content -> powerLevels(ALICE, content));
    }

    private static Stream<RuleCase> cases(Object value) {
        return everywhere(value)
                .map(act ->
                        that("the levels " + act.content()).in(LevelFormTest::without).tried(act));
    }

    private static Stream<DynamicNode> nodes(Stream<RuleCase> cases) {
        return table(cases.toArray(RuleCase[]::new));
    }

    @TestFactory
    Stream<DynamicNode> integersAreLevels() {
        return nodes(
                Stream.of(0L, -1L, 50L, MOST, -MOST)
                        .flatMap(LevelFormTest::cases)
                        .map(RuleCase::isAllowed));
    }

    private static final long MOST = (1L << 53) - 1;

    @TestFactory
    Stream<DynamicNode> integersBeyondWhatADoubleHolds() {
        return nodes(cases(MOST + 1).map(row -> row.isAllowed(V1, V5).isNoEvent(V6, V12)));
    }

    @TestFactory
    Stream<DynamicNode> textsAreLevelsUntil9() {
        return nodes(
                Stream.of("50", "000050", "+50", "-50", " \t50\n", "9".repeat(40))
                        .flatMap(LevelFormTest::cases)
                        .map(row -> row.isAllowed(V1, V9).isRefusedBy(LEVELS_FORM, V10, V12)));
    }

    @TestFactory
    Stream<DynamicNode> fractionsAreLevelsUntil5() {
        return nodes(
                Stream.of("50.57", "5.114698E4", "-0", "-0.9", "1e300")
                        .map(JsonDecimal::new)
                        .flatMap(LevelFormTest::cases)
                        .map(row -> row.isAllowed(V1, V5).isNoEvent(V6, V12)));
    }

    @TestFactory
    Stream<DynamicNode> numbersThatNoDoubleHoldsAreNoLevels() {
        return nodes(
                cases(new JsonDecimal("1e309"))
                        .map(row -> row.isRefusedBy(LEVELS_FORM, V1, V5).isNoEvent(V6, V12)));
    }

    @TestFactory
    Stream<DynamicNode> nothingElseIsALevel() {
        return nodes(
                Stream.of(
                                JsonNull.NULL,
                                JsonBoolean.TRUE,
                                JsonArray.of(50),
                                JsonObject.of("level", 50),
                                "",
                                " ",
                                "fifty",
                                "50.0",
                                "5e1",
                                "0x32",
                                "5 0",
                                "--50",
                                "+",
                                "\u0665\u0660",
                                "Infinity")
                        .flatMap(LevelFormTest::cases)
                        .map(row -> row.isRefusedBy(LEVELS_FORM)));
    }

    private static RuleCase levels(String what, String key, Object value) {
        return that(what)
                .in(LevelFormTest::without)
                .tried(powerLevels(ALICE, JsonObject.of(key, value)));
    }

    @TestFactory
    Stream<DynamicNode> notifications() {
        return table(
                levels("levels of notifications are a text", "notifications", "50")
                        .isAllowed(V1, V5)
                        .isRefusedBy(LEVELS_FORM, V6, V12),
                levels("a level of notifications is null", "notifications", room(JsonNull.NULL))
                        .isAllowed(V1, V5)
                        .isRefusedBy(LEVELS_FORM, V6, V12),
                levels("a level of notifications is a text", "notifications", room("50"))
                        .isAllowed(V1, V9)
                        .isRefusedBy(LEVELS_FORM, V10, V12),
                levels("a level of notifications is an integer", "notifications", room(50))
                        .isAllowed());
    }

    private static JsonObject room(Object level) {
        return JsonObject.of("room", level);
    }

    @TestFactory
    Stream<DynamicNode> maps() {
        return table(
                levels("there are no levels of users", "ban", 50).isAllowed(),
                levels("there is something that is no level", "humour", "much").isAllowed(),
                levels("the levels of events are null", "events", JsonNull.NULL)
                        .isRefusedBy(LEVELS_FORM),
                levels("the levels of events are a list", "events", JsonArray.EMPTY)
                        .isRefusedBy(LEVELS_FORM),
                levels("the levels of users are null", "users", JsonNull.NULL)
                        .isRefusedBy(LEVELS_FORM),
                levels("the levels of users are a list", "users", JsonArray.of(BOB.value()))
                        .isRefusedBy(LEVELS_FORM),
                levels("a level is that of a name", "users", JsonObject.of("bob", 50))
                        .isRefusedBy(LEVELS_FORM),
                levels("a level is that of a user without server", "users", JsonObject.of("@b", 1))
                        .isRefusedBy(LEVELS_FORM),
                levels("a level is that of nobody", "users", JsonObject.of("", 1))
                        .isRefusedBy(LEVELS_FORM),
                levels("a level is that of an old user", "users", JsonObject.of("@B ob!:a.test", 1))
                        .isAllowed());
    }
}
