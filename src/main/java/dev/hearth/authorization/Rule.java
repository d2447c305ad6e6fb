package dev.hearth.authorization;

/// The authorization rules by name, since their numbers differ from one room version to the next. A
/// refusal says which one it goes back to. The constants stand in the order in which the rules are
/// asked.
///
/// @spec https://spec.matrix.org/v1.19/rooms/v12/#authorisation-rules Authorization rules of room
///   version 12
public enum Rule {
    /// A create event has no `prev_events`.
    CREATE_IS_FIRST,
    /// The room ID of a create event is of its sender's server; since v12 it has none.
    CREATE_ROOM_ID,
    /// The room version is one that we know.
    CREATE_VERSION,
    /// Until v10 a create event names a creator.
    CREATE_CREATOR,
    /// Since v12 `additional_creators` is a list of user IDs.
    CREATE_ADDITIONAL_CREATORS,

    /// All auth events are known and weren't rejected.
    GROUNDS_ARE_ACCEPTED,
    /// The auth events are among those that the selection allows.
    GROUNDS_ARE_SELECTED,
    /// No two auth events are about the same piece of state.
    GROUNDS_ARE_DISTINCT,
    /// The auth events are of the event's room.
    GROUNDS_ARE_OF_THE_ROOM,
    /// Until v11 the create event is among the auth events.
    GROUNDS_HOLD_CREATE,

    /// The room is that of the create event that it is judged by.
    ROOM_IS_CREATED,
    /// Who sends to a room that isn't federated is on its server.
    FEDERATION,
    /// Until v5 aliases are set by their own server.
    ALIASES,

    /// A member event has a state key and a membership.
    MEMBER_FORM,
    /// The membership is one that the room version knows.
    MEMBER_MEMBERSHIP,
    /// Since v8 who vouches for a join is a user, whose server can be asked for its signature.
    MEMBER_VOUCHER,
    /// Everybody joins for themselves.
    JOIN_SELF,
    /// Who is banned doesn't join.
    JOIN_BANNED,
    /// Where one joins by invite, one is invited.
    JOIN_INVITED,
    /// Where joining is restricted, a member who may invite vouches for who is not invited.
    JOIN_VOUCHED,
    /// The join rule is one that lets people in.
    JOIN_RULE,
    /// Who is banned can't redeem a third-party invite.
    REDEEM_BANNED,
    /// A third-party invite is redeemed by who it was signed for, with a token.
    REDEEM_FORM,
    /// The room holds the third-party invite, and both have the same sender.
    REDEEM_TOKEN,
    /// One of the keys of the third-party invite has signed.
    REDEEM_SIGNATURE,
    /// Who is invited is neither in the room nor banned.
    INVITE_TARGET,
    /// Inviting needs the invite level.
    INVITE_LEVEL,
    /// Who leaves is in the room, invited or knocking.
    LEAVE_SELF,
    /// Lifting a ban needs the ban level, too.
    UNBAN_LEVEL,
    /// Removing somebody needs the kick level and more power than theirs.
    KICK_LEVEL,
    /// Banning somebody needs the ban level and more power than theirs.
    BAN_LEVEL,
    /// The join rule is one that allows to knock.
    KNOCK_RULE,
    /// Everybody knocks for themselves.
    KNOCK_SELF,
    /// Who knocks is neither in the room nor invited nor banned.
    KNOCK_OUTSIDE,

    /// Who sends is in the room.
    SENDER_IS_IN,
    /// Inviting a third party needs the invite level.
    THIRD_PARTY_INVITE_LEVEL,
    /// Sending needs the level of the event's type.
    SEND_LEVEL,
    /// State whose key is a user is set by that user.
    STATE_OF_USER,
    /// Power levels have the form that the room version wants.
    LEVELS_FORM,
    /// Since v12 power levels name no creator.
    LEVELS_NAME_CREATOR,
    /// Nobody changes a level that is above their own, or to one that is.
    LEVELS_CHANGE,
    /// Nobody changes the power of others who have as much.
    LEVELS_OF_OTHERS,
    /// Until v2 redacting what others sent needs the redact level.
    REDACT_LEVEL
}
