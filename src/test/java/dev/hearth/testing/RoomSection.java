package dev.hearth.testing;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import java.util.List;
import java.util.Optional;

/// What an answer of `/sync` tells of a room that its user is in; empty if it doesn't.
///
/// @param json of the section
public record RoomSection(JsonObject json) {

    public static RoomSection of(JsonObject sync, String room) {
        return new RoomSection(
                sync.path("rooms", "join", room)
                        .map(JsonObject.class::cast)
                        .orElse(JsonObject.EMPTY));
    }

    public boolean isEmpty() {
        return json.isEmpty();
    }

    public List<JsonObject> timeline() {
        return events("timeline");
    }

    /// The content of an event of the ephemeral section.
    public Optional<JsonObject> ephemeral(String type) {
        return content("ephemeral", type);
    }

    /// The content of account data.
    public Optional<JsonObject> accountData(String type) {
        return content("account_data", type);
    }

    private Optional<JsonObject> content(String section, String type) {
        return events(section).stream()
                .filter(event -> event.string("type").equals(type))
                .map(event -> event.object("content"))
                .findFirst();
    }

    private List<JsonObject> events(String section) {
        return json.path(section, "events")
                .map(events -> ((JsonArray) events).objects())
                .orElse(List.of());
    }

    /// Unread notifications, and highlights.
    public String counts() {
        return json.findObject("unread_notifications").map(RoomSection::counts).orElse("none");
    }

    /// Unread notifications, and highlights, of a thread.
    public String threadCounts(String root) {
        return json.path("unread_thread_notifications", root)
                .map(counts -> counts((JsonObject) counts))
                .orElse("none");
    }

    private static String counts(JsonObject counts) {
        return counts.integer("notification_count") + "/" + counts.integer("highlight_count");
    }
}
