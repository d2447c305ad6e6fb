package dev.hearth.sync;

import dev.hearth.identifier.UserId;
import dev.hearth.room.RoomMembership;
import java.util.Set;

/// What is asked about one room.
///
/// @param membership what the user is to it
/// @param upTo the position at which the answer is cut
/// @param ignored whose messages are not shown
record Span(SyncRequest request, RoomMembership membership, long upTo, Set<UserId> ignored) {

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
