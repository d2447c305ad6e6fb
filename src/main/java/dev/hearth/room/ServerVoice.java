package dev.hearth.room;

import static dev.hearth.error.MatrixException.error;

import dev.hearth.authorization.Membership;
import dev.hearth.error.ErrorCode;
import dev.hearth.event.EventType;
import dev.hearth.event.MemberContent;
import dev.hearth.event.Pdu;
import dev.hearth.event.StateTuple;
import dev.hearth.http.ClientRequest;
import dev.hearth.http.Requester;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.storage.Reading;
import java.util.Optional;

/// How the server itself speaks in rooms: in the name of a user of its own, whose invites nobody
/// declines.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#server-notices Server notices
public final class ServerVoice {

    private final Rooms rooms;
    private final Sending sending;
    private Optional<UserId> speaker = Optional.empty();

    ServerVoice(Rooms rooms, Sending sending) {
        this.rooms = rooms;
        this.sending = sending;
    }

    /// Before the first request: in whose name.
    public void speakAs(UserId user) {
        speaker = Optional.of(user);
    }

    private UserId speaker() {
        return speaker.orElseThrow(() -> new IllegalStateException("nobody speaks"));
    }

    public RoomId createRoom(JsonObject request) {
        return RoomCreation.create(rooms, Requester.withoutDevice(speaker()), request);
    }

    /// Invites who is neither in the room nor invited.
    public void invite(RoomId roomId, UserId target) {
        rooms.decide(
                roomId,
                (reading, room) -> {
                    var current = room.membership(reading, target);
                    if (current == Membership.JOIN || current == Membership.INVITE) {
                        return Optional.empty();
                    }
                    var content =
                            WrittenMember.of(rooms.profile(), reading, Membership.INVITE, target);
                    return Optional.of(Draft.member(speaker(), target, content));
                });
    }

    /// Says something, and gives its event's ID.
    public String say(RoomId room, String type, JsonObject content) {
        return rooms.send(room, Draft.message(speaker(), type, content)).pdu().eventId().value();
    }

    /// As [#say], once for each transaction of a request.
    public String sayOnce(ClientRequest request, RoomId room, String type, JsonObject content) {
        return sending.once(request, room, Draft.message(speaker(), type, content));
    }

    /// What a repeated request was answered.
    public Optional<String> answered(Reading reading, ClientRequest request) {
        return rooms.transactions().find(reading, request);
    }

    /// SN-1: who is invited by the server may go in and leave, but not decline.
    void requireNotDeclining(Reading reading, LiveRoom room, Draft draft) {
        boolean declining =
                draft.type().equals(EventType.MEMBER)
                        && draft.stateKey().equals(Optional.of(draft.sender().value()))
                        && new MemberContent(draft.content()).says("leave");
        if (declining && isInvitedByUs(reading, room, draft.sender())) {
            throw error(
                    ErrorCode.M_CANNOT_LEAVE_SERVER_NOTICE_ROOM,
                    "You can't decline what this server has to tell you");
        }
    }

    private boolean isInvitedByUs(Reading reading, LiveRoom room, UserId user) {
        return room.find(reading, new StateTuple(EventType.MEMBER, user.value()))
                .filter(event -> Membership.of(event) == Membership.INVITE)
                .map(Pdu::sender)
                .filter(sender -> speaker.equals(Optional.of(sender)))
                .isPresent();
    }
}
