package dev.hearth.room;

import dev.hearth.event.EventType;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The state that a new room begins with, beside its creator and power levels: what the preset
/// says, what the request asks for in its stead, its name and topic.
final class InitialState {

    /// One piece of it.
    record Piece(String type, String stateKey, JsonObject content) {}

    private final JsonObject request;
    private final String preset;

    InitialState(JsonObject request, String preset) {
        this.request = request;
        this.preset = preset;
    }

    List<Piece> events() {
        var asked = asked();
        Map<String, Piece> pieces = new LinkedHashMap<>();
        for (var piece : preset()) {
            pieces.put(key(piece), piece);
        }
        for (var piece : asked) {
            pieces.put(key(piece), piece);
        }
        request.findString("name")
                .map(name -> new Piece(EventType.NAME, "", JsonObject.of("name", name)))
                .ifPresent(piece -> pieces.put(key(piece), piece));
        request.findString("topic")
                .map(topic -> new Piece(EventType.TOPIC, "", topic(topic)))
                .ifPresent(piece -> pieces.put(key(piece), piece));
        return new ArrayList<>(pieces.values());
    }

    private static String key(Piece piece) {
        return piece.type() + "\0" + piece.stateKey();
    }

    private List<Piece> asked() {
        return request.findArray("initial_state").orElse(JsonArray.EMPTY).objects().stream()
                .map(InitialState::piece)
                .toList();
    }

    private static Piece piece(JsonObject event) {
        var piece =
                new Piece(
                        event.string("type"),
                        event.findString("state_key").orElse(""),
                        event.object("content"));
        StateShape.check(piece.type(), piece.content());
        return piece;
    }

    /// ROOM-2: guests are let in by an event, and kept out where there is none.
    private List<Piece> preset() {
        boolean open = preset.equals("public_chat");
        var rules = piece(EventType.JOIN_RULES, "join_rule", open ? "public" : "invite");
        var history = piece(EventType.HISTORY_VISIBILITY, "history_visibility", "shared");
        return open
                ? List.of(rules, history)
                : List.of(
                        rules, history, piece(EventType.GUEST_ACCESS, "guest_access", "can_join"));
    }

    private static Piece piece(String type, String key, String value) {
        return new Piece(type, "", JsonObject.of(key, value));
    }

    /// ROOM-4: also as plain text that can have other forms beside it.
    private static JsonObject topic(String topic) {
        return JsonObject.of(
                "topic",
                topic,
                "m.topic",
                JsonObject.of(
                        "m.text",
                        JsonArray.of(JsonObject.of("mimetype", "text/plain", "body", topic))));
    }
}
