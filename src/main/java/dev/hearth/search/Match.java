package dev.hearth.search;

import dev.hearth.room.RoomMembership;
import dev.hearth.room.StoredEvent;
import dev.hearth.room.Visibility.Seen;

/// An event that was looked for and may be seen.
///
/// @param rank how well it answers
record Match(RoomMembership room, Seen seen, String text, double rank) {

    StoredEvent event() {
        return seen.event();
    }

    /// What it has in common with others of its group.
    String valueOf(Query.Group group) {
        return switch (group) {
            case ROOM_ID -> room.roomId().value();
            case SENDER -> event().pdu().sender().value();
        };
    }
}
