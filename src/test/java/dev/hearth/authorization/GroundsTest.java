package dev.hearth.authorization;

import static dev.hearth.authorization.Rule.GROUNDS_ARE_ACCEPTED;
import static dev.hearth.authorization.Rule.GROUNDS_ARE_DISTINCT;
import static dev.hearth.authorization.Rule.GROUNDS_ARE_OF_THE_ROOM;
import static dev.hearth.authorization.Rule.GROUNDS_ARE_SELECTED;
import static dev.hearth.authorization.Rule.GROUNDS_HOLD_CREATE;
import static dev.hearth.authorization.Rule.ROOM_IS_CREATED;
import static dev.hearth.authorization.Rule.SENDER_IS_IN;
import static dev.hearth.authorization.RuleCase.table;
import static dev.hearth.event.EventType.CREATE;
import static dev.hearth.event.EventType.JOIN_RULES;
import static dev.hearth.event.EventType.MEMBER;
import static dev.hearth.event.EventType.POWER_LEVELS;
import static dev.hearth.roomversion.RoomVersion.V1;
import static dev.hearth.roomversion.RoomVersion.V11;
import static dev.hearth.roomversion.RoomVersion.V12;
import static dev.hearth.roomversion.RoomVersion.V7;
import static dev.hearth.roomversion.RoomVersion.V8;
import static dev.hearth.testing.Act.join;
import static dev.hearth.testing.Act.kick;
import static dev.hearth.testing.Act.leave;
import static dev.hearth.testing.Act.powerLevels;
import static dev.hearth.testing.Act.text;
import static dev.hearth.testing.Act.topic;
import static dev.hearth.testing.RoomScript.ALICE;
import static dev.hearth.testing.RoomScript.BOB;
import static dev.hearth.testing.RoomScript.publicChat;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.event.Pdu;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.testing.Act;
import dev.hearth.testing.RoomScript;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The events that an event may and must name as its grounds.
class GroundsTest {

    private static RoomScript room(RoomVersion version) {
        return publicChat(version).join(BOB);
    }

    private static RuleCase that(String what) {
        return RuleCase.that(what).in(GroundsTest::room);
    }

    /// Alice's topic on exactly the grounds that it should have, and more.
    private static Function<RoomScript, Act> topicAlsoNaming(Function<RoomScript, Pdu> more) {
        return alsoNaming(topic(ALICE, "tea"), more);
    }

    private static Function<RoomScript, Act> alsoNaming(Act act, Function<RoomScript, Pdu> more) {
        return room -> {
            var grounds = new ArrayList<>(room.grounds(act));
            grounds.add(more.apply(room));
            return act.onGroundsOf(grounds.toArray(Pdu[]::new));
        };
    }

    @TestFactory
    Stream<DynamicNode> whatIsNoGround() {
        return table(
                that("a topic names what it should").tried(topic(ALICE, "tea")).isAllowed(),
                that("a topic names the join rules")
                        .tried(topicAlsoNaming(room -> room.find(JOIN_RULES)))
                        .isRefusedBy(GROUNDS_ARE_SELECTED),
                that("a topic names somebody else's membership")
                        .tried(topicAlsoNaming(room -> room.find(MEMBER, BOB.value())))
                        .isRefusedBy(GROUNDS_ARE_SELECTED),
                that("a topic names the topic before it")
                        .in(v -> room(v).then(topic(ALICE, "coffee")))
                        .tried(topicAlsoNaming(RoomScript::last))
                        .isRefusedBy(GROUNDS_ARE_SELECTED),
                that("a topic names a message")
                        .in(v -> room(v).then(text(ALICE, "Tea?")))
                        .tried(topicAlsoNaming(RoomScript::last))
                        .isRefusedBy(GROUNDS_ARE_SELECTED),
                that("who leaves names the join rules")
                        .tried(alsoNaming(leave(BOB), room -> room.find(JOIN_RULES)))
                        .isRefusedBy(GROUNDS_ARE_SELECTED),
                that("who removes somebody names the join rules")
                        .tried(alsoNaming(kick(ALICE, BOB), room -> room.find(JOIN_RULES)))
                        .isRefusedBy(GROUNDS_ARE_SELECTED),
                that("who joins names who vouches for them")
                        .tried(vouchedNaming())
                        .isRefusedBy(GROUNDS_ARE_SELECTED, V1, V7)
                        .isAllowed(V8, V12));
    }

