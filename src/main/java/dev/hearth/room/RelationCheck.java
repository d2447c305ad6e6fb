package dev.hearth.room;

import static dev.hearth.error.MatrixException.error;
import static dev.hearth.error.MatrixException.unknown;

import dev.hearth.error.ErrorCode;
import dev.hearth.identifier.RoomId;
import dev.hearth.room.RelationStore.Child;
import dev.hearth.storage.Reading;

/// Whether a message may relate to an event in the way it does (SEND-6).
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#event-annotations-and-reactions Event
///   annotations and reactions
/// @spec https://spec.matrix.org/v1.19/client-server-api/#threading Threading
record RelationCheck(RoomTables tables, Reading reading, RoomId room) {

    /// Annotations of one hash, beyond which nobody compares.
    private static final int COMPARED = 20;

    void check(Draft draft) {
        if (draft.stateKey().isEmpty()) {
            Relation.of(draft.content()).ifPresent(relation -> check(draft, relation));
        }
    }

    private void check(Draft draft, Relation relation) {
        if (relation.is(Relation.ANNOTATION) && isSaidAlready(draft, relation)) {
            throw error(
                    ErrorCode.M_DUPLICATE_ANNOTATION, "You have annotated this event so already");
        }
        if (relation.is(Relation.THREAD) && isParentRelated(relation)) {
            // REL-8: a reply is no relation, and clients do begin threads from replies.
            throw unknown("A thread can't begin at an event that relates to another itself");
        }
    }

    private boolean isSaidAlready(Draft draft, Relation relation) {
        var kind = tables.words().find(reading, relation.type());
        var sender = tables.words().find(reading, draft.sender().value());
        if (kind.isEmpty() || sender.isEmpty()) {
            return false;
        }
        long parent = EventStore.hash(relation.parent().value());
        var like = new Child(0, parent, kind.getAsLong(), sender.getAsLong(), 0, false);
        var same =
                tables
                        .relations()
                        .same(reading, like, Relations.detail(draft.type(), relation), COMPARED)
                        .stream()
                        .map(Child::number)
                        .toList();
        return tables.events().all(reading, same).stream()
                .filter(event -> event.pdu().roomId().equals(room))
                .filter(event -> event.pdu().type().equals(draft.type()))
                .anyMatch(event -> Relation.of(event.pdu()).filter(relation::equals).isPresent());
    }

    private boolean isParentRelated(Relation relation) {
        return tables.events()
                .find(reading, relation.parent())
                .filter(parent -> parent.pdu().roomId().equals(room))
                .flatMap(parent -> Relation.of(parent.shown()))
                .isPresent();
    }
}
