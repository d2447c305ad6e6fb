package dev.hearth.room;

import dev.hearth.event.Pdu;
import dev.hearth.event.Redaction;
import dev.hearth.identifier.UserId;
import java.util.Optional;
import java.util.Set;

/// An event with its place in its room and what we know beside it.
///
/// @param transaction the device and transaction that sent it, if it was sent here
/// @param replaces the number of the state event that this one took the place of
/// @param redactedBy the number of the redaction that applies to it
public record StoredEvent(
        Place place,
        Pdu pdu,
        Optional<SentBy> transaction,
        Optional<Long> replaces,
        Optional<Long> redactedBy) {

    /// Where an event stands.
    ///
    /// @param number by which all else refers to it, for ever
    /// @param position when it entered the timeline, or 0 if it is in none
    public record Place(long number, long position, EventStatus status, States states) {}

    /// The numbers of the state snapshots around an event.
    ///
    /// @param before what it was judged by
    /// @param after the same, with the event in it if it is state and wasn't rejected
    /// @param room the room's current state as the event entered the timeline
    record States(long before, long after, long room) {

        private static final long NONE = -1;

        /// Those of an event whose place in the room is not known.
        static final States UNKNOWN = new States(NONE, NONE, NONE);

        boolean areKnown() {
            return before != NONE;
        }
    }

    /// Its place in the timeline: newer events have larger ones.
    public long position() {
        return place.position();
    }

    /// Its identity, which never changes.
    public long number() {
        return place.number();
    }

    EventStatus status() {
        return place.status();
    }

    States states() {
        return place.states();
    }

    /// What everybody is shown: stripped once it was redacted, RED-2.
    public Pdu shown() {
        return redactedBy.isPresent() ? stripped() : pdu;
    }

    /// Whether a reader isn't shown it because they ignore its sender, whose state they see all the
    /// same.
    public boolean isSilencedBy(Set<UserId> ignored) {
        return !pdu.isState() && ignored.contains(pdu.sender());
    }

    /// What is left of it for those who came after its sender had themselves erased.
    StoredEvent erased() {
        return new StoredEvent(place, stripped(), transaction, replaces, redactedBy);
    }

    /// The same event for who may see nothing of what it took the place of.
    StoredEvent withoutPast() {
        return new StoredEvent(place, pdu, transaction, Optional.empty(), redactedBy);
    }

    /// The same event after a redaction.
    StoredEvent redactedBy(long redaction) {
        return new StoredEvent(place, pdu, transaction, replaces, Optional.of(redaction));
    }

    Pdu stripped() {
        return Pdu.trusted(
                Redaction.redact(pdu.json(), pdu.roomVersion()), pdu.eventId(), pdu.roomVersion());
    }

    /// Which request of which device made an event.
    public record SentBy(String device, String transactionId) {

        /// No device has this name.
        private static final String PLAN = "";

        /// Not a request, but a plan that was made before, which has a delay ID.
        static SentBy plan(String delayId) {
            return new SentBy(PLAN, delayId);
        }

        boolean isPlan() {
            return device.equals(PLAN);
        }
    }
}
