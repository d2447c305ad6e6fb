package dev.hearth.authorization;

import static dev.hearth.authorization.Rule.LEVELS_CHANGE;
import static dev.hearth.authorization.Rule.LEVELS_NAME_CREATOR;
import static dev.hearth.authorization.Rule.LEVELS_OF_OTHERS;
import static dev.hearth.authorization.Rule.SEND_LEVEL;
import static dev.hearth.authorization.RuleCase.table;
import static dev.hearth.roomversion.RoomVersion.V1;
import static dev.hearth.roomversion.RoomVersion.V10;
import static dev.hearth.roomversion.RoomVersion.V11;
import static dev.hearth.roomversion.RoomVersion.V12;
import static dev.hearth.roomversion.RoomVersion.V5;
import static dev.hearth.roomversion.RoomVersion.V6;
import static dev.hearth.roomversion.RoomVersion.V9;
import static dev.hearth.testing.Act.powerLevels;
import static dev.hearth.testing.Act.state;
import static dev.hearth.testing.RoomScript.ALICE;
import static dev.hearth.testing.RoomScript.BOB;
import static dev.hearth.testing.RoomScript.CAROL;
import static dev.hearth.testing.RoomScript.EVE;
import static dev.hearth.testing.RoomScript.publicChat;

import dev.hearth.event.EventType;
import dev.hearth.json.JsonObject;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.testing.Act;
import dev.hearth.testing.RoomScript;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/// Who may hand out power, and take it away. Bob is a moderator of level 50, who may set the power
/// levels.
class LevelChangeTest {

    private static RoomScript room(RoomVersion version) {
        return room(version, JsonObject.EMPTY);
    }

    private static RoomScript room(RoomVersion version, JsonObject levels) {
        return publicChat(version).join(BOB).join(CAROL).levels(levels).power(BOB, 50);
    }

    private static RuleCase that(String what) {
        return RuleCase.that(what).in(LevelChangeTest::room);
    }

    /// Bob changes something in the levels that are.
    private static Function<RoomScript, Act> change(UnaryOperator<JsonObject> change) {
        return room -> powerLevels(BOB, change.apply(room.levels()));
    }

    private static Function<RoomScript, Act> inMap(String map, UnaryOperator<JsonObject> change) {
        return change(levels ->
                levels.with(map, change.apply(levels.peekObject(map).orElse(JsonObject.EMPTY))));
    }

    private static Stream<DynamicNode> forEachLevel(Function<String, RuleCase> row) {
        return table(LevelFormTest.LEVELS.stream().map(row).toArray(RuleCase[]::new));
    }

    @TestFactory
    Stream<DynamicNode> levelsUpToOnesOwnAreSet() {
        return forEachLevel(level ->
                that("a moderator adds " + level)
                        .tried(change(levels -> levels.with(level, 50)))
                        .isAllowed());
    }

    @TestFactory
    Stream<DynamicNode> levelsAboveOnesOwnAreNotSet() {
        return forEachLevel(level ->
                that("a moderator adds " + level + " beyond their power")
                        .tried(change(levels -> levels.with(level, 51)))
                        .isRefusedBy(LEVELS_CHANGE));
    }

    @TestFactory
    Stream<DynamicNode> levelsUpToOnesOwnAreTakenAway() {
        return forEachLevel(level ->
                that("a moderator takes " + level + " away")
                        .in(v -> room(v, JsonObject.of(level, 50)))
                        .tried(change(levels -> levels.without(level)))
                        .isAllowed());
    }

    private static RoomScript withHigh(RoomVersion version, String level) {
        return publicChat(version)
                .join(BOB)
                .levels(
                        JsonObject.of("events", JsonObject.of(EventType.POWER_LEVELS, 50))
                                .with(level, 60))
                .power(BOB, 50);
    }

    @TestFactory
    Stream<DynamicNode> levelsAboveOnesOwnStay() {
        return Stream.concat(
                forEachLevel(level ->
                        that("a moderator takes " + level + " beyond their power away")
                                .in(v -> withHigh(v, level))
                                .tried(change(levels -> levels.without(level)))
                                .isRefusedBy(LEVELS_CHANGE)),
                forEachLevel(level ->
                        that("a moderator lowers " + level + " from beyond their power")
                                .in(v -> withHigh(v, level))
                                .tried(change(levels -> levels.with(level, 50)))
                                .isRefusedBy(LEVELS_CHANGE)));
    }

    @TestFactory
    Stream<DynamicNode> levelsThatOnlyLookDifferent() {
        return table(
                that("a level beyond a moderator's power is now written as a number")
                        .in(v -> room(v).given(written("ban", "60")))
                        .tried(change(levels -> levels.with("ban", 60)))
                        .isAllowed(V1, V9)
                        .isRefusedBy(LEVELS_CHANGE, V10, V12),
                that("a user's level beyond a moderator's power is now written with a sign")
                        .in(v -> room(v).power(CAROL, 60))
                        .tried(inMap("users", users -> users.with(CAROL.value(), "+60")))
                        .isAllowed(V1, V9)
                        .isRefusedBy(Rule.LEVELS_FORM, V10, V12));
    }

    private static Act written(String level, String value) {
        return powerLevels(
                ALICE, JsonObject.of(level, value, "users", JsonObject.of(BOB.value(), 50)));
    }

