package dev.hearth.sync;

import dev.hearth.concurrent.NewsBoard;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Looks for something until it is there, or until the client's patience ends.
record LongPoll<K>(NewsBoard<K> news, Clock clock) {

    /// That a client has gone can't be seen while it is waited for, so a wait has an end.
    private static final Duration LONGEST = Duration.ofSeconds(60);

    /// @param topic of whose news it is looked again
    /// @param isEnough whether what was found is worth an answer
    /// @return what was found last
    <F> F until(K topic, Duration patience, Supplier<F> look, Predicate<F> isEnough) {
        long deadline = clock.millis() + Math.min(patience.toMillis(), LONGEST.toMillis());
        while (true) {
            long mark = news.mark();
            var found = look.get();
            long left = deadline - clock.millis();
            if (isEnough.test(found)
                    || left <= 0
                    || !news.awaitNewsSince(mark, topic, Duration.ofMillis(left))) {
                return found;
            }
        }
    }
}
