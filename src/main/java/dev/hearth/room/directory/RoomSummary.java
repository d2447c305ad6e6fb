package dev.hearth.room.directory;

import dev.hearth.authorization.Membership;
import dev.hearth.event.EventType;
import dev.hearth.event.JoinRule;
import dev.hearth.event.StateTuple;
import dev.hearth.identifier.RoomId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonObjectBuilder;
import dev.hearth.room.Rooms;
import dev.hearth.room.StoredRoom;
import dev.hearth.storage.Reading;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What a room is in short, by its current state.
///
/// @param joinRule as its state has it
/// @param allowed the rooms whose members may come in, where the rule asks for that
/// @param listed what the list of public rooms says of it, but for its size
/// @param more what is said besides to who asks for this room
/// @spec https://spec.matrix.org/v1.19/client-server-api/#room-summaries Room summaries
record RoomSummary(
        StoredRoom room,
        JoinRule joinRule,
        boolean worldReadable,
        List<RoomId> allowed,
        JsonObject listed,
        JsonObject more) {

    /// The types of state that a summary depends on.
    static final Set<String> SHOWN =
            Set.of(
                    EventType.CREATE,
                    EventType.NAME,
                    EventType.TOPIC,
                    EventType.CANONICAL_ALIAS,
                    EventType.AVATAR,
                    EventType.JOIN_RULES,
                    EventType.HISTORY_VISIBILITY,
                    EventType.GUEST_ACCESS);

    static RoomSummary of(Rooms rooms, Reading reading, StoredRoom room) {
        return new Summing(rooms, reading, room).sum();
    }

    /// Whether who looks for it may come in, ask to come in, or read it (SP-2).
    boolean isOpen() {
        return worldReadable || joinRule.isPublic() || joinRule.isForKnocking();
    }

    Optional<String> type() {
        return listed.peekString("room_type");
    }

    /// With its size.
    JsonObjectBuilder json(Rooms rooms, Reading reading) {
        long joined = rooms.countMembers(reading, room.number(), Membership.JOIN);
        return JsonObject.builder().putAll(listed).put("num_joined_members", joined).putAll(more);
    }

    /// One look at a room.
    private record Summing(Rooms rooms, Reading reading, StoredRoom room) {

        RoomSummary sum() {
            var rules = content(EventType.JOIN_RULES);
            var joinRule =
                    new JoinRule(rules.peekString("join_rule").orElse("invite"), room.version());
            boolean worldReadable =
                    text(EventType.HISTORY_VISIBILITY, "history_visibility")
                            .filter("world_readable"::equals)
                            .isPresent();
            var allowed =
                    joinRule.isRestricted() ? JoinRule.allowedRooms(rules) : List.<RoomId>of();
            var more =
                    JsonObject.builder()
                            .putUnlessEmpty("allowed_room_ids", JsonArray.from(allowed))
                            .putIfPresent("encryption", text(EventType.ENCRYPTION, "algorithm"))
                            .put("room_version", room.version());
            return new RoomSummary(
                    room,
                    joinRule,
                    worldReadable,
                    allowed,
                    listed(joinRule, worldReadable),
                    more.build());
        }

        private JsonObject listed(JoinRule joinRule, boolean worldReadable) {
            boolean guests =
                    text(EventType.GUEST_ACCESS, "guest_access")
                            .filter("can_join"::equals)
                            .isPresent();
            return JsonObject.builder()
                    .put("room_id", room.roomId())
                    .putIfPresent("name", text(EventType.NAME, "name"))
                    .putIfPresent("topic", topic())
                    .putIfPresent("canonical_alias", text(EventType.CANONICAL_ALIAS, "alias"))
                    .putIfPresent("avatar_url", text(EventType.AVATAR, "url"))
                    .put("join_rule", joinRule.text())
                    .putIfPresent("room_type", text(EventType.CREATE, "type"))
                    .put("world_readable", worldReadable)
                    .put("guest_can_join", guests)
                    .build();
        }

        /// As plain text; where a topic has other forms only, there is nothing to show.
        private Optional<String> topic() {
            var content = content(EventType.TOPIC);
            var forms = content.peekObject("m.topic").flatMap(topic -> topic.peekArray("m.text"));
            var plain =
                    forms.stream()
                            .flatMap(JsonArray::stream)
                            .flatMap(Summing::object)
                            .filter(Summing::isPlain)
                            .flatMap(form -> form.peekString("body").stream())
                            .findFirst();
            return forms.isPresent()
                    ? plain
                    : content.peekString("topic").filter(text -> !text.isEmpty());
        }

        private static Stream<JsonObject> object(Object value) {
            return value instanceof JsonObject object ? Stream.of(object) : Stream.empty();
        }

        private static boolean isPlain(JsonObject form) {
            return form.peekString("mimetype").orElse("text/plain").equals("text/plain");
        }

        private Optional<String> text(String type, String key) {
            return content(type).peekString(key).filter(text -> !text.isEmpty());
        }

        private JsonObject content(String type) {
            return rooms.currentState(reading, room.number(), new StateTuple(type, ""))
                    .map(event -> event.shown().content())
                    .orElse(JsonObject.EMPTY);
        }
    }
}
