package dev.hearth.subscription;

import dev.hearth.identifier.EventId;
import dev.hearth.identifier.RoomId;

/// A user's subscription to a thread, or that it ended.
///
/// @param automatic whether a client made it by itself
/// @param position of its last change
public record Subscription(
        RoomId room, EventId root, boolean subscribed, boolean automatic, long position) {}
