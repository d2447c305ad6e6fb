package dev.hearth.account;

import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonObject;
import dev.hearth.testing.TestClient;
import dev.hearth.testing.TestHomeserver;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Guests: who only looks in.
class GuestTest {

    private static final String REGISTER = "/_matrix/client/v3/register";
    private static final String WHOAMI = "/_matrix/client/v3/account/whoami";

    private final TestHomeserver server =
            TestHomeserver.start(Clock.systemUTC(), "guest_access=true");

    @AfterEach
    void close() {
        server.close();
    }

    private JsonObject lookIn(Object... body) {
        return server.client().post(REGISTER + "?kind=guest", JsonObject.of(body)).ok();
    }

    private TestClient as(JsonObject guest) {
        return server.client().as(guest.string("access_token"));
    }

    private JsonObject stay(JsonObject guest, Object... more) {
        var id = guest.string("user_id");
        return JsonObject.builder()
                .put("username", id.substring(1, id.indexOf(':')))
                .put("password", "secret")
                .put("guest_access_token", guest.string("access_token"))
                .put("auth", JsonObject.of("type", "m.login.dummy"))
                .putAll(JsonObject.of(more))
                .build();
    }

    /// ACC-1: nothing is to be proven, and nothing but the device's name is chosen
    @Test
    void aGuestChoosesNothing() {
        var guest =
                lookIn(
                        "username", "alice",
                        "password", "secret",
                        "device_id", "PHONE",
                        "inhibit_login", true,
                        "refresh_token", true,
                        "initial_device_display_name", "Phone");
        assertTrue(guest.string("user_id").matches("@[0-9]+:hearth\\.test"));
        assertNotEquals("PHONE", guest.string("device_id"));
        assertFalse(guest.has("refresh_token"));
        var device = as(guest).get("/_matrix/client/v3/devices/" + guest.string("device_id")).ok();
        assertEquals("Phone", device.string("display_name"));
        assertNotEquals(guest.string("user_id"), lookIn().string("user_id"));
    }

    /// ACC-1: guests aren't asked for where they aren't wanted
    @Test
    void guestsAreAMatterOfASetting() {
        try (var closed = TestHomeserver.start()) {
            closed.client()
                    .post(REGISTER + "?kind=guest", JsonObject.EMPTY)
                    .refused(403, "M_GUEST_ACCESS_FORBIDDEN");
        }
        server.client()
                .post(REGISTER + "?kind=ghost", JsonObject.EMPTY)
                .refused(400, "M_INVALID_PARAM");
    }

    /// TOK-15
    @Test
    void itIsKnownWhoIsAGuest() {
        assertTrue(as(lookIn()).get(WHOAMI).ok().bool("is_guest"));
        assertFalse(server.register("alice").client().get(WHOAMI).ok().bool("is_guest"));
    }

    /// A guest is let in where the specification lists it, and nowhere else.
    @Test
    void aGuestMayDoLittle() {
        var guest = as(lookIn());
        guest.get("/_matrix/client/v3/sync").ok();
        guest.get("/_matrix/client/v3/devices").ok();
        guest.post("/_matrix/client/v3/keys/query", JsonObject.of("device_keys", JsonObject.EMPTY))
                .ok();
        guest.post("/_matrix/client/v3/createRoom", JsonObject.EMPTY)
                .refused(403, "M_GUEST_ACCESS_FORBIDDEN");
        guest.get("/_matrix/client/v3/capabilities").refused(403, "M_GUEST_ACCESS_FORBIDDEN");
        guest.post("/_matrix/client/v3/account/deactivate", JsonObject.EMPTY)
                .refused(403, "M_GUEST_ACCESS_FORBIDDEN");
    }

    @Test
    void nobodyLogsInAsAGuest() {
        var guest = lookIn("password", "secret");
        for (var password : new String[] {"secret", ""}) {
            server.client()
                    .post(
                            "/_matrix/client/v3/login",
                            JsonObject.of(
                                    "type",
                                    "m.login.password",
                                    "user",
                                    guest.string("user_id"),
                                    "password",
                                    password))
                    .refused(403, "M_FORBIDDEN");
        }
    }

    /// ACC-1: the name stays, and the session, which is a user's from then on
    @Test
    void aGuestMayStay() {
        var guest = lookIn();
        as(guest).get(WHOAMI).ok();
        var user = server.client().post(REGISTER, stay(guest)).ok();
        assertEquals(guest.string("user_id"), user.string("user_id"));
        assertNotEquals(guest.string("device_id"), user.string("device_id"));
        assertFalse(as(user).get(WHOAMI).ok().bool("is_guest"));
        assertFalse(as(guest).get(WHOAMI).ok().bool("is_guest"));
        as(guest).post("/_matrix/client/v3/createRoom", JsonObject.EMPTY).ok();
        server.client()
                .post(
                        "/_matrix/client/v3/login",
                        JsonObject.of(
                                "type", "m.login.password",
                                "user", guest.string("user_id"),
                                "password", "secret"))
                .ok();
    }

    /// ACC-1: only under their own name, only as a guest, only once, and only with what is asked of
    /// others
    @Test
    void whoStaysShowsThatTheyAreTheGuest() {
        var guest = lookIn();
        var other = lookIn();
        server.client()
                .post(REGISTER, stay(guest, "guest_access_token", other.string("access_token")))
                .refused(403, "M_FORBIDDEN");
        server.client()
                .post(REGISTER, stay(guest, "guest_access_token", "guess"))
                .refused(401, "M_UNKNOWN_TOKEN");
        server.client()
                .post(REGISTER, stay(guest, "username", "alice"))
                .refused(403, "M_FORBIDDEN");
        server.client().post(REGISTER, stay(guest).without("username")).refused(403, "M_FORBIDDEN");
        var challenge = server.client().post(REGISTER, stay(guest).without("auth"));
        assertEquals(401, challenge.status());
        assertTrue(challenge.json().has("flows"));
        server.client().post(REGISTER, stay(guest)).ok();
        server.client().post(REGISTER, stay(guest)).refused(403, "M_FORBIDDEN");
    }

    /// ACC-2: numbers are guests' names
    @Test
    void nobodyTakesAGuestsName() {
        var guest = lookIn();
        server.client()
                .post(REGISTER, stay(guest).without("guest_access_token"))
                .refused(400, "M_INVALID_USERNAME");
        server.client()
                .get(REGISTER + "/available?username=" + escape("12345"))
                .refused(400, "M_INVALID_USERNAME");
    }
}
