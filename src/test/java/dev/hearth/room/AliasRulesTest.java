package dev.hearth.room;

import static dev.hearth.testing.TestClient.escape;
import static dev.hearth.testing.TestUser.room;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.testing.Reply;
import dev.hearth.testing.RoomSection;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// ROOM-6, SEND-3, READ-9: who may name rooms, and which names a room may call its own.
class AliasRulesTest {

    private static final String CANONICAL = "m.room.canonical_alias";
    private static final TestHomeserver SERVER = TestHomeserver.start();
    private static int tests;

    private final TestUser alice = SERVER.register("alice" + ++tests);
    private final TestUser bob = SERVER.register("bob" + tests);
    private final String tea = "#tea" + tests + ":hearth.test";
    private final String pie = "#pie" + tests + ":hearth.test";
    private String room = "";

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @BeforeEach
    void aRoom() {
        room = alice.createRoom(JsonObject.of("preset", "public_chat"));
    }

    private static String at(String alias) {
        return "/_matrix/client/v3/directory/room/" + escape(alias);
    }

    private static Reply name(TestUser user, String room, String alias) {
        return user.client().put(at(alias), JsonObject.of("room_id", room));
    }

    private Reply canonical(String where, Object... content) {
        return alice.client().put(room(where) + "/state/" + CANONICAL, JsonObject.of(content));
    }

    /// ROOM-6. Complement: TestRoomAlias/Parallel/PUT_/directory/room/:room_alias_creates_alias,
    /// Room_aliases_can_contain_Unicode;
    /// TestRoomState/Parallel/GET_/directory/room/:room_alias_yields_room_ID
    @Test
    void aNameLeadsToItsRoom() {
        for (var alias : new String[] {tea, "#老虎Â£я🤨👉ඞ:hearth.test"}) {
            name(alice, room, alias).ok();
            var found = SERVER.client().get(at(alias)).ok();
            assertEquals(room, found.string("room_id"));
            assertEquals(JsonArray.of("hearth.test"), found.array("servers"));
        }
    }

    /// READ-9. Complement: TestRoomAlias/Parallel/GET_/rooms/:room_id/aliases_lists_aliases,
    /// Only_room_members_can_list_aliases_of_a_room
    @Test
    void membersAreToldTheNamesOfTheirRoom() {
        var unstable = "/_matrix/client/unstable/org.matrix.msc2432/rooms/" + escape(room);
        for (var path : new String[] {room(room) + "/aliases", unstable + "/aliases"}) {
            assertEquals(JsonObject.of("aliases", JsonArray.EMPTY), alice.client().get(path).ok());
            name(alice, room, tea).ok();
            assertEquals(
                    JsonObject.of("aliases", JsonArray.of(tea)), alice.client().get(path).ok());
            bob.client().get(path).refused(403, "M_FORBIDDEN");
            alice.client().delete(at(tea)).ok();
        }
        alice.sendState(
                room,
                "m.room.history_visibility",
                "",
                JsonObject.of("history_visibility", "world_readable"));
        assertTrue(bob.client().get(room(room) + "/aliases").ok().array("aliases").isEmpty());
    }

    /// ROOM-6. Complement:
    /// TestRoomDeleteAlias/Parallel/Alias_creators_can_delete_alias_with_no_ops,
    /// Alias_creators_can_delete_canonical_alias_with_no_ops,
    /// Regular_users_can_add_and_delete_aliases_in_the_default_room_configuration
    @Test
    void itsMakerTakesANameAway() {
        bob.join(room);
        name(bob, room, tea).ok();
        bob.client().delete(at(tea)).ok();
        name(bob, room, tea).ok();
        canonical(room, "alias", tea).ok();
        bob.client().delete(at(tea)).ok();
        SERVER.client().get(at(tea)).refused(404, "M_NOT_FOUND");
        // Who may not say what the room's main name is can't keep it from saying it.
        var said = alice.client().get(room(room) + "/state/" + CANONICAL).ok();
        assertEquals(tea, said.string("alias"));
    }

    /// ROOM-6. Complement: TestRoomDeleteAlias/Parallel/
    /// Regular_users_can_add_and_delete_aliases_when_m.room.aliases_is_restricted
    @Test
    void theOldEventOfNamesIsAskedForNothing() {
        bob.join(room);
        var levels = alice.client().get(room(room) + "/state/m.room.power_levels").ok();
        var events = levels.object("events").with("m.room.aliases", 50);
        alice.sendState(room, "m.room.power_levels", "", levels.with("events", events));
        name(bob, room, tea).ok();
        bob.client().delete(at(tea)).ok();
    }

