package dev.hearth.room.directory;

import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearth.json.JsonObject;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Who sees the list of public rooms and who fills it, where the server's owner decides.
class DirectorySettingsTest {

    private static final String PUBLIC_ROOMS = "/_matrix/client/v3/publicRooms";

    private static TestUser administrator(TestHomeserver server) {
        var token = server.firstAdministratorToken().orElseThrow();
        var request =
                JsonObject.of(
                        "username",
                        "root",
                        "password",
                        "secret of root",
                        "auth",
                        JsonObject.of("type", "m.login.registration_token", "token", token));
        var path = "/_matrix/client/v3/register";
        var session =
                server.client()
                        .send("POST", path, Optional.of(request.without("auth").toString()))
                        .json()
                        .string("session");
        var auth = request.object("auth").with("session", session);
        server.client().post(path, request.with("auth", auth)).ok();
        return server.login("root");
    }

    @Test
    void theListCanBeForThoseWithAnAccountAlone() {
        try (var server =
                TestHomeserver.start(Clock.systemUTC(), "directory.public_without_auth=false")) {
            server.client().get(PUBLIC_ROOMS).refused(401, "M_MISSING_TOKEN");
            server.register("alice").client().get(PUBLIC_ROOMS).ok();
        }
    }

    @Test
    void theListCanBeKeptByAdministratorsAlone() {
        try (var server = TestHomeserver.start(Clock.systemUTC(), "directory.publishing=false")) {
            var root = administrator(server);
            var alice = server.register("alice");
            alice.client()
                    .post("/_matrix/client/v3/createRoom", JsonObject.of("visibility", "public"))
                    .refused(403, "M_FORBIDDEN");
            var room = alice.createRoom(JsonObject.of("preset", "public_chat"));
            var path = "/_matrix/client/v3/directory/list/room/" + escape(room);
            alice.client().put(path, JsonObject.EMPTY).refused(403, "M_FORBIDDEN");
            root.client().put(path, JsonObject.EMPTY).ok();
            var entry = server.client().get(PUBLIC_ROOMS).ok().array("chunk").objects();
            assertEquals(room, entry.getFirst().string("room_id"));
            alice.client().put(path, JsonObject.of("visibility", "private")).ok();
        }
    }
}
