package dev.hearth.account;

import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonObject;
import dev.hearth.testing.Reply;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who goes for good leaves nothing behind but what was said in rooms (ACC-10).
class DeactivationTest {

    private static final String DEACTIVATE = "/_matrix/client/v3/account/deactivate";

    private final TestHomeserver server = TestHomeserver.start();
    private final TestUser alice = server.register("alice");
    private final TestUser bob = server.register("bob");

    @AfterEach
    void close() {
        server.close();
    }

    private static JsonObject byPassword(TestUser user, String password) {
        return JsonObject.of(
                "auth",
                JsonObject.of(
                        "type",
                        "m.login.password",
                        "identifier",
                        JsonObject.of("type", "m.id.user", "user", user.id()),
                        "password",
                        password));
    }

    private JsonObject deactivateBob() {
        return bob.client().post(DEACTIVATE, byPassword(bob, "secret of bob")).ok();
    }

    private Reply member(String room) {
        return alice.client().get(TestUser.room(room) + "/state/m.room.member/" + escape(bob.id()));
    }

    /// Complement: TestDeactivateAccount
    @Test
    void itNeedsThePassword() {
        assertEquals(401, bob.client().post(DEACTIVATE, JsonObject.EMPTY).status());
        var wrong =
                bob.client().post(DEACTIVATE, byPassword(bob, "guess")).refused(401, "M_FORBIDDEN");
        assertEquals(true, wrong.json().has("flows"));
        bob.client().get("/_matrix/client/v3/account/whoami").ok();
    }

    @Test
    void nobodyIsBoundToAnIdentityServer() {
        assertEquals(JsonObject.of("id_server_unbind_result", "success"), deactivateBob());
    }

    /// Complement: TestDeactivateAccount
    @Test
    void allSessionsEndAndNoneBegins() {
        var second = server.login("bob");
        deactivateBob();
        for (var session : new TestUser[] {bob, second}) {
            session.client()
                    .get("/_matrix/client/v3/account/whoami")
                    .refused(401, "M_UNKNOWN_TOKEN");
        }
        server.client()
                .post("/_matrix/client/v3/login", byPassword(bob, "secret of bob").object("auth"))
                .refused(403, "M_USER_DEACTIVATED");
    }

    /// ACC-2
    @Test
    void theNameIsNotGivenToAnother() {
        deactivateBob();
        server.client()
                .post(
                        "/_matrix/client/v3/register",
                        JsonObject.of(
                                "username", "bob",
                                "password", "x",
                                "auth", JsonObject.of("type", "m.login.dummy")))
                .refused(400, "M_USER_IN_USE");
        server.client()
                .get("/_matrix/client/v3/register/available?username=bob")
                .refused(400, "M_USER_IN_USE");
    }

    @Test
    void theUserLeavesRoomsAndDeclinesInvites() {
        var kitchen = alice.createRoom(JsonObject.of("preset", "public_chat"));
        var garden = alice.createRoom(JsonObject.EMPTY);
        bob.join(kitchen);
        alice.invite(bob, garden);
        deactivateBob();
        for (var room : new String[] {kitchen, garden}) {
            assertEquals("leave", member(room).ok().string("membership"));
            assertFalse(member(room).ok().has("displayname"));
        }
    }

    @Test
    void theProfileIsGone() {
        deactivateBob();
        assertEquals(
                JsonObject.EMPTY,
                server.client().get("/_matrix/client/v3/profile/" + escape(bob.id())).ok());
    }

    @Test
    void whatAnErasedUserSaidIsKeptFromWhoComesLater() {
        var kitchen = alice.createRoom(JsonObject.of("preset", "public_chat"));
        bob.join(kitchen);
        var said = bob.say(kitchen, "my secret");
        var carol = server.register("carol");
        carol.join(kitchen);
        bob.client().post(DEACTIVATE, byPassword(bob, "secret of bob").with("erase", true)).ok();
        var dave = server.register("dave");
        dave.join(kitchen);
        for (var whoSaw : new TestUser[] {alice, carol}) {
            assertTrue(whoSaw.messages(kitchen).toString().contains("my secret"));
        }
        assertFalse(dave.messages(kitchen).toString().contains("my secret"));
        assertTrue(dave.messages(kitchen).toString().contains(said));
        assertFalse(dave.sync().toString().contains("my secret"));
        for (var what : new String[] {"/event/", "/context/"}) {
            var seen = dave.client().get(TestUser.room(kitchen) + what + escape(said)).ok();
            assertFalse(seen.toString().contains("my secret"));
        }
    }

    @Test
    void withoutErasureWhatWasSaidStays() {
        var kitchen = alice.createRoom(JsonObject.of("preset", "public_chat"));
        bob.join(kitchen);
        bob.say(kitchen, "no secret");
        deactivateBob();
        var dave = server.register("dave");
        dave.join(kitchen);
        assertTrue(dave.messages(kitchen).toString().contains("no secret"));
        assertTrue(alice.messages(kitchen).toString().contains("no secret"));
    }

    @Test
    void anErasureIsRememberedOverARestart(@TempDir Path folder) {
        String room;
        try (var first = TestHomeserver.start(folder)) {
            var erin = first.register("erin");
            var frank = first.register("frank");
            room = erin.createRoom(JsonObject.of("preset", "public_chat"));
            frank.join(room);
            frank.say(room, "my secret");
            frank.client()
                    .post(DEACTIVATE, byPassword(frank, "secret of frank").with("erase", true))
                    .ok();
        }
        try (var second = TestHomeserver.start(folder)) {
            var grace = second.register("grace");
            grace.join(room);
            assertFalse(grace.messages(room).toString().contains("my secret"));
            assertTrue(second.login("erin").messages(room).toString().contains("my secret"));
        }
    }
}
