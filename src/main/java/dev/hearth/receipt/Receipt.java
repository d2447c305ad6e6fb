package dev.hearth.receipt;

import dev.hearth.identifier.EventId;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;

/// That a user has read up to an event.
///
/// @param type the wire name, or [#SENT]
/// @param threadId the root of a thread, `main`, or empty for an unthreaded receipt
/// @param eventPosition the event's place in the room's timeline
/// @param ts when it was set, in milliseconds since 1970
record Receipt(
        UserId user,
        RoomId room,
        String type,
        String threadId,
        EventId event,
        long eventPosition,
        long ts) {

    static final String UNTHREADED = "";
    static final String MAIN = "main";

    /// What the user sent themselves, which nobody is told: the event is there already.
    static final String SENT = "sent";

    boolean isThreaded() {
        return !threadId.equals(UNTHREADED);
    }

    boolean isPrivate() {
        return type.equals(ReceiptType.READ_PRIVATE.wireName());
    }
}
