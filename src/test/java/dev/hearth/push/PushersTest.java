package dev.hearth.push;

import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonNull;
import dev.hearth.json.JsonObject;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PushersTest {

    private static final String SET = "/_matrix/client/v3/pushers/set";
    private static final JsonObject PUSHER =
            JsonObject.builder()
                    .put("kind", "http")
                    .put("app_id", "org.example.app")
                    .put("pushkey", "a_push_key")
                    .put("app_display_name", "App")
                    .put("device_display_name", "Phone")
                    .put("lang", "en")
                    .put("profile_tag", "tag")
                    .put(
                            "data",
                            JsonObject.of(
                                    "url",
                                    "https://dummy.invalid/_matrix/push/v1/notify",
                                    "format",
                                    "event_id_only",
                                    "custom",
                                    7))
                    .build();

    private TestHomeserver server;
    private TestUser alice;

    @BeforeEach
    void start() {
        server = TestHomeserver.start();
        alice = server.register("alice");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static List<JsonObject> pushers(TestUser user) {
        return user.client().get("/_matrix/client/v3/pushers").ok().array("pushers").objects();
    }

    private static void set(TestUser user, JsonObject pusher) {
        user.client().post(SET, pusher).ok();
    }

    private void refuse(JsonObject pusher, String code) {
        alice.client().post(SET, pusher).refused(400, code);
    }

    private static JsonObject withUrl(String url) {
        return PUSHER.with("data", JsonObject.of("url", url));
    }

    @Test
    @DisplayName("PUSH-13: a pusher is told as it was set, with what MSC3881 adds")
    void aPusherIsToldAsItWasSet() {
        set(alice, PUSHER);
        var expected =
                PUSHER.with("org.matrix.msc3881.enabled", true)
                        .with("org.matrix.msc3881.device_id", alice.deviceId());
        assertEquals(List.of(expected), pushers(alice));
        set(alice, PUSHER.with("lang", "de").with("org.matrix.msc3881.enabled", false));
        var changed = pushers(alice).getFirst();
        assertEquals("de", changed.string("lang"));
        assertFalse(changed.bool("org.matrix.msc3881.enabled"));
        assertEquals(1, pushers(alice).size());
    }

    @Test
    @DisplayName("PUSH-13: pushers with other keys stand beside it; kind null takes one away")
    void kindNullTakesOneAway() {
        set(alice, PUSHER);
        set(alice, PUSHER.with("pushkey", "another"));
        set(alice, PUSHER.with("app_id", "another"));
        assertEquals(3, pushers(alice).size());
        var key = JsonObject.of("app_id", "another", "pushkey", "a_push_key");
        set(alice, key.with("kind", JsonNull.NULL));
        set(alice, key.with("kind", JsonNull.NULL));
        assertEquals(2, pushers(alice).size());
    }

    @Test
    @DisplayName("PUSH-13: the same key goes over to another user, unless it is appended")
    void theSameKeyGoesOver() {
        var bob = server.register("bob");
        set(alice, PUSHER);
        set(bob, PUSHER.with("append", true));
        assertEquals(1, pushers(alice).size());
        assertEquals(1, pushers(bob).size());
        set(bob, PUSHER);
        assertEquals(0, pushers(alice).size());
        assertEquals(1, pushers(bob).size());
        set(alice, PUSHER.with("kind", JsonNull.NULL));
        assertEquals(1, pushers(bob).size());
    }

    @Test
    @DisplayName("PUSH-13: what is missing, too long or of another kind is refused")
    void whatMakesNoSenseIsRefused() {
        for (var member :
                List.of(
                        "kind",
                        "app_id",
                        "pushkey",
                        "app_display_name",
                        "device_display_name",
                        "lang",
                        "data")) {
            refuse(PUSHER.without(member), "M_MISSING_PARAM");
        }
        refuse(PUSHER.with("data", JsonObject.EMPTY), "M_MISSING_PARAM");
        refuse(PUSHER.with("app_id", "x".repeat(65)), "M_INVALID_PARAM");
        refuse(PUSHER.with("pushkey", "ä".repeat(257)), "M_INVALID_PARAM");
        refuse(PUSHER.with("pushkey", ""), "M_INVALID_PARAM");
        refuse(PUSHER.with("kind", "email"), "M_INVALID_PARAM");
        refuse(PUSHER.with("kind", "pigeon"), "M_INVALID_PARAM");
        refuse(PUSHER.with("kind", 7), "M_INVALID_PARAM");
        refuse(PUSHER.with("lang", 7), "M_BAD_JSON");
    }

    @Test
    @DisplayName("PUSH-13, PGW-4: only the gateway's own address, with https, is taken")
    void onlyTheGatewaysAddressIsTaken() {
        for (var url :
                List.of(
                        "http://dummy.invalid/_matrix/push/v1/notify",
                        "https://dummy.invalid/_matrix/push/v1/notify/",
                        "https://dummy.invalid/_matrix/push/v1/notify?x=1",
                        "https://user@dummy.invalid/_matrix/push/v1/notify",
                        "https:///_matrix/push/v1/notify",
                        "https://dummy.invalid/",
                        "dummy.invalid",
                        "not an address")) {
            refuse(withUrl(url), "M_INVALID_PARAM");
        }
        set(alice, withUrl("https://dummy.invalid:4443/_matrix/push/v1/notify"));
    }

    @Test
    @DisplayName("PUSH-13: there can't be ever more pushers")
    void thereIsAnEnd() {
        for (int i = 0; i < 100; i++) {
            set(alice, PUSHER.with("pushkey", "key " + i));
        }
        alice.client().post(SET, PUSHER.with("pushkey", "one more")).refused(403, "M_FORBIDDEN");
        set(alice, PUSHER.with("pushkey", "key 7"));
    }

    private static void changePassword(TestUser user, String old) {
        var auth =
                JsonObject.of(
                        "type",
                        "m.login.password",
                        "identifier",
                        JsonObject.of("type", "m.id.user", "user", user.id()),
                        "password",
                        old);
        user.client()
                .post(
                        "/_matrix/client/v3/account/password",
                        JsonObject.of("new_password", "another one", "auth", auth))
                .ok();
    }

    /// ACC-9. Complement: TestChangePasswordPushers, both parts
    @Test
    @DisplayName("ACC-9: a new password ends the pushers of other devices, not one's own")
    void aNewPasswordEndsPushersOfOthers() {
        var phone = server.login("alice");
        set(phone, PUSHER);
        set(alice, PUSHER.with("pushkey", "mine"));
        changePassword(alice, "secret of alice");
        assertEquals("mine", pushers(alice).getFirst().string("pushkey"));
        assertEquals(1, pushers(alice).size());
    }

    @Test
    @DisplayName("TOK-13: the pusher goes with its device: by log-out, deletion, deactivation")
    void thePusherGoesWithItsDevice() {
        var phone = server.login("alice");
        set(phone, PUSHER);
        phone.client().post("/_matrix/client/v3/logout", JsonObject.EMPTY).ok();
        assertEquals(List.of(), pushers(alice));
        set(server.login("alice"), PUSHER);
        assertEquals(1, pushers(alice).size());
        alice.client().post("/_matrix/client/v3/logout/all", JsonObject.EMPTY).ok();
        assertEquals(List.of(), pushers(server.login("alice")));
    }

    @Test
    @DisplayName("PUSH-13: whoever sets it again has it from then on")
    void whoSetsItAgainHasIt() {
        var phone = server.login("alice");
        set(alice, PUSHER);
        set(phone, PUSHER);
        assertEquals(
                phone.deviceId(), pushers(alice).getFirst().string("org.matrix.msc3881.device_id"));
        phone.client().post("/_matrix/client/v3/logout", JsonObject.EMPTY).ok();
        assertEquals(List.of(), pushers(alice));
    }

    /// Complement: TestDeletingDeviceRemovesDeviceLocalNotificationSettings
    @Test
    @DisplayName("TOK-13: what a device was told to keep silent about goes with it (MSC3890)")
    void localNotificationSettingsGoWithTheDevice() {
        var phone = server.login("alice");
        alice.sync();
        var type = "org.matrix.msc3890.local_notification_settings." + phone.deviceId();
        var path =
                "/_matrix/client/v3/user/" + escape(alice.id()) + "/account_data/" + escape(type);
        var content = JsonObject.of("is_silenced", true);
        alice.client().put(path, content).ok();
        alice.syncUntil(sync ->
                sync.path("account_data", "events").stream()
                        .flatMap(events -> ((JsonArray) events).objects().stream())
                        .anyMatch(event ->
                                event.string("type").equals(type)
                                        && event.object("content").equals(content)));
        assertTrue(alice.client().get(path).ok().bool("is_silenced"));
        phone.client().post("/_matrix/client/v3/logout", JsonObject.EMPTY).ok();
        alice.client().get(path).refused(404, "M_NOT_FOUND");
    }
}
