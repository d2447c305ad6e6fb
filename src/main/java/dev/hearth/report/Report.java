package dev.hearth.report;

import dev.hearth.identifier.EventId;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import java.time.Instant;
import java.util.Optional;

/// What somebody reported, and why.
///
/// @param reason as the reporter gave it; it may be empty
public record Report(UserId reporter, Subject subject, String reason, Instant time) {

    /// What is reported.
    public sealed interface Subject {}

    /// An event of a room.
    public record OfEvent(RoomId room, EventId event) implements Subject {}

    /// A room as a whole.
    public record OfRoom(RoomId room) implements Subject {}

    /// A user, of this server or another.
    public record OfUser(UserId user) implements Subject {}

    Optional<RoomId> room() {
        return switch (subject) {
            case OfEvent(var room, _) -> Optional.of(room);
            case OfRoom(var room) -> Optional.of(room);
            case OfUser _ -> Optional.empty();
        };
    }

    Optional<EventId> event() {
        return subject instanceof OfEvent(_, var event) ? Optional.of(event) : Optional.empty();
    }

    Optional<UserId> user() {
        return subject instanceof OfUser(var user) ? Optional.of(user) : Optional.empty();
    }
}
