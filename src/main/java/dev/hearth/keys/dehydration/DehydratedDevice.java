package dev.hearth.keys.dehydration;

import static dev.hearth.error.MatrixException.tooLarge;

import dev.hearth.identifier.DeviceId;
import dev.hearth.json.CanonicalJson;
import dev.hearth.json.JsonObject;
import java.util.Optional;

/// A device that sleeps.
///
/// @param sealed what is needed to wake it, which only its user can read
record DehydratedDevice(DeviceId id, Optional<String> displayName, JsonObject sealed) {

    /// A device with a hundred one-time keys is a tenth of this.
    private static final int LARGEST = 1 << 18;

    static DehydratedDevice parse(JsonObject json) {
        var sealed = json.object("device_data");
        sealed.string("algorithm");
        if (CanonicalJson.length(sealed) > LARGEST) {
            throw tooLarge("The data of a dehydrated device may have " + LARGEST + " bytes");
        }
        return new DehydratedDevice(
                DeviceId.parse(json.string("device_id")),
                json.findString("initial_device_display_name"),
                sealed);
    }

    JsonObject json() {
        return JsonObject.of("device_id", id, "device_data", sealed);
    }
}
