package dev.hearth.room;

import dev.hearth.event.EventType;
import dev.hearth.http.ClientRequest;
import dev.hearth.http.Restraint;
import dev.hearth.identifier.EventId;

/// What a suspended user may still do that depends on more than the endpoint: take back what they
/// said themselves (MOD-2).
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#account-suspension Account suspension
record WhileSuspended(Rooms rooms) {

    void check(ClientRequest request, PlannedEvent event) {
        if (event.type().equals(EventType.REDACTION)) {
            checkRedaction(request, EventId.parse(event.content().string("redacts")));
        } else {
            request.requester().requireNotSuspended();
        }
    }

    void checkRedaction(ClientRequest request, EventId target) {
        if (request.requester().restraint() == Restraint.SUSPENDED && !isOwn(request, target)) {
            request.requester().requireNotSuspended();
        }
    }

    private boolean isOwn(ClientRequest request, EventId target) {
        return rooms.database()
                .read(reading -> rooms.find(reading, request.roomId(), target))
                .filter(event -> event.pdu().sender().equals(request.user()))
                .isPresent();
    }
}
