package dev.hearth.todevice;

import dev.hearth.identifier.DeviceId;
import dev.hearth.identifier.UserId;

/// One request to send messages. A request with the same sender, device and path is the same
/// request again, TD-1.
///
/// @param path the raw path, which holds the type and the transaction ID
public record ToDeviceRequest(UserId sender, DeviceId device, String path) {}
