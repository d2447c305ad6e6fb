package dev.hearth.keys;

import static dev.hearth.error.MatrixException.error;
import static dev.hearth.error.MatrixException.notFound;

import dev.hearth.error.ErrorCode;
import dev.hearth.error.MatrixException;
import dev.hearth.identifier.DeviceId;
import dev.hearth.identifier.KeyId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Adds the signatures of a user to keys: by the self-signing key to own devices, by own devices to
/// the own master key, by the user-signing key to the master keys of others.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keyssignaturesupload
///   Upload signatures
final class SignatureUpload {

    private final DeviceLists lists;
    private final DeviceKeyStore deviceKeys = new DeviceKeyStore();
    private final CrossSigningStore crossSigning = new CrossSigningStore();
    private final SignatureStore signatures = new SignatureStore();

    SignatureUpload(DeviceLists lists) {
        this.lists = lists;
    }

    /// One signed object.
    ///
    /// @param target whose it is and how the upload names it
    record Signed(KeySignature.Target target, JsonObject body) {

        static List<Signed> parseAll(JsonObject upload) {
            var all = new ArrayList<Signed>();
            for (var user : upload.keys()) {
                var owner = UserId.parse(user);
                var keys = upload.object(user);
                for (var key : keys.keys()) {
                    all.add(new Signed(new KeySignature.Target(owner, key), keys.object(key)));
                }
            }
            return List.copyOf(all);
        }

        boolean isOf(JsonObject stored) {
            return Signatures.unsigned(body).equals(Signatures.unsigned(stored));
        }
    }

    /// Stores what is well signed, and tells what was not: from user to key to error, XS-4.
    JsonObject store(Transaction tx, UserId signer, List<Signed> upload) {
        var failures = JsonObject.EMPTY;
        for (var signed : upload) {
            try {
                store(tx, signer, signed);
            } catch (MatrixException.Standard failure) {
                failures = with(failures, signed.target(), failure);
            }
        }
        return failures;
    }

    private static JsonObject with(
            JsonObject failures, KeySignature.Target target, MatrixException failure) {
        var user = target.owner().value();
        var error =
                JsonObject.of(
                        "errcode",
                        failure.code(),
                        "error",
                        Optional.ofNullable(failure.getMessage()).orElse(""));
        var ofUser = failures.findObject(user).orElse(JsonObject.EMPTY);
        return failures.with(user, ofUser.with(target.key(), error));
    }

    private void store(Transaction tx, UserId signer, Signed signed) {
        boolean own = signer.equals(signed.target().owner());
        var device = own ? findDevice(tx, signed.target()) : Optional.<DeviceKeys>empty();
        if (device.isPresent()) {
            signDevice(tx, signer, signed, device.get());
            return;
        }
        var master = master(tx, signed);
        if (own) {
            signOwnMaster(tx, signer, signed, master);
        } else {
            signOtherMaster(tx, signer, signed, master);
        }
    }

    private Optional<DeviceKeys> findDevice(Reading reading, KeySignature.Target target) {
        return target.key().isEmpty()
                ? Optional.empty()
                : deviceKeys.find(reading, target.owner(), DeviceId.parse(target.key()));
    }

    /// The master key that is meant, by its public key with or without the algorithm.
    private CrossSigningKey master(Reading reading, Signed signed) {
        var name = signed.target().key();
        return key(reading, signed.target().owner(), CrossSigningKind.MASTER)
                .filter(key -> name.equals(key.publicKey()) || name.equals(key.keyId().value()))
                .orElseThrow(() -> notFound("There is no such key"));
    }

    private Optional<CrossSigningKey> key(Reading reading, UserId owner, CrossSigningKind kind) {
        return Optional.ofNullable(crossSigning.list(reading, owner).get(kind));
    }

    private void signDevice(Transaction tx, UserId signer, Signed signed, DeviceKeys device) {
        checkSameAs(signed, device.body());
        var key = signingKey(tx, signer, CrossSigningKind.SELF_SIGNING);
        var signature = signature(signed, signer, key.keyId(), key.publicKey());
        if (put(tx, new KeySignature.Target(signer, device.device().value()), signature)) {
            lists.mark(tx, signer);
        }
    }

    private void signOwnMaster(
            Transaction tx, UserId signer, Signed signed, CrossSigningKey master) {
        checkSameAs(signed, master.body());
        // Signatures by devices that are gone come along, since clients repeat what they read.
        var checked =
                Signatures.keysOf(signed.body(), signer).stream()
                        .flatMap(key ->
                                publicKey(tx, signer, key)
                                        .map(by -> signature(signed, signer, key, by))
                                        .stream())
                        .toList();
        if (checked.isEmpty()) {
            throw invalid("No device has signed the key");
        }
        var target = new KeySignature.Target(signer, master.publicKey());
        boolean changed = false;
        for (var signature : checked) {
            changed |= put(tx, target, signature);
        }
        if (changed) {
            lists.mark(tx, signer);
        }
    }

    private void signOtherMaster(
            Transaction tx, UserId signer, Signed signed, CrossSigningKey master) {
        checkSameAs(signed, master.body());
        var key = signingKey(tx, signer, CrossSigningKind.USER_SIGNING);
        var signature = signature(signed, signer, key.keyId(), key.publicKey());
        var target = new KeySignature.Target(signed.target().owner(), master.publicKey());
        if (put(tx, target, signature)) {
            lists.wakeOwn(tx, signer);
        }
    }

    private CrossSigningKey signingKey(Reading reading, UserId signer, CrossSigningKind kind) {
        return key(reading, signer, kind)
                .orElseThrow(() -> invalid("You have no " + kind.uploadName()));
    }

    /// The signing key of an own device.
    private Optional<String> publicKey(Reading reading, UserId signer, KeyId key) {
        return Optional.of(key.identifier())
                .filter(device -> key.algorithm().equals(Signatures.ED25519) && !device.isEmpty())
                .flatMap(device -> deviceKeys.find(reading, signer, DeviceId.parse(device)))
                .flatMap(DeviceKeys::signingKey);
    }

    private static void checkSameAs(Signed signed, JsonObject stored) {
        if (!signed.isOf(stored)) {
            throw invalid("What was signed is not the key that we have");
        }
    }

    private static KeySignature signature(
            Signed signed, UserId signer, KeyId key, String publicKey) {
        return Signatures.find(signed.body(), signer, key)
                .filter(signature -> Signatures.isGood(signed.body(), signature, publicKey))
                .map(signature -> new KeySignature(signer, key, signature))
                .orElseThrow(() -> invalid("There is no valid signature by " + key));
    }

    /// Stores a signature and tells whether it is new.
    private boolean put(Transaction tx, KeySignature.Target target, KeySignature signature) {
        if (signatures.list(tx, target).contains(signature)) {
            return false;
        }
        signatures.put(tx, target, signature);
        return true;
    }

    private static MatrixException invalid(String message) {
        return error(ErrorCode.M_INVALID_SIGNATURE, message);
    }
}
