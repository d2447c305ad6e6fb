package dev.hearth.todevice;

import dev.hearth.identifier.DeviceId;
import dev.hearth.identifier.UserId;
import dev.hearth.storage.Reading;
import java.util.Set;

/// Which devices a local user has.
@FunctionalInterface
public interface LocalDevices {

    /// The devices of this user; none if there is no such user here.
    Set<DeviceId> of(Reading reading, UserId user);
}
