package dev.hearth.todevice;

import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;

/// A message that waits for a device.
///
/// @param position its place in the one order of everything that `/sync` tells
/// @param event what the device is given: `type`, `sender` and `content`
public record ToDeviceMessage(long position, JsonObject event) {

    static JsonObject event(UserId sender, String type, JsonObject content) {
        return JsonObject.of("type", type, "sender", sender, "content", content);
    }
}
