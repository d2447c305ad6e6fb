package dev.hearth.room;

import dev.hearth.authorization.AuthEventSelection;
import dev.hearth.event.Pdu;
import dev.hearth.event.StateTuple;
import dev.hearth.identifier.EventId;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.roomversion.RoomVersion;
import java.util.List;
import java.util.Optional;

/// Events of a room as another server would make them: they follow whatever the test says.
final class Branch {

    private final RoomServer server;
    final RoomId room;
    private long time = 1;

    Branch(RoomServer server, String room) {
        this.server = server;
        this.room = RoomId.parse(room);
    }

    /// The room's newest event.
    EventId tip() {
        return head().getLast();
    }

    /// All that nothing follows.
    List<EventId> head() {
        var head = server.rooms.live().alone(room, () -> server.rooms.live().get(room).head());
        return ids(head.extremities());
    }

    List<EventId> ids(List<Long> numbers) {
        return server.database.read(reading ->
                numbers.stream()
                        .map(number -> server.rooms.events().at(reading, number))
                        .map(found -> found.orElseThrow().pdu().eventId())
                        .toList());
    }

    Pdu message(UserId sender, String text, EventId... follows) {
        return make(
                Draft.message(sender, "m.room.message", JsonObject.of("body", text)),
                List.of(follows));
    }

    Pdu state(UserId sender, String type, JsonObject content, EventId... follows) {
        return make(Draft.state(sender, type, "", content), List.of(follows));
    }

    Pdu topic(UserId sender, String topic, EventId... follows) {
        return state(sender, "m.room.topic", JsonObject.of("topic", topic), follows);
    }

    Pdu member(UserId sender, UserId target, String membership, EventId... follows) {
        return make(
                Draft.member(sender, target, JsonObject.of("membership", membership)),
                List.of(follows));
    }

    Pdu redaction(UserId sender, EventId target, EventId... follows) {
        var content = JsonObject.of("redacts", target);
        return make(Draft.message(sender, "m.room.redaction", content), List.of(follows));
    }

    private Pdu make(Draft draft, List<EventId> follows) {
        var version = RoomVersion.V12;
        var grounds =
                AuthEventSelection.of(
                                draft.type(),
                                draft.stateKey(),
                                draft.sender(),
                                draft.content(),
                                version)
                        .stream()
                        .flatMap(tuple -> after(follows.getFirst(), tuple).stream())
                        .toList();
        var json =
                JsonObject.builder()
                        .put("type", draft.type())
                        .put("sender", draft.sender())
                        .put("room_id", room)
                        .putIfPresent("state_key", draft.stateKey())
                        .put("content", draft.content())
                        .put("depth", 100)
                        .put("origin_server_ts", time++)
                        .put("prev_events", JsonArray.from(follows))
                        .put("auth_events", JsonArray.from(grounds))
                        .build();
        return server.signer.sign(json, version);
    }

    private Optional<EventId> after(EventId event, StateTuple tuple) {
        return server.database.read(reading ->
                server.rooms
                        .states()
                        .in(reading, stored(event).states().after(), tuple)
                        .map(found -> found.pdu().eventId()));
    }

    StoredEvent receive(Pdu pdu, EventStatus status) {
        return server.rooms.inRoom(room, (tx, live) -> server.rooms.receive(tx, live, pdu, status));
    }

    /// Accepts some events one after the other, and gives the last.
    StoredEvent accept(Pdu... pdus) {
        for (var pdu : pdus) {
            receive(pdu, EventStatus.ACCEPTED);
        }
        return stored(pdus[pdus.length - 1].eventId());
    }

    StoredEvent stored(EventId event) {
        return server.database.read(
                reading -> server.rooms.events().find(reading, event).orElseThrow());
    }

    /// What is current, as a room says that is read anew from the database.
    RoomStore.Head storedHead() {
        var tables = RoomTables.create();
        return server.database.read(reading ->
                tables.rooms()
                        .head(reading, tables.rooms().find(reading, room).orElseThrow().number()));
    }
}
