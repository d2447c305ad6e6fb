package dev.hearth.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.testing.TestClient;
import dev.hearth.testing.TestClock;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A user's devices (TOK-13).
class DevicesTest {

    private static final String DEVICES = "/_matrix/client/v3/devices";
    private static final String DELETE_SEVERAL = "/_matrix/client/v3/delete_devices";

    private final TestClock clock = new TestClock();
    private final TestHomeserver server = TestHomeserver.start(clock);
    private final TestUser alice = server.register("alice");

    @AfterEach
    void close() {
        server.close();
    }

    private static String path(TestUser device) {
        return DEVICES + "/" + device.deviceId();
    }

    private static JsonObject auth(String password) {
        return JsonObject.of("type", "m.login.password", "user", "alice", "password", password);
    }

    private static final JsonObject PROOF = JsonObject.of("auth", auth("secret of alice"));

    /// Complement: TestDeviceManagement
    @Test
    void allAreListedWithTheirNames() {
        var second = server.login("alice");
        second.client().put(path(second), JsonObject.of("display_name", "Phone")).ok();
        var devices = alice.client().get(DEVICES).ok().array("devices");
        assertEquals(2, devices.size());
        assertTrue(devices.toString().contains("Phone"));
        assertEquals("Phone", alice.client().get(path(second)).ok().string("display_name"));
    }

    /// TOK-14
    @Test
    void itIsKnownWhenAndWhereADeviceWasLastSeen() {
        alice.client().get(DEVICES).ok();
        clock.pass(Duration.ofMinutes(3));
        var device = alice.client().get(path(alice)).ok();
        assertEquals(clock.millis(), device.integer("last_seen_ts"));
        assertEquals("127.0.0.1", device.string("last_seen_ip"));
    }

    /// Complement: TestDeviceManagement
    @Test
    void whatIsNotThereIsNotFound() {
        alice.client().get(DEVICES + "/NONE").refused(404, "M_NOT_FOUND");
        alice.client()
                .put(DEVICES + "/NONE", JsonObject.of("display_name", "x"))
                .refused(404, "M_NOT_FOUND");
    }

    @Test
    void nobodySeesOrEndsTheDevicesOfOthers() {
        var bob = server.register("bob");
        bob.client().get(path(alice)).refused(404, "M_NOT_FOUND");
        var proof =
                JsonObject.of(
                        "type", "m.login.password", "user", "bob", "password", "secret of bob");
        bob.client().delete(path(alice), JsonObject.of("auth", proof)).ok();
        alice.client().get(path(alice)).ok();
    }

    @Test
    void namesOfDevicesHaveAnEnd() {
        alice.client()
                .put(path(alice), JsonObject.of("display_name", "x".repeat(256)))
                .refused(400, "M_INVALID_PARAM");
        alice.client()
                .put(path(alice), JsonObject.of("display_name", 7))
                .refused(400, "M_BAD_JSON");
        alice.client().put(path(alice), JsonObject.EMPTY).ok();
    }

    /// UIA-11, Complement: TestDeviceManagement
    @Test
    void endingADeviceNeedsThePassword() {
        var phone = server.login("alice");
        var challenge = alice.client().delete(path(phone));
        assertEquals(401, challenge.status());
        assertEquals(JsonObject.EMPTY, challenge.json().object("params"));
        alice.client()
                .delete(path(phone), JsonObject.of("auth", auth("guess")))
                .refused(401, "M_FORBIDDEN");
        phone.client().get(DEVICES).ok();
        alice.client()
                .delete(
                        path(phone),
                        JsonObject.of(
                                "auth",
                                auth("secret of alice")
                                        .with("session", challenge.json().string("session"))))
                .ok();
        phone.client().get(DEVICES).refused(401, "M_UNKNOWN_TOKEN");
        alice.client().get(path(phone)).refused(404, "M_NOT_FOUND");
    }

    @Test
    void endingWhatIsNotThereIsDone() {
        alice.client().delete(DEVICES + "/NONE", PROOF).ok();
    }

    /// UIA-6
    @Test
    void severalEndAtOnceAlsoIfOnlyTheFirstRequestNamedThem() {
        var phone = server.login("alice");
        var tablet = server.login("alice");
        var devices = JsonArray.of(phone.deviceId(), tablet.deviceId());
        var challenge =
                alice.client().post(DELETE_SEVERAL, JsonObject.of("devices", devices)).json();
        alice.client()
                .post(
                        DELETE_SEVERAL,
                        JsonObject.of(
                                "auth",
                                auth("secret of alice")
                                        .with("session", challenge.string("session"))))
                .ok();
        assertEquals(1, alice.client().get(DEVICES).ok().array("devices").size());
        alice.client().post(DELETE_SEVERAL, PROOF).refused(400, "M_MISSING_PARAM");
    }

    /// TOK-4
    @Test
    void aDeviceIsNotCalledAsACrossSigningKey() {
        var key = "1234567890123456789012345678901234567890123";
        var master =
                JsonObject.of(
                        "user_id", alice.id(),
                        "usage", JsonArray.of("master"),
                        "keys", JsonObject.of("ed25519:" + key, key));
        alice.client()
                .post(
                        "/_matrix/client/v3/keys/device_signing/upload",
                        JsonObject.of("master_key", master))
                .ok();
        server.client()
                .post("/_matrix/client/v3/login", auth("secret of alice").with("device_id", key))
                .refused(403, "M_FORBIDDEN");
    }

    @Test
    void whatAClientKeptForOneDeviceGoesWithIt() {
        var phone = server.login("alice");
        var path =
                "/_matrix/client/v3/user/"
                        + TestClient.escape(alice.id())
                        + "/account_data/org.matrix.msc3890.local_notification_settings."
                        + phone.deviceId();
        phone.client().put(path, JsonObject.of("is_silenced", true)).ok();
        alice.client().delete(path(phone), PROOF).ok();
        alice.client().get(path).refused(404, "M_NOT_FOUND");
    }

    /// TOK-14: others are told what a device is called unless that is set otherwise
    @Test
    void namesOfDevicesNeedNotBeToldToOthers() {
        for (boolean named : new boolean[] {true, false}) {
            try (var other = TestHomeserver.start(Clock.systemUTC(), "devices.named=" + named)) {
                var carol = other.register("carol");
                var dave = other.register("dave");
                var device = carol.deviceId();
                var path = "/_matrix/client/v3/devices/" + device;
                carol.client().put(path, JsonObject.of("display_name", "Carol's phone")).ok();
                carol.client().post("/_matrix/client/v3/keys/upload", keys(carol)).ok();
                var asked =
                        JsonObject.of("device_keys", JsonObject.of(carol.id(), JsonArray.EMPTY));
                var told = dave.client().post("/_matrix/client/v3/keys/query", asked).ok();
                assertEquals(named, told.toString().contains("Carol's phone"));
                assertEquals("Carol's phone", carol.client().get(path).ok().string("display_name"));
            }
        }
    }

    private static JsonObject keys(TestUser user) {
        return JsonObject.of(
                "device_keys",
                JsonObject.of(
                        "user_id", user.id(),
                        "device_id", user.deviceId(),
                        "algorithms", JsonArray.EMPTY,
                        "keys", JsonObject.EMPTY,
                        "signatures", JsonObject.EMPTY));
    }
}
