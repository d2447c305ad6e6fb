package dev.hearth.room;

import dev.hearth.event.EventType;
import dev.hearth.identifier.EventId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import java.util.Optional;

/// What a user wants to send, before it is an event.
record Draft(
        UserId sender,
        String type,
        Optional<String> stateKey,
        JsonObject content,
        Optional<EventId> redacts) {

    static Draft message(UserId sender, String type, JsonObject content) {
        return new Draft(sender, type, Optional.empty(), content, Optional.empty());
    }

    static Draft state(UserId sender, String type, String stateKey, JsonObject content) {
        return new Draft(sender, type, Optional.of(stateKey), content, Optional.empty());
    }

    static Draft member(UserId sender, UserId target, JsonObject content) {
        return state(sender, EventType.MEMBER, target.value(), content);
    }

    static Draft redaction(UserId sender, EventId target, JsonObject content) {
        return new Draft(
                sender, EventType.REDACTION, Optional.empty(), content, Optional.of(target));
    }
}
