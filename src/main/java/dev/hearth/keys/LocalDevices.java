package dev.hearth.keys;

import dev.hearth.identifier.DeviceId;
import dev.hearth.identifier.UserId;
import dev.hearth.storage.Reading;
import java.util.Map;
import java.util.Optional;

/// The local users and their devices.
public interface LocalDevices {

    /// Whether there is such a user here.
    boolean exists(Reading reading, UserId user);

    /// The devices of a local user, each with the name that the user gave it, if any.
    Map<DeviceId, Optional<String>> names(Reading reading, UserId user);
}