    private static Function<RoomScript, Act> vouchedNaming() {
        var vouched = join(BOB).saying("join_authorised_via_users_server", ALICE);
        return room ->
                vouched.onGroundsOf(
                        Stream.concat(
                                        room.grounds(join(BOB)).stream(),
                                        Stream.of(room.find(MEMBER, ALICE.value())))
                                .toArray(Pdu[]::new));
    }

    @TestFactory
    Stream<DynamicNode> twice() {
        return table(
                that("a topic names one event twice")
                        .tried(topicAlsoNaming(room -> room.find(POWER_LEVELS)))
                        .isRefusedBy(GROUNDS_ARE_DISTINCT),
                that("a topic names the power levels, and those before them")
                        .tried(room ->
                                topicAlsoNaming(_ -> room.find(POWER_LEVELS))
                                        .apply(room.power(BOB, 50)))
                        .isRefusedBy(GROUNDS_ARE_DISTINCT));
    }

    @TestFactory
    Stream<DynamicNode> theCreateEvent() {
        return table(
                that("a topic names the create event")
                        .tried(namingCreate())
                        .isAllowed(V1, V11)
                        .isRefusedBy(GROUNDS_ARE_SELECTED, V12, V12),
                that("a topic doesn't name the create event")
                        .tried(room ->
                                topic(ALICE, "tea")
                                        .onGroundsOf(
                                                room.find(POWER_LEVELS),
                                                room.find(MEMBER, ALICE.value())))
                        .isRefusedBy(GROUNDS_HOLD_CREATE, V1, V11)
                        .isAllowed(V12, V12),
                that("a topic names nothing")
                        .tried(topic(ALICE, "tea").onGroundsOf())
                        .isRefusedBy(GROUNDS_HOLD_CREATE, V1, V11)
                        .isRefusedBy(SENDER_IS_IN, V12, V12),
                that("a creator's topic doesn't name the power levels")
                        .tried(room -> topic(ALICE, "tea").onGroundsOf(without(room, POWER_LEVELS)))
                        .isAllowed(),
                that("a topic doesn't name its sender's membership")
                        .tried(room -> topic(ALICE, "tea").onGroundsOf(without(room, MEMBER)))
                        .isRefusedBy(SENDER_IS_IN));
    }

    private static Function<RoomScript, Act> namingCreate() {
        return room ->
                topic(ALICE, "tea")
                        .onGroundsOf(
                                room.find(CREATE),
                                room.find(POWER_LEVELS),
                                room.find(MEMBER, ALICE.value()));
    }

    private static Pdu[] without(RoomScript room, String type) {
        return room.grounds(topic(ALICE, "tea")).stream()
                .filter(ground -> !ground.type().equals(type))
                .toArray(Pdu[]::new);
    }

    @TestFactory
    Stream<DynamicNode> whatIsNotAccepted() {
        return table(
                that("a topic names power levels that were rejected, or never seen")
                        .tried(room ->
                                naming(
                                        topic(ALICE, "tea"),
                                        without(room, POWER_LEVELS),
                                        room.sign(powerLevels(BOB, room.levels()))))
                        .isRefusedBy(GROUNDS_ARE_ACCEPTED),
                that("Bob's topic names his membership of another room")
                        .tried(room ->
                                naming(
                                        topic(BOB, "tea"),
                                        without(room, MEMBER),
                                        room.anotherRoom().find(MEMBER, BOB.value())))
                        .isRefusedBy(GROUNDS_ARE_OF_THE_ROOM));
    }

    private static Act naming(Act act, Pdu[] some, Pdu one) {
        return act.onGroundsOf(Stream.concat(Stream.of(some), Stream.of(one)).toArray(Pdu[]::new));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void anEventIsNotJudgedByTheCreateEventOfAnotherRoom(RoomVersion version) {
        var room = room(version);
        var other = room.anotherRoom();
        var event = room.sign(topic(ALICE, "tea"));
        var verdict =
                Authorization.decide(
                        event,
                        other.find(CREATE),
                        tuple -> Optional.ofNullable(room.state().get(tuple)));
        var rejected = assertInstanceOf(Verdict.Rejected.class, verdict);
        assertTrue(rejected.rule() == ROOM_IS_CREATED, rejected.toString());
    }
}
