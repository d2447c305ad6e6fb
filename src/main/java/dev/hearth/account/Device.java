package dev.hearth.account;

import dev.hearth.identifier.DeviceId;
import dev.hearth.json.JsonObject;
import java.util.Optional;

/// One login of a user.
public record Device(
        DeviceId id,
        Optional<String> displayName,
        Optional<Long> lastSeenTs,
        Optional<String> lastSeenIp) {

    JsonObject json() {
        return JsonObject.builder()
                .put("device_id", id)
                .putIfPresent("display_name", displayName)
                .putIfPresent("last_seen_ts", lastSeenTs)
                .putIfPresent("last_seen_ip", lastSeenIp)
                .build();
    }
}
