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
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Locking and suspending users, and seeing where they are.
class ModerationTest {

    private static final String V1 = "/_matrix/client/v1/admin/";
    private static final String WHOAMI = "/_matrix/client/v3/account/whoami";

    private final TestHomeserver server = TestHomeserver.start();
    private final TestUser admin = server.registerAdministrator("admin");
    private final TestUser alice = server.register("alice");
    private final TestUser bob = server.register("bob");

    @AfterEach
    void close() {
        server.close();
    }

    private Reply put(TestUser by, String what, String user, boolean value) {
        var key = what.equals("lock") ? "locked" : "suspended";
        return by.client().put(V1 + what + "/" + escape(user), JsonObject.of(key, value));
    }

    private void lock(TestUser user) {
        put(admin, "lock", user.id(), true).ok();
    }

    private void suspend(TestUser user) {
        put(admin, "suspend", user.id(), true).ok();
    }

    private static void isLocked(Reply reply) {
        assertTrue(reply.refused(401, "M_USER_LOCKED").json().bool("soft_logout"));
    }

    /// MOD-1: everything is closed, and the sessions stay
    @Test
    void aLockedUserComesBackWhenUnlocked() {
        bob.client().get(WHOAMI).ok();
        lock(bob);
        isLocked(bob.client().get(WHOAMI));
        isLocked(bob.client().get("/_matrix/client/v3/sync"));
        isLocked(bob.client().post("/_matrix/client/v3/createRoom", JsonObject.EMPTY));
        put(admin, "lock", bob.id(), false).ok();
        bob.client().get(WHOAMI).ok();
    }

    /// MOD-1
    @ParameterizedTest
    @ValueSource(strings = {"/_matrix/client/v3/logout", "/_matrix/client/v3/logout/all"})
    void aLockedUserMayLogOut(String logout) {
        lock(bob);
        bob.client().post(logout, JsonObject.EMPTY).ok();
        bob.client().get(WHOAMI).refused(401, "M_UNKNOWN_TOKEN");
    }

    /// MOD-1: nor does a locked account begin a session, or go on with one; who doesn't know the
    /// password learns nothing
    @Test
    void aLockedUserDoesNotLogIn() {
        var session = server.register("carol", JsonObject.of("refresh_token", true));
        put(admin, "lock", session.string("user_id"), true).ok();
        isLocked(logIn("carol", "secret of carol"));
        logIn("carol", "guess").refused(403, "M_FORBIDDEN");
        var refresh = JsonObject.of("refresh_token", session.string("refresh_token"));
        isLocked(server.client().post("/_matrix/client/v3/refresh", refresh));
        put(admin, "lock", session.string("user_id"), false).ok();
        server.client().post("/_matrix/client/v3/refresh", refresh).ok();
    }

    private Reply logIn(String name, String password) {
        return server.client()
                .post(
                        "/_matrix/client/v3/login",
                        JsonObject.of(
                                "type", "m.login.password", "user", name, "password", password));
    }

    /// MOD-2: what a suspended user may not do
    @ParameterizedTest
    @CsvSource({
        "POST, join/ROOM",
        "POST, rooms/ROOM/join",
        "POST, rooms/ROOM/invite",
        "POST, rooms/ROOM/kick",
        "POST, rooms/ROOM/ban",
        "POST, rooms/ROOM/unban",
        "POST, createRoom",
        "POST, knock/ROOM",
        "POST, rooms/ROOM/upgrade",
        "PUT, rooms/ROOM/send/m.room.message/1",
        "PUT, rooms/ROOM/state/m.room.topic",
        "PUT, rooms/ROOM/state/m.room.topic/",
        "PUT, rooms/ROOM/state/m.room.topic/key",
        "PUT, rooms/ROOM/typing/@bob:hearth.test",
        "PUT, directory/list/room/ROOM",
        "PUT, directory/room/%23alias:hearth.test",
        "DELETE, directory/room/%23alias:hearth.test",
        "PUT, profile/@bob:hearth.test/displayname",
        "DELETE, profile/@bob:hearth.test/avatar_url"
    })
    void aSuspendedUserSaysNothing(String method, String path) {
        var room = bob.createRoom(JsonObject.of("preset", "public_chat"));
        suspend(bob);
        bob.client()
                .send(
                        method,
                        "/_matrix/client/v3/" + path.replace("ROOM", escape(room)),
                        Optional.of("{}"))
                .refused(403, "M_USER_SUSPENDED");
    }

    /// MOD-2: what a suspended user may do
    @Test
    void aSuspendedUserReadsAndTidiesUp() {
        var room = alice.createRoom(JsonObject.of("preset", "public_chat"));
        bob.join(room);
        var own = bob.say(room, "mine");
        suspend(bob);
        alice.say(room, "hello");
        bob.sync();
        bob.messages(room);
        bob.read(room, own);
        redact(own, room, "1").ok();
        bob.leave(room);
        bob.client()
                .post(
                        "/_matrix/client/v3/keys/upload",
                        JsonObject.of("one_time_keys", JsonObject.EMPTY))
                .ok();
        server.login("bob").client().post("/_matrix/client/v3/logout", JsonObject.EMPTY).ok();
    }

    private Reply redact(String event, String room, String transaction) {
        return bob.client()
                .put(
                        TestUser.room(room) + "/redact/" + escape(event) + "/" + transaction,
                        JsonObject.EMPTY);
    }

    /// MOD-2: own events may be redacted, by either endpoint, and no others
    @Test
    void aSuspendedUserRedactsTheirOwn() {
        var room = bob.createRoom(JsonObject.of("preset", "public_chat"));
        alice.join(room);
        var own = bob.say(room, "mine");
        var other = alice.say(room, "yours");
        suspend(bob);
        redact(other, room, "1").refused(403, "M_USER_SUSPENDED");
        sendRedaction(room, other, "2").refused(403, "M_USER_SUSPENDED");
        sendRedaction(room, own, "3").ok();
        put(admin, "suspend", bob.id(), false).ok();
        redact(other, room, "4").ok();
    }

