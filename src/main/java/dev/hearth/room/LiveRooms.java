package dev.hearth.room;

import static dev.hearth.error.MatrixException.forbidden;

import dev.hearth.authorization.Membership;
import dev.hearth.concurrent.BoundedCache;
import dev.hearth.concurrent.KeyedLock;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.ServerName;
import dev.hearth.identifier.UserId;
import dev.hearth.storage.Database;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import java.util.Set;
import java.util.function.Supplier;

/// The rooms that are in use, in memory, and the lock of each.
final class LiveRooms {

    /// A twelfth of a small heap.
    private static final long MAX_BYTES = 20_000_000;

    private final Database database;
    private final RoomTables tables;
    private final ServerName server;
    private final KeyedLock<RoomId> locks = new KeyedLock<>();
    private final BoundedCache<RoomId, LiveRoom> live =
            new BoundedCache<>(MAX_BYTES, LiveRoom::weight);

    LiveRooms(Database database, RoomTables tables, ServerName server) {
        this.database = database;
        this.tables = tables;
        this.server = server;
    }

    /// A piece of work on a room.
    @FunctionalInterface
    interface Work<T> {
        T apply(Transaction tx, LiveRoom room);
    }

    /// Does something alone in a room.
    <T> T alone(RoomId roomId, Supplier<T> work) {
        try (var _ = locks.hold(roomId)) {
            return work.get();
        }
    }

    /// Does a piece of work on a room in one transaction, alone in that room.
    <T> T change(RoomId roomId, Work<T> work) {
        return alone(roomId, () -> write(get(roomId), work));
    }

    /// As [#change], for who is alone in the room already. If the transaction fails, what it did to
    /// the room in memory has not come to be.
    <T> T write(LiveRoom room, Work<T> work) {
        long before = room.changes();
        boolean done = false;
        try {
            T result = database.transact(tx -> work.apply(tx, room));
            done = true;
            return result;
        } finally {
            if (done || room.changes() == before) {
                live.put(room.roomId(), room);
            } else {
                live.remove(room.roomId());
            }
        }
    }

    /// The room, for who is alone in it.
    LiveRoom get(RoomId roomId) {
        return live.find(roomId)
                .orElseGet(() -> {
                    var loaded = database.read(reading -> load(reading, roomId));
                    live.put(roomId, loaded);
                    return loaded;
                });
    }

    private LiveRoom load(Reading reading, RoomId roomId) {
        var room =
                tables.rooms()
                        .find(reading, roomId)
                        .orElseThrow(() -> forbidden("You are not in room " + roomId));
        var head = tables.rooms().head(reading, room.number());
        var tips =
                head.extremities().stream()
                        .map(number -> tables.events().at(reading, number).orElseThrow())
                        .map(LiveRoom.Tip::of)
                        .toList();
        var loaded = LiveRoom.of(tables.states(), room, head, tips);
        tables.memberships().members(reading, room.number(), Membership.JOIN).stream()
                .filter(user -> user.isOn(server))
                .forEach(user -> loaded.setLocalMember(user, Membership.JOIN));
        return loaded;
    }

    /// Who of this server is in a room, as it changes.
    Set<UserId> localMembers(RoomId roomId) {
        return live.find(roomId).orElseGet(() -> alone(roomId, () -> get(roomId))).localMembers();
    }

    /// How many are in a room, for who is alone in it.
    long joinedMembers(RoomId roomId) {
        return get(roomId).counts().of(Membership.JOIN);
    }

    /// A room that was just made.
    void add(LiveRoom room) {
        live.put(room.roomId(), room);
    }
}
