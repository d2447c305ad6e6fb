package dev.hearth.search;

import dev.hearth.authorization.Membership;
import dev.hearth.concurrent.BoundedCache;
import dev.hearth.event.EventType;
import dev.hearth.event.StateTuple;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.room.RoomMembership;
import dev.hearth.room.Rooms;
import dev.hearth.storage.Reading;

/// Who is in a room that anybody may join or read.
final class PublicRooms {

    private static final int REMEMBERED = 5_000;
    private static final int ROOMS_OF_A_USER = 200;

    private final Rooms rooms;
    private final BoundedCache<RoomId, Boolean> known = new BoundedCache<>(REMEMBERED, _ -> 1);

    PublicRooms(Rooms rooms) {
        this.rooms = rooms;
        rooms.onPersisting((tx, event) -> {
            if (event.pdu().stateKey().isPresent()) {
                var room = event.pdu().roomId();
                known.remove(room);
                // Whoever read the room since then read what was before.
                tx.afterCommit(() -> known.remove(room));
            }
        });
    }

    boolean have(Reading reading, UserId user) {
        return rooms.memberships(reading, user).stream()
                .filter(room -> room.membership() == Membership.JOIN)
                .limit(ROOMS_OF_A_USER)
                .anyMatch(room -> isPublic(reading, room));
    }

    private boolean isPublic(Reading reading, RoomMembership room) {
        var remembered = known.find(room.roomId());
        if (remembered.isPresent()) {
            return remembered.get();
        }
        boolean open =
                says(reading, room, EventType.JOIN_RULES, "join_rule", "public")
                        || says(
                                reading,
                                room,
                                EventType.HISTORY_VISIBILITY,
                                "history_visibility",
                                "world_readable");
        known.put(room.roomId(), open);
        return open;
    }

    private boolean says(
            Reading reading, RoomMembership room, String type, String key, String value) {
        return rooms.currentState(reading, room.room(), new StateTuple(type, ""))
                .flatMap(event -> event.shown().content().peekString(key))
                .filter(value::equals)
                .isPresent();
    }
}
