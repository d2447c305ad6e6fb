package dev.hearth.room;

import static dev.hearth.error.MatrixException.forbidden;
import static dev.hearth.error.MatrixException.invalidParam;
import static dev.hearth.error.MatrixException.notFound;

import dev.hearth.event.EventType;
import dev.hearth.storage.Reading;
import java.util.Set;

/// Whether a user may redact what they ask to redact (RED-1). An unknown target may come later, and
/// is left to who may redact anything.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#redactions Redactions
record RedactionCheck(Rooms rooms, Reading reading, LiveRoom room) {

    private static final Set<String> KEPT = Set.of(EventType.CREATE, EventType.SERVER_ACL);

    void check(Draft draft) {
        var levels = room.powerLevels(reading);
        boolean powerful = levels.user(draft.sender()) >= levels.toRedact();
        var target =
                rooms.events()
                        .find(reading, draft.redacts().orElseThrow())
                        .filter(event -> event.status() == EventStatus.ACCEPTED);
        if (target.isEmpty() && !powerful) {
            throw notFound("There is no such event in this room");
        }
        target.ifPresent(found -> check(draft, found, powerful));
    }

    private void check(Draft draft, StoredEvent target, boolean powerful) {
        var pdu = target.pdu();
        if (!pdu.roomId().equals(room.roomId())) {
            throw invalidParam("The event is not in this room");
        }
        if (KEPT.contains(pdu.type())) {
            throw forbidden("This event can't be redacted");
        }
        boolean looksAfter = draft.administrator() && rooms.isLocal(pdu.sender());
        if (!powerful && !looksAfter && !pdu.sender().equals(draft.sender())) {
            throw forbidden("You may not redact what others sent");
        }
    }
}
