package dev.hearth.stateresolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.event.StateTuple;
import dev.hearth.identifier.EventId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonReader;
import dev.hearth.roomversion.RoomVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a resolution asks for depends on the conflict, and not on the size of the state.
class CostTest {

    private static final int LARGE = 10_000;
    private static final int SMALL = 10;

    private static final JsonObject BEGINNING =
            JsonReader.readObject(
                    """
                    {"members": {"bob": 50, "carol": 0}, "events": []}\
                    """);

    /// A room that many have joined, and what happens in it.
    private static final class Crowd {
        private final ToldRoom room;
        private final Map<StateTuple, EventId> state;
        private final EventId last;
        private int made;

        Crowd(RoomVersion version, int members) {
            room = Story.tell(BEGINNING, version).room();
            var start = ToldRoom.id("carol");
            var before = room.stateAfter(start);
            state = new HashMap<>(before);
            for (int i = 0; i < members; i++) {
                var user = "@m" + i + ":x";
                var line =
                        new ToldRoom.Line(
                                "m" + i,
                                UserId.parse(user),
                                new StateTuple("m.room.member", user),
                                JsonObject.of("membership", "join"),
                                50);
                var event = room.draft(line, List.of(start), before);
                room.know(event);
                state.put(line.tuple(), event.eventId());
            }
            last = start;
        }

        Map<StateTuple, EventId> say(
                Map<StateTuple, EventId> before,
                String user,
                StateTuple tuple,
                JsonObject content) {
            var line =
                    new ToldRoom.Line("c" + ++made, UserId.parse(user), tuple, content, 100 + made);
            var event = room.draft(line, List.of(last), before);
            assertTrue(room.isAllowed(event, before));
            room.accept(event, before);
            return room.stateAfter(event.eventId());
        }

        Map<StateTuple, EventId> topic(Map<StateTuple, EventId> before, String user) {
            return say(
                    before, user, new StateTuple("m.room.topic", ""), JsonObject.of("topic", user));
        }

        Map<StateTuple, EventId> member(
                Map<StateTuple, EventId> before, String by, String whom, String membership) {
            return say(
                    before,
                    by,
                    new StateTuple("m.room.member", whom),
                    JsonObject.of("membership", membership));
        }

        /// Events loaded, and entries of the index read.
        List<Integer> cost(List<Map<StateTuple, EventId>> sides) {
            room.forgetCounts();
            room.resolve(sides);
            return List.of(room.loaded(), room.indexed());
        }

        List<Integer> costOfTwoTopics() {
            return cost(List.of(topic(state, "@alice:x"), topic(state, "@bob:x")));
        }

        /// The commonest conflict: each side has heard of another who joined.
        List<Integer> costOfTwoJoins() {
            return cost(
                    List.of(
                            member(state, "@dave:x", "@dave:x", "join"),
                            member(state, "@eve:x", "@eve:x", "join")));
        }

        List<Integer> costOfABan() {
            return cost(
                    List.of(
                            member(state, "@alice:x", "@bob:x", "ban"),
                            topic(state, "@bob:x"),
                            member(state, "@bob:x", "@m3:x", "leave")));
        }

        List<Integer> costOfNewPowers() {
            var alices = room.event(state.get(new StateTuple("m.room.power_levels", "")));
            var powers =
                    say(
                            state,
                            "@alice:x",
                            new StateTuple("m.room.power_levels", ""),
                            alices.content().with("redact", 51));
            return cost(
                    List.of(topic(powers, "@alice:x"), member(state, "@m5:x", "@m5:x", "join")));
        }

        List<List<Integer>> costs() {
            return List.of(costOfTwoTopics(), costOfTwoJoins(), costOfABan(), costOfNewPowers());
        }
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void aSmallConflictCostsTheSameInALargeRoom(RoomVersion version) {
        var costs = new Crowd(version, LARGE).costs();
        assertEquals(new Crowd(version, SMALL).costs(), costs);
        for (var cost : costs) {
            assertTrue(cost.stream().allMatch(count -> count <= 20), costs::toString);
        }
    }
}
