package dev.hearth.concurrent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What is remembered, and what is forgotten for it.
class BoundedCacheTest {

    private final BoundedCache<String, String> cache = new BoundedCache<>(10, String::length);

    @Test
    void whatWasUsedLongestAgoGoesFirst() {
        cache.put("a", "aaaa");
        cache.put("b", "bbbb");
        assertEquals(Optional.of("aaaa"), cache.find("a"));
        cache.put("c", "cc");
        cache.put("d", "d");
        assertEquals(Optional.empty(), cache.find("b"));
        assertEquals(Optional.of("aaaa"), cache.find("a"));
        assertEquals(new BoundedCache.Statistics(2, 1, 7), cache.statistics());
    }

    @Test
    void whatHasGrownIsWeighedAgain() {
        cache.put("a", "a");
        cache.put("a", "aaaaa");
        assertEquals(5, cache.statistics().weight());
        cache.remove("a");
        cache.remove("a");
        assertEquals(0, cache.statistics().weight());
    }

    @Test
    void whatIsHeavierThanAllIsNotKept() {
        cache.put("a", "aaaaaaaaaaa");
        assertEquals(Optional.empty(), cache.find("a"));
        assertEquals(0, cache.statistics().weight());
    }
}