    private Reply sendRedaction(String room, String event, String transaction) {
        return bob.client()
                .put(
                        TestUser.room(room) + "/send/m.room.redaction/" + transaction,
                        JsonObject.of("redacts", event));
    }

    /// MOD-1, MOD-2: each is taken back by itself
    @Test
    void aUserCanBeBothLockedAndSuspended() {
        lock(bob);
        suspend(bob);
        isLocked(bob.client().get(WHOAMI));
        put(admin, "lock", bob.id(), false).ok();
        bob.client()
                .post("/_matrix/client/v3/createRoom", JsonObject.EMPTY)
                .refused(403, "M_USER_SUSPENDED");
        put(admin, "suspend", bob.id(), false).ok();
        bob.createRoom(JsonObject.EMPTY);
    }

    /// MOD-3
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/_matrix/client/v1/admin/",
                "/_matrix/client/unstable/uk.timedout.msc4323/admin/"
            })
    void theStateIsToldAndRepeated(String base) {
        for (var what : new String[] {"lock", "suspend"}) {
            var key = what.equals("lock") ? "locked" : "suspended";
            var path = base + what + "/" + escape(bob.id());
            assertEquals(JsonObject.of(key, false), admin.client().get(path).ok());
            var on = JsonObject.of(key, true);
            assertEquals(on, admin.client().put(path, on).ok());
            assertEquals(on, admin.client().put(path, on).ok());
            assertEquals(on, admin.client().get(path).ok());
            admin.client().put(path, JsonObject.EMPTY).refused(400, "M_MISSING_PARAM");
            admin.client().put(path, JsonObject.of(key, "yes")).refused(400, "M_BAD_JSON");
        }
    }

    /// MOD-3: who asks is looked at before anything else
    @ParameterizedTest
    @ValueSource(strings = {"lock", "suspend"})
    void whoIsNotAnAdministratorLearnsNothing(String what) {
        for (var user : new String[] {bob.id(), "@nobody:hearth.test", "@bob:elsewhere", "junk"}) {
            put(alice, what, user, true).refused(403, "M_FORBIDDEN");
            alice.client().get(V1 + what + "/" + escape(user)).refused(403, "M_FORBIDDEN");
        }
    }

    /// MOD-3
    @ParameterizedTest
    @ValueSource(strings = {"lock", "suspend"})
    void onlyOtherUsersOfThisServerCanBeModerated(String what) {
        put(admin, what, "@bob:elsewhere", true).refused(400, "M_INVALID_PARAM");
        put(admin, what, "@nobody:hearth.test", true).refused(404, "M_NOT_FOUND");
        put(admin, what, admin.id(), true).refused(403, "M_FORBIDDEN");
        admin.client()
                .get(V1 + what + "/" + escape("@bob:elsewhere"))
                .refused(400, "M_INVALID_PARAM");
        admin.client().get(V1 + what + "/" + escape(admin.id())).ok();
        bob.deactivate();
        put(admin, what, bob.id(), true).refused(404, "M_NOT_FOUND");
    }

    /// MOD-4, SyTest: /whois
    @Test
    void itIsKnownWhereAUserIs() {
        var path = "/_matrix/client/v3/admin/whois/" + escape(bob.id());
        bob.client().get(WHOAMI).ok();
        for (var asking : new TestUser[] {bob, admin}) {
            var told = asking.client().get(path).ok();
            assertEquals(bob.id(), told.string("user_id"));
            var sessions = told.object("devices").object(bob.deviceId()).array("sessions");
            var connections = sessions.objects().getFirst().array("connections");
            var connection = connections.objects().getFirst();
            assertEquals("127.0.0.1", connection.string("ip"));
            assertTrue(connection.integer("last_seen") > 0);
            assertTrue(connection.string("user_agent").startsWith("Java"));
        }
        alice.client().get(path).refused(403, "M_FORBIDDEN");
        alice.client()
                .get("/_matrix/client/v3/admin/whois/" + escape("@nobody:hearth.test"))
                .refused(403, "M_FORBIDDEN");
        admin.client()
                .get("/_matrix/client/v3/admin/whois/" + escape("@nobody:hearth.test"))
                .refused(404, "M_NOT_FOUND");
    }

    /// MOD-4: over a restart, and no longer than it needs to be told apart
    @Test
    void itIsKnownByWhichProgramADeviceWasLastUsed(@TempDir Path folder) {
        var path = "/_matrix/client/v3/admin/whois/" + escape("@carol:hearth.test");
        try (var first = TestHomeserver.start(folder)) {
            var carol = first.register("carol").client();
            carol.called("Element/" + "1".repeat(300)).get(WHOAMI).ok();
        }
        try (var second = TestHomeserver.start(folder)) {
            var told = second.login("carol").client().called("Fluffy").get(path).ok().toString();
            assertTrue(told.contains("\"Fluffy\""), told);
            assertTrue(told.contains("\"Element/" + "1".repeat(192) + "\""), told);
        }
    }

    /// CAP-1: `m.account_moderation` is told to whom it is given
    @Test
    void administratorsAreToldThatTheyMayModerate() {
        var path = "/_matrix/client/v3/capabilities";
        assertEquals(
                JsonObject.of("suspend", true, "lock", true),
                admin.client()
                        .get(path)
                        .ok()
                        .object("capabilities")
                        .object("m.account_moderation"));
        assertFalse(
                alice.client().get(path).ok().object("capabilities").has("m.account_moderation"));
    }
}
