package dev.hearth.keys;

import static dev.hearth.error.MatrixException.forbidden;
import static dev.hearth.error.MatrixException.invalidParam;

import dev.hearth.error.MatrixException.UnknownToken;
import dev.hearth.identifier.DeviceId;
import dev.hearth.identifier.KeyId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.storage.Transaction;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a device uploads of its own keys.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keysupload Upload keys
record KeyUpload(
        Optional<DeviceKeys> deviceKeys, List<OneTimeKey> oneTime, List<OneTimeKey> fallback) {

    /// Clients keep fifty or a hundred.
    private static final int MOST_ONE_TIME_KEYS = 1_000;

    static KeyUpload parse(UserId user, DeviceId device, JsonObject body) {
        var upload =
                new KeyUpload(
                        body.findObject("device_keys")
                                .map(keys -> DeviceKeys.parse(user, device, keys)),
                        keys(body, "one_time_keys"),
                        keys(body, "fallback_keys"));
        upload.checkOneFallbackKeyForEachAlgorithm();
        return upload;
    }

    private static List<OneTimeKey> keys(JsonObject body, String name) {
        return body.findObject(name).map(OneTimeKey::parseAll).orElse(List.of());
    }

    private void checkOneFallbackKeyForEachAlgorithm() {
        var algorithms = new HashSet<String>();
        for (var key : fallback) {
            if (!algorithms.add(key.id().algorithm())) {
                throw invalidParam("There can be one fallback key for each algorithm");
            }
        }
    }

    /// Stores uploads.
    static final class Storing {

        private final LocalDevices devices;
        private final DeviceLists lists;
        private final DeviceKeyStore deviceKeys = new DeviceKeyStore();
        private final OneTimeKeyStore oneTimeKeys = new OneTimeKeyStore();
        private final FallbackKeyStore fallbackKeys = new FallbackKeyStore();
        private final SignatureStore signatures = new SignatureStore();

        Storing(LocalDevices devices, DeviceLists lists) {
            this.devices = devices;
            this.lists = lists;
        }

        void store(Transaction tx, UserId user, DeviceId device, KeyUpload upload) {
            // The device may have been logged out since its token was looked at; keys stored now
            // would stay for ever.
            if (!devices.names(tx, user).containsKey(device)) {
                throw new UnknownToken(false);
            }
            upload.deviceKeys().ifPresent(keys -> storeDeviceKeys(tx, user, keys));
            storeOneTimeKeys(tx, user, device, upload.oneTime());
            for (var key : upload.fallback()) {
                storeFallbackKey(tx, user, device, key);
            }
        }

        private void storeDeviceKeys(Transaction tx, UserId user, DeviceKeys keys) {
            var stored = deviceKeys.find(tx, user, keys.device());
            if (stored.filter(keys::equals).isPresent()) {
                return;
            }
            if (stored.filter(keys::hasSameKeysAs).isEmpty()) {
                signatures.deleteOn(tx, new KeySignature.Target(user, keys.device().value()));
            }
            deviceKeys.put(tx, user, keys);
            lists.mark(tx, user);
        }

        private void storeOneTimeKeys(
                Transaction tx, UserId user, DeviceId device, List<OneTimeKey> uploaded) {
            if (uploaded.isEmpty()) {
                return;
            }
            Map<KeyId, OneTimeKey> stored = new HashMap<>();
            oneTimeKeys.list(tx, user, device).forEach(key -> stored.put(key.id(), key));
            if (stored.size() + uploaded.size() > MOST_ONE_TIME_KEYS) {
                throw forbidden("A device may have " + MOST_ONE_TIME_KEYS + " one-time keys");
            }
            for (var key : uploaded) {
                var same = Optional.ofNullable(stored.get(key.id()));
                if (same.isPresent() && !same.get().equals(key)) {
                    throw invalidParam("There is another one-time key " + key.id() + " already");
                }
                if (same.isEmpty() && !oneTimeKeys.wasClaimed(tx, user, device, key)) {
                    oneTimeKeys.insert(tx, user, device, key);
                }
            }
        }

        /// The same key again changes nothing: a used one stays used, KEY-2.
        private void storeFallbackKey(
                Transaction tx, UserId user, DeviceId device, OneTimeKey key) {
            var stored = fallbackKeys.find(tx, user, device, key.id().algorithm());
            if (stored.filter(key::equals).isEmpty()) {
                fallbackKeys.put(tx, user, device, key);
            }
        }
    }
}
