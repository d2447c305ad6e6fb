package dev.hearth.stateresolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.hearth.event.StateTuple;
import dev.hearth.identifier.EventId;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonReader;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.roomversion.StateResolutionAlgorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Stories of rooms that diverge, from files, each told to all room versions that it has an end
/// for, and resolved in every way that must lead to the same state.
class StoriesTest {

    private static final Path FOLDER = Path.of("src/test/resources/stories");
    private static final int SHUFFLES = 4;

    @TestFactory
    List<DynamicTest> everyStoryEndsAsItShould() throws IOException {
        var tests = new ArrayList<DynamicTest>();
        try (var files = Files.list(FOLDER)) {
            for (var file :
                    files.filter(path -> path.toString().endsWith(".json")).sorted().toList()) {
                for (var story :
                        JsonReader.readObject(Files.readAllBytes(file))
                                .array("stories")
                                .objects()) {
                    for (var end : story.array("ends").objects()) {
                        versions(end).forEach(version -> tests.add(test(story, end, version)));
                    }
                }
            }
        }
        return tests;
    }

    private static Stream<RoomVersion> versions(JsonObject end) {
        var algorithms =
                end.array("by").strings().stream()
                        .map(name -> StateResolutionAlgorithm.valueOf(name.replace('.', '_')))
                        .toList();
        return Arrays.stream(RoomVersion.values())
                .filter(version -> algorithms.contains(version.rules().stateResolution()));
    }

    private static DynamicTest test(JsonObject json, JsonObject end, RoomVersion version) {
        return dynamicTest(
                json.string("story") + ", in version " + version,
                () -> {
                    var story = Story.tell(json, version);
                    new Ways(story.room(), story.end(end))
                            .tryAll(story.sides(), json.isTrue("at_once_only"));
                });
    }

    /// The ways in which the same sides can be resolved.
    private record Ways(ToldRoom room, Map<StateTuple, EventId> end) {

        void tryAll(List<Map<StateTuple, EventId>> sides, boolean atOnceOnly) {
            for (int i = 0; i < SHUFFLES; i++) {
                var shuffled = new ArrayList<>(sides);
                Collections.shuffle(shuffled, new Random(i));
                assertEquals(end, room.resolve(shuffled), "all at once");
                assertEquals(end, NaiveResolution.resolve(room, shuffled), "by the reference");
                assertEquals(end, room.resolve(doubled(shuffled)), "with some twice");
                if (!atOnceOnly) {
                    assertEquals(end, inBatches(shuffled, 1), "one by one");
                    assertEquals(end, inBatches(shuffled, 2), "in batches");
                }
            }
        }

        private static List<Map<StateTuple, EventId>> doubled(
                List<Map<StateTuple, EventId>> sides) {
            var doubled = new ArrayList<>(sides);
            doubled.addAll(sides.subList(0, 1 + sides.size() / 2));
            return doubled;
        }

        private Map<StateTuple, EventId> inBatches(List<Map<StateTuple, EventId>> sides, int size) {
            var state = sides.getFirst();
            for (int i = 1; i < sides.size(); i += size) {
                var batch = new ArrayList<>(List.of(state));
                batch.addAll(sides.subList(i, Math.min(sides.size(), i + size)));
                state = room.resolve(batch);
            }
            return state;
        }
    }
}
