package dev.hearth.keys;

import static dev.hearth.keys.EncryptionServer.ALICE;
import static dev.hearth.keys.EncryptionServer.BOB;
import static dev.hearth.keys.EncryptionServer.LAPTOP;
import static dev.hearth.keys.EncryptionServer.PHONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceKeysTest {

    private final EncryptionServer server = EncryptionServer.start();
    private final Cryptography alice = new Cryptography(ALICE, 1);

    @AfterEach
    void close() {
        server.close();
    }

    private Reply upload(JsonObject body) {
        return server.client(ALICE, PHONE).post("/_matrix/client/v3/keys/upload", body);
    }

    private JsonObject query(JsonObject wanted) {
        return server.client(BOB, PHONE)
                .post("/_matrix/client/v3/keys/query", JsonObject.of("device_keys", wanted))
                .ok();
    }

    private DeviceListChanges changes(UserId user, long since) {
        return server.database.read(reading ->
                server.keys.deviceListsSince(reading, user, since, server.database.position()));
    }

    /// Complement: TestUploadKey/Parallel/Can_upload_device_keys Complement:
    /// TestUploadKey/Parallel/Can_query_device_keys_using_POST
    @Test
    @DisplayName("KEY-3: others find uploaded keys, with the device's name beside them")
    void othersFindUploadedKeys() {
        var keys = alice.deviceKeys(PHONE);
        upload(JsonObject.of("device_keys", keys)).ok();
        var found = query(JsonObject.of(ALICE.value(), JsonArray.EMPTY));
        var phone = found.object("device_keys").object(ALICE.value()).object("PHONE");
        assertEquals(keys, phone.without("unsigned"));
        assertEquals("My PHONE", phone.object("unsigned").string("device_display_name"));
    }

    /// Complement: TestUploadKey/Parallel/query_for_user_with_no_keys_returns_empty_key_dict
    @Test
    @DisplayName("KEY-3: a user without keys is empty, one who doesn't exist is missing")
    void userWithoutKeysIsEmpty() {
        var wanted =
                JsonObject.of(
                        ALICE.value(), JsonArray.EMPTY, "@nobody:test", JsonArray.of("PHONE"));
        var found = query(wanted);
        assertEquals(JsonObject.of(ALICE.value(), JsonObject.EMPTY), found.object("device_keys"));
        assertEquals(JsonObject.EMPTY, found.object("failures"));
    }

    @Test
    @DisplayName("KEY-3: users of servers that can't be reached are named as failures")
    void unreachableServersAreFailures() {
        var found = query(JsonObject.of("@x:elsewhere.example", JsonArray.EMPTY));
        assertEquals(Set.of("elsewhere.example"), found.object("failures").keys());
    }

    /// Complement: TestKeysQueryWithDeviceIDAsObjectFails
    @Test
    @DisplayName("KEY-5: nothing is kept of users elsewhere; each time their server is named anew")
    void nothingIsKeptOfUsersElsewhere() {
        var wanted =
                JsonObject.of(
                        "@x:elsewhere.example", JsonArray.EMPTY, ALICE.value(), JsonArray.EMPTY);
        for (int i = 0; i < 2; i++) {
            var found = query(wanted);
            assertEquals(Set.of(ALICE.value()), found.object("device_keys").keys());
            assertEquals(Set.of("elsewhere.example"), found.object("failures").keys());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"PHONE\"", "[1]", "{}", "null"})
    @DisplayName("KEY-3: what is not a list of strings is bad JSON")
    void otherThanListOfStringsIsBad(String wanted) {
        server.client(BOB, PHONE)
                .send(
                        "POST",
                        "/_matrix/client/v3/keys/query",
                        Optional.of("{\"device_keys\":{\"@alice:test\":" + wanted + "}}"))
                .refused(400, "M_BAD_JSON");
    }

    /// Complement: TestUploadKey/Parallel/Rejects_invalid_device_keys Complement:
    /// TestUploadKey/Parallel/Should_reject_keys_claiming_to_belong_to_a_different_user
    @Test
    @DisplayName("KEY-1: keys of another user or device are refused, and incomplete ones")
    void wrongDeviceKeysAreRefused() {
        var keys = alice.deviceKeys(PHONE);
        for (var bad :
                List.of(
                        keys.with("user_id", BOB),
                        keys.with("device_id", LAPTOP),
                        keys.without("algorithms"),
                        keys.without("keys"),
                        keys.without("signatures"),
                        keys.with("keys", JsonObject.of("ed25519:PHONE", 1)))) {
            upload(JsonObject.of("device_keys", bad)).refused(400, "M_BAD_JSON");
        }
    }

    @Test
    @DisplayName("KEY-1, DL-1: only changed keys are a change, told to who shares a room and self")
    void onlyChangedKeysAreAChange() {
        var upload = JsonObject.of("device_keys", alice.deviceKeys(PHONE));
        upload(upload).ok();
        assertEquals(Set.of(ALICE), changes(BOB, 0).changed());
        assertEquals(Set.of(ALICE), changes(ALICE, 0).changed());
        assertTrue(server.woken.containsAll(Set.of(ALICE, BOB)));
        long before = server.database.position();
        upload(upload).ok();
        assertTrue(changes(BOB, before).isEmpty());
        upload(JsonObject.of("device_keys", alice.deviceKeys(PHONE).with("extra", 1))).ok();
        assertEquals(Set.of(ALICE), changes(BOB, before).changed());
    }

    @Test
    @DisplayName("DL-1: strangers are not told, and who was parted from is left")
    void strangersAreNotTold() {
        server.together.clear();
        server.parted.add(ALICE);
        upload(JsonObject.of("device_keys", alice.deviceKeys(PHONE))).ok();
        assertEquals(new DeviceListChanges(Set.of(), Set.of(ALICE)), changes(BOB, 0));
    }

    @Test
    @DisplayName("DL-1: who still shares another room is not left; who was met is changed")
    void whoStillSharesARoomIsNotLeft() {
        server.parted.add(ALICE);
        assertTrue(changes(BOB, 0).isEmpty());
        server.met.add(ALICE);
        assertEquals(new DeviceListChanges(Set.of(ALICE), Set.of()), changes(BOB, 0));
    }

    @Test
    @DisplayName("DL-2: keys/changes tells the same")
    void keysChangesTellsTheSame() {
        upload(JsonObject.of("device_keys", alice.deviceKeys(PHONE))).ok();
        var client = server.client(BOB, PHONE);
        assertEquals(
                JsonObject.of("changed", JsonArray.of(ALICE), "left", JsonArray.EMPTY),
                client.get("/_matrix/client/v3/keys/changes?from=0&to=9").ok());
        client.get("/_matrix/client/v3/keys/changes?to=9").refused(400, "M_MISSING_PARAM");
    }

    @Test
    @DisplayName("TD-2, DL-1: a removed device takes its keys along, and that is a change")
    void removedDeviceTakesItsKeysAlong() {
        var upload =
                JsonObject.of(
                        "device_keys",
                        alice.deviceKeys(PHONE),
                        "one_time_keys",
                        JsonObject.of("signed_curve25519:A", JsonObject.of("key", "a")));
        upload(upload).ok();
        long before = server.database.position();
        server.database.change(tx -> server.keys.deviceRemoved(tx, ALICE, PHONE));
        assertEquals(Set.of(ALICE), changes(BOB, before).changed());
        var found = query(JsonObject.of(ALICE.value(), JsonArray.EMPTY));
        assertFalse(found.object("device_keys").object(ALICE.value()).has("PHONE"));
        var counts = server.database.read(r -> server.keys.oneTimeKeyCounts(r, ALICE, PHONE));
        assertEquals(JsonObject.of("signed_curve25519", 0), counts);
    }

    @Test
    @DisplayName("DL-1: a new name of a device is a change, for which others wake if it has keys")
    void renamedDeviceIsAChange() {
        server.database.change(tx -> server.keys.deviceRenamed(tx, ALICE, PHONE));
        assertEquals(Set.of(ALICE), changes(BOB, 0).changed());
        assertEquals(List.of(ALICE), server.woken);
        upload(JsonObject.of("device_keys", alice.deviceKeys(PHONE))).ok();
        server.woken.clear();
        long before = server.database.position();
        server.database.change(tx -> server.keys.deviceRenamed(tx, ALICE, PHONE));
        assertEquals(Set.of(ALICE), changes(BOB, before).changed());
        assertTrue(server.woken.contains(BOB));
    }

    @Test
    void deviceThatWasLoggedOutMeanwhileStoresNothing() {
        server.users.get(ALICE).remove(PHONE);
        upload(JsonObject.of("device_keys", alice.deviceKeys(PHONE)))
                .refused(401, "M_UNKNOWN_TOKEN");
    }
}
