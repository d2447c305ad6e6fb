package dev.hearth.stateresolution;

import dev.hearth.event.Pdu;
import dev.hearth.identifier.EventId;
import java.util.Arrays;
import java.util.Comparator;

/// Event IDs by code point. Java's own order of strings is by UTF-16 unit, which is another one for
/// the free texts that were IDs in the first room versions.
final class EventIdOrder {

    static final Comparator<EventId> BY_CODE_POINT =
            (a, b) ->
                    Arrays.compare(
                            a.value().codePoints().toArray(), b.value().codePoints().toArray());

    /// By time, and by ID within one millisecond.
    static final Comparator<Pdu> BY_TIME =
            Comparator.comparingLong(Pdu::originServerTs)
                    .thenComparing(Pdu::eventId, BY_CODE_POINT);

    private EventIdOrder() {}
}
