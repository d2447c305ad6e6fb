package dev.hearth.http;

import dev.hearth.identifier.DeviceId;
import dev.hearth.identifier.UserId;

/// Who makes a request: the user, and the device that the access token belongs to.
public record Requester(UserId user, DeviceId device, boolean guest, boolean administrator) {}
