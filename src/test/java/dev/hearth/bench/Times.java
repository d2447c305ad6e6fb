package dev.hearth.bench;

import dev.hearth.bench.Connection.Answer;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;

/// Durations that were measured, in nanoseconds, at most as many as were foreseen.
final class Times {

    private final long[] times;
    private int count;

    Times(int most) {
        this.times = new long[most];
    }

    synchronized void add(long nanos) {
        if (count < times.length) {
            times[count++] = nanos;
        }
    }

    void time(Runnable work) {
        long before = System.nanoTime();
        work.run();
        add(System.nanoTime() - before);
    }

    /// How long an answer takes, and how large it is.
    static String ofAnswers(int many, Supplier<Answer> request) {
        var times = new Times(many);
        var answer = new Answer[1];
        for (int i = 0; i < many; i++) {
            times.time(() -> answer[0] = request.get());
            if (answer[0].status() != 200) {
                return "not there: " + answer[0].status();
            }
        }
        return String.format(
                Locale.ROOT, "%s, %.1f KB", times.summary(), answer[0].body().length / 1024.0);
    }

    /// `p50 1.23 ms, p99 4.56 ms`.
    synchronized String summary() {
        if (count == 0) {
            return "nothing arrived";
        }
        var sorted = Arrays.copyOf(times, count);
        Arrays.sort(sorted);
        return String.format(
                Locale.ROOT,
                "p50 %.2f ms, p99 %.2f ms",
                sorted[count / 2] / 1e6,
                sorted[Math.min(count - 1, count * 99 / 100)] / 1e6);
    }
}
