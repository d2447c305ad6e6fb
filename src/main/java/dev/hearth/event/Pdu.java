package dev.hearth.event;

import dev.hearth.identifier.EventId;
import dev.hearth.identifier.InvalidIdentifierException;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonInteger;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonShapeException;
import dev.hearth.json.JsonString;
import dev.hearth.json.JsonValue;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.roomversion.Tweak;
import dev.hearth.signing.UnpaddedBase64;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An event as servers exchange it, read once into types. Two are equal if their IDs are.
///
/// @spec https://spec.matrix.org/v1.19/server-server-api/#pdus PDUs
public final class Pdu {

    private final RoomVersion version;
    private final JsonObject json;
    private final EventId eventId;
    private final RoomId roomId;
    private final UserId sender;
    private final String type;
    private final Optional<String> stateKey;
    private final JsonObject content;
    private final List<EventId> prevEvents;
    private final List<EventId> authEvents;

    private Pdu(JsonObject json, EventId eventId, RoomVersion version) {
        this.version = version;
        this.json = json;
        this.eventId = eventId;
        this.type = json.string("type");
        this.stateKey = json.presentString("state_key");
        this.roomId = roomId(json, eventId, version);
        this.sender = UserId.parse(json.string("sender"));
        this.content = json.object("content");
        this.prevEvents = references(json.array("prev_events"), version);
        this.authEvents = references(json.array("auth_events"), version);
    }

    /// Reads an event and works out its ID.
    ///
    /// @throws InvalidEventException if it hasn't the format of the room version
    public static Pdu parse(JsonObject json, RoomVersion version) {
        EventFormat.check(json, version);
        return checked(json, EventHashes.eventId(json, version), version);
    }

    /// The same for an event of a room's past, which may name any number of events.
    ///
    /// @throws InvalidEventException if it hasn't the format of the room version
    public static Pdu parseBackfilled(JsonObject json, RoomVersion version) {
        EventFormat.checkBackfilled(json, version);
        return checked(json, EventHashes.eventId(json, version), version);
    }

    /// Reads an event whose ID is known and whose format was checked, as our store holds it.
    public static Pdu trusted(JsonObject json, EventId eventId, RoomVersion version) {
        return checked(json, eventId, version);
    }

    private static Pdu checked(JsonObject json, EventId eventId, RoomVersion version) {
        try {
            return new Pdu(json, eventId, version);
        } catch (JsonShapeException | InvalidIdentifierException e) {
            throw new InvalidEventException(String.valueOf(e.getMessage()));
        }
    }

    private static RoomId roomId(JsonObject json, EventId eventId, RoomVersion version) {
        boolean isRoom =
                version.has(Tweak.ROOM_ID_IS_CREATE_HASH)
                        && json.string("type").equals(EventType.CREATE)
                        && !json.has("room_id");
        return isRoom
                ? new RoomId("!" + eventId.value().substring(1))
                : RoomId.parse(json.string("room_id"));
    }

    private static List<EventId> references(JsonArray array, RoomVersion version) {
        var ids = new ArrayList<EventId>(array.size());
        for (var element : array) {
            ids.add(EventId.parse(referenced(element, version)));
        }
        return List.copyOf(ids);
    }

    private static String referenced(JsonValue element, RoomVersion version) {
        if (version.has(Tweak.EXPLICIT_EVENT_ID)) {
            if (element instanceof JsonArray pair
                    && pair.size() == 2
                    && pair.get(0) instanceof JsonString(var id)
                    && pair.get(1) instanceof JsonObject) {
                return id;
            }
        } else if (element instanceof JsonString(var id)) {
            return id;
        }
        throw new InvalidEventException("a reference to an event has the wrong form");
    }

    public RoomVersion roomVersion() {
        return version;
    }

    /// The federation form, with hashes and signatures.
    public JsonObject json() {
        return json;
    }

    public EventId eventId() {
        return eventId;
    }

    /// How other events name this one: by its ID, and where that was chosen, by its hash as well.
    public JsonValue reference() {
        return switch (version.rules().eventIdFormat()) {
            case CHOSEN ->
                    JsonArray.of(
                            eventId,
                            JsonObject.of(
                                    "sha256",
                                    UnpaddedBase64.encode(
                                            EventHashes.referenceHash(json, version))));
            case HASH_STANDARD_BASE64, HASH_URL_SAFE_BASE64 -> JsonValue.of(eventId);
        };
    }

    public RoomId roomId() {
        return roomId;
    }

    public UserId sender() {
        return sender;
    }

    public String type() {
        return type;
    }

    public Optional<String> stateKey() {
        return stateKey;
    }

    public boolean isState() {
        return stateKey.isPresent();
    }

    /// What this is about, if it is state.
    public Optional<StateTuple> stateTuple() {
        return stateKey.map(key -> new StateTuple(type, key));
    }

    /// Whether this is the state of a type with the empty state key.
    public boolean isState(String wantedType) {
        return type.equals(wantedType) && stateKey.filter(String::isEmpty).isPresent();
    }

    /// Whether this is what tells a user's membership of the room.
    public boolean isMembershipOf(UserId user) {
        return type.equals(EventType.MEMBER) && stateKey.filter(user.value()::equals).isPresent();
    }

    public JsonObject content() {
        return content;
    }

    public List<EventId> prevEvents() {
        return prevEvents;
    }

    public List<EventId> authEvents() {
        return authEvents;
    }

    public long depth() {
        return json.get("depth") instanceof JsonInteger(var depth) ? depth : Long.MAX_VALUE;
    }

    /// When its maker says it was made, in milliseconds since 1970.
    public long originServerTs() {
        return json.peekInteger("origin_server_ts").orElse(0L);
    }

    /// What a redaction redacts.
    public Optional<EventId> redacts() {
        var holder = version.has(Tweak.REDACTS_IN_CONTENT) ? content : json;
        return holder.peekString("redacts").flatMap(EventId::find);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pdu pdu && eventId.equals(pdu.eventId);
    }

    @Override
    public int hashCode() {
        return eventId.hashCode();
    }

    @Override
    public String toString() {
        return eventId + " (" + type + ")";
    }
}
