package dev.hearth.room;

import dev.hearth.identifier.RoomId;
import dev.hearth.roomversion.RoomVersion;

/// A room as the store knows it.
///
/// @param number under which all else refers to it
public record StoredRoom(long number, RoomId roomId, RoomVersion version) {}