    @TestFactory
    Stream<DynamicNode> eventsAndNotifications() {
        return table(
                that("a moderator adds an event's level")
                        .tried(inMap("events", events -> events.with("a.b", 50)))
                        .isAllowed(),
                that("a moderator adds an event's level beyond their power")
                        .tried(inMap("events", events -> events.with("a.b", 51)))
                        .isRefusedBy(LEVELS_CHANGE),
                that("a moderator lowers an event's level from beyond their power")
                        .in(v -> room(v, JsonObject.of("events", JsonObject.of("a.b", 51))))
                        .tried(inMap("events", events -> events.with("a.b", 50)))
                        .isRefusedBy(LEVELS_CHANGE),
                that("a moderator takes an event's level beyond their power away")
                        .in(v -> room(v, JsonObject.of("events", JsonObject.of("a.b", 51))))
                        .tried(inMap("events", events -> events.without("a.b")))
                        .isRefusedBy(LEVELS_CHANGE),
                that("a moderator takes all levels of events away, one of them beyond their power")
                        .in(v -> room(v, JsonObject.of("events", JsonObject.of("a.b", 51))))
                        .tried(change(levels -> levels.without("events")))
                        .isRefusedBy(LEVELS_CHANGE),
                that("a moderator sets who may notify the room")
                        .tried(inMap("notifications", levels -> levels.with("room", 50)))
                        .isAllowed(),
                that("a moderator sets who may notify the room to beyond their power")
                        .tried(inMap("notifications", levels -> levels.with("room", 51)))
                        .isAllowed(V1, V5)
                        .isRefusedBy(LEVELS_CHANGE, V6, V12),
                that("a moderator lets everybody notify the room, against who is above")
                        .in(v -> room(v, JsonObject.of("notifications", JsonObject.of("room", 51))))
                        .tried(change(levels -> levels.without("notifications")))
                        .isAllowed(V1, V5)
                        .isRefusedBy(LEVELS_CHANGE, V6, V12));
    }

    @TestFactory
    Stream<DynamicNode> users() {
        return table(
                user("makes a member a moderator", CAROL.value(), 0, 50).isAllowed(),
                user("makes a member more than a moderator", CAROL.value(), 0, 51)
                        .isRefusedBy(LEVELS_CHANGE),
                user("makes a moderator a member", CAROL.value(), 50, 0)
                        .isRefusedBy(LEVELS_OF_OTHERS),
                user("makes a moderator more than a moderator", CAROL.value(), 50, 51)
                        .isRefusedBy(LEVELS_OF_OTHERS),
                user("takes power from who has just less", CAROL.value(), 49, 0).isAllowed(),
                user("takes power from who has more", CAROL.value(), 51, 50)
                        .isRefusedBy(LEVELS_OF_OTHERS),
                user("gives up their power", BOB.value(), 50, 0).isAllowed(),
                user("raises their own power", BOB.value(), 50, 51).isRefusedBy(LEVELS_CHANGE),
                that("a moderator takes their own name away")
                        .tried(inMap("users", users -> users.without(BOB.value())))
                        .isAllowed(),
                that("a moderator takes another moderator's name away")
                        .in(v -> room(v).power(CAROL, 50))
                        .tried(inMap("users", users -> users.without(CAROL.value())))
                        .isRefusedBy(LEVELS_OF_OTHERS),
                that("a moderator names somebody of no power")
                        .tried(inMap("users", users -> users.with(EVE.value(), 0)))
                        .isAllowed());
    }

    private static RuleCase user(String what, String user, int before, int after) {
        return that("a moderator " + what)
                .in(v -> room(v).power(CAROL, before))
                .tried(inMap("users", users -> users.with(user, after)));
    }

    @TestFactory
    Stream<DynamicNode> whoMayAtAll() {
        return table(
                that("a member without power sets the power levels")
                        .tried(room -> powerLevels(CAROL, room.levels()))
                        .isRefusedBy(SEND_LEVEL),
                that("a moderator sets the power levels again as they are")
                        .tried(change(levels -> levels))
                        .isAllowed(),
                that("a member sets power levels where there are none")
                        .in(v -> room(v).forgetting(EventType.POWER_LEVELS))
                        .tried(powerLevels(BOB, more()))
                        .isRefusedBy(SEND_LEVEL),
                that("the creator gives more than they have where there are no power levels")
                        .in(v -> room(v).forgetting(EventType.POWER_LEVELS))
                        .tried(powerLevels(ALICE, more()))
                        .isAllowed(),
                that("power levels of some other key are judged, too")
                        .tried(state(BOB, EventType.POWER_LEVELS, "x", JsonObject.of("ban", 51)))
                        .isRefusedBy(LEVELS_CHANGE));
    }

    private static JsonObject more() {
        return JsonObject.of("users", JsonObject.of(BOB.value(), 1000));
    }

    @TestFactory
    Stream<DynamicNode> creatorsCannotBeNamed() {
        return table(
                that("a moderator names the creator")
                        .tried(inMap("users", users -> users.with(ALICE.value(), 100)))
                        .isAllowed(V1, V11)
                        .isRefusedBy(LEVELS_NAME_CREATOR, V12, V12),
                that("the creator names themselves")
                        .tried(room -> powerLevels(ALICE, named(room.levels(), ALICE.value())))
                        .isAllowed(V1, V11)
                        .isRefusedBy(LEVELS_NAME_CREATOR, V12, V12));
    }

    private static JsonObject named(JsonObject levels, String user) {
        return levels.with("users", levels.object("users").with(user, 100));
    }
}
