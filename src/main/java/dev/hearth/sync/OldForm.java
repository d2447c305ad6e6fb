package dev.hearth.sync;

import dev.hearth.identifier.RoomId;
import dev.hearth.json.JsonObject;
import java.util.List;

/// Events in the form that they had before `/sync`, beside what they have now: whoever sent an
/// event was its `user_id`, each event was told by itself, with the room that it is of, and
/// presence named its user in the content (SYNC-26).
final class OldForm {

    private static final String USER = "user_id";
    private static final String SENDER = "sender";

    private OldForm() {}

    /// An event of a room's history or state.
    static JsonObject event(JsonObject event) {
        return event.with(USER, event.string(SENDER));
    }

    /// What passes in a room, or is kept for it.
    static List<JsonObject> of(RoomId room, List<JsonObject> events) {
        return events.stream().map(event -> event.with("room_id", room)).toList();
    }

    static List<JsonObject> presence(List<JsonObject> events) {
        return events.stream().map(OldForm::presence).toList();
    }

    private static JsonObject presence(JsonObject event) {
        var content = event.object("content").with(USER, event.string(SENDER));
        return event.with("content", content);
    }
}
