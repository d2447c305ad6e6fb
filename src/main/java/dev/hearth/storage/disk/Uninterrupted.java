package dev.hearth.storage.disk;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;

/// Does input and output on channels as if the calling thread could not be interrupted.
///
/// A maintainer's note: an interrupt closes the channel that the thread works on, or is about to
/// work on, under everybody who shares it. So the interrupt is put aside first; one that comes
/// during the work is noticed by the closed channel, and the work is done again on a new one. All
/// work here may be repeated, for it names its position. The interrupt is put back at the end.
final class Uninterrupted {

    /// More interrupts during one piece of work than anybody sends.
    private static final int ATTEMPTS = 1_000;

    interface Work<T> {
        T run() throws IOException;
    }

    private Uninterrupted() {}

    static <T> T call(Work<T> work) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            for (int attempt = 1; ; attempt++) {
                try {
                    return work.run();
                } catch (ClosedChannelException e) {
                    interrupted |= Thread.interrupted();
                    if (attempt == ATTEMPTS) {
                        throw e;
                    }
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
