package dev.hearth.todevice;

import static dev.hearth.error.MatrixException.tooLarge;

import dev.hearth.identifier.DeviceId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.CanonicalJson;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonShapeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A message with its address.
///
/// @param device empty for all devices of the recipient, `*`
record Addressed(UserId recipient, Optional<DeviceId> device, JsonObject content) {

    private static final String ALL_DEVICES = "*";

    /// Far more than any client sends; it must fit into a row.
    private static final int LARGEST = 1 << 18;

    Addressed {
        if (CanonicalJson.length(content) > LARGEST) {
            throw tooLarge("A message to a device may have " + LARGEST + " bytes");
        }
    }

    /// Reads the map from user to device to content, and refuses it as a whole if any part has
    /// another shape.
    static List<Addressed> parse(JsonObject messages) throws JsonShapeException {
        var all = new ArrayList<Addressed>();
        for (var user : messages.keys()) {
            var recipient = UserId.parse(user);
            var devices = messages.object(user);
            for (var device : devices.keys()) {
                all.add(new Addressed(recipient, device(device), devices.object(device)));
            }
        }
        return List.copyOf(all);
    }

    private static Optional<DeviceId> device(String text) {
        return text.equals(ALL_DEVICES) ? Optional.empty() : Optional.of(DeviceId.parse(text));
    }
}
