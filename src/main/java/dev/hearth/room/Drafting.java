package dev.hearth.room;

import static dev.hearth.error.MatrixException.badJson;
import static dev.hearth.error.MatrixException.invalidParam;

import dev.hearth.authorization.Membership;
import dev.hearth.event.EventType;
import dev.hearth.event.MemberContent;
import dev.hearth.event.Pdu;
import dev.hearth.event.StateTuple;
import dev.hearth.http.Requester;
import dev.hearth.identifier.EventId;
import dev.hearth.json.JsonObject;
import dev.hearth.storage.Reading;
import java.util.Optional;

/// Makes drafts of what users want to send, with what the server asks of them beyond the
/// authorization rules.
record Drafting(Rooms rooms) {

    /// The draft of a message.
    Draft message(PlannedEvent event, Requester requester) {
        refuseNonsense(event);
        var content = event.content();
        var draft =
                event.type().equals(EventType.REDACTION)
                        ? Draft.redaction(
                                requester,
                                EventId.parse(content.string("redacts")),
                                content.without("redacts"))
                        : Draft.message(event.sender(), event.type(), content);
        return draft.sticky(event.stickyFor());
    }

    /// What makes no sense whether it is sent as state or not: a second beginning, and an end that
    /// leads clients in a circle.
    private static void refuseNonsense(PlannedEvent event) {
        if (event.type().equals(EventType.CREATE)) {
            throw badJson("m.room.create can't be sent: a room is made by createRoom");
        }
        var replacement = event.content().peekString("replacement_room");
        if (event.type().equals(EventType.TOMBSTONE)
                && replacement.filter(event.room().value()::equals).isPresent()) {
            throw invalidParam("replacement_room: a room can't be replaced by itself");
        }
    }

    /// Either what is to be sent, or the event that says it already.
    record State(Optional<Draft> draft, Optional<Pdu> same) {}

    /// SEND-2: what is already so is not said again.
    State state(PlannedEvent event, Reading reading, LiveRoom room) {
        refuseNonsense(event);
        var key = event.stateKey().orElseThrow();
        var content = completed(event, reading, room);
        var draft = Draft.state(event.sender(), event.type(), key, content);
        rooms.voice().requireNotDeclining(reading, room, draft);
        var current = room.find(reading, new StateTuple(event.type(), key));
        var same =
                current.filter(before -> before.sender().equals(draft.sender()))
                        .filter(before -> before.content().equals(draft.content()))
                        .filter(_ -> room.membership(reading, draft.sender()) == Membership.JOIN);
        if (same.isPresent()) {
            return new State(Optional.empty(), same);
        }
        new StateContentCheck(rooms, reading, room).check(draft, current);
        return new State(Optional.of(draft), Optional.empty());
    }

    private JsonObject completed(PlannedEvent event, Reading reading, LiveRoom room) {
        if (!event.type().equals(EventType.MEMBER)) {
            return event.content();
        }
        var user = event.sender();
        var key = event.stateKey().orElseThrow();
        var content = WrittenMember.completed(rooms.profile(), reading, key, event.content());
        boolean comes =
                key.equals(user.value())
                        && new MemberContent(content).says("join")
                        && room.membership(reading, user) != Membership.JOIN;
        return comes ? new JoinCheck(rooms, reading, room).admit(user, content) : content;
    }
}
