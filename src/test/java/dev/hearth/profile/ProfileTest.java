package dev.hearth.profile;

import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonNull;
import dev.hearth.json.JsonObject;
import dev.hearth.testing.Reply;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What users tell of themselves, and who hears of it.
class ProfileTest {

    private final TestHomeserver server =
            TestHomeserver.start(Clock.systemUTC(), "guest_access=true");
    private final TestUser alice = server.register("alice");

    @AfterEach
    void close() {
        server.close();
    }

    private static String path(TestUser user) {
        return "/_matrix/client/v3/profile/" + escape(user.id());
    }

    private static Reply set(TestUser user, String field, Object value) {
        return user.client().put(path(user) + "/" + escape(field), JsonObject.of(field, value));
    }

    private static JsonObject member(TestUser asking, String room, TestUser whose) {
        return asking.client()
                .get(TestUser.room(room) + "/state/m.room.member/" + escape(whose.id()))
                .ok();
    }

    @Test
    void whoIsNewIsCalledByTheUserName() {
        assertEquals(JsonObject.of("displayname", "alice"), server.client().get(path(alice)).ok());
    }

    /// PROF-1 Complement: TestProfileAvatarURL Complement: TestProfileDisplayName
    @Test
    void anybodyReadsWhatTheUserSet() {
        set(alice, "displayname", "Alice Liddell").ok();
        set(alice, "avatar_url", "mxc://hearth.test/picture").ok();
        set(alice, "m.tz", "Europe/London").ok();
        set(alice, "org.example.pets", JsonArray.of("Dinah")).ok();
        assertEquals(
                JsonObject.of(
                        "displayname", "Alice Liddell",
                        "avatar_url", "mxc://hearth.test/picture",
                        "m.tz", "Europe/London",
                        "org.example.pets", JsonArray.of("Dinah")),
                server.client().get(path(alice)).ok());
        assertEquals(
                JsonObject.of("displayname", "Alice Liddell"),
                server.client().get(path(alice) + "/displayname").ok());
        assertEquals(
                JsonObject.of("org.example.pets", JsonArray.of("Dinah")),
                server.client().get(path(alice) + "/org.example.pets").ok());
    }

    /// PROF-1
    @Test
    void theBodyNamesTheFieldOfThePath() {
        alice.client()
                .put(path(alice) + "/displayname", JsonObject.of("avatar_url", "mxc://a/b"))
                .refused(400, "M_MISSING_PARAM");
    }

    /// PROF-1
    @Test
    void nothingIsStoredAsNothingInAFieldOfOnesOwn() {
        set(alice, "org.example.pet", JsonNull.NULL).ok();
        assertEquals(
                JsonObject.of("org.example.pet", JsonNull.NULL),
                server.client().get(path(alice) + "/org.example.pet").ok());
    }

    /// PROF-1
    @ParameterizedTest
    @ValueSource(strings = {"displayname", "avatar_url", "m.tz"})
    void aNameIsAText(String field) {
        set(alice, field, JsonNull.NULL).refused(400, "M_BAD_JSON");
        set(alice, field, 7).refused(400, "M_BAD_JSON");
        set(alice, field, "x".repeat(1_001)).refused(400, "M_INVALID_PARAM");
    }

    /// PROF-1 Complement: TestAvatarUrlUpdate
    @Test
    void anAvatarIsWhateverClientsMakeOfIt() {
        var room = alice.createRoom(JsonObject.EMPTY);
        set(alice, "avatar_url", "LemurLover").ok();
        assertEquals("LemurLover", member(alice, room, alice).string("avatar_url"));
    }

    /// PROF-2
    @Test
    void guestsSayTheirNamesAndNoMore() {
        var login =
                server.client()
                        .post("/_matrix/client/v3/register?kind=guest", JsonObject.EMPTY)
                        .ok();
        var guest = server.client().as(login.string("access_token"));
        var path = "/_matrix/client/v3/profile/" + escape(login.string("user_id"));
        guest.put(path + "/displayname", JsonObject.of("displayname", "Passer-by")).ok();
        assertEquals(
                JsonObject.of("displayname", "Passer-by"),
                server.client().get(path + "/displayname").ok());
        guest.put(path + "/m.tz", JsonObject.of("m.tz", "UTC"))
                .refused(403, "M_GUEST_ACCESS_FORBIDDEN");
        guest.delete(path + "/displayname").ok();
        server.client().get(path + "/displayname").refused(404, "M_NOT_FOUND");
    }

    /// PROF-4: a place that a room was entered by is not claimed again
    @Test
    void aNewNameSaysNothingOfHowOneCameIn() {
        var space = alice.createRoom(JsonObject.of("preset", "public_chat"));
        var allow = JsonObject.of("type", "m.room_membership", "room_id", space);
        var room = alice.createRoom(JsonObject.of("preset", "private_chat"));
        alice.sendState(
                room,
                "m.room.join_rules",
                "",
                JsonObject.of("join_rule", "restricted", "allow", JsonArray.of(allow)));
        var bob = server.register("bob");
        bob.join(space);
        alice.invite(bob, room);
        bob.join(room);
        set(bob, "displayname", "Bobby").ok();
        assertEquals(
                JsonObject.of("membership", "join", "displayname", "Bobby"),
                member(alice, room, bob));
    }

