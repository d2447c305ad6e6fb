package dev.hearth.keys.dehydration;

import static dev.hearth.error.MatrixException.forbidden;

import dev.hearth.identifier.DeviceId;
import dev.hearth.identifier.UserId;
import dev.hearth.storage.Reading;
import java.util.Map;
import java.util.Optional;

/// Which devices sleep.
public final class DehydratedDevices {

    private final DehydratedDeviceStore store = new DehydratedDeviceStore();

    /// That of a user, if there is one, with its name.
    public Map<DeviceId, Optional<String>> names(Reading reading, UserId user) {
        return store.find(reading, user)
                .map(device -> Map.of(device.id(), device.displayName()))
                .orElse(Map.of());
    }

    /// Refuses a device that is called as the one that sleeps.
    public void requireNoneNamed(Reading reading, UserId user, DeviceId device) {
        if (names(reading, user).containsKey(device)) {
            throw forbidden("Your dehydrated device has the same ID");
        }
    }
}
