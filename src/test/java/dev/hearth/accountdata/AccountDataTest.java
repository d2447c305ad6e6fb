package dev.hearth.accountdata;

import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.testing.RoomSection;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What clients keep for themselves, and the tags of rooms.
class AccountDataTest {

    private static final JsonObject TEA = JsonObject.of("tea", "green");

    private final TestHomeserver server = TestHomeserver.start();
    private final TestUser alice = server.register("alice");
    private final TestUser bob = server.register("bob");
    private final String room = alice.createRoom(JsonObject.EMPTY);

    @AfterEach
    void close() {
        server.close();
    }

    private static String of(TestUser user) {
        return "/_matrix/client/v3/user/" + escape(user.id());
    }

    private static String global(TestUser user, String type) {
        return of(user) + "/account_data/" + escape(type);
    }

    private static String inRoom(TestUser user, String room, String type) {
        return of(user) + "/rooms/" + escape(room) + "/account_data/" + escape(type);
    }

    private static String tags(TestUser user, String room) {
        return of(user) + "/rooms/" + escape(room) + "/tags";
    }

    private static List<JsonObject> globalIn(JsonObject sync, String type) {
        return sync
                .path("account_data", "events")
                .map(events -> ((JsonArray) events).objects())
                .orElse(List.of())
                .stream()
                .filter(event -> event.string("type").equals(type))
                .map(event -> event.object("content"))
                .toList();
    }

    private static String deletion(String path) {
        return path.replace("/client/v3/", "/client/unstable/org.matrix.msc3391/");
    }

    /// Complement: TestRemovingAccountData/Deleting_a_user's_account_data_via_DELETE_works
    /// Complement: TestRemovingAccountData/Deleting_a_user's_account_data_via_PUT_works
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("AD-1: what is taken away is told as empty once, and is no more")
    void takenAway(boolean byDelete) {
        var path = global(alice, "org.example");
        alice.client().put(path, TEA).ok();
        alice.sync();
        for (int i = 0; i < 2; i++) {
            if (byDelete) {
                alice.client().delete(deletion(path)).ok();
            } else {
                alice.client().put(path, JsonObject.EMPTY).ok();
            }
        }
        alice.client().get(path).refused(404, "M_NOT_FOUND");
        assertEquals(List.of(JsonObject.EMPTY), globalIn(alice.sync(), "org.example"));
        alice.client().delete(deletion(path)).ok();
        assertEquals(List.of(), globalIn(alice.sync(), "org.example"));
        alice.forgetSync();
        assertEquals(List.of(), globalIn(alice.sync(), "org.example"));
        alice.client().put(path, TEA).ok();
        assertEquals(List.of(TEA), globalIn(alice.sync(), "org.example"));
    }

    /// Complement: TestRemovingAccountData/Deleting_a_user's_room_data_via_DELETE_works Complement:
    /// TestRemovingAccountData/Deleting_a_user's_room_account_data_via_PUT_works
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("AD-1: so is that of a room")
    void takenAwayInARoom(boolean byDelete) {
        var path = inRoom(alice, room, "org.example");
        alice.client().put(path, TEA).ok();
        alice.sync();
        if (byDelete) {
            alice.client().delete(deletion(path)).ok();
        } else {
            alice.client().put(path, JsonObject.EMPTY).ok();
        }
        alice.client().get(path).refused(404, "M_NOT_FOUND");
        assertEquals(
                Optional.of(JsonObject.EMPTY),
                RoomSection.of(alice.sync(), room).accountData("org.example"));
        alice.forgetSync();
        assertEquals(
                JsonObject.of("events", JsonArray.EMPTY),
                RoomSection.of(alice.sync(), room).json().object("account_data"));
        bob.client().delete(deletion(path)).refused(403, "M_FORBIDDEN");
        alice.client().delete(deletion(global(alice, "m.push_rules"))).refused(405, "M_BAD_JSON");
    }

    /// Complement: TestDeletingDeviceRemovesDeviceLocalNotificationSettings
    @Test
    @DisplayName("TOK-13: what was kept for a device alone goes with it, and the others are told")
    void goesWithTheDevice() {
        var phone = server.login("alice");
        var type = "org.matrix.msc3890.local_notification_settings." + phone.deviceId();
        alice.client().put(global(alice, type), JsonObject.of("is_silenced", true)).ok();
        alice.sync();
        phone.client().post("/_matrix/client/v3/logout", JsonObject.EMPTY).ok();
        alice.client().get(global(alice, type)).refused(404, "M_NOT_FOUND");
        assertEquals(List.of(JsonObject.EMPTY), globalIn(alice.sync(), type));
    }

