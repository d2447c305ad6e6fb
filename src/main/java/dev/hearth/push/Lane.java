package dev.hearth.push;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongUnaryOperator;

/// Works for one pusher, one thing after the other, on a thread that lives while there is something
/// to do.
///
/// A maintainer's note: whoever finds no wish pending starts a run, and whoever finds one leaves
/// theirs to the run in progress, which looks once more before it ends. What a run leaves behind is
/// read by the next one alone, which begins after it.
final class Lane {

    /// What a run answers when something is still to be done, later.
    static final long UNFINISHED = -1;

    private final AtomicLong wishes = new AtomicLong();
    private final LongUnaryOperator work;
    private long finishedUpTo = UNFINISHED;

    /// @param work given the position up to which there is nothing to tell, or 0, it does all there
    ///   is to do, and answers the position up to which it did
    Lane(LongUnaryOperator work) {
        this.work = work;
    }

    /// Asks for a run.
    ///
    /// @param position of the news, before which there was none since the last run; 0 if it isn't
    ///   an event
    void wake(long position) {
        if (wishes.getAndIncrement() == 0) {
            Thread.ofVirtual().name("push").start(() -> run(position));
        }
    }

    private void run(long position) {
        if (finishedUpTo != UNFINISHED) {
            finishedUpTo = Math.max(finishedUpTo, position - 1);
        }
        boolean ended = false;
        try {
            long answered;
            do {
                answered = wishes.get();
                finishedUpTo = work.applyAsLong(Math.max(finishedUpTo, 0));
            } while (!wishes.compareAndSet(answered, 0));
            ended = true;
        } finally {
            if (!ended) {
                // What broke the run must not keep the next one from beginning.
                finishedUpTo = UNFINISHED;
                wishes.set(0);
            }
        }
    }
}
