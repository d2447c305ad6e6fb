package dev.hearth.sync;

import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.receipt.ReadUpTo;
import dev.hearth.room.RoomMembership;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What is asked about one room.
///
/// @param membership what the user is to it
/// @param upTo the position at which the answer is cut
/// @param known what was read for all rooms at once
record Span(SyncRequest request, RoomMembership membership, long upTo, Known known) {

    /// What was read for all rooms at once.
    ///
    /// @param ignored whose messages are not shown
    /// @param read how far the user has read by room, where it was looked up already
    record Known(Set<UserId> ignored, Optional<Map<RoomId, ReadUpTo>> read) {}

    Set<UserId> ignored() {
        return known.ignored();
    }

    long since() {
        return request.since().position();
    }

    UserId user() {
        return request.user();
    }

    long room() {
        return membership.room();
    }
}