    /// ROOM-6. Complement: TestRoomDeleteAlias/Parallel/Can_delete_canonical_alias,
    /// Deleting_a_non-existent_alias_should_return_a_404
    @Test
    void aRoomStopsNamingWhatIsGone() {
        bob.client().delete(at(tea)).refused(404, "M_NOT_FOUND");
        name(alice, room, tea).ok();
        canonical(room, "alias", tea).ok();
        alice.sync();
        alice.client().delete(at(tea)).ok();
        var event = RoomSection.of(alice.sync(), room).timeline().getLast();
        assertEquals(CANONICAL, event.string("type"));
        assertTrue(event.object("content").isEmpty());
    }

    /// ROOM-6
    @Test
    void aRoomStopsNamingWhatIsGoneAmongItsOthers() {
        name(alice, room, tea).ok();
        name(alice, room, pie).ok();
        canonical(room, "alias", tea, "alt_aliases", JsonArray.of(pie, tea)).ok();
        alice.client().delete(at(pie)).ok();
        assertEquals(
                JsonObject.of("alias", tea, "alt_aliases", JsonArray.of(tea)),
                alice.client().get(room(room) + "/state/" + CANONICAL).ok());
    }

    /// ROOM-6. Complement: TestRoomDeleteAlias/Parallel/Users_can't_delete_other's_aliases,
    /// Users_with_sufficient_power-level_can_delete_other's_aliases
    @Test
    void othersNeedPowerToTakeANameAway() {
        bob.join(room);
        name(alice, room, tea).ok();
        bob.client().delete(at(tea)).refused(403, "M_FORBIDDEN");
        var levels = alice.client().get(room(room) + "/state/m.room.power_levels").ok();
        var users = levels.object("users").with(bob.id(), 100);
        alice.sendState(room, "m.room.power_levels", "", levels.with("users", users));
        bob.client().delete(at(tea)).ok();
    }

    /// SEND-3. Complement:
    /// TestRoomCanonicalAlias/Parallel/m.room.canonical_alias_accepts_present_aliases,
    /// _accepts_present_alt_aliases, _rejects_missing_aliases, _rejects_invalid_aliases,
    /// _setting_rejects_deleted_aliases, _rejects_alias_pointing_to_different_local_room,
    /// _rejects_alt_alias_pointing_to_different_local_room
    @Test
    void aRoomNamesOnlyWhatLeadsToIt() {
        name(alice, room, tea).ok();
        canonical(room, "alias", tea).ok();
        canonical(room, "alias", tea, "alt_aliases", JsonArray.of(tea)).ok();
        var other = alice.createRoom(JsonObject.EMPTY);
        name(alice, other, pie).ok();
        for (var bad : new String[] {"#missing:hearth.test", pie, "#a:elsewhere.test"}) {
            canonical(room, "alias", bad).refused(400, "M_BAD_ALIAS");
            canonical(room, "alias", tea, "alt_aliases", JsonArray.of(bad))
                    .refused(400, "M_BAD_ALIAS");
        }
        for (var bad : new String[] {"%invalid:hearth.test", "tea", "#tea"}) {
            canonical(room, "alias", bad).refused(400, "M_INVALID_PARAM");
            canonical(room, "alias", tea, "alt_aliases", JsonArray.of(bad))
                    .refused(400, "M_INVALID_PARAM");
        }
        alice.client().delete(at(pie)).ok();
        canonical(other, "alias", pie).refused(400, "M_BAD_ALIAS");
        name(bob, room, pie).refused(403, "M_FORBIDDEN");
    }

    /// SEND-3
    @Test
    void whatWasNamedBeforeIsNotAskedForAgain() {
        bob.join(room);
        name(bob, room, tea).ok();
        name(alice, room, pie).ok();
        canonical(room, "alias", tea, "alt_aliases", JsonArray.of(tea)).ok();
        // The name is gone, and stays written there, as Bob may not change that.
        bob.client().delete(at(tea)).ok();
        canonical(room, "alias", tea, "alt_aliases", JsonArray.of(tea, pie)).ok();
        canonical(room, "alias", pie).ok();
        canonical(room, "alias", tea).refused(400, "M_BAD_ALIAS");
        canonical(room).ok();
    }
}