    /// Complement: TestAddAccountData Complement: TestWriteMDirectAccountData
    @Test
    @DisplayName("AD-1: what was set is read back, and told by every sync once")
    void setAndRead() {
        alice.sync();
        alice.client().put(global(alice, "org.example"), TEA).ok();
        assertEquals(TEA, alice.client().get(global(alice, "org.example")).ok());
        assertEquals(List.of(TEA), globalIn(alice.sync(), "org.example"));
        assertEquals(List.of(), globalIn(alice.sync(), "org.example"));
        alice.forgetSync();
        assertEquals(List.of(TEA), globalIn(alice.sync(), "org.example"));
    }

    @Test
    @DisplayName("AD-1: the newest counts")
    void newestCounts() {
        alice.client().put(global(alice, "org.example"), JsonObject.of("tea", "black")).ok();
        alice.client().put(global(alice, "org.example"), TEA).ok();
        assertEquals(List.of(TEA), globalIn(alice.sync(), "org.example"));
    }

    @Test
    @DisplayName("AD-1: it is of its user alone, and nobody else is told")
    void ofItsUserAlone() {
        alice.client().put(global(alice, "org.example"), TEA).ok();
        bob.client().get(global(alice, "org.example")).refused(403, "M_FORBIDDEN");
        bob.client().put(global(alice, "org.example"), TEA).refused(403, "M_FORBIDDEN");
        bob.client().get(inRoom(alice, room, "org.example")).refused(403, "M_FORBIDDEN");
        bob.client().put(inRoom(alice, room, "org.example"), TEA).refused(403, "M_FORBIDDEN");
        assertEquals(List.of(), globalIn(bob.sync(), "org.example"));
        bob.client().get(global(bob, "org.example")).refused(404, "M_NOT_FOUND");
    }

