package dev.hearth.notification;

import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import java.util.Optional;

/// An event, and what conditions ask about its room as it was when the event arrived. What costs a
/// look-up is looked up when a condition asks for it.
interface Occasion {

    JsonObject event();

    UserId sender();

    long joinedMembers();

    /// Whether the sender has the power to notify in this way: `room` for everybody.
    boolean senderMayNotify(String key);

    /// Whether the owner of the rules has subscribed to the thread that the event is in; nothing if
    /// it is in none.
    default Optional<Boolean> isInThreadSubscribedTo() {
        return Optional.empty();
    }

    /// How the owner of the rules is called in the room.
    Optional<String> displayName();
}
