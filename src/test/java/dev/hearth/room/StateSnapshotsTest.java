package dev.hearth.room;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.event.StateTuple;
import dev.hearth.storage.H2Database;
import dev.hearth.storage.Packed;
import dev.hearth.storage.Unpacking;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// States as chains of differences, held against plain maps.
class StateSnapshotsTest {

    private final H2Database database = H2Database.inMemory();
    private final StateSnapshots snapshots = new StateSnapshots(new SnapshotStore());

    /// Reads what the other has written, with nothing remembered.
    private final StateSnapshots cold = new StateSnapshots(new SnapshotStore());

    private record Known(long number, Map<Long, Long> state) {}

    @AfterEach
    void close() {
        database.close();
    }

    private Map<Long, Long> whole(long number) {
        return database.read(reading -> cold.load(reading, number, _ -> true));
    }

    private static Map<Long, Long> randomChanges(RandomGenerator random, Map<Long, Long> state) {
        var changes = new HashMap<Long, Long>();
        int count = random.nextInt(10) == 0 ? random.nextInt(1, 20) : 1;
        for (int i = 0; i < count; i++) {
            long key = StateKeys.key(random.nextInt(1, 4), random.nextInt(60));
            boolean removes = random.nextInt(4) == 0;
            changes.put(key, removes ? StateDelta.REMOVED : random.nextLong(1, 1L << 40));
        }
        changes.forEach((key, event) -> {
            if (event == StateDelta.REMOVED) {
                state.remove(key);
            } else {
                state.put(key, event);
            }
        });
        return changes;
    }

    private Known extend(RandomGenerator random, Known from) {
        var state = new HashMap<>(from.state());
        var changes = randomChanges(random, state);
        long number = database.transact(tx -> snapshots.extend(tx, from.number(), changes));
        return new Known(number, state);
    }

    private Known merge(RandomGenerator random, Known one, Known other) {
        var settled = new HashMap<Long, Long>();
        var keys = new HashSet<>(one.state().keySet());
        keys.addAll(other.state().keySet());
        for (long key : keys) {
            long of = one.state().getOrDefault(key, StateDelta.REMOVED);
            long instead = other.state().getOrDefault(key, StateDelta.REMOVED);
            settled.put(key, random.nextBoolean() ? of : instead);
        }
        long number =
                database.transact(
                        tx -> snapshots.merge(tx, List.of(one.number(), other.number()), settled));
        settled.values().removeIf(event -> event == StateDelta.REMOVED);
        return new Known(number, settled);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyStateIsWhatAPlainMapSays(long seed) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var known = new ArrayList<Known>();
        known.add(new Known(StateSnapshots.EMPTY, Map.of()));
        for (int step = 0; step < 1_500; step++) {
            // Mostly on from the newest, now and then from far back: the chain branches.
            var from =
                    random.nextInt(10) == 0
                            ? known.get(random.nextInt(known.size()))
                            : known.getLast();
            known.add(
                    random.nextInt(20) == 0
                            ? merge(random, from, known.get(random.nextInt(known.size())))
                            : extend(random, from));
        }
        for (var each : known) {
            assertEquals(each.state(), whole(each.number()));
            var odd = database.read(r -> cold.load(r, each.number(), at -> at % 2 == 1));
            assertEquals(
                    each.state().keySet().stream().filter(at -> at % 2 == 1).count(), odd.size());
            long key = StateKeys.key(random.nextInt(1, 4), random.nextInt(60));
            var one = each.state().get(key);
            assertEquals(
                    one == null ? OptionalLong.empty() : OptionalLong.of(one),
                    database.read(r -> cold.find(r, each.number(), key)));
        }
        for (int i = 0; i < 1_000; i++) {
            var from = known.get(random.nextInt(known.size()));
            var to = known.get(random.nextInt(known.size()));
            var changed = new HashMap<>(from.state());
            var changes = database.read(r -> snapshots.changes(r, from.number(), to.number()));
            changes.forEach((key, event) -> {
                assertTrue(!event.equals(from.state().getOrDefault(key, StateDelta.REMOVED)));
                if (event == StateDelta.REMOVED) {
                    changed.remove(key);
                } else {
                    changed.put(key, event);
                }
            });
            assertEquals(to.state(), changed);
        }
    }

