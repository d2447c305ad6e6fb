package dev.hearth.room;

import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonReader;
import dev.hearth.testing.Reply;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whose invites a user wants.
class InvitePermissionTest {

    private static final String STABLE = "m.invite_permission_config";
    private static final String UNSTABLE = "org.matrix.msc4155.invite_permission_config";

    private final TestHomeserver server = TestHomeserver.start();
    private final TestUser alice = server.register("alice");
    private final TestUser bob = server.register("bob");
    private String room = "";

    @BeforeEach
    void aRoomOfAlice() {
        room = alice.createRoom(JsonObject.EMPTY);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Reply invite() {
        return alice.client()
                .post(TestUser.room(room) + "/invite", JsonObject.of("user_id", bob.id()));
    }

    private boolean hearsOfInvite() {
        bob.forgetSync();
        return bob.sync().path("rooms", "invite", room).isPresent();
    }

    @Test
    @DisplayName("INV-1: who blocks invites gets none, by whichever way")
    void blocked() {
        bob.setAccountData(STABLE, JsonObject.of("default_action", "block"));
        invite().refused(403, "M_INVITE_BLOCKED");
        alice.client()
                .put(
                        TestUser.room(room) + "/state/m.room.member/" + escape(bob.id()),
                        JsonObject.of("membership", "invite"))
                .refused(403, "M_INVITE_BLOCKED");
        alice.client()
                .get(TestUser.room(room) + "/state/m.room.member/" + escape(bob.id()))
                .refused(404, "M_NOT_FOUND");
        assertFalse(hearsOfInvite());
    }

    @Test
    @DisplayName("ROOM-5, INV-1: a room that somebody doesn't want to be invited to isn't made")
    void createRoom() {
        bob.setAccountData(STABLE, JsonObject.of("default_action", "block"));
        alice.client()
                .post(
                        "/_matrix/client/v3/createRoom",
                        JsonObject.of("invite", JsonArray.of(bob.id()), "room_alias_name", "tea"))
                .refused(403, "M_INVITE_BLOCKED");
        assertEquals(
                JsonArray.of(room),
                alice.client().get("/_matrix/client/v3/joined_rooms").ok().array("joined_rooms"));
        alice.createRoom(JsonObject.of("room_alias_name", "tea"));
    }

    @ParameterizedTest(name = "INV-1: {0} blocks nothing")
    @ValueSource(strings = {"{}", "{'default_action':'allow'}", "{'default_action':true}"})
    void otherValues(String content) {
        bob.setAccountData(STABLE, json(content));
        invite().ok();
        assertTrue(hearsOfInvite());
    }

    private static JsonObject json(String text) {
        return JsonReader.readObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @Test
    @DisplayName("INV-2: an invite from before isn't told any more; the room's state stays")
    void fromBefore() {
        invite().ok();
        bob.setAccountData(STABLE, JsonObject.of("default_action", "block"));
        assertFalse(hearsOfInvite());
        assertEquals(
                "invite",
                alice.client()
                        .get(TestUser.room(room) + "/state/m.room.member/" + escape(bob.id()))
                        .ok()
                        .string("membership"));
        bob.setAccountData(STABLE, JsonObject.EMPTY);
        assertTrue(hearsOfInvite());
    }

    @Test
    @DisplayName("INV-1: who is invited already may block further invites, and come in")
    void comingInAnyhow() {
        invite().ok();
        bob.setAccountData(STABLE, JsonObject.of("default_action", "block"));
        invite().ok();
        bob.join(room);
    }

    /// Complement: TestInviteFiltering, all of its cases. Those that name a server do so for ours.
    @ParameterizedTest(name = "INV-3: {0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|told",
                "{'blocked_users':['@alice:hearth.test']}|blocked",
                "{'ignored_users':['@alice:hearth.test']}|hidden",
                "{'blocked_servers':['hearth.test']}|blocked",
                "{'ignored_servers':['hearth.test']}|hidden",
                "{'blocked_servers':['hearth*']}|blocked",
                "{'blocked_servers':['other.test']}|told",
                "{'blocked_users':['@alic?:*']}|blocked",
                "{'blocked_users':['@ALICE:hearth.test']}|told",
                "{'allowed_users':['@alice:hearth.test'],'blocked_servers':['*']}|told",
                "{'blocked_users':['@alice:hearth.test'],'allowed_servers':['*']}|blocked",
                "{'allowed_users':['@a*'],'ignored_users':['@a*'],'blocked_users':['@a*']}|told",
                "{'allowed_users':null,'ignored_users':null,'blocked_users':null,"
                        + "'allowed_servers':null,'ignored_servers':null,'blocked_servers':null}"
                        + "|told",
                "{'blocked_users':[7,null,{}],'blocked_servers':'*'}|told",
                "{'enabled':false,'blocked_servers':['*']}|told",
                "{'enabled':true,'blocked_servers':['*']}|blocked",
            })
    void lists(String content, String expected) {
        bob.setAccountData(UNSTABLE, json(content));
        var reply = invite();
        if (expected.equals("blocked")) {
            reply.refused(403, "M_INVITE_BLOCKED");
        } else {
            reply.ok();
        }
        assertEquals(expected.equals("told"), hearsOfInvite());
    }

    @Test
    @DisplayName("INV-3: an invite that isn't told can be accepted all the same")
    void hiddenInvite() {
        bob.setAccountData(UNSTABLE, json("{'ignored_users':['@alice:hearth.test']}"));
        invite().ok();
        bob.join(room);
    }

    @Test
    @DisplayName("INV-1: the list of what is blocked doesn't reach the type that blocks everything")
    void theTypesAreApart() {
        bob.setAccountData(STABLE, json("{'blocked_users':['@alice:hearth.test']}"));
        invite().ok();
    }

    /// Complement: TestInviteFromIgnoredUsersDoesNotAppearInSync
    @Test
    @DisplayName("SYNC-15: an invite of somebody whom the user ignores isn't told")
    void ignoredUsers() {
        bob.sync();
        bob.ignore(alice.id());
        invite().ok();
        assertTrue(bob.sync().path("rooms", "invite").isEmpty());
        assertFalse(hearsOfInvite());
    }
}
