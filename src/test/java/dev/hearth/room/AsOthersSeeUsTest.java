package dev.hearth.room;

import static dev.hearth.room.RoomServer.ALICE;
import static dev.hearth.room.RoomServer.BOB;
import static dev.hearth.room.RoomServer.CAROL;
import static dev.hearth.room.RoomServer.path;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.authorization.Authorization;
import dev.hearth.authorization.Verdict;
import dev.hearth.event.EventHashes;
import dev.hearth.event.EventType;
import dev.hearth.event.Pdu;
import dev.hearth.event.Redaction;
import dev.hearth.event.StateTuple;
import dev.hearth.identifier.EventId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonReader;
import dev.hearth.json.JsonWriter;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.signing.SignedJson;
import dev.hearth.testing.TestClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What we make is judged as another server would that receives it, in every room version: form,
/// hash, signature, grounds, and the rules by the state before it.
class AsOthersSeeUsTest {

    private final RoomServer server = new RoomServer();
    private final Map<EventId, Pdu> received = new HashMap<>();
    private final Map<StateTuple, Pdu> state = new HashMap<>();

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void everyEventOfARoomIsGoodElsewhere(RoomVersion version) {
        liveThrough(version);
        var events = timeline();
        assertTrue(events.size() > 15, "a room with a life: " + events.size());
        events.forEach(this::receive);
    }

    private void liveThrough(RoomVersion version) {
        var room =
                server.create(
                        "room_version", version.id(), "preset", "public_chat", "name", "Kitchen");
        server.act(BOB, room, "join").ok();
        var said = server.say(BOB, room, "1", "body", "Hello").ok().string("event_id");
        server.act(ALICE, room, "invite", "user_id", CAROL.value()).ok();
        server.act(CAROL, room, "join").ok();
        server.act(CAROL, room, "leave").ok();
        server.put(ALICE, room, "m.room.topic", "", "topic", "tea").ok();
        server.put(ALICE, room, "m.room.topic", "", "topic", "coffee").ok();
        server.act(ALICE, room, "kick", "user_id", BOB.value(), "reason", "coffee").ok();
        server.act(ALICE, room, "ban", "user_id", BOB.value()).ok();
        server.act(ALICE, room, "unban", "user_id", BOB.value()).ok();
        server.as(ALICE)
                .put(path(room) + "/redact/" + TestClient.escape(said) + "/2", JsonObject.EMPTY)
                .ok();
        server.say(ALICE, room, "3", "body", "Bye").ok();
    }

    /// Oldest first, as they go over the wire.
    private List<Pdu> timeline() {
        return server
                .rooms
                .database()
                .read(reading -> {
                    long room = server.rooms.memberships(reading, ALICE).getFirst().room();
                    return server.rooms.timeline(reading, room, 0, Long.MAX_VALUE, 100);
                })
                .reversed()
                .stream()
                .map(StoredEvent::pdu)
                .toList();
    }

    private void receive(Pdu sent) {
        var version = sent.roomVersion();
        var json = JsonReader.readObject(JsonWriter.writeBytes(sent.json()));
        var event = Pdu.parse(json, version);
        assertEquals(sent.eventId(), event.eventId());
        assertTrue(EventHashes.hasRightContentHash(json), "content hash of " + json);
        assertTrue(
                SignedJson.verify(
                        Redaction.redact(json, version),
                        event.sender().server().value(),
                        Map.of(server.key.id(), server.key.publicKey())),
                "signature of " + json);
        assertReferencesAreRight(json.array("prev_events"), event.prevEvents());
        assertReferencesAreRight(json.array("auth_events"), event.authEvents());
        judge(event);
        received.put(event.eventId(), event);
        event.stateTuple().ifPresent(tuple -> state.put(tuple, event));
    }

    private void assertReferencesAreRight(JsonArray written, List<EventId> ids) {
        var right = ids.stream().map(received::get).map(Pdu::reference).toList();
        assertEquals(JsonArray.from(right), written);
    }

    private void judge(Pdu event) {
        var grounds = event.authEvents().stream().map(received::get).toList();
        var create = state.getOrDefault(new StateTuple(EventType.CREATE, ""), event);
        assertEquals(Verdict.allow(), Authorization.decideGrounds(event, grounds));
        assertEquals(
                Verdict.allow(),
                Authorization.decide(
                        event, create, tuple -> Optional.ofNullable(state.get(tuple))));
    }
}