    @Test
    void aChainIsReadInFewStepsAndWritesFewEntries() {
        int changes = 4_096;
        var newest = new Known(StateSnapshots.EMPTY, Map.of());
        for (int i = 0; i < changes; i++) {
            var one = Map.of(StateKeys.key(1, i), (long) i + 1);
            var from = newest.number();
            newest = new Known(database.transact(tx -> snapshots.extend(tx, from, one)), Map.of());
        }
        var last = newest.number();
        var store = new SnapshotStore();
        int steps = 0;
        for (long at = last; at != StateSnapshots.EMPTY; steps++) {
            var number = at;
            at = database.read(r -> store.get(r, number)).parent();
        }
        assertTrue(steps <= 13, "steps: " + steps);
        assertEquals(changes, whole(last).size());
        long written =
                database
                        .read(r ->
                                r.list(
                                        "SELECT delta FROM state_snapshot",
                                        row -> StateDelta.unpack(row.bytes("delta")).size()))
                        .stream()
                        .mapToLong(Integer::longValue)
                        .sum();
        assertTrue(written <= 6L * changes * 4, "entries: " + written);
    }

    @Test
    void aStateThatComesFromElsewhereIsTheGroundOfItsChain() {
        var given = new HashMap<Long, Long>();
        for (long i = 0; i < 1_000; i++) {
            given.put(StateKeys.key(1, i), i + 1);
        }
        long ground =
                database.transact(tx -> snapshots.merge(tx, List.of(StateSnapshots.EMPTY), given));
        long next =
                database.transact(
                        tx -> snapshots.extend(tx, ground, Map.of(StateKeys.key(2, 0), 7L)));
        var store = new SnapshotStore();
        assertEquals(1, database.read(r -> store.get(r, next)).delta().size());
        assertEquals(1_001, whole(next).size());
    }

    @Test
    void packedNumbersComeBack() {
        var numbers = List.of(0L, 1L, 127L, 128L, 300L, 1L << 40, Long.MAX_VALUE, -1L);
        assertEquals(numbers, Unpacking.all(Packed.of(numbers)));
        var delta = new TreeMap<Long, Long>();
        delta.put(StateKeys.key(1, 5), 900L);
        delta.put(StateKeys.key(1, 7), StateDelta.REMOVED);
        delta.put(StateKeys.key(3, 2), 899L);
        var packed = StateDelta.of(delta).pack();
        assertArrayEquals(packed, StateDelta.unpack(packed).pack());
        assertEquals(11, packed.length);
    }

    @Test
    void wordsKeepTheirNumbersAndThoseOfAFailedTransactionAreForgotten() {
        var words = new WordStore();
        var keys = new StateKeys(words);
        var tuple = new StateTuple("m.room.member", "@alice:test");
        long key = database.transact(tx -> keys.intern(tx, tuple));
        long again = database.transact(tx -> keys.intern(tx, tuple));
        assertEquals(key, again);
        try {
            database.change(tx -> {
                words.intern(tx, "lost");
                throw new IllegalStateException("on purpose");
            });
        } catch (IllegalStateException _) {
            // as it should
        }
        assertEquals(OptionalLong.empty(), database.read(r -> words.find(r, "lost")));
        database.change(tx -> words.intern(tx, "found"));
        var coldKeys = new StateKeys(new WordStore());
        assertEquals(OptionalLong.of(key), database.read(r -> coldKeys.find(r, tuple)));
        assertEquals(tuple, database.read(r -> coldKeys.tuple(r, key)));
    }
}
