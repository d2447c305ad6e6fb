package dev.hearth.keys.dehydration;

import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.testing.Reply;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// A device that sleeps is written to as every other, and gives what it was sent to who wakes
/// it.
class DehydrationTest {

    private static final String DEVICE =
            "/_matrix/client/unstable/org.matrix.msc3814.v1/dehydrated_device";
    private static final JsonObject SEALED =
            JsonObject.of("algorithm", "org.matrix.msc3814.v2", "device_pickle", "abc");

    private final TestHomeserver server = TestHomeserver.start();
    private final TestUser alice = server.register("alice");
    private final TestUser bob = server.register("bob");

    @AfterEach
    void close() {
        server.close();
    }

    private JsonObject device(String id) {
        return JsonObject.of(
                "device_id",
                id,
                "device_data",
                SEALED,
                "initial_device_display_name",
                "Sleeper",
                "device_keys",
                JsonObject.of(
                        "user_id",
                        alice.id(),
                        "device_id",
                        id,
                        "algorithms",
                        JsonArray.EMPTY,
                        "keys",
                        JsonObject.of("ed25519:" + id, "abc"),
                        "signatures",
                        JsonObject.EMPTY,
                        "dehydrated",
                        true),
                "one_time_keys",
                JsonObject.of("signed_curve25519:A", JsonObject.of("key", "a")));
    }

    private Reply dehydrate(String id) {
        return alice.client().put(DEVICE, device(id));
    }

    private void write(String to, String text, int number) {
        bob.client()
                .put(
                        "/_matrix/client/v3/sendToDevice/org.example/" + number,
                        JsonObject.of(
                                "messages",
                                JsonObject.of(
                                        alice.id(),
                                        JsonObject.of(to, JsonObject.of("text", text)))))
                .ok();
    }

    private static List<String> texts(JsonObject answer) {
        return answer.array("events").objects().stream()
                .map(event -> event.object("content").string("text"))
                .toList();
    }

    private JsonObject keysOfAlice() {
        return bob.client()
                .post(
                        "/_matrix/client/v3/keys/query",
                        JsonObject.of("device_keys", JsonObject.of(alice.id(), JsonArray.EMPTY)))
                .ok()
                .object("device_keys")
                .object(alice.id());
    }

    @Test
    void whatIsSealedIsGivenBack() {
        alice.client().get(DEVICE).refused(404, "M_NOT_FOUND");
        alice.client().delete(DEVICE).refused(404, "M_NOT_FOUND");
        assertEquals(JsonObject.of("device_id", "SLEEP"), dehydrate("SLEEP").ok());
        assertEquals(
                JsonObject.of("device_id", "SLEEP", "device_data", SEALED),
                alice.client().get(DEVICE).ok());
        bob.client().get(DEVICE).refused(404, "M_NOT_FOUND");
        assertEquals(JsonObject.of("device_id", "SLEEP"), alice.client().delete(DEVICE).ok());
        alice.client().get(DEVICE).refused(404, "M_NOT_FOUND");
        assertEquals(JsonObject.EMPTY, keysOfAlice());
    }

    @Test
    @DisplayName("KEY-3, KEY-4: its keys are found and claimed as those of any other")
    void ithasKeys() {
        dehydrate("SLEEP").ok();
        var found = keysOfAlice().object("SLEEP");
        assertTrue(found.bool("dehydrated"));
        assertEquals("Sleeper", found.object("unsigned").string("device_display_name"));
        var claimed =
                bob.client()
                        .post(
                                "/_matrix/client/v3/keys/claim",
                                JsonObject.of(
                                        "one_time_keys",
                                        JsonObject.of(
                                                alice.id(),
                                                JsonObject.of("SLEEP", "signed_curve25519"))))
                        .ok();
        assertTrue(claimed.object("one_time_keys").has(alice.id()));
    }

    @Test
    @DisplayName("TD-1: what it is sent is read page by page, and again by who begins anew")
    void whatItWasSent() {
        dehydrate("SLEEP").ok();
        for (int i = 0; i < 101; i++) {
            write(i % 2 == 0 ? "SLEEP" : "*", "t" + i, i);
        }
        var path = DEVICE + "/SLEEP/events";
        var first = alice.client().get(path).ok();
        assertEquals(100, texts(first).size());
        var next = JsonObject.of("next_batch", first.string("next_batch"));
        var second = alice.client().post(path, next).ok();
        assertEquals(List.of("t100"), texts(second));
        var third = alice.client().get(path + "?next_batch=" + escape(second.string("next_batch")));
        assertEquals(List.of(), texts(third.ok()));
        assertEquals(texts(first), texts(alice.client().post(path, JsonObject.EMPTY).ok()));
        alice.client().get(path + "?next_batch=s1").refused(400, "M_INVALID_PARAM");
        alice.client().get(DEVICE + "/OTHER/events").refused(403, "M_FORBIDDEN");
        bob.client().get(path).refused(403, "M_FORBIDDEN");
    }

    @Test
    @DisplayName("DL-1: a new one takes the place of the old, and who shares a room is told")
    void oneAtATime() {
        bob.join(alice.createRoom(JsonObject.of("preset", "public_chat")));
        bob.sync();
        dehydrate("ONE").ok();
        assertEquals(JsonArray.of(alice.id()), changed(bob.sync()));
        write("ONE", "lost", 1);
        dehydrate("TWO").ok();
        assertEquals(JsonArray.of(alice.id()), changed(bob.sync()));
        assertFalse(keysOfAlice().has("ONE"));
        dehydrate("ONE").ok();
        assertEquals(List.of(), texts(alice.client().get(DEVICE + "/ONE/events").ok()));
    }

    private static Object changed(JsonObject sync) {
        return sync.path("device_lists", "changed").orElse(JsonArray.EMPTY);
    }

    @Test
    void nobodyLogsInByIt() {
        dehydrate(alice.deviceId()).refused(403, "M_FORBIDDEN");
        dehydrate("SLEEP").ok();
        server.client()
                .post(
                        "/_matrix/client/v3/login",
                        JsonObject.of(
                                "type",
                                "m.login.password",
                                "identifier",
                                JsonObject.of("type", "m.id.user", "user", "alice"),
                                "password",
                                "secret of alice",
                                "device_id",
                                "SLEEP"))
                .refused(403, "M_FORBIDDEN");
    }

    @Test
    void whatMakesNoSenseIsRefusedInWords() {
        for (var missing : List.of("device_id", "device_data", "device_keys")) {
            alice.client()
                    .put(DEVICE, device("SLEEP").without(missing))
                    .refused(400, "M_MISSING_PARAM");
        }
        alice.client()
                .put(DEVICE, device("SLEEP").with("device_id", "OTHER"))
                .refused(400, "M_BAD_JSON");
        var large = SEALED.with("device_pickle", "x".repeat(300_000));
        alice.client()
                .put(DEVICE, device("SLEEP").with("device_data", large))
                .refused(413, "M_TOO_LARGE");
        alice.client().get(DEVICE).refused(404, "M_NOT_FOUND");
    }
}
