package dev.hearth.account;

import dev.hearth.identifier.DeviceId;
import dev.hearth.json.JsonObject;
import java.util.Optional;

/// How a client wants its session to be.
///
/// @param device which one it is; else the server makes one up
/// @param displayName how a new device is called
/// @param refreshable whether its token is to be exchanged for a new one now and then
record SessionWish(Optional<DeviceId> device, Optional<String> displayName, boolean refreshable) {

    static final SessionWish NONE = new SessionWish(Optional.empty(), Optional.empty(), false);

    /// As the bodies of requests to log in and to register have it.
    static SessionWish of(JsonObject body) {
        return new SessionWish(
                body.findString("device_id").map(DeviceId::parse),
                displayName(body),
                body.findBoolean("refresh_token").orElse(false));
    }

    /// Nothing but the device's name is chosen.
    static SessionWish named(JsonObject body) {
        return new SessionWish(Optional.empty(), displayName(body), false);
    }

    private static Optional<String> displayName(JsonObject body) {
        return body.findString("initial_device_display_name").map(Device::goodName);
    }
}
