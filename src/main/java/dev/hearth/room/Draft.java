package dev.hearth.room;

import dev.hearth.event.EventType;
import dev.hearth.http.Requester;
import dev.hearth.identifier.EventId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import java.util.Optional;

/// What a user wants to send, before it is an event.
///
/// @param stickyFor the milliseconds for which it is to be sticky, see [Stickiness]
/// @param administrator whether the user looks after the server, and may redact what its users sent
record Draft(
        UserId sender,
        String type,
        Optional<String> stateKey,
        JsonObject content,
        Optional<EventId> redacts,
        Optional<Long> stickyFor,
        boolean administrator) {

    private Draft(UserId sender, String type, Optional<String> stateKey, JsonObject content) {
        this(sender, type, stateKey, content, Optional.empty(), Optional.empty(), false);
    }

    static Draft message(UserId sender, String type, JsonObject content) {
        return new Draft(sender, type, Optional.empty(), content);
    }

    static Draft state(UserId sender, String type, String stateKey, JsonObject content) {
        return new Draft(sender, type, Optional.of(stateKey), content);
    }

    static Draft member(UserId sender, UserId target, JsonObject content) {
        return state(sender, EventType.MEMBER, target.value(), content);
    }

    static Draft redaction(Requester requester, EventId target, JsonObject content) {
        return new Draft(
                requester.user(),
                EventType.REDACTION,
                Optional.empty(),
                content,
                Optional.of(target),
                Optional.empty(),
                requester.administrator());
    }

    /// The same, sticky for so many milliseconds.
    Draft sticky(Optional<Long> duration) {
        return new Draft(sender, type, stateKey, content, redacts, duration, administrator);
    }
}
