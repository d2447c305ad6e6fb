package dev.hearth.receipt;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How far a user has read in a room: positions in its timeline, the furthest ahead of the public
/// and the private receipt and of what they sent themselves (RCPT-4, RCPT-7). An unthreaded receipt
/// counts for every thread (RCPT-6).
///
/// @param unthreaded 0 if there is none
/// @param threads by root, or `main`
public record ReadUpTo(long unthreaded, Map<String, Long> threads) {

    /// Nothing at all.
    public static final ReadUpTo NOTHING = new ReadUpTo(0, Map.of());

    public ReadUpTo {
        threads = Map.copyOf(threads);
    }

    static ReadUpTo of(List<Receipt> receipts) {
        long unthreaded = 0;
        var threads = new HashMap<String, Long>();
        for (var receipt : receipts) {
            if (receipt.isThreaded()) {
                threads.merge(receipt.threadId(), receipt.eventPosition(), Math::max);
            } else {
                unthreaded = Math.max(unthreaded, receipt.eventPosition());
            }
        }
        return new ReadUpTo(unthreaded, threads);
    }

    /// The same of who has read at least up to a position.
    public ReadUpTo atLeast(long position) {
        return new ReadUpTo(Math.max(unthreaded, position), threads);
    }

    /// How far the user has read in the main timeline.
    public long inMain() {
        return in(Receipt.MAIN);
    }

    /// How far the user has read in a thread.
    public long in(String thread) {
        return Math.max(unthreaded, threads.getOrDefault(thread, 0L));
    }
}
