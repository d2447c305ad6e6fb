package dev.hearth.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SamplesTest {

    @Test
    void everyExampleIsAnother() {
        var seen = new HashSet<Long>();
        Samples.check(50, random -> seen.add(random.nextLong()));
        assertEquals(System.getProperty("samples.seed") == null ? 50 : 1, seen.size());
    }

    @Test
    void aFailureNamesTheSeedThatBringsItBack() {
        var met = new ArrayList<Long>();
        var failure =
                assertThrows(
                        AssertionError.class,
                        () ->
                                Samples.check(
                                        100,
                                        random -> {
                                            met.add(random.nextLong());
                                            throw new IllegalStateException("bad");
                                        }));
        var message = String.valueOf(failure.getMessage());
        assertTrue(message.endsWith("bad"), message);
        var seed = message.replaceAll("(?s).*seed=(-?[0-9]+):.*", "$1");
        assertEquals(met, java.util.List.of(new SplittableRandom(Long.parseLong(seed)).nextLong()));
    }
}
