package dev.hearth.concurrent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class MetersTest {

    private static final Meters.Rate RATE = new Meters.Rate(2, 3);

    @Test
    void aBurstIsAllowedAndThenTheSustainedRate() {
        var meters = new Meters<String>();
        for (int i = 0; i < 3; i++) {
            assertEquals(Duration.ZERO, meters.use("a", RATE, 0));
        }
        assertEquals(Duration.ofMillis(500), meters.use("a", RATE, 0));
        assertEquals(Duration.ofMillis(100), meters.use("a", RATE, 400));
        assertEquals(Duration.ZERO, meters.use("a", RATE, 500));
        assertEquals(Duration.ofMillis(500), meters.use("a", RATE, 500));
        assertEquals(Duration.ZERO, meters.use("b", RATE, 0));
    }

    @Test
    void onlySoManyKeysAreRemembered() {
        var meters = new Meters<Integer>(10);
        for (int key = 0; key < 1_000; key++) {
            meters.use(key, RATE, 0);
        }
        assertEquals(10, meters.size());
    }
}