    /// PROF-1
    @ParameterizedTest
    @ValueSource(strings = {"pets", "Org.Example", "org example.pet", "1.a", ".a", "a.", "a..b"})
    void aFieldHasANamespacedName(String field) {
        set(alice, field, "x").refused(400, "M_INVALID_PARAM");
        alice.client().delete(path(alice) + "/" + escape(field)).refused(400, "M_INVALID_PARAM");
    }

    /// PROF-1
    @Test
    void namesAndProfilesHaveAnEnd() {
        set(alice, "a." + "b".repeat(253), "x").ok();
        set(alice, "a." + "b".repeat(254), "x").refused(400, "M_KEY_TOO_LARGE");
        set(alice, "org.example.one", "x".repeat(40_000)).ok();
        set(alice, "org.example.two", "x".repeat(40_000)).refused(400, "M_PROFILE_TOO_LARGE");
        set(alice, "org.example.one", "x".repeat(50_000)).ok();
        assertFalse(server.client().get(path(alice)).ok().has("org.example.two"));
    }

    /// PROF-1, PROF-2
    @Test
    void aFieldThatIsTakenAwayIsGone() {
        set(alice, "m.tz", "Europe/London").ok();
        alice.client().delete(path(alice) + "/m.tz").ok();
        alice.client().delete(path(alice) + "/m.tz").ok();
        server.client().get(path(alice) + "/m.tz").refused(404, "M_NOT_FOUND");
        set(alice, "displayname", "").ok();
        server.client().get(path(alice) + "/displayname").refused(404, "M_NOT_FOUND");
        assertEquals(JsonObject.EMPTY, server.client().get(path(alice)).ok());
    }

    /// PROF-3
    @Test
    void whoIsNotThereHasNoProfile() {
        server.client()
                .get("/_matrix/client/v3/profile/%40nobody%3Ahearth.test")
                .refused(404, "M_NOT_FOUND");
        server.client()
                .get("/_matrix/client/v3/profile/%40alice%3Aelsewhere.test/displayname")
                .refused(404, "M_NOT_FOUND");
        server.client().get("/_matrix/client/v3/profile/alice").refused(400, "M_INVALID_PARAM");
    }

    @Test
    void onlyOnesOwnProfileChanges() {
        var bob = server.register("bob");
        bob.client()
                .put(path(alice) + "/displayname", JsonObject.of("displayname", "Bob's"))
                .refused(403, "M_FORBIDDEN");
        bob.client().delete(path(alice) + "/displayname").refused(403, "M_FORBIDDEN");
        server.client()
                .put(path(alice) + "/displayname", JsonObject.of("displayname", "x"))
                .refused(401, "M_MISSING_TOKEN");
    }

    /// PROF-4 Complement: TestAvatarUrlUpdate Complement: TestDisplayNameUpdate
    @Test
    void roomsShowTheNewNameAndPicture() {
        var bob = server.register("bob");
        var kitchen = alice.createRoom(JsonObject.of("preset", "public_chat"));
        var garden = alice.createRoom(JsonObject.of("preset", "public_chat"));
        bob.join(kitchen);
        assertEquals("bob", member(alice, kitchen, bob).string("displayname"));
        alice.sync();
        set(alice, "displayname", "Alice Liddell").ok();
        set(alice, "avatar_url", "mxc://hearth.test/picture").ok();
        var shown =
                JsonObject.of(
                        "membership", "join",
                        "displayname", "Alice Liddell",
                        "avatar_url", "mxc://hearth.test/picture");
        assertEquals(shown, member(bob, kitchen, alice));
        assertEquals(shown, member(alice, garden, alice));
        assertTrue(alice.sync().toString().contains("Alice Liddell"));
        alice.client().delete(path(alice) + "/avatar_url").ok();
        assertFalse(member(bob, kitchen, alice).has("avatar_url"));
    }

    /// PROF-4
    @Test
    void aChangeThatIsAskedForTwiceIsToldOnce() {
        var room = alice.createRoom(JsonObject.EMPTY);
        set(alice, "displayname", "Alice Liddell").ok();
        alice.sync();
        set(alice, "displayname", "Alice Liddell").ok();
        assertEquals(Optional.empty(), alice.sync().path("rooms", "join", room));
    }

    @Test
    void whoJoinsOrIsInvitedIsShownByName() {
        var bob = server.register("bob");
        set(bob, "displayname", "Bob the Builder").ok();
        var room = alice.createRoom(JsonObject.EMPTY);
        alice.invite(bob, room);
        assertEquals("Bob the Builder", member(alice, room, bob).string("displayname"));
        bob.join(room);
        assertEquals("Bob the Builder", member(alice, room, bob).string("displayname"));
    }

    /// CAP-1
    @Test
    void clientsLearnThatProfilesMayChange() {
        var capabilities =
                alice.client().get("/_matrix/client/v3/capabilities").ok().object("capabilities");
        for (var name : new String[] {"m.profile_fields", "m.set_displayname"}) {
            assertEquals(JsonObject.of("enabled", true), capabilities.object(name));
        }
        assertEquals(JsonObject.of("enabled", true), capabilities.object("m.set_avatar_url"));
    }

    @Test
    void clientsThatKnowTheNameBeforeTheVersionAreServed() {
        var old = "/_matrix/client/unstable/uk.tcpip.msc4133/profile/" + escape(alice.id());
        alice.client().put(old + "/m.tz", JsonObject.of("m.tz", "UTC")).ok();
        assertEquals(JsonObject.of("m.tz", "UTC"), server.client().get(old + "/m.tz").ok());
    }
}