    @Test
    @DisplayName("AD-1: what was never set is not found")
    void neverSet() {
        alice.client().get(global(alice, "org.example")).refused(404, "M_NOT_FOUND");
        alice.client().get(inRoom(alice, room, "org.example")).refused(404, "M_NOT_FOUND");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "\"tea\"", "null"})
    @DisplayName("AD-1: it is an object")
    void anObject(String body) {
        alice.client()
                .send("PUT", global(alice, "org.example"), Optional.of(body))
                .refused(400, "M_BAD_JSON");
        alice.client()
                .send("PUT", inRoom(alice, room, "org.example"), Optional.of(body))
                .refused(400, "M_BAD_JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"m.fully_read", "m.push_rules"})
    @DisplayName("AD-1: what has its own endpoint is set there")
    void servedElsewhere(String type) {
        alice.client().put(global(alice, type), TEA).refused(405, "M_BAD_JSON");
        alice.client().put(inRoom(alice, room, type), TEA).refused(405, "M_BAD_JSON");
    }

    @Test
    @DisplayName("AD-1: what has its own endpoint is read here as well")
    void servedElsewhereIsRead() {
        var id = alice.say(room, "hello");
        alice.client()
                .post(TestUser.room(room) + "/read_markers", JsonObject.of("m.fully_read", id))
                .ok();
        var marker = alice.client().get(inRoom(alice, room, "m.fully_read")).ok();
        assertEquals(id, marker.string("event_id"));
        assertTrue(alice.client().get(global(alice, "m.push_rules")).ok().has("global"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kitchen", "#kitchen:hearth.test", "@alice:hearth.test"})
    @DisplayName("AD-1: data of a room is of a room")
    void badRooms(String text) {
        alice.client().put(inRoom(alice, text, "org.example"), TEA).refused(400, "M_INVALID_PARAM");
        alice.client().get(inRoom(alice, text, "org.example")).refused(400, "M_INVALID_PARAM");
        alice.client().get(tags(alice, text)).refused(400, "M_INVALID_PARAM");
    }

    @Test
    @DisplayName("AD-2: a room doesn't inherit what is global, nor the other way round")
    void noInheritance() {
        alice.client().put(global(alice, "org.example"), TEA).ok();
        alice.client().get(inRoom(alice, room, "org.example")).refused(404, "M_NOT_FOUND");
        alice.client().put(inRoom(alice, room, "org.other"), TEA).ok();
        alice.client().get(global(alice, "org.other")).refused(404, "M_NOT_FOUND");
        assertEquals(TEA, alice.client().get(inRoom(alice, room, "org.other")).ok());
        var section = RoomSection.of(alice.sync(), room);
        assertEquals(Optional.of(TEA), section.accountData("org.other"));
        assertEquals(Optional.empty(), section.accountData("org.example"));
    }

    @Test
    @DisplayName("AD-2: a room that one isn't in may have data too")
    void roomsOfOthers() {
        bob.client().put(inRoom(bob, room, "org.example"), TEA).ok();
        assertEquals(TEA, bob.client().get(inRoom(bob, room, "org.example")).ok());
        bob.client().put(inRoom(bob, "!never:elsewhere", "org.example"), TEA).ok();
        alice.invite(bob, room);
        bob.join(room);
        assertEquals(Optional.of(TEA), RoomSection.of(bob.sync(), room).accountData("org.example"));
    }

    @Test
    @DisplayName("RCPT-10: that a room is marked as unread is data like other")
    void markedUnread() {
        alice.sync();
        var unread = JsonObject.of("unread", true);
        alice.client().put(inRoom(alice, room, "m.marked_unread"), unread).ok();
        assertEquals(
                Optional.of(unread),
                RoomSection.of(alice.sync(), room).accountData("m.marked_unread"));
    }

    @Test
    @DisplayName("TAG-1: a tag is set, read, told as m.tag, and taken away")
    void tagAndUntag() {
        alice.sync();
        var order = JsonObject.of("order", 0.25);
        alice.client().put(tags(alice, room) + "/u.work", order).ok();
        alice.client().put(tags(alice, room) + "/m.favourite", JsonObject.EMPTY).ok();
        var both = JsonObject.of("u.work", order, "m.favourite", JsonObject.EMPTY);
        assertEquals(both, alice.client().get(tags(alice, room)).ok().object("tags"));
        assertEquals(
                Optional.of(JsonObject.of("tags", both)),
                RoomSection.of(alice.sync(), room).accountData("m.tag"));
        assertEquals(both, alice.client().get(inRoom(alice, room, "m.tag")).ok().object("tags"));
        alice.client().delete(tags(alice, room) + "/u.work").ok();
        alice.client().delete(tags(alice, room) + "/u.work").ok();
        assertEquals(
                Optional.of(JsonObject.of("tags", JsonObject.of("m.favourite", JsonObject.EMPTY))),
                RoomSection.of(alice.sync(), room).accountData("m.tag"));
    }

    @Test
    @DisplayName("TAG-1: where there are no tags there is an empty list")
    void noTags() {
        assertEquals(
                JsonObject.of("tags", JsonObject.EMPTY),
                alice.client().get(tags(alice, room)).ok());
    }

    @Test
    @DisplayName("TAG-1: a tag has up to 255 bytes, and is of its user")
    void tagNames() {
        alice.client().put(tags(alice, room) + "/" + "t".repeat(255), JsonObject.EMPTY).ok();
        alice.client()
                .put(tags(alice, room) + "/" + "t".repeat(256), JsonObject.EMPTY)
                .refused(400, "M_INVALID_PARAM");
        alice.client()
                .put(tags(alice, room) + "/" + escape("é".repeat(128)), JsonObject.EMPTY)
                .refused(400, "M_INVALID_PARAM");
        alice.client().put(tags(alice, room) + "/" + escape("é".repeat(127)), TEA).ok();
        alice.client().put(tags(alice, room) + "/" + escape("\"".repeat(255)), TEA).ok();
        bob.client().get(tags(alice, room)).refused(403, "M_FORBIDDEN");
        bob.client()
                .put(tags(alice, room) + "/u.work", JsonObject.EMPTY)
                .refused(403, "M_FORBIDDEN");
        bob.client().delete(tags(alice, room) + "/u.work").refused(403, "M_FORBIDDEN");
    }

    @Test
    @DisplayName("TAG-1: the tags of a room have a bound, and those that are there may change")
    void boundedTags() {
        for (int i = 0; i < 100; i++) {
            alice.client().put(tags(alice, room) + "/u." + i, JsonObject.EMPTY).ok();
        }
        alice.client()
                .put(tags(alice, room) + "/u.more", JsonObject.EMPTY)
                .refused(403, "M_FORBIDDEN");
        alice.client().put(tags(alice, room) + "/u.1", JsonObject.of("order", 1)).ok();
        assertEquals(100, alice.client().get(tags(alice, room)).ok().object("tags").size());
    }

    @Test
    @DisplayName("KB-6: m.key_backup, and secrets, are account data like any other")
    void clientsSecrets() {
        var backup = JsonObject.of("enabled", true);
        alice.client().put(global(alice, "m.key_backup"), backup).ok();
        assertEquals(backup, alice.client().get(global(alice, "m.key_backup")).ok());
        var secret = JsonObject.of("encrypted", JsonObject.of("key", TEA));
        alice.client().put(global(alice, "m.cross_signing.master"), secret).ok();
        assertEquals(List.of(secret), globalIn(alice.sync(), "m.cross_signing.master"));
    }
}
