package dev.hearth.account;

import static dev.hearth.error.MatrixException.invalidParam;

import dev.hearth.identifier.DeviceId;
import dev.hearth.json.JsonInteger;
import dev.hearth.json.JsonNull;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonString;
import dev.hearth.json.JsonValue;
import java.util.Optional;

/// One login of a user.
public record Device(
        DeviceId id,
        Optional<String> displayName,
        Optional<Long> lastSeenTs,
        Optional<String> lastSeenIp,
        Optional<String> lastSeenUserAgent) {

    private static final int MAX_NAME = 255;

    static Device unseen(DeviceId id, Optional<String> displayName) {
        return new Device(id, displayName, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// A name as a device may have it: all who share a room with its user are shown it.
    static String goodName(String name) {
        if (name.length() > MAX_NAME) {
            throw invalidParam("A device's name has at most " + MAX_NAME + " characters");
        }
        return name;
    }

    Device seen(Sightings.Sighting sighting) {
        return new Device(
                id,
                displayName,
                Optional.of(sighting.time()),
                Optional.of(sighting.address()),
                Optional.of(sighting.userAgent()));
    }

    /// Clients that check answers against a form of their own want all keys, null where nothing is
    /// known.
    JsonObject json() {
        return JsonObject.of(
                "device_id", id,
                "display_name", orNull(displayName.map(JsonString::new)),
                "last_seen_ts", orNull(lastSeenTs.map(JsonInteger::new)),
                "last_seen_ip", orNull(lastSeenIp.map(JsonString::new)));
    }

    private static JsonValue orNull(Optional<? extends JsonValue> value) {
        return value.<JsonValue>map(known -> known).orElse(JsonNull.NULL);
    }
}
