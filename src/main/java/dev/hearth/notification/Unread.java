package dev.hearth.notification;

import java.util.Map;

/// What is unread for a user in a room.
///
/// @param main in the main timeline
/// @param threads in the threads that have unread events, by their roots
public record Unread(Counts main, Map<String, Counts> threads) {

    public static final Unread NOTHING = new Unread(Counts.NONE, Map.of());

    public Unread {
        threads = Map.copyOf(threads);
    }

    /// In the room as a whole.
    public Counts whole() {
        return threads.values().stream().reduce(main, Counts::plus);
    }
}
