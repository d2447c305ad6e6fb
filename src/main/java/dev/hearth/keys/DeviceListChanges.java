package dev.hearth.keys;

import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import java.util.Set;

/// What a client must know in order to follow the devices of others.
///
/// @param changed whose keys must be asked for again
/// @param left whom the client need not follow any more
/// @spec https://spec.matrix.org/v1.19/client-server-api/#tracking-the-device-list-for-a-user
///   Tracking the device list for a user
public record DeviceListChanges(Set<UserId> changed, Set<UserId> left) {

    public DeviceListChanges {
        changed = Set.copyOf(changed);
        left = Set.copyOf(left);
    }

    public boolean isEmpty() {
        return changed.isEmpty() && left.isEmpty();
    }

    public JsonObject json() {
        return JsonObject.of("changed", JsonArray.from(changed), "left", JsonArray.from(left));
    }
}
