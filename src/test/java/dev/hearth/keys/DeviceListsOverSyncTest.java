package dev.hearth.keys;

import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// DL-1, DL-2 and SYNC-22 as clients see them.
class DeviceListsOverSyncTest {

    private static final String LAZY =
            "&filter="
                    + escape(
                            "{\"room\":{\"timeline\":{\"lazy_load_members\":true},"
                                    + "\"state\":{\"lazy_load_members\":true}}}");

    private final TestHomeserver server = TestHomeserver.start();
    private final TestUser alice = server.register("alice");
    private final TestUser bob = server.register("bob");
    private int uploads;

    @AfterEach
    void close() {
        server.close();
    }

    private void uploadKeys(TestUser user) {
        var device = user.deviceId();
        user.client()
                .post(
                        "/_matrix/client/v3/keys/upload",
                        JsonObject.of(
                                "device_keys",
                                JsonObject.of(
                                        "user_id",
                                        user.id(),
                                        "device_id",
                                        device,
                                        "algorithms",
                                        JsonArray.of("m.olm.v1.curve25519-aes-sha2"),
                                        "keys",
                                        JsonObject.of("ed25519:" + device, "key" + ++uploads),
                                        "signatures",
                                        JsonObject.EMPTY)))
                .ok();
    }

    private static List<String> named(JsonObject sync, String key) {
        return sync.path("device_lists", key)
                .map(users -> ((JsonArray) users).strings())
                .orElse(List.of());
    }

    private void assertTold(String key, TestUser... users) {
        var sync = alice.sync(0, LAZY);
        assertEquals(List.of(users).stream().map(TestUser::id).toList(), named(sync, key));
    }

    private JsonObject keysOfBob(JsonArray devices) {
        return alice.client()
                .post(
                        "/_matrix/client/v3/keys/query",
                        JsonObject.of("device_keys", JsonObject.of(bob.id(), devices)))
                .ok()
                .object("device_keys")
                .object(bob.id());
    }

    /// Complement: TestKeyChangesLocal/New_login_should_create_a_device_lists.changed_entry
    /// Complement: TestUploadKey/Parallel/Can_query_specific_device_keys_using_POST
    @Test
    @DisplayName("DL-1, DL-2: a new login with keys is a change")
    void newLogin() {
        uploadKeys(bob);
        bob.join(alice.createRoom(JsonObject.of("preset", "public_chat")));
        alice.sync();
        var from = alice.since().orElseThrow();
        var phone = server.login("bob");
        uploadKeys(phone);
        assertTold("changed", bob);
        var range = "?from=" + escape(from) + "&to=" + escape(alice.since().orElseThrow());
        assertEquals(
                JsonObject.of("changed", JsonArray.of(bob.id()), "left", JsonArray.EMPTY),
                alice.client().get("/_matrix/client/v3/keys/changes" + range).ok());
        assertEquals(2, keysOfBob(JsonArray.EMPTY).size());
        var one = keysOfBob(JsonArray.of(phone.deviceId()));
        assertEquals(1, one.size());
        assertEquals(phone.deviceId(), one.object(phone.deviceId()).string("device_id"));
        alice.client()
                .get("/_matrix/client/v3/keys/changes?from=x&to=y")
                .refused(400, "M_INVALID_PARAM");
    }

    /// SyTest: Local new device changes appear in v2 /sync; Local update device changes appear in
    /// v2 /sync; Local delete device changes appear in v2 /sync; Users receive device_list updates
    /// for their own devices
    @Test
    @DisplayName("DL-1: a device comes, is renamed and goes, though it never had keys")
    void deviceWithoutKeys() {
        bob.join(alice.createRoom(JsonObject.of("preset", "public_chat")));
        alice.sync();
        bob.sync();
        var phone = server.login("bob");
        assertTold("changed", bob);
        var path = "/_matrix/client/v3/devices/" + phone.deviceId();
        bob.client().put(path, JsonObject.of("display_name", "phone")).ok();
        assertTold("changed", bob);
        phone.client().post("/_matrix/client/v3/logout", JsonObject.EMPTY).ok();
        assertTold("changed", bob);
        assertTold("changed");
        assertEquals(List.of(bob.id()), named(bob.sync(), "changed"));
    }

    /// Complement: TestDeviceListUpdates/when_local_user_joins_a_room Complement:
    /// TestDeviceListUpdates/when_local_user_leaves_a_room Complement:
    /// TestDeviceListUpdates/when_local_user_rejoins_a_room Complement:
    /// TestSync/parallel/Device_list_tracking
    @Test
    @DisplayName("DL-1: another comes, changes, goes, is a stranger, and comes back")
    void anotherComesAndGoes() {
        uploadKeys(bob);
        var room = alice.createRoom(JsonObject.of("preset", "public_chat"));
        alice.sync();
        bob.join(room);
        assertTold("changed", bob);
        uploadKeys(bob);
        assertTold("changed", bob);
        bob.say(room, "bye");
        bob.leave(room);
        assertTold("left", bob);
        uploadKeys(bob);
        assertTold("changed");
        bob.join(room);
        assertTold("changed", bob);
    }

    /// Complement: TestDeviceListUpdates/when_joining_a_room_with_a_local_user Complement:
    /// TestDeviceListUpdates/when_leaving_a_room_with_a_local_user
    @Test
    @DisplayName(
            "DL-1: so it is when one comes and goes oneself, as long as no other room is shared")
    void oneComesAndGoesOneself() {
        uploadKeys(bob);
        var room = bob.createRoom(JsonObject.of("preset", "public_chat"));
        var other = bob.createRoom(JsonObject.of("preset", "public_chat"));
        alice.sync();
        alice.join(room);
        assertTold("changed", bob);
        alice.join(other);
        alice.sync();
        alice.leave(other);
        assertTold("left");
        uploadKeys(bob);
        assertTold("changed", bob);
        alice.leave(room);
        assertTold("left", bob);
        uploadKeys(bob);
        assertTold("changed");
    }
}
