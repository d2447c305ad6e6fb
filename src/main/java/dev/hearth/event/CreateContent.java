package dev.hearth.event;

import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonBoolean;
import dev.hearth.json.JsonString;
import dev.hearth.roomversion.Tweak;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// What a room's first event says: who made the room, and whom it is for.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#mroomcreate m.room.create
public record CreateContent(Pdu event) {

    /// The type of a room that groups others.
    public static final String SPACE = "m.space";

    /// Who may join first, as text that may be no user: until v10 the content names them, since v11
    /// it is the sender.
    public Optional<String> creator() {
        return event.roomVersion().has(Tweak.CREATOR_IS_SENDER)
                ? Optional.of(event.sender().value())
                : event.content().peekString("creator");
    }

    /// Who made the room: since v12 these can be several.
    public Set<UserId> creators() {
        var creators = new HashSet<UserId>();
        creator().flatMap(UserId::find).ifPresent(creators::add);
        if (event.roomVersion().has(Tweak.PRIVILEGED_CREATORS)) {
            for (var further :
                    event.content().peekArray("additional_creators").orElse(JsonArray.EMPTY)) {
                if (further instanceof JsonString(var text)) {
                    UserId.find(text).ifPresent(creators::add);
                }
            }
        }
        return creators;
    }

    /// What kind of room it is, if it isn't one to talk in.
    public Optional<String> type() {
        return event.content().peekString("type");
    }

    /// The room whose place it takes.
    public Optional<RoomId> predecessor() {
        return event.content()
                .peekObject("predecessor")
                .flatMap(predecessor -> predecessor.peekString("room_id"))
                .flatMap(RoomId::find);
    }

    /// Whether users of other servers may take part.
    public boolean isFederated() {
        return !event.content().find("m.federate").equals(Optional.of(JsonBoolean.FALSE));
    }
}
