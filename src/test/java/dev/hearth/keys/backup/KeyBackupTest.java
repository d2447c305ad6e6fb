package dev.hearth.keys.backup;

import static dev.hearth.keys.EncryptionServer.ALICE;
import static dev.hearth.keys.EncryptionServer.BOB;
import static dev.hearth.keys.EncryptionServer.PHONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonNull;
import dev.hearth.json.JsonObject;
import dev.hearth.keys.EncryptionServer;
import dev.hearth.testing.TestClient;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyBackupTest {

    private static final String VERSION = "/_matrix/client/v3/room_keys/version";
    private static final String KEYS = "/_matrix/client/v3/room_keys/keys";
    private static final String ROOM = "!room:test";
    private static final String ALGORITHM = "m.megolm_backup.v1.curve25519-aes-sha2";
    private static final JsonObject ABOUT =
            JsonObject.of("algorithm", ALGORITHM, "auth_data", JsonObject.of("public_key", "p"));

    private final EncryptionServer server = EncryptionServer.start();
    private final TestClient alice = server.client(ALICE, PHONE);

    @AfterEach
    void close() {
        server.close();
    }

    private String create() {
        return alice.post(VERSION, ABOUT).ok().string("version");
    }

    private static JsonObject key(int index, int forwarded, boolean verified) {
        return JsonObject.of(
                "first_message_index", index,
                "forwarded_count", forwarded,
                "is_verified", verified,
                "session_data", JsonObject.of("ciphertext", index + " " + forwarded));
    }

    private static JsonObject sessions(String... ids) {
        var sessions = JsonObject.builder();
        for (var id : ids) {
            sessions.put(id, key(0, 0, true));
        }
        return JsonObject.of("sessions", sessions.build());
    }

    private static String session(String id, String version) {
        return KEYS + "/" + ROOM + "/" + id + "?version=" + version;
    }

    @Test
    @DisplayName("KB-1: the newest backup is the current one, and versions are not used again")
    void newestBackupIsCurrent() {
        alice.get(VERSION).refused(404, "M_NOT_FOUND");
        var first = create();
        var second = create();
        var current = ABOUT.with("version", second).with("count", 0).with("etag", "0");
        assertEquals(current, alice.get(VERSION).ok());
        alice.delete(VERSION + "/" + second).ok();
        assertEquals(first, alice.get(VERSION).ok().string("version"));
        assertNotEquals(second, create());
    }

    @Test
    @DisplayName("KB-5: deleting twice is fine, deleting what never was is not")
    void deletingTwiceIsFine() {
        var version = create();
        alice.put(session("S", version), key(0, 0, true)).ok();
        alice.delete(VERSION + "/" + version).ok();
        alice.delete(VERSION + "/" + version).ok();
        alice.delete(VERSION + "/9").refused(404, "M_NOT_FOUND");
        alice.delete(VERSION + "/nine").refused(404, "M_NOT_FOUND");
        alice.get(VERSION + "/" + version).refused(404, "M_NOT_FOUND");
        alice.get(session("S", version)).refused(404, "M_NOT_FOUND");
    }

    /// SyTest: Can create backup version, SyTest: Can update backup version, SyTest: Can backup
    /// keys
    @Test
    @DisplayName("the data of a backup is its clients' affair, and may be a text")
    void theDataMayBeText() {
        var about = JsonObject.of("algorithm", "org.example", "auth_data", "a \"text\"");
        var version = alice.post(VERSION, about).ok().string("version");
        assertEquals("a \"text\"", alice.get(VERSION).ok().string("auth_data"));
        alice.put(VERSION + "/" + version, about.with("auth_data", "")).ok();
        assertEquals("", alice.get(VERSION + "/" + version).ok().string("auth_data"));
        var current = alice.post(VERSION, about).ok().string("version");
        var key = key(0, 0, true).with("session_data", "text");
        alice.put(session("S", current), key).ok();
        assertEquals(key, alice.get(session("S", current)).ok());
        for (var wrong : List.of(7, JsonArray.EMPTY, JsonNull.NULL)) {
            alice.post(VERSION, about.with("auth_data", wrong)).refused(400, "M_BAD_JSON");
        }
    }

    @Test
    @DisplayName("KB-5: only the data of a backup can be changed")
    void onlyTheDataCanBeChanged() {
        var path = VERSION + "/" + create();
        var changed = ABOUT.with("auth_data", JsonObject.of("public_key", "q"));
        alice.put(path, changed).ok();
        assertEquals(changed.object("auth_data"), alice.get(path).ok().object("auth_data"));
        alice.put(path, ABOUT.with("algorithm", "other")).refused(400, "M_INVALID_PARAM");
        alice.put(path, ABOUT.with("version", "2")).refused(400, "M_INVALID_PARAM");
        alice.put(path, ABOUT.with("version", "1")).ok();
        alice.put(VERSION + "/9", ABOUT).refused(404, "M_NOT_FOUND");
    }

    /// Complement: TestE2EKeyBackupReplaceRoomKeyRules
    @ParameterizedTest
    @DisplayName("KB-2: verified wins, then the lower index, then the lower forwarded count")
    @CsvSource({
        "5, 5, false, 9, 9, true,  true",
        "5, 5, true,  1, 1, false, false",
        "5, 5, true,  4, 9, true,  true",
        "5, 5, true,  6, 1, true,  false",
        "5, 5, false, 5, 4, false, true",
        "5, 5, false, 5, 6, false, false",
        "5, 5, true,  5, 5, true,  false",
    })
    void betterKeyWins(
            int index, int forwarded, boolean verified, int i, int f, boolean v, boolean replaced) {
        var version = create();
        var old = key(index, forwarded, verified);
        var other = key(i, f, v).with("session_data", JsonObject.of("ciphertext", "other"));
        var before = alice.put(session("S", version), old).ok();
        var after = alice.put(session("S", version), other).ok();
        assertEquals(replaced ? other : old, alice.get(session("S", version)).ok());
        // KB-3: the etag changes only when the stored keys do.
        assertEquals(replaced, !before.string("etag").equals(after.string("etag")));
        assertEquals(1, after.integer("count"));
    }

    @Test
    @DisplayName("KB-1: keys are stored in the current backup only, and read from every one")
    void keysAreStoredInTheCurrentBackup() {
        var old = create();
        alice.put(session("S", old), key(0, 0, true)).ok();
        var current = create();
        var refused =
                alice.put(session("S", old), key(0, 0, true))
                        .refused(403, "M_WRONG_ROOM_KEYS_VERSION");
        assertEquals(current, refused.json().string("current_version"));
        alice.put(session("S", "9"), key(0, 0, true)).refused(404, "M_NOT_FOUND");
        alice.put(KEYS + "/" + ROOM + "/S", key(0, 0, true)).refused(400, "M_MISSING_PARAM");
        alice.get(session("S", old)).ok();
        assertEquals(0, alice.delete(session("S", old)).ok().integer("count"));
    }

    @Test
    @DisplayName("KB-3, KB-4: all forms of storing, reading and deleting keys")
    void allFormsOfStoringReadingAndDeleting() {
        var version = "?version=" + create();
        var room = KEYS + "/" + ROOM + version;
        assertEquals(JsonObject.of("rooms", JsonObject.EMPTY), alice.get(KEYS + version).ok());
        assertEquals(JsonObject.of("sessions", JsonObject.EMPTY), alice.get(room).ok());
        alice.put(room, sessions("A", "B")).ok();
        var rooms = JsonObject.of("!other:test", sessions("C"), ROOM, sessions("D"));
        var stored = alice.put(KEYS + version, JsonObject.of("rooms", rooms)).ok();
        assertEquals(4, stored.integer("count"));
        assertEquals(sessions("A", "B", "D"), alice.get(room).ok());
        var all = JsonObject.of("!other:test", sessions("C"), ROOM, sessions("A", "B", "D"));
        assertEquals(JsonObject.of("rooms", all), alice.get(KEYS + version).ok());
        assertEquals(1, alice.delete(room).ok().integer("count"));
        var emptied = alice.delete(KEYS + version).ok();
        assertEquals(0, emptied.integer("count"));
        assertEquals(emptied, alice.delete(KEYS + version).ok());
    }

    @Test
    void nobodySeesAnothersBackup() {
        var version = create();
        alice.put(session("S", version), key(0, 0, true)).ok();
        var bob = server.client(BOB, PHONE);
        bob.get(session("S", version)).refused(404, "M_NOT_FOUND");
        bob.get(VERSION + "/" + version).refused(404, "M_NOT_FOUND");
    }

    @Test
    void keysOfTheWrongShapeAreRefused() {
        var path = session("S", create());
        var good = key(0, 0, true);
        alice.put(path, good.with("first_message_index", -1)).refused(400, "M_BAD_JSON");
        alice.put(path, good.with("is_verified", "yes")).refused(400, "M_BAD_JSON");
        alice.put(path, good.with("session_data", 7)).refused(400, "M_BAD_JSON");
        alice.put(path, good.with("session_data", "x".repeat(1 << 16))).refused(413, "M_TOO_LARGE");
        alice.put(path, good.without("forwarded_count")).refused(400, "M_MISSING_PARAM");
        alice.put(path, good.with("session_data", JsonObject.of("x", "x".repeat(1 << 16))))
                .refused(413, "M_TOO_LARGE");
        alice.put(session("x".repeat(256), "1"), good).refused(400, "M_INVALID_PARAM");
        alice.put(session("x".repeat(255), "1"), good).ok();
    }

    @Test
    void pathsFromBeforeTheSpecificationAnswerToo() {
        create();
        alice.get("/_matrix/client/unstable/room_keys/version").ok();
        alice.get("/_matrix/client/r0/room_keys/version").ok();
    }
}
