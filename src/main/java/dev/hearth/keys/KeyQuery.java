package dev.hearth.keys;

import dev.hearth.identifier.DeviceId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonObjectBuilder;
import dev.hearth.storage.Reading;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Answers which keys local users have, as one user may see them.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keysquery Query keys
final class KeyQuery {

    private final LocalDevices devices;
    private final DeviceKeyStore deviceKeys = new DeviceKeyStore();
    private final CrossSigningStore crossSigning = new CrossSigningStore();
    private final SignatureStore signatures = new SignatureStore();

    KeyQuery(LocalDevices devices) {
        this.devices = devices;
    }

    /// Reads the map from user to a list of devices, where an empty list stands for all.
    static Map<UserId, Set<DeviceId>> parse(JsonObject wanted) {
        var users = new LinkedHashMap<UserId, Set<DeviceId>>();
        for (var user : wanted.keys()) {
            var devices = new HashSet<DeviceId>();
            wanted.array(user).strings().forEach(device -> devices.add(DeviceId.parse(device)));
            users.put(UserId.parse(user), Set.copyOf(devices));
        }
        return users;
    }

    /// The members of the answer, without failures.
    JsonObject answer(Reading reading, UserId asking, Map<UserId, Set<DeviceId>> wanted) {
        var devicesByUser = JsonObject.builder();
        var keysByKind = new EnumMap<CrossSigningKind, JsonObjectBuilder>(CrossSigningKind.class);
        for (var kind : CrossSigningKind.values()) {
            keysByKind.put(kind, JsonObject.builder());
        }
        wanted.forEach((user, some) -> {
            if (devices.exists(reading, user)) {
                var visible = Set.copyOf(List.of(user, asking));
                devicesByUser.put(user.value(), devicesOf(reading, user, some, visible));
                crossSigningKeys(reading, user, visible)
                        .forEach((kind, key) ->
                                keysByKind.computeIfPresent(
                                        kind, (_, keys) -> keys.put(user.value(), key)));
            }
        });
        var answer = JsonObject.builder().put("device_keys", devicesByUser.build());
        keysByKind.forEach((kind, keys) -> answer.put(kind.queryName(), keys.build()));
        return answer.build();
    }

    private JsonObject devicesOf(
            Reading reading, UserId user, Set<DeviceId> wanted, Set<UserId> visible) {
        var names = devices.names(reading, user);
        var answer = JsonObject.builder();
        for (var keys : deviceKeys.list(reading, user)) {
            if (wanted.isEmpty() || wanted.contains(keys.device())) {
                var target = new KeySignature.Target(user, keys.device().value());
                var body = Signatures.merge(keys.body(), signatures.list(reading, target), visible);
                var name = names.getOrDefault(keys.device(), Optional.empty());
                answer.put(keys.device().value(), body.with("unsigned", unsigned(name)));
            }
        }
        return answer.build();
    }

    private static JsonObject unsigned(Optional<String> name) {
        return JsonObject.builder().putIfPresent("device_display_name", name).build();
    }

    /// The user-signing key is only for its owner, KEY-3.
    private Map<CrossSigningKind, JsonObject> crossSigningKeys(
            Reading reading, UserId user, Set<UserId> visible) {
        boolean own = visible.size() == 1;
        var keys = new EnumMap<CrossSigningKind, JsonObject>(CrossSigningKind.class);
        crossSigning
                .list(reading, user)
                .forEach((kind, key) -> {
                    if (own || kind != CrossSigningKind.USER_SIGNING) {
                        var target = new KeySignature.Target(user, key.publicKey());
                        keys.put(
                                kind,
                                Signatures.merge(
                                        key.body(), signatures.list(reading, target), visible));
                    }
                });
        return keys;
    }
}
