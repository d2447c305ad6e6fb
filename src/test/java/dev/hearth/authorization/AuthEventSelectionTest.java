package dev.hearth.authorization;

import static dev.hearth.testing.Act.ban;
import static dev.hearth.testing.Act.create;
import static dev.hearth.testing.Act.invite;
import static dev.hearth.testing.Act.join;
import static dev.hearth.testing.Act.kick;
import static dev.hearth.testing.Act.knock;
import static dev.hearth.testing.Act.leave;
import static dev.hearth.testing.Act.message;
import static dev.hearth.testing.Act.text;
import static dev.hearth.testing.Act.topic;
import static dev.hearth.testing.RoomScript.ALICE;
import static dev.hearth.testing.RoomScript.BOB;
import static dev.hearth.testing.RoomScript.CAROL;
import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearth.event.EventType;
import dev.hearth.event.StateTuple;
import dev.hearth.json.JsonObject;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.roomversion.Tweak;
import dev.hearth.testing.Act;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Which state an event names as its grounds: what the rules need of it, and nothing more.
///
/// @spec https://spec.matrix.org/v1.19/server-server-api/#auth-events-selection Auth events
///   selection
class AuthEventSelectionTest {

    private static final String LEVELS = EventType.POWER_LEVELS + "|";
    private static final String RULES = EventType.JOIN_RULES + "|";

    private static String member(Object user) {
        return EventType.MEMBER + "|" + user;
    }

    private static Set<String> selection(RoomVersion version, Act act) {
        return AuthEventSelection.of(
                        act.type(), act.stateKey(), act.sender(), act.content(), version)
                .stream()
                .map(StateTuple::toString)
                .collect(toCollection(TreeSet::new));
    }

    /// What is expected, and the create event in the versions in which events name it.
    private static Set<String> grounds(RoomVersion version, String... grounds) {
        var create =
                version.has(Tweak.ROOM_ID_IS_CREATE_HASH)
                        ? Stream.<String>empty()
                        : Stream.of(EventType.CREATE + "|");
        return Stream.concat(create, Stream.of(grounds)).collect(toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void theFirstEventHasNoGrounds(RoomVersion version) {
        assertEquals(Set.of(), selection(version, create(ALICE, version)));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void mostEventsNeedPowerLevelsAndTheirSender(RoomVersion version) {
        var wanted = grounds(version, LEVELS, member(ALICE));
        assertEquals(wanted, selection(version, text(ALICE, "Hello")));
        assertEquals(wanted, selection(version, topic(ALICE, "tea")));
        assertEquals(wanted, selection(version, topic(ALICE, "tea").about(BOB.value())));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void comingNeedsTheJoinRules(RoomVersion version) {
        var own = grounds(version, LEVELS, RULES, member(BOB));
        assertEquals(own, selection(version, join(BOB)));
        assertEquals(own, selection(version, knock(BOB)));
        assertEquals(
                grounds(version, LEVELS, RULES, member(ALICE), member(BOB)),
                selection(version, invite(ALICE, BOB)));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void goingNeedsBothMembers(RoomVersion version) {
        var both = grounds(version, LEVELS, member(ALICE), member(BOB));
        assertEquals(both, selection(version, kick(ALICE, BOB)));
        assertEquals(both, selection(version, ban(ALICE, BOB)));
        assertEquals(grounds(version, LEVELS, member(BOB)), selection(version, leave(BOB)));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void whoVouchesForAJoinIsAGroundWhereRoomsAreRestricted(RoomVersion version) {
        var without = grounds(version, LEVELS, RULES, member(BOB));
        var with = grounds(version, LEVELS, RULES, member(BOB), member(CAROL));
        assertEquals(
                version.has(Tweak.RESTRICTED_JOINS) ? with : without,
                selection(version, vouched(join(BOB))));
        assertEquals(without, selection(version, vouched(knock(BOB))));
        assertEquals(
                grounds(version, LEVELS, member(BOB)), selection(version, vouched(leave(BOB))));
        assertEquals(
                grounds(version, LEVELS, member(BOB)), selection(version, vouched(topic(BOB, ""))));
        assertEquals(
                without,
                selection(version, join(BOB).saying("join_authorised_via_users_server", 1)));
    }

    private static Act vouched(Act act) {
        return act.saying("join_authorised_via_users_server", CAROL);
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void aTokenIsAGroundForInvitesOnly(RoomVersion version) {
        var both = grounds(version, LEVELS, RULES, member(ALICE), member(BOB));
        var withToken = new TreeSet<>(both);
        withToken.add(EventType.THIRD_PARTY_INVITE + "|abc");
        assertEquals(withToken, selection(version, redeeming(invite(ALICE, BOB), "abc")));
        assertEquals(both, selection(version, redeeming(invite(ALICE, BOB), 7)));
        assertEquals(
                both, selection(version, invite(ALICE, BOB).saying("third_party_invite", "abc")));
        assertEquals(
                grounds(version, LEVELS, RULES, member(BOB)),
                selection(version, redeeming(join(BOB), "abc")));
    }

    private static Act redeeming(Act act, Object token) {
        return act.saying(
                "third_party_invite", JsonObject.of("signed", JsonObject.of("token", token)));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void aMemberEventThatIsNoStateIsLikeAMessage(RoomVersion version) {
        var act = message(ALICE, EventType.MEMBER, JsonObject.of("membership", "join"));
        assertEquals(grounds(version, LEVELS, member(ALICE)), selection(version, act));
    }
}
