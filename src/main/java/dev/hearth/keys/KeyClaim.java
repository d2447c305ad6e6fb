package dev.hearth.keys;

import dev.hearth.identifier.DeviceId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.storage.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A wish for one key of a device.
record KeyClaim(UserId user, DeviceId device, String algorithm) {

    /// Reads the map from user to device to algorithm.
    static List<KeyClaim> parseAll(JsonObject wanted) {
        var claims = new ArrayList<KeyClaim>();
        for (var user : wanted.keys()) {
            var devices = wanted.object(user);
            for (var device : devices.keys()) {
                claims.add(
                        new KeyClaim(
                                UserId.parse(user),
                                DeviceId.parse(device),
                                devices.string(device)));
            }
        }
        return List.copyOf(claims);
    }

    /// Hands out keys. A one-time key is taken away in the same transaction, so nobody gets it
    /// again; a fallback key stays, marked as used.
    static final class Granting {

        private final DeviceLists lists;
        private final OneTimeKeyStore oneTimeKeys = new OneTimeKeyStore();
        private final FallbackKeyStore fallbackKeys = new FallbackKeyStore();

        Granting(DeviceLists lists) {
            this.lists = lists;
        }

        Optional<OneTimeKey> grant(Transaction tx, KeyClaim claim) {
            var taken = oneTimeKeys.take(tx, claim.user(), claim.device(), claim.algorithm());
            if (taken.isPresent()) {
                tell(tx, claim);
                return taken;
            }
            var fallback = fallbackKeys.find(tx, claim.user(), claim.device(), claim.algorithm());
            if (fallbackKeys.markUsed(tx, claim.user(), claim.device(), claim.algorithm())) {
                tell(tx, claim);
            }
            return fallback;
        }

        private void tell(Transaction tx, KeyClaim claim) {
            oneTimeKeys.noteClaim(tx, claim.user(), claim.device());
            lists.wakeOwn(tx, claim.user());
        }
    }
}
