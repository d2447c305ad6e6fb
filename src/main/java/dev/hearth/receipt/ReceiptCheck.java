package dev.hearth.receipt;

import static dev.hearth.error.MatrixException.forbidden;
import static dev.hearth.error.MatrixException.invalidParam;
import static dev.hearth.error.MatrixException.notFound;

import dev.hearth.event.Pdu;
import dev.hearth.room.Rooms;
import dev.hearth.room.StoredEvent;
import dev.hearth.storage.Reading;

/// Whether a receipt makes sense.
final class ReceiptCheck {

    /// More threads than anybody reads in one room.
    private static final long MOST = 10_000;

    private ReceiptCheck() {}

    /// The event, which has to be one of the room.
    static StoredEvent event(Reading reading, Rooms rooms, Receipts.Wish wish) {
        rooms.requireJoined(reading, wish.user(), wish.room());
        return rooms.find(reading, wish.room(), wish.event())
                .orElseThrow(() -> notFound("There is no event " + wish.event() + " in this room"));
    }

    /// RCPT-2: the event has to do with the thread. Of a redacted one some clients know the thread,
    /// and others find it in the main timeline.
    static void thread(Reading reading, Threads threads, Receipts.Wish wish, StoredEvent event) {
        boolean related =
                isRelated(reading, threads, wish.threadId(), event.pdu())
                        || isRelated(reading, threads, wish.threadId(), event.shown());
        if (!related) {
            throw invalidParam(
                    "Event " + wish.event() + " is not in the thread " + wish.threadId());
        }
    }

    private static boolean isRelated(Reading reading, Threads threads, String thread, Pdu event) {
        return switch (thread) {
            case Receipt.UNTHREADED -> true;
            case Receipt.MAIN -> threads.rootOf(reading, event).isEmpty();
            default -> threads.isAbout(reading, event, thread);
        };
    }

    static void number(long receipts) {
        if (receipts >= MOST) {
            throw forbidden("You have too many receipts in this room");
        }
    }
}
