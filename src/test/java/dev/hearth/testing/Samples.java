package dev.hearth.testing;

import java.util.SplittableRandom;
import java.util.function.Consumer;

/// Random examples of what should always hold, which can be had again: a failure names the seed of
/// the example, and `-Dsamples.seed=N` runs that one alone.
public final class Samples {

    private static final String SEED = "samples.seed";

    private Samples() {}

    /// Tries what should hold on that many examples.
    public static void check(int count, Consumer<SplittableRandom> property) {
        var replay = Long.getLong(SEED);
        if (replay != null) {
            checkOne(replay, property);
            return;
        }
        var seeds = new SplittableRandom();
        for (int i = 0; i < count; i++) {
            checkOne(seeds.nextLong(), property);
        }
    }

    private static void checkOne(long seed, Consumer<SplittableRandom> property) {
        try {
            property.accept(new SplittableRandom(seed));
        } catch (Exception | AssertionError e) {
            var message = "fails for an example; again by -D" + SEED + "=" + seed + ": " + e;
            System.out.println(message);
            throw new AssertionError(message, e);
        }
    }
}
