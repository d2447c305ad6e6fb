package dev.hearth.event;

import dev.hearth.identifier.EventId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.CanonicalJson;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonShapeException;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.roomversion.Tweak;
import java.nio.charset.StandardCharsets;

/// Whether JSON has the form of an event of its room version. What is checked here needs nothing
/// but the event itself.
///
/// @spec https://spec.matrix.org/v1.19/server-server-api/#pdus PDUs
public final class EventFormat {

    /// @spec https://spec.matrix.org/v1.19/client-server-api/#size-limits Size limits
    public static final int MAX_BYTES = 65_536;

    public static final int MAX_KEY_BYTES = 255;
    private static final int MAX_AUTH_EVENTS = 10;
    private static final int MAX_PREV_EVENTS = 20;

    private EventFormat() {}

    /// @throws InvalidEventException with what is wrong
    public static void check(JsonObject json, RoomVersion version) {
        check(json, version, CanonicalJson.length(json));
    }

    /// As above, where the length of the canonical form is known.
    public static void check(JsonObject json, RoomVersion version, int length) {
        checkBackfilled(json, version, length);
        checkCount(json, "auth_events", MAX_AUTH_EVENTS);
        checkCount(json, "prev_events", MAX_PREV_EVENTS);
    }

    /// Checks an event that another server gives us from a room's past: it may name any number of
    /// events, since nobody had counted them when it was made.
    ///
    /// @throws InvalidEventException with what is wrong
    /// @spec https://spec.matrix.org/v1.19/server-server-api/#get_matrixfederationv1backfillroomid
    ///   Backfilling
    public static void checkBackfilled(JsonObject json, RoomVersion version) {
        checkBackfilled(json, version, CanonicalJson.length(json));
    }

    private static void checkBackfilled(JsonObject json, RoomVersion version, int length) {
        // What is unsigned is no part of what servers have to agree on.
        if (version.has(Tweak.STRICT_CANONICAL_JSON)
                && !CanonicalJson.isStrict(json.without("unsigned"))) {
            throw new InvalidEventException(
                    "it holds a number that is not whole or not within ±(2^53-1)");
        }
        if (length > MAX_BYTES) {
            throw new InvalidEventException.TooLarge("it is larger than 65536 bytes");
        }
        try {
            checkFields(json, version);
        } catch (JsonShapeException e) {
            throw new InvalidEventException(e.getMessage());
        }
    }

    private static void checkFields(JsonObject json, RoomVersion version) {
        checkLength(json.string("type"), "type");
        json.presentString("state_key").ifPresent(key -> checkLength(key, "state_key"));
        var sender = json.string("sender");
        if (UserId.find(sender).isEmpty()) {
            throw new InvalidEventException("sender is no user ID");
        }
        checkRoomId(json, version);
        json.object("content");
        json.object("hashes");
        json.object("signatures");
        checkNumbers(json);
        json.array("auth_events");
        json.array("prev_events");
        if (version.has(Tweak.EXPLICIT_EVENT_ID)) {
            checkEventId(json.string("event_id"));
        }
    }

    /// A chosen ID names the server that chose it, which has to sign the event.
    private static void checkEventId(String id) {
        checkLength(id, "event_id");
        if (EventId.find(id).flatMap(EventId::server).isEmpty()) {
            throw new InvalidEventException("event_id names no server");
        }
    }

    private static void checkRoomId(JsonObject json, RoomVersion version) {
        boolean absent =
                version.has(Tweak.ROOM_ID_IS_CREATE_HASH)
                        && json.string("type").equals(EventType.CREATE)
                        && json.has("state_key");
        if (!absent) {
            checkLength(json.string("room_id"), "room_id");
        }
    }

    /// Strict versions have limited both numbers already; old ones allow any up to 2^63 - 1.
    private static void checkNumbers(JsonObject json) {
        json.integer("origin_server_ts");
        if (json.integer("depth") < 0) {
            throw new InvalidEventException("depth is negative");
        }
    }

    private static void checkCount(JsonObject json, String key, int most) {
        if (json.array(key).size() > most) {
            throw new InvalidEventException(key + " names more than " + most + " events");
        }
    }

    private static void checkLength(String text, String key) {
        if (text.length() * 3 > MAX_KEY_BYTES
                && text.getBytes(StandardCharsets.UTF_8).length > MAX_KEY_BYTES) {
            throw new InvalidEventException.TooLarge(key + " is longer than 255 bytes");
        }
    }
}
