package dev.hearth.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.storage.Database;
import dev.hearth.storage.H2Database;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Where a word stands: on disk in stretches of events, and in memory.
class WordEventsTest {

    private static final long PLACE = -7;

    /// The newest that any test has on disk.
    private static final long STORED = 100;

    private final Database database = H2Database.inMemory();
    private final IndexStore store = new IndexStore();
    private final RecentWords recent = new RecentWords();

    @AfterEach
    void close() {
        database.close();
    }

    private void stored(long... newestFirst) {
        database.change(tx -> store.insert(tx, PLACE, LongStream.of(newestFirst).boxed().toList()));
    }

    private <T> T ask(Function<WordEvents, T> question) {
        return database.read(
                reading -> question.apply(new WordEvents(reading, store, recent, STORED)));
    }

    private List<Long> upTo(long upTo, int limit) {
        return ask(words -> words.upTo(PLACE, upTo, limit));
    }

    private boolean has(long event) {
        return ask(words -> words.has(PLACE, event));
    }

    @Test
    void theNewestComeFirstAsManyAsAreWanted() {
        stored(5, 3);
        stored(19, 18, 12);
        stored(30);
        recent.add(PLACE, 31);
        recent.add(PLACE, 44);
        recent.add(PLACE + 1, 45);
        assertEquals(List.of(44L, 31L, 30L, 19L, 18L, 12L, 5L, 3L), upTo(1000, 100));
        assertEquals(List.of(44L, 31L, 30L), upTo(44, 3));
        assertEquals(List.of(31L, 30L, 19L, 18L), upTo(43, 4));
        assertEquals(List.of(18L, 12L, 5L), upTo(18, 3));
        assertEquals(List.of(12L, 5L, 3L), upTo(17, 100));
        assertEquals(List.of(), upTo(2, 100));
        for (long event : List.of(3, 12, 18, 30, 31, 44)) {
            assertTrue(has(event), "event " + event);
        }
        assertFalse(has(13));
        assertFalse(has(45));
    }

    @Test
    void manyRowsAreReadInPieces() {
        for (long event = 1; event <= 100; event++) {
            stored(event);
        }
        var all = LongStream.rangeClosed(1, 100).boxed().toList().reversed();
        assertEquals(all, upTo(Long.MAX_VALUE, 1000));
        assertEquals(all.subList(30, 80), upTo(70, 50));
    }

    @Test
    void aStretchThatACrashHadWrittenBeforeIsToldOnce() {
        stored(5, 3);
        stored(19, 18, 12);
        stored(25, 19, 18, 12);
        stored(25, 19, 18, 12);
        recent.add(PLACE, 25);
        recent.add(PLACE, 27);
        recent.add(PLACE, 27);
        assertEquals(List.of(27L, 25L, 19L, 18L, 12L, 5L, 3L), upTo(100, 100));
        assertEquals(List.of(18L, 12L, 5L, 3L), upTo(18, 100));
    }

    @Test
    void whatIsForgottenIsNowhere() {
        stored(5, 3);
        stored(19, 18, 12);
        stored(30);
        recent.add(PLACE, 31);
        recent.add(PLACE, 44);
        for (long event : List.of(3, 19, 30, 6)) {
            database.change(tx -> store.delete(tx, PLACE, event));
        }
        recent.remove(PLACE, 44);
        assertEquals(List.of(31L, 18L, 12L, 5L), upTo(100, 100));
        recent.remove(PLACE, 31);
        assertEquals(List.of(18L, 12L, 5L), upTo(100, 100));
    }
}
