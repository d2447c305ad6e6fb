package dev.hearth.account;

import static dev.hearth.error.MatrixException.invalidParam;

import dev.hearth.identifier.DeviceId;
import dev.hearth.json.JsonObject;
import java.util.Optional;

/// One login of a user.
public record Device(
        DeviceId id,
        Optional<String> displayName,
        Optional<Long> lastSeenTs,
        Optional<String> lastSeenIp) {

    private static final int MAX_NAME = 255;

    /// A name as a device may have it: all who share a room with its user are shown it.
    static String goodName(String name) {
        if (name.length() > MAX_NAME) {
            throw invalidParam("A device's name has at most " + MAX_NAME + " characters");
        }
        return name;
    }

    Device seen(Sightings.Sighting sighting) {
        return new Device(
                id, displayName, Optional.of(sighting.time()), Optional.of(sighting.address()));
    }

    JsonObject json() {
        return JsonObject.builder()
                .put("device_id", id)
                .putIfPresent("display_name", displayName)
                .putIfPresent("last_seen_ts", lastSeenTs)
                .putIfPresent("last_seen_ip", lastSeenIp)
                .build();
    }
}
