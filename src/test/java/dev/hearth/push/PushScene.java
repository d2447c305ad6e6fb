package dev.hearth.push;

import dev.hearth.json.JsonObject;
import dev.hearth.testing.TestAuthority;
import dev.hearth.testing.TestClock;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Two users in a room, whose news is pushed to a real gateway on loopback.
abstract class PushScene {

    final TestClock clock = new TestClock();
    final TestAuthority authority = new TestAuthority();

    @TempDir Path folder;

    ScriptedGateway gateway;
    TestHomeserver server;
    TestUser alice;
    TestUser bob;
    String room;

    @BeforeEach
    void meet() {
        gateway = new ScriptedGateway(authority);
        server = start();
        alice = server.register("alice");
        bob = server.register("bob");
        room =
                alice.createRoom(
                        JsonObject.of(
                                "preset",
                                "public_chat",
                                "name",
                                "Kitchen",
                                "room_alias_name",
                                "kitchen"));
        bob.join(room);
    }

    TestHomeserver start() {
        return TestHomeserver.start(folder.resolve("data"), clock, settings());
    }

    /// With which it reaches the gateway.
    String[] settings() {
        return new String[] {
            "http_client.ip_deny=[]",
            "http_client.extra_ca=[\"" + authority.file(folder) + "\"]",
            "federation.resolve=[\"" + ScriptedGateway.NAME + "=127.0.0.1\"]"
        };
    }

    @AfterEach
    void stop() {
        gateway.close();
        server.close();
    }

    void push(TestUser user, String pushkey, JsonObject data) {
        push(user, pushkey, data, true);
    }

    void push(TestUser user, String pushkey, JsonObject data, boolean enabled) {
        var pusher =
                JsonObject.builder()
                        .put("kind", "http")
                        .put("app_id", "org.example.app")
                        .put("pushkey", pushkey)
                        .put("app_display_name", "App")
                        .put("device_display_name", "Phone")
                        .put("lang", "en")
                        .put("append", true)
                        .put("data", data)
                        .put("org.matrix.msc3881.enabled", enabled);
        user.client().post("/_matrix/client/v3/pushers/set", pusher.build()).ok();
    }

    JsonObject data() {
        return JsonObject.of("url", gateway.url());
    }

    static JsonObject device(JsonObject told) {
        return told.array("devices").objects().getFirst();
    }

    static String event(JsonObject told) {
        return told.peekString("event_id").orElse("none");
    }

    static long unread(JsonObject told) {
        return told.object("counts").integer("unread");
    }
}
