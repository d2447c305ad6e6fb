package dev.hearth.room;

import dev.hearth.event.Pdu;
import dev.hearth.event.Redaction;
import java.util.Optional;

/// An event with its place in the timeline and what we know beside it.
///
/// @param position its place: newer events have larger ones
/// @param transaction the device and transaction that sent it, if it was sent here
/// @param replaces the position of the state event that this one took the place of
/// @param redactedBy the position of the redaction that applies to it
public record StoredEvent(
        long position,
        Pdu pdu,
        Optional<SentBy> transaction,
        Optional<Long> replaces,
        Optional<Long> redactedBy) {

    /// What everybody is shown: stripped once it was redacted, RED-2.
    public Pdu shown() {
        return redactedBy.isPresent() ? stripped() : pdu;
    }

    Pdu stripped() {
        return Pdu.trusted(
                Redaction.redact(pdu.json(), pdu.roomVersion()), pdu.eventId(), pdu.roomVersion());
    }

    /// Which request of which device made an event.
    public record SentBy(String device, String transactionId) {}
}
