package dev.hearth.authorization;

import static dev.hearth.authorization.Rule.BAN_LEVEL;
import static dev.hearth.authorization.Rule.INVITE_LEVEL;
import static dev.hearth.authorization.Rule.KICK_LEVEL;
import static dev.hearth.authorization.Rule.LEVELS_CHANGE;
import static dev.hearth.authorization.Rule.LEVELS_NAME_CREATOR;
import static dev.hearth.authorization.Rule.SEND_LEVEL;
import static dev.hearth.authorization.Rule.STATE_OF_USER;
import static dev.hearth.authorization.RuleCase.table;
import static dev.hearth.roomversion.RoomVersion.V1;
import static dev.hearth.roomversion.RoomVersion.V11;
import static dev.hearth.roomversion.RoomVersion.V12;
import static dev.hearth.testing.Act.ban;
import static dev.hearth.testing.Act.create;
import static dev.hearth.testing.Act.invite;
import static dev.hearth.testing.Act.kick;
import static dev.hearth.testing.Act.leave;
import static dev.hearth.testing.Act.powerLevels;
import static dev.hearth.testing.Act.state;
import static dev.hearth.testing.RoomScript.ALICE;
import static dev.hearth.testing.RoomScript.BOB;
import static dev.hearth.testing.RoomScript.CAROL;
import static dev.hearth.testing.RoomScript.EVE;
import static dev.hearth.testing.RoomScript.founded;

import dev.hearth.event.EventType;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.testing.Act;
import dev.hearth.testing.RoomScript;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/// Since version 12 creators have more power than any level, and there can be several; before, the
/// one creator has what the power levels give them. Here Alice makes a room together with Bob.
class CreatorsTest {

    private static final long MOST = (1L << 53) - 1;

    private static RoomScript room(RoomVersion version) {
        var create =
                create(ALICE, version).saying("additional_creators", JsonArray.of(BOB.value()));
        return founded(version, create).joinRule("public").join(BOB).join(CAROL);
    }

    private static RuleCase that(String what) {
        return RuleCase.that(what).in(CreatorsTest::room);
    }

    /// Nobody but creators can do anything in this room.
    private static RoomScript locked(RoomVersion version) {
        var nearly = JsonObject.of(CAROL.value(), MOST);
        return room(version)
                .given(
                        powerLevels(
                                ALICE,
                                JsonObject.of("users", nearly)
                                        .with("state_default", MOST)
                                        .with("events_default", MOST)
                                        .with("invite", MOST)
                                        .with("kick", MOST)
                                        .with("ban", MOST)));
    }

    @TestFactory
    Stream<DynamicNode> nothingStopsCreators() {
        return table(
                that("a creator sets state that needs the highest level")
                        .in(CreatorsTest::locked)
                        .tried(state(ALICE, EventType.TOMBSTONE, "", JsonObject.EMPTY))
                        .isRefusedBy(SEND_LEVEL, V1, V11)
                        .isAllowed(V12, V12),
                that("a further creator sets state that needs the highest level")
                        .in(CreatorsTest::locked)
                        .tried(state(BOB, EventType.TOMBSTONE, "", JsonObject.EMPTY))
                        .isRefusedBy(SEND_LEVEL, V1, V11)
                        .isAllowed(V12, V12),
                that("a further creator invites where that needs the highest level")
                        .in(CreatorsTest::locked)
                        .tried(invite(BOB, EVE))
                        .isRefusedBy(INVITE_LEVEL, V1, V11)
                        .isAllowed(V12, V12),
                that("a creator removes who has the highest level")
                        .in(CreatorsTest::locked)
                        .tried(kick(ALICE, CAROL))
                        .isRefusedBy(KICK_LEVEL, V1, V11)
                        .isAllowed(V12, V12),
                that("a further creator bans who has the highest level")
                        .in(CreatorsTest::locked)
                        .tried(ban(BOB, CAROL))
                        .isRefusedBy(BAN_LEVEL, V1, V11)
                        .isAllowed(V12, V12),
                that("a creator hands out the highest level")
                        .tried(giving(ALICE, MOST))
                        .isRefusedBy(LEVELS_CHANGE, V1, V11)
                        .isAllowed(V12, V12),
                that("a creator has power without power levels")
                        .in(v -> room(v).forgetting(EventType.POWER_LEVELS))
                        .tried(state(BOB, EventType.TOPIC, "", JsonObject.EMPTY))
                        .isRefusedBy(SEND_LEVEL, V1, V11)
                        .isAllowed(V12, V12));
    }

    private static Function<RoomScript, Act> giving(UserId sender, long level) {
        return room ->
                powerLevels(
                        sender,
                        room.levels()
                                .with(
                                        "users",
                                        room.levels().object("users").with(CAROL.value(), level)));
    }

    @TestFactory
    Stream<DynamicNode> creatorsAndOneAnother() {
        return table(
                that("a creator removes another")
                        .tried(kick(ALICE, BOB))
                        .isAllowed(V1, V11)
                        .isRefusedBy(KICK_LEVEL, V12, V12),
                that("a creator bans another")
                        .tried(ban(ALICE, BOB))
                        .isAllowed(V1, V11)
                        .isRefusedBy(BAN_LEVEL, V12, V12),
                that("a further creator removes the first")
                        .tried(kick(BOB, ALICE))
                        .isRefusedBy(KICK_LEVEL),
                that("who has the highest level removes a creator")
                        .in(CreatorsTest::locked)
                        .tried(kick(CAROL, ALICE))
                        .isAllowed(V1, V11)
                        .isRefusedBy(KICK_LEVEL, V12, V12),
                that("who has the highest level bans a further creator")
                        .in(CreatorsTest::locked)
                        .tried(ban(CAROL, BOB))
                        .isAllowed(V1, V11)
                        .isRefusedBy(BAN_LEVEL, V12, V12),
                that("a creator leaves").tried(leave(ALICE)).isAllowed(),
                that("a further creator leaves").tried(leave(BOB)).isAllowed(),
                that("a creator sets state of another")
                        .tried(state(ALICE, "a.mood", BOB.value(), JsonObject.EMPTY))
                        .isRefusedBy(STATE_OF_USER));
    }

    @TestFactory
    Stream<DynamicNode> creatorsAndPowerLevels() {
        return table(
                that("the creator names a further creator")
                        .tried(powerLevels(ALICE, naming(BOB.value())))
                        .isAllowed(V1, V11)
                        .isRefusedBy(LEVELS_NAME_CREATOR, V12, V12),
                that("the first power levels name the creator")
                        .in(v -> room(v).forgetting(EventType.POWER_LEVELS))
                        .tried(powerLevels(ALICE, naming(ALICE.value())))
                        .isAllowed(V1, V11)
                        .isRefusedBy(LEVELS_NAME_CREATOR, V12, V12),
                that("the first power levels name a further creator")
                        .in(v -> room(v).forgetting(EventType.POWER_LEVELS))
                        .tried(powerLevels(ALICE, naming(BOB.value())))
                        .isAllowed(V1, V11)
                        .isRefusedBy(LEVELS_NAME_CREATOR, V12, V12));
    }

    private static JsonObject naming(String user) {
        return JsonObject.of("users", JsonObject.of(user, 0));
    }
}
