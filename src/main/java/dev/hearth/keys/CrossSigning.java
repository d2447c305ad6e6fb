package dev.hearth.keys;

import static dev.hearth.error.MatrixException.error;
import static dev.hearth.error.MatrixException.forbidden;
import static dev.hearth.error.MatrixException.missingParam;

import dev.hearth.error.ErrorCode;
import dev.hearth.identifier.DeviceId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Keeps the cross-signing keys that users upload.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#cross-signing Cross-signing
final class CrossSigning {

    private final LocalDevices devices;
    private final DeviceLists lists;
    private final CrossSigningStore store = new CrossSigningStore();
    private final SignatureStore signatures = new SignatureStore();

    CrossSigning(LocalDevices devices, DeviceLists lists) {
        this.devices = devices;
        this.lists = lists;
    }

    static Map<CrossSigningKind, CrossSigningKey> parse(UserId owner, JsonObject body) {
        var keys = new EnumMap<CrossSigningKind, CrossSigningKey>(CrossSigningKind.class);
        for (var kind : CrossSigningKind.values()) {
            body.findObject(kind.uploadName())
                    .ifPresent(key -> keys.put(kind, CrossSigningKey.parse(owner, kind, key)));
        }
        return keys;
    }

    /// Stores the keys, and tells whether it did so: it does nothing if they would replace others,
    /// or come beside others, and the user has not confirmed that, XS-1.
    boolean store(
            Transaction tx,
            UserId user,
            Map<CrossSigningKind, CrossSigningKey> uploaded,
            boolean confirmed) {
        var stored = store.list(tx, user);
        checkSignedByMaster(user, master(uploaded, stored), uploaded);
        checkNotNamedLikeDevices(tx, user, uploaded.values());
        if (!confirmed
                && stored.containsKey(CrossSigningKind.MASTER)
                && bringsNewKeys(uploaded, stored)) {
            return false;
        }
        replace(tx, user, uploaded, stored);
        return true;
    }

    private static CrossSigningKey master(
            Map<CrossSigningKind, CrossSigningKey> uploaded,
            Map<CrossSigningKind, CrossSigningKey> stored) {
        return Optional.ofNullable(uploaded.get(CrossSigningKind.MASTER))
                .or(() -> Optional.ofNullable(stored.get(CrossSigningKind.MASTER)))
                .orElseThrow(() -> missingParam("There is no master key yet"));
    }

    private static void checkSignedByMaster(
            UserId user, CrossSigningKey master, Map<CrossSigningKind, CrossSigningKey> uploaded) {
        for (var key : uploaded.values()) {
            if (key.kind() != CrossSigningKind.MASTER
                    && Signatures.find(key.body(), user, master.keyId())
                            .filter(it -> Signatures.isGood(key.body(), it, master.publicKey()))
                            .isEmpty()) {
                throw error(
                        ErrorCode.M_INVALID_SIGNATURE,
                        "The " + key.kind().uploadName() + " is not signed by the master key");
            }
        }
    }

    void requireNoKeyNamed(Reading reading, UserId user, DeviceId device) {
        for (var key : store.list(reading, user).values()) {
            if (key.publicKey().equals(device.value())) {
                throw forbidden("One of your cross-signing keys has the same name as this device");
            }
        }
    }

    /// Devices and keys share the names by which signatures are uploaded.
    private void checkNotNamedLikeDevices(
            Transaction tx, UserId user, Collection<CrossSigningKey> uploaded) {
        for (var device : devices.names(tx, user).keySet()) {
            if (uploaded.stream().anyMatch(key -> key.publicKey().equals(device.value()))) {
                throw forbidden("One of your devices has the same ID as this key");
            }
        }
    }

    private static boolean bringsNewKeys(
            Map<CrossSigningKind, CrossSigningKey> uploaded,
            Map<CrossSigningKind, CrossSigningKey> stored) {
        return uploaded.values().stream()
                .anyMatch(key ->
                        Optional.ofNullable(stored.get(key.kind()))
                                .filter(key::isSameKeyAs)
                                .isEmpty());
    }

    private void replace(
            Transaction tx,
            UserId user,
            Map<CrossSigningKind, CrossSigningKey> uploaded,
            Map<CrossSigningKind, CrossSigningKey> stored) {
        boolean newMaster = isReplaced(CrossSigningKind.MASTER, uploaded, stored);
        for (var kind : stored.keySet()) {
            // What an old master key signed is void with it, XS-3.
            if (isReplaced(kind, uploaded, stored) || newMaster && !uploaded.containsKey(kind)) {
                drop(tx, user, stored.get(kind));
            }
        }
        var changed = new HashMap<>(uploaded);
        changed.entrySet().removeAll(stored.entrySet());
        changed.values().forEach(key -> store.put(tx, user, key));
        if (changed.keySet().equals(Set.of(CrossSigningKind.USER_SIGNING))) {
            lists.wakeOwn(tx, user);
        } else if (!changed.isEmpty()) {
            lists.mark(tx, user);
        }
    }

    private static boolean isReplaced(
            CrossSigningKind kind,
            Map<CrossSigningKind, CrossSigningKey> uploaded,
            Map<CrossSigningKind, CrossSigningKey> stored) {
        return Optional.ofNullable(uploaded.get(kind))
                .filter(key -> !key.isSameKeyAs(stored.getOrDefault(kind, key)))
                .isPresent();
    }

    /// Forgets all keys of a user who is no more, and what they signed.
    void forget(Transaction tx, UserId user) {
        var stored = store.list(tx, user).values();
        stored.forEach(key -> drop(tx, user, key));
        if (!stored.isEmpty()) {
            lists.mark(tx, user);
        }
    }

    private void drop(Transaction tx, UserId user, CrossSigningKey key) {
        store.delete(tx, user, key.kind());
        signatures.deleteOn(tx, new KeySignature.Target(user, key.publicKey()));
        signatures.deleteBy(tx, user, key.keyId());
    }
}
