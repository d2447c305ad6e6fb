package dev.hearth.authorization;

import dev.hearth.event.Pdu;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonString;
import dev.hearth.json.JsonValue;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.roomversion.Tweak;

/// Rule 1: the create event.
final class CreateRules {

    private CreateRules() {}

    static Verdict decide(Pdu event) {
        var version = event.roomVersion();
        if (!event.prevEvents().isEmpty()) {
            return Verdict.reject(Rule.CREATE_IS_FIRST, "A create event has no predecessors");
        }
        if (version.has(Tweak.ROOM_ID_IS_CREATE_HASH)) {
            if (event.json().has("room_id")) {
                return Verdict.reject(Rule.CREATE_ROOM_ID, "A create event names no room");
            }
        } else if (!domain(event.roomId().value()).equals(event.sender().server().value())) {
            return Verdict.reject(
                    Rule.CREATE_ROOM_ID, "The room's ID names another server than its creator");
        }
        var content = event.content();
        if (content.has("room_version")
                && content.peekString("room_version").flatMap(RoomVersion::find).isEmpty()) {
            return Verdict.reject(Rule.CREATE_VERSION, "The room version is not known");
        }
        if (!version.has(Tweak.CREATOR_IS_SENDER) && !content.has("creator")) {
            return Verdict.reject(Rule.CREATE_CREATOR, "The create event names no creator");
        }
        if (version.has(Tweak.PRIVILEGED_CREATORS)
                && !content.find("additional_creators").map(CreateRules::areUsers).orElse(true)) {
            return Verdict.reject(
                    Rule.CREATE_ADDITIONAL_CREATORS, "additional_creators is no list of user IDs");
        }
        return Verdict.allow();
    }

    private static boolean areUsers(JsonValue value) {
        return value instanceof JsonArray array
                && array.stream()
                        .allMatch(element ->
                                element instanceof JsonString(var text)
                                        && UserId.find(text).isPresent());
    }

    private static String domain(String id) {
        return id.substring(id.indexOf(':') + 1);
    }
}
