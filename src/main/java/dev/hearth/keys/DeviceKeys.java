package dev.hearth.keys;

import static dev.hearth.error.MatrixException.badJson;

import dev.hearth.identifier.DeviceId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import java.util.List;
import java.util.Optional;

/// The identity keys of a device, as uploaded.
record DeviceKeys(DeviceId device, JsonObject body) {

    private static final List<String> REQUIRED =
            List.of("user_id", "device_id", "algorithms", "keys", Signatures.SIGNATURES);

    /// Checks the shape of uploaded keys, KEY-1. Signatures are for other clients to verify.
    static DeviceKeys parse(UserId owner, DeviceId device, JsonObject body) {
        for (var name : REQUIRED) {
            if (!body.has(name)) {
                throw badJson("The device keys lack " + name);
            }
        }
        if (!body.string("user_id").equals(owner.value())
                || !body.string("device_id").equals(device.value())) {
            throw badJson("The device keys are for another device than the one that uploads them");
        }
        body.array("algorithms").strings();
        var keys = body.object("keys");
        keys.keys().forEach(keys::string);
        body.object(Signatures.SIGNATURES);
        return new DeviceKeys(device, body.without("unsigned"));
    }

    /// The key by which the device signs.
    Optional<String> signingKey() {
        return body.object("keys").peekString(Signatures.ED25519 + ":" + device);
    }

    boolean hasSameKeysAs(DeviceKeys other) {
        return Signatures.unsigned(body).equals(Signatures.unsigned(other.body));
    }
}
