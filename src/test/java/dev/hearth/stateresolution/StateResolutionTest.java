package dev.hearth.stateresolution;

import static org.junit.jupiter.api.Assertions.assertEquals;

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

/// What no story tells: states that are none, events that are missing, grounds that run in circles.
class StateResolutionTest {

    private static final StateTuple POWER = new StateTuple("m.room.power_levels", "");
    private static final StateTuple TOPIC = new StateTuple("m.room.topic", "");
    private static final EventId LAST = ToldRoom.id("bob");

    private static ToldRoom room(RoomVersion version) {
        var story = JsonReader.readObject("{\"members\": {\"bob\": 50}, \"events\": []}");
        return Story.tell(story, version).room();
    }

    private static Map<StateTuple, EventId> with(
            Map<StateTuple, EventId> state, StateTuple tuple, String event) {
        var changed = new HashMap<>(state);
        changed.put(tuple, ToldRoom.id(event));
        return Map.copyOf(changed);
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void oneStateStaysAsItIs(RoomVersion version) {
        var room = room(version);
        var state = room.stateAfter(LAST);
        assertEquals(Map.of(), room.resolve(List.of()));
        assertEquals(state, room.resolve(List.of(state)));
        assertEquals(state, room.resolve(List.of(state, Map.copyOf(state), state)));
        room.forgetCounts();
        room.resolve(List.of(state, state));
        assertEquals(0, room.loaded());
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void anEventThatIsMissingWinsNothing(RoomVersion version) {
        var room = room(version);
        var state = room.stateAfter(LAST);
        var topic =
                room.draft(
                        new ToldRoom.Line(
                                "topic",
                                UserId.parse("@bob:x"),
                                TOPIC,
                                JsonObject.of("topic", "had"),
                                200),
                        List.of(LAST),
                        state);
        room.accept(topic, state);
        var had = room.stateAfter(topic.eventId());
        var missing = with(state, TOPIC, "missing");
        assertEquals(had, room.resolve(List.of(had, missing)));
        assertEquals(had, room.resolve(List.of(missing, had)));
    }

    /// Where senders choose the IDs, two events can name each other.
    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void groundsThatRunInACircleComeToAnEnd(RoomVersion version) {
        var room = room(version);
        var state = room.stateAfter(LAST);
        for (var pair : List.of(List.of("a", "b"), List.of("b", "a"))) {
            var line =
                    new ToldRoom.Line(
                            pair.getFirst(),
                            UserId.parse("@alice:x"),
                            POWER,
                            JsonObject.of("users", JsonObject.EMPTY),
                            200);
            room.know(room.draft(line, List.of(LAST), with(state, POWER, pair.getLast())));
        }
        var one = with(state, POWER, "a");
        var other = with(state, POWER, "b");
        var resolved = room.resolve(List.of(one, other));
        assertEquals(resolved, room.resolve(List.of(other, one)));
        assertEquals(
                room.resolve(List.of(state, other, one)), room.resolve(List.of(one, state, other)));
    }
}
