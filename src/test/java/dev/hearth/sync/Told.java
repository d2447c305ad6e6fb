package dev.hearth.sync;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import java.util.List;
import java.util.Optional;

/// What an answer of `/sync` tells of a room, in short words: a message is its text, a state event
/// is its type without `m.room.`, and its key if it has one; a member is the localpart and the
/// membership.
record Told(JsonObject section) {

    static Told joined(JsonObject sync, String room) {
        return in(sync, "join", room);
    }

    static Told left(JsonObject sync, String room) {
        return in(sync, "leave", room);
    }

    static Told in(JsonObject sync, String group, String room) {
        return new Told(
                sync.path("rooms", group, room)
                        .map(JsonObject.class::cast)
                        .orElse(JsonObject.EMPTY));
    }

    boolean isNothing() {
        return section.isEmpty();
    }

    List<JsonObject> events(String block) {
        return section.path(block, "events")
                .map(events -> ((JsonArray) events).objects())
                .orElse(List.of());
    }

    List<String> timeline() {
        return words("timeline");
    }

    List<String> state() {
        return words("state");
    }

    List<String> stateAfter() {
        return words("state_after");
    }

    /// The members of a state, sorted.
    List<String> members(String block) {
        return events(block).stream()
                .filter(event -> event.string("type").equals("m.room.member"))
                .map(Told::words)
                .sorted()
                .toList();
    }

    List<String> words(String block) {
        return events(block).stream().map(Told::words).toList();
    }

    private static String words(JsonObject event) {
        var content = event.findObject("content").orElse(JsonObject.EMPTY);
        var type = event.findString("type").orElse("?");
        if (type.equals("m.room.message")) {
            return content.peekString("body").orElse("");
        }
        var key = event.findString("state_key").orElse("");
        if (type.equals("m.room.member")) {
            var name = key.substring(1, key.indexOf(':'));
            return name + " " + content.peekString("membership").orElse("?");
        }
        return type.replace("m.room.", "") + (key.isEmpty() ? "" : " " + key);
    }

    boolean limited() {
        return section.object("timeline").bool("limited");
    }

    String prevBatch() {
        return section.object("timeline").string("prev_batch");
    }

    /// The event of the timeline or state with these words.
    JsonObject event(String block, String words) {
        return events(block).stream()
                .filter(event -> words(event).equals(words))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no '" + words + "' in " + section));
    }

    Optional<JsonObject> summary() {
        return section.findObject("summary");
    }
}
