package dev.hearth.room;

import dev.hearth.authorization.Membership;
import dev.hearth.identifier.RoomId;

/// What a user is to a room, since when.
///
/// @param room the number under which the store knows the room
/// @param position of the member event
/// @param forgotten whether the user wants to hear no more of it
public record RoomMembership(
        RoomId roomId, long room, Membership membership, long position, boolean forgotten) {}
