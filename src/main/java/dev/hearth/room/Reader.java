package dev.hearth.room;

import dev.hearth.http.Requester;
import dev.hearth.identifier.UserId;
import dev.hearth.storage.Reading;
import java.util.List;
import java.util.Set;

/// Who is shown the events of one room.
///
/// @param membership what they are to it
public record Reader(RoomMembership membership, Requester requester) {

    UserId user() {
        return requester.user();
    }

    /// Those of some events that they may see and want to.
    List<Visibility.Seen> seen(
            Rooms rooms, Reading reading, Set<UserId> ignored, List<StoredEvent> events) {
        var wanted =
                events.stream()
                        .filter(event -> event.pdu().roomId().equals(membership.roomId()))
                        .filter(event -> !ignored.contains(event.pdu().sender()))
                        .toList();
        return rooms.visibility().seen(reading, membership, user(), wanted);
    }
}
