package dev.hearth.keys;

import dev.hearth.identifier.DeviceId;
import dev.hearth.identifier.KeyId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.signing.SignedJson;
import dev.hearth.signing.SigningKey;

/// Keys as a client makes them, from seeds, so that a test can make the same ones again.
final class Cryptography {

    private final UserId user;
    final SigningKey master;
    final SigningKey selfSigning;
    final SigningKey userSigning;

    Cryptography(UserId user, int seed) {
        this.user = user;
        this.master = crossSigning(seed);
        this.selfSigning = crossSigning(seed + 1);
        this.userSigning = crossSigning(seed + 2);
    }

    private static SigningKey crossSigning(int seed) {
        var bytes = seed(seed);
        var unnamed = new SigningKey(KeyId.parse("ed25519:unnamed"), bytes);
        return new SigningKey(KeyId.of("ed25519", unnamed.publicKey().toString()), bytes);
    }

    private static byte[] seed(int seed) {
        var bytes = new byte[32];
        bytes[0] = (byte) seed;
        return bytes;
    }

    SigningKey device(DeviceId device) {
        return new SigningKey(KeyId.of("ed25519", device.value()), seed(device.hashCode()));
    }

    JsonObject deviceKeys(DeviceId device) {
        var key = device(device);
        var body =
                JsonObject.of(
                        "user_id",
                        user,
                        "device_id",
                        device,
                        "algorithms",
                        JsonArray.of("m.olm.v1.curve25519-aes-sha2"),
                        "keys",
                        JsonObject.of(
                                "curve25519:" + device,
                                "c",
                                "ed25519:" + device,
                                key.publicKey().toString()));
        return sign(body, key);
    }

    JsonObject sign(JsonObject body, SigningKey key) {
        return SignedJson.sign(body, user.value(), key);
    }

    JsonObject key(String usage, SigningKey key) {
        return JsonObject.of(
                "user_id", user,
                "usage", JsonArray.of(usage),
                "keys", JsonObject.of(key.id().value(), key.publicKey().toString()));
    }

    JsonObject masterKey() {
        return key("master", master);
    }

    /// All three keys, the two signed by the first.
    JsonObject upload() {
        return JsonObject.of(
                "master_key", masterKey(),
                "self_signing_key", sign(key("self_signing", selfSigning), master),
                "user_signing_key", sign(key("user_signing", userSigning), master));
    }
}
