package dev.hearth.authorization;

import static dev.hearth.authorization.Rule.CREATE_ADDITIONAL_CREATORS;
import static dev.hearth.authorization.Rule.CREATE_CREATOR;
import static dev.hearth.authorization.Rule.CREATE_IS_FIRST;
import static dev.hearth.authorization.Rule.CREATE_ROOM_ID;
import static dev.hearth.authorization.Rule.CREATE_VERSION;
import static dev.hearth.authorization.RuleCase.table;
import static dev.hearth.roomversion.RoomVersion.V1;
import static dev.hearth.roomversion.RoomVersion.V10;
import static dev.hearth.roomversion.RoomVersion.V11;
import static dev.hearth.roomversion.RoomVersion.V12;
import static dev.hearth.testing.RoomScript.ALICE;
import static dev.hearth.testing.RoomScript.BOB;
import static dev.hearth.testing.RoomScript.EVE;

import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonNull;
import dev.hearth.json.JsonObject;
import dev.hearth.testing.Act;
import dev.hearth.testing.RoomScript;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/// How a room begins.
class CreateRulesTest {

    private static Function<RoomScript, Act> create(UserId creator, UnaryOperator<Act> bend) {
        return room -> bend.apply(Act.create(creator, room.version()));
    }

    private static Function<RoomScript, Act> saying(String key, Object value) {
        return create(ALICE, act -> act.saying(key, value));
    }

    private static RuleCase that(String what) {
        return RuleCase.that(what).in(RoomScript::nothing);
    }

    @TestFactory
    Stream<DynamicNode> places() {
        return table(
                that("somebody makes a room").tried(create(ALICE, act -> act)).isAllowed(),
                that("a room begins in the middle of another")
                        .in(RoomScript::publicChat)
                        .tried(create(ALICE, act -> act))
                        .isRefusedBy(CREATE_IS_FIRST),
                that("somebody makes a room in the name of another server")
                        .tried(create(EVE, act -> act))
                        .isRefusedBy(CREATE_ROOM_ID, V1, V11)
                        .isAllowed(V12, V12),
                that("a create event names its room")
                        .tried(create(ALICE, act -> act.bent(named("!room:hearth.test"))))
                        .isAllowed(V1, V11)
                        .isRefusedBy(CREATE_ROOM_ID, V12, V12),
                that("a room's ID names no server")
                        .tried(create(ALICE, act -> act.bent(named("!room"))))
                        .isRefusedBy(CREATE_ROOM_ID),
                that("a room's ID is that of its creator's server, with a port")
                        .tried(create(ALICE, act -> act.bent(named("!room:hearth.test:8448"))))
                        .isRefusedBy(CREATE_ROOM_ID));
    }

    private static UnaryOperator<JsonObject> named(String room) {
        return draft -> draft.with("room_id", room);
    }

    @TestFactory
    Stream<DynamicNode> versions() {
        return table(
                that("a room has a version that nobody knows")
                        .tried(saying("room_version", "one"))
                        .isRefusedBy(CREATE_VERSION),
                that("a room has a number for its version")
                        .tried(saying("room_version", 1))
                        .isRefusedBy(CREATE_VERSION),
                that("a room has null for its version")
                        .tried(saying("room_version", JsonNull.NULL))
                        .isRefusedBy(CREATE_VERSION),
                that("a room says nothing about its version")
                        .tried(create(ALICE, act -> act.withholding("room_version")))
                        .isAllowed());
    }

    @TestFactory
    Stream<DynamicNode> creators() {
        return table(
                that("a create event names no creator")
                        .tried(create(ALICE, act -> act.withholding("creator")))
                        .isRefusedBy(CREATE_CREATOR, V1, V10)
                        .isAllowed(V11, V12),
                that("a create event names another creator than its sender")
                        .tried(saying("creator", BOB))
                        .isAllowed(),
                that("a create event names a creator who is no user")
                        .tried(saying("creator", 7))
                        .isAllowed(),
                that("a room has several creators")
                        .tried(saying("additional_creators", JsonArray.of(BOB, EVE)))
                        .isAllowed(),
                that("a room has an empty list of further creators")
                        .tried(saying("additional_creators", JsonArray.EMPTY))
                        .isAllowed(),
                since12("further creators are one text", "@bob:hearth.test"),
                since12("further creators are null", JsonNull.NULL),
                since12("further creators are an object", JsonObject.of(BOB.value(), true)),
                since12("a further creator is a number", JsonArray.of(BOB, 7)),
                since12("a further creator has no sigil", JsonArray.of("bob:hearth.test")),
                since12("a further creator has no server", JsonArray.of("@bob")),
                since12("a further creator is too long", JsonArray.of(tooLong())));
    }

    private static RuleCase since12(String what, Object creators) {
        return that(what)
                .tried(saying("additional_creators", creators))
                .isAllowed(V1, V11)
                .isRefusedBy(CREATE_ADDITIONAL_CREATORS, V12, V12);
    }

    private static String tooLong() {
        return "@" + "b".repeat(255) + ":hearth.test";
    }
}
