package dev.hearth.room.directory;

import dev.hearth.authorization.Membership;
import dev.hearth.event.EventType;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonReader;
import dev.hearth.room.Rooms;
import dev.hearth.room.StateListener;
import dev.hearth.room.StoredRoom;
import dev.hearth.room.directory.PublishedRoomStore.Published;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// The list of public rooms (ROOM-7), whose rows follow what happens in the rooms.
final class PublishedRooms implements StateListener {

    /// A search that finds little looks at so many rooms before it answers with what it has.
    private static final int MAX_STEPS = 2_000;

    private static final int BATCH = 100;

    private final Rooms rooms;
    private final PublishedRoomStore store = new PublishedRoomStore();

    PublishedRooms(Rooms rooms) {
        this.rooms = rooms;
    }

    boolean contains(Reading reading, long room) {
        return store.find(reading, room).isPresent();
    }

    void publish(Transaction tx, StoredRoom room) {
        if (!contains(tx, room.number())) {
            long joined = rooms.countMembers(tx, room.number(), Membership.JOIN);
            store.insert(tx, new Published(room.number(), joined, entry(tx, room)));
        }
    }

    void withdraw(Transaction tx, StoredRoom room) {
        store.delete(tx, room.number());
    }

    @Override
    public void changed(Transaction tx, Change change) {
        boolean isShown = change.types().stream().anyMatch(RoomSummary.SHOWN::contains);
        if (!isShown && !change.types().contains(EventType.MEMBER)) {
            return;
        }
        long room = change.room().number();
        var before = store.find(tx, room);
        if (before.isEmpty()) {
            return;
        }
        if (isShown) {
            store.update(tx, new Published(room, change.joined(), entry(tx, change.room())));
        } else if (before.get().joined() != change.joined()) {
            store.setSize(tx, room, change.joined());
        }
    }

    private String entry(Reading reading, StoredRoom room) {
        return RoomSummary.of(rooms, reading, room).listed().toString();
    }

    /// A piece of the list, and the places before and after it, if there is something.
    private record Page(
            List<JsonObject> entries, Optional<ListPlace> before, Optional<ListPlace> after) {}

    JsonObject page(Reading reading, ListPlace from, RoomFilter filter, int limit) {
        var found = walk(reading, from, filter, limit);
        var page =
                switch (from.direction()) {
                    case ONWARDS -> onwards(from, found);
                    case BACK -> back(found);
                };
        return JsonObject.builder()
                .put("chunk", JsonArray.from(page.entries()))
                .putIfPresent("prev_batch", page.before())
                .putIfPresent("next_batch", page.after())
                .put("total_room_count_estimate", store.count(reading))
                .build();
    }

    private static Page onwards(ListPlace from, Walked walked) {
        var rows = walked.rows();
        return new Page(
                rows.stream().map(Listed::entry).toList(),
                rows.stream()
                        .findFirst()
                        .filter(_ -> !from.equals(ListPlace.START))
                        .map(first -> ListPlace.before(first.row())),
                walked.further().map(ListPlace::after));
    }

    private static Page back(Walked walked) {
        var rows = new ArrayList<>(walked.rows());
        Collections.reverse(rows);
        return new Page(
                rows.stream().map(Listed::entry).toList(),
                walked.further().map(ListPlace::before),
                rows.isEmpty()
                        ? Optional.empty()
                        : Optional.of(ListPlace.after(rows.getLast().row())));
    }

    private record Listed(Published row, JsonObject entry) {}

    /// @param further from where a next walk goes on, if there is more
    private record Walked(List<Listed> rows, Optional<Published> further) {}

    private Walked walk(Reading reading, ListPlace from, RoomFilter filter, int limit) {
        var found = new ArrayList<Listed>();
        var reached = new Published(from.room(), from.joined(), "");
        for (int steps = 0; steps < MAX_STEPS; steps += BATCH) {
            var batch = batch(reading, from.direction(), reached);
            for (var row : batch) {
                var entry = entry(reading, row);
                if (filter.allows(entry)) {
                    if (found.size() == limit) {
                        return new Walked(found, Optional.of(reached));
                    }
                    found.add(new Listed(row, entry));
                }
                reached = row;
            }
            if (batch.size() < BATCH) {
                return new Walked(found, Optional.empty());
            }
        }
        return new Walked(found, Optional.of(reached));
    }

    private List<Published> batch(
            Reading reading, ListPlace.Direction direction, Published reached) {
        return switch (direction) {
            case ONWARDS -> store.after(reading, ListPlace.after(reached), BATCH);
            case BACK -> store.before(reading, ListPlace.before(reached), BATCH);
        };
    }

    private JsonObject entry(Reading reading, Published row) {
        var text = row.entry().isEmpty() ? missing(reading, row) : row.entry();
        return JsonReader.readObject(text.getBytes(StandardCharsets.UTF_8))
                .with("num_joined_members", row.joined());
    }

    /// Rooms that became public before their entries were kept.
    private String missing(Reading reading, Published row) {
        return rooms.find(reading, row.room()).map(room -> entry(reading, room)).orElse("{}");
    }
}
