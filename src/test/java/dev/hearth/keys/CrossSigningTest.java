package dev.hearth.keys;

import static dev.hearth.keys.EncryptionServer.ALICE;
import static dev.hearth.keys.EncryptionServer.BOB;
import static dev.hearth.keys.EncryptionServer.LAPTOP;
import static dev.hearth.keys.EncryptionServer.PHONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.identifier.DeviceId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.testing.Reply;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CrossSigningTest {

    private static final JsonObject CONFIRMED = JsonObject.of("auth", JsonObject.of("a", 1));

    private final EncryptionServer server = EncryptionServer.start();
    private final Cryptography alice = new Cryptography(ALICE, 1);
    private final Cryptography bob = new Cryptography(BOB, 11);

    @AfterEach
    void close() {
        server.close();
    }

    private Reply upload(JsonObject keys) {
        return server.client(ALICE, PHONE)
                .post("/_matrix/client/v3/keys/device_signing/upload", keys);
    }

    private Reply uploadConfirmed(JsonObject keys) {
        return upload(keys.with("auth", CONFIRMED));
    }

    private JsonObject query(UserId asking, UserId user) {
        var wanted = JsonObject.of("device_keys", JsonObject.of(user.value(), JsonArray.EMPTY));
        return server.client(asking, PHONE).post("/_matrix/client/v3/keys/query", wanted).ok();
    }

    private Optional<JsonObject> key(UserId asking, String kind) {
        return query(asking, ALICE).object(kind).findObject(ALICE.value());
    }

    private JsonObject sign(UserId signer, UserId owner, String name, JsonObject signed) {
        return server.client(signer, PHONE)
                .post(
                        "/_matrix/client/v3/keys/signatures/upload",
                        JsonObject.of(owner.value(), JsonObject.of(name, signed)))
                .ok()
                .object("failures");
    }

    private void uploadDevice(Cryptography user, UserId id, DeviceId device) {
        server.client(id, device)
                .post(
                        "/_matrix/client/v3/keys/upload",
                        JsonObject.of("device_keys", user.deviceKeys(device)))
                .ok();
    }

    private Set<UserId> changed(UserId user, long since) {
        return server.database.read(r ->
                server.keys.deviceListsSince(r, user, since, server.database.position()).changed());
    }

    private static String failure(JsonObject failures, UserId user, String key) {
        return failures.object(user.value()).object(key).string("errcode");
    }

    /// Complement: TestMSC3967
    @Test
    @DisplayName("XS-1: the first keys need no confirmation, the same again neither")
    void firstKeysNeedNoConfirmation() {
        upload(alice.upload()).ok();
        assertEquals(Set.of(ALICE), changed(BOB, 0));
        long before = server.database.position();
        upload(alice.upload()).ok();
        assertEquals(Set.of(), changed(BOB, before));
        assertEquals(alice.masterKey(), key(BOB, "master_keys").orElseThrow());
    }

    /// Complement: TestMSC3967
    @Test
    @DisplayName("XS-1: other keys need confirmation, and so does a key beside those there are")
    void otherKeysNeedConfirmation() {
        upload(JsonObject.of("master_key", alice.masterKey())).ok();
        assertEquals(401, upload(alice.upload()).status());
        assertTrue(key(ALICE, "self_signing_keys").isEmpty());
        uploadConfirmed(alice.upload()).ok();
        assertTrue(key(ALICE, "self_signing_keys").isPresent());
        assertEquals(401, upload(new Cryptography(ALICE, 5).upload()).status());
    }

    @Test
    @DisplayName("KEY-3: only the owner sees the user-signing key")
    void onlyOwnerSeesUserSigningKey() {
        upload(alice.upload()).ok();
        assertTrue(key(ALICE, "user_signing_keys").isPresent());
        assertTrue(key(BOB, "user_signing_keys").isEmpty());
        assertTrue(key(BOB, "self_signing_keys").isPresent());
    }

    /// SyTest: Changing user-signing key notifies local users
    @Test
    @DisplayName("XS-3: a new user-signing key alone is told to its owner, and to nobody else")
    void newUserSigningKeyIsToldToItsOwner() {
        upload(alice.upload().without("user_signing_key")).ok();
        long before = server.database.position();
        server.woken.clear();
        uploadConfirmed(alice.upload()).ok();
        assertEquals(Set.of(ALICE), changed(ALICE, before));
        assertEquals(Set.of(), changed(BOB, before));
        assertEquals(List.of(ALICE), server.woken);
        assertEquals(Set.of(), changed(ALICE, server.database.position()));
    }

    @Test
    @DisplayName("XS-2: keys not signed by the master key are refused, and keys without one")
    void keysNotSignedByMasterAreRefused() {
        var selfSigning = alice.upload().object("self_signing_key");
        upload(JsonObject.of("self_signing_key", selfSigning)).refused(400, "M_MISSING_PARAM");
        var unsigned = alice.upload().with("self_signing_key", selfSigning.without("signatures"));
        upload(unsigned).refused(400, "M_INVALID_SIGNATURE");
        var wrongly = new Cryptography(ALICE, 5).upload().with("master_key", alice.masterKey());
        upload(wrongly).refused(400, "M_INVALID_SIGNATURE");
    }

    @Test
    void requestWithoutAnyKeyIsRefused() {
        upload(JsonObject.EMPTY).refused(400, "M_MISSING_PARAM");
        upload(alice.upload()).ok();
        upload(CONFIRMED).refused(400, "M_MISSING_PARAM");
    }

    @Test
    @DisplayName("XS-2: a key named like a device is refused")
    void keyNamedLikeADeviceIsRefused() {
        var device = DeviceId.parse(alice.master.publicKey().toString());
        server.users.get(ALICE).put(device, Optional.empty());
        upload(alice.upload()).refused(403, "M_FORBIDDEN");
    }

    @Test
    @DisplayName("XS-2: another's key, another usage, no key and two keys are refused")
    void malformedKeysAreRefused() {
        var key = alice.masterKey();
        var two = key.object("keys").with("ed25519:x", "x");
        for (var bad :
                List.of(
                        key.with("user_id", BOB),
                        key.with("usage", JsonArray.of("self_signing")),
                        key.with("keys", JsonObject.EMPTY),
                        key.with("keys", two))) {
            upload(JsonObject.of("master_key", bad)).refused(400, "M_INVALID_PARAM");
        }
    }

    @Test
    @DisplayName("XS-3: with a new master key the old other keys and their signatures go")
    void newMasterKeyVoidsTheOld() {
        upload(alice.upload()).ok();
        uploadDevice(alice, ALICE, PHONE);
        var device = alice.deviceKeys(PHONE);
        sign(ALICE, ALICE, "PHONE", alice.sign(device, alice.selfSigning));
        long before = server.database.position();
        var other = new Cryptography(ALICE, 5);
        uploadConfirmed(JsonObject.of("master_key", other.masterKey())).ok();
        assertEquals(other.masterKey(), key(BOB, "master_keys").orElseThrow());
        assertTrue(key(ALICE, "self_signing_keys").isEmpty());
        assertTrue(key(ALICE, "user_signing_keys").isEmpty());
        assertEquals(device, deviceAsSeenBy(BOB));
        assertEquals(Set.of(ALICE), changed(BOB, before));
    }

    private JsonObject deviceAsSeenBy(UserId asking) {
        return query(asking, ALICE)
                .object("device_keys")
                .object(ALICE.value())
                .object("PHONE")
                .without("unsigned");
    }

    @Test
    @DisplayName("XS-4, KEY-6: everybody sees the signature on a device, and is told")
    void everybodySeesTheSignatureOnADevice() {
        upload(alice.upload()).ok();
        uploadDevice(alice, ALICE, PHONE);
        long before = server.database.position();
        var signed = alice.sign(alice.deviceKeys(PHONE), alice.selfSigning);
        assertEquals(JsonObject.EMPTY, sign(ALICE, ALICE, "PHONE", signed));
        assertEquals(signed, deviceAsSeenBy(BOB));
        assertEquals(Set.of(ALICE), changed(BOB, before));
        long after = server.database.position();
        assertEquals(JsonObject.EMPTY, sign(ALICE, ALICE, "PHONE", signed));
        assertEquals(Set.of(), changed(BOB, after));
    }

    @Test
    @DisplayName("XS-4: a device signs the own master key")
    void deviceSignsTheOwnMasterKey() {
        upload(alice.upload()).ok();
        uploadDevice(alice, ALICE, LAPTOP);
        var signed = alice.sign(alice.masterKey(), alice.device(LAPTOP));
        var name = alice.master.publicKey().toString();
        // A signature by a device that is gone is passed over.
        var more = alice.sign(signed, alice.device(PHONE));
        assertEquals(JsonObject.EMPTY, sign(ALICE, ALICE, name, more));
        assertEquals(signed, key(BOB, "master_keys").orElseThrow());
    }

    @Test
    @DisplayName("XS-4, KEY-6: only the signer sees and hears of the signature on another's key")
    void onlyTheSignerSeesTheSignatureOnAnothersKey() {
        upload(alice.upload()).ok();
        server.client(BOB, PHONE)
                .post("/_matrix/client/v3/keys/device_signing/upload", bob.upload())
                .ok();
        long before = server.database.position();
        server.woken.clear();
        var signed = bob.sign(alice.masterKey(), bob.userSigning);
        var name = alice.master.publicKey().toString();
        assertEquals(JsonObject.EMPTY, sign(BOB, ALICE, name, signed));
        assertEquals(signed, key(BOB, "master_keys").orElseThrow());
        assertEquals(alice.masterKey(), key(ALICE, "master_keys").orElseThrow());
        assertEquals(Set.of(ALICE), changed(BOB, before));
        assertEquals(Set.of(), changed(ALICE, before));
        assertEquals(List.of(BOB), server.woken);
    }

    @Test
    @DisplayName("XS-4: wrong signatures, other content and unknown keys fail one by one")
    void wrongSignaturesFailOneByOne() {
        upload(alice.upload()).ok();
        uploadDevice(alice, ALICE, PHONE);
        var device = alice.deviceKeys(PHONE);
        var wrong = alice.sign(device.with("algorithms", JsonArray.EMPTY), alice.selfSigning);
        var forged = wrong.with("algorithms", device.array("algorithms"));
        var invalid = "M_INVALID_SIGNATURE";
        for (var bad : List.of(device, wrong, forged)) {
            assertEquals(invalid, failure(sign(ALICE, ALICE, "PHONE", bad), ALICE, "PHONE"));
        }
        assertEquals("M_NOT_FOUND", failure(sign(ALICE, ALICE, "X", device), ALICE, "X"));
        assertEquals("M_NOT_FOUND", failure(sign(ALICE, BOB, "PHONE", device), BOB, "PHONE"));
        var master = alice.master.publicKey().toString();
        var byNobody = alice.masterKey();
        assertEquals(invalid, failure(sign(ALICE, ALICE, master, byNobody), ALICE, master));
        assertEquals(device, deviceAsSeenBy(BOB));
        assertFalse(key(BOB, "master_keys").orElseThrow().has("signatures"));
    }

    @Test
    @DisplayName("XS-5: removing a device leaves the cross-signing keys")
    void removingADeviceLeavesCrossSigningKeys() {
        upload(alice.upload()).ok();
        uploadDevice(alice, ALICE, PHONE);
        server.database.change(tx -> server.keys.deviceRemoved(tx, ALICE, PHONE));
        assertEquals(alice.masterKey(), key(BOB, "master_keys").orElseThrow());
    }
}
