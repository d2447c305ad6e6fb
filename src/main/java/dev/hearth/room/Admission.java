package dev.hearth.room;

import static dev.hearth.error.MatrixException.error;
import static dev.hearth.error.MatrixException.forbidden;

import dev.hearth.error.ErrorCode;
import dev.hearth.event.EventType;
import dev.hearth.event.MemberContent;
import dev.hearth.event.StateTuple;
import dev.hearth.http.Requester;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.room.RestrictedJoin.Ruling;
import dev.hearth.storage.Reading;

/// What is asked of somebody who comes into a room, beyond the authorization rules: guests need
/// open doors, and a restricted room somebody who vouches.
record Admission(Rooms rooms, Reading reading, LiveRoom room) {

    /// The member event's content with which they come in.
    ///
    /// @throws dev.hearth.error.MatrixException if they don't
    JsonObject admit(Requester requester, JsonObject content) {
        if (requester.guest() && !isOpenToGuests(reading, room)) {
            throw error(ErrorCode.M_GUEST_ACCESS_FORBIDDEN, "Guests may not join this room");
        }
        return vouchedFor(requester.user(), content);
    }

    /// GST-1: without a word about it, it isn't.
    static boolean isOpenToGuests(Reading reading, LiveRoom room) {
        return room.find(reading, new StateTuple(EventType.GUEST_ACCESS, ""))
                .flatMap(event -> event.content().peekString("guest_access"))
                .filter("can_join"::equals)
                .isPresent();
    }

    /// RST-3: another server may know more, or have somebody who may invite.
    JsonObject vouchedFor(UserId user, JsonObject content) {
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
