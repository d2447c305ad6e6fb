package dev.hearth.notification;

import dev.hearth.json.JsonArray;
import dev.hearth.room.StoredEvent;

/// An event that notified a user.
///
/// @param actions of the push rule that matches it, as the user set them
/// @param isRead whether the user has read up to it
public record Notified(StoredEvent event, JsonArray actions, boolean isHighlight, boolean isRead) {}
