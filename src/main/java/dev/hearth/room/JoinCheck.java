package dev.hearth.room;

import static dev.hearth.error.MatrixException.error;
import static dev.hearth.error.MatrixException.forbidden;

import dev.hearth.error.ErrorCode;
import dev.hearth.event.MemberContent;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.room.RestrictedJoin.Ruling;
import dev.hearth.storage.Reading;

/// What is asked of somebody who comes into a room, beyond the authorization rules: guests need
/// open doors, and a restricted room somebody who vouches.
record JoinCheck(Rooms rooms, Reading reading, LiveRoom room) {

    /// The member event's content with which they come in.
    ///
    /// @throws dev.hearth.error.MatrixException if they don't
    JsonObject admit(UserId user, JsonObject content) {
        if (rooms.neighbors().residents().isGuest(reading, user)) {
            new GuestDoor(rooms, room).requireOpen(reading);
        }
        return vouchedFor(user, content);
    }

    /// RST-3: another server may know more, or have somebody who may invite.
    private JsonObject vouchedFor(UserId user, JsonObject content) {
        return switch (new RestrictedJoin(rooms, reading, room).of(user)) {
            case Ruling.Unconditional() -> content;
            case Ruling.Vouched(var by) -> content.with(MemberContent.VOUCHER, by);
            case Ruling.NobodyToVouch() ->
                    throw error(
                            ErrorCode.M_UNABLE_TO_GRANT_JOIN,
                            "Nobody of this server may invite to the room");
            case Ruling.CannotTell() ->
                    throw error(
                            ErrorCode.M_UNABLE_TO_AUTHORISE_JOIN,
                            "This server can't tell whether you may join the room");
            case Ruling.Refused() ->
                    throw forbidden("This room is for those who are invited, or in other rooms");
        };
    }
}
