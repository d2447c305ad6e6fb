package dev.hearth.concurrent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class PermitsPerKeyTest {

    @Test
    void eachKeyHasItsOwnAndNoEntryStays() {
        var permits = new PermitsPerKey<String>(2);
        var first = permits.tryTake("a").orElseThrow();
        var second = permits.tryTake("a").orElseThrow();
        assertTrue(permits.tryTake("a").isEmpty());
        permits.tryTake("b").orElseThrow().close();
        first.close();
        permits.tryTake("a").orElseThrow().close();
        second.close();
        assertEquals(0, permits.size());
    }
}
