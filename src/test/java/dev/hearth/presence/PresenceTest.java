package dev.hearth.presence;

import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.testing.Reply;
import dev.hearth.testing.TestClock;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// PRES-1 to PRES-5, SYNC-7 and SYNC-24.
class PresenceTest {

    private final TestClock clock = new TestClock();
    private TestHomeserver server;
    private TestUser alice;
    private TestUser bob;
    private String room;

    @BeforeEach
    void meet() {
        server = TestHomeserver.start(clock);
        alice = server.register("alice");
        bob = server.register("bob");
        room = alice.createRoom(JsonObject.of("preset", "public_chat"));
        bob.join(room);
        bob.sync();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String status(TestUser user) {
        return "/_matrix/client/v3/presence/" + escape(user.id()) + "/status";
    }

    private static Reply say(TestUser user, JsonObject body) {
        return user.client().put(status(user), body);
    }

    private static void say(TestUser user, String presence) {
        say(user, JsonObject.of("presence", presence)).ok();
    }

    private static String presenceOf(TestUser user) {
        return user.client().get(status(user)).ok().string("presence");
    }

    private static List<JsonObject> events(JsonObject sync) {
        return sync.path("presence", "events")
                .map(events -> ((JsonArray) events).objects())
                .orElse(List.of());
    }

    /// What a sync tells of somebody.
    private static Optional<JsonObject> told(JsonObject sync, TestUser of) {
        return events(sync).stream()
                .filter(event -> event.string("type").equals("m.presence"))
                .filter(event -> event.string("sender").equals(of.id()))
                .map(event -> event.object("content"))
                .findFirst();
    }

    private void sees(TestUser who, TestUser of, String presence) {
        who.syncUntil(sync ->
                told(sync, of)
                        .filter(content -> content.string("presence").equals(presence))
                        .isPresent());
    }

    /// Complement: TestPresence/GET_/presence/:user_id/status_fetches_initial_status Complement:
    /// TestPresence/PUT_/presence/:user_id/status_updates_my_presence
    @Test
    void theStatusIsWhatWasSet() {
        assertEquals("offline", presenceOf(alice));
        say(alice, JsonObject.of("presence", "online", "status_msg", "Testing something")).ok();
        var found = bob.client().get(status(alice)).ok();
        assertEquals("online", found.string("presence"));
        assertEquals("Testing something", found.string("status_msg"));
        assertEquals(0, found.integer("last_active_ago"));
        assertTrue(found.bool("currently_active"));
        say(alice, "unavailable");
        assertEquals(
                JsonObject.of("presence", "unavailable", "last_active_ago", 0),
                alice.client().get(status(alice)).ok());
    }

    /// Complement: TestPresence/Presence_can_be_set_from_sync
    @Test
    @DisplayName("SYNC-7: a sync says online unless it says otherwise; offline touches nothing")
    void syncSetsIt() {
        alice.sync(0, "&set_presence=offline");
        assertEquals("offline", presenceOf(alice));
        alice.sync();
        assertEquals("online", presenceOf(alice));
        alice.sync(0, "&set_presence=offline");
        assertEquals("online", presenceOf(alice));
        alice.sync(0, "&set_presence=unavailable");
        sees(bob, alice, "unavailable");
        alice.client()
                .get("/_matrix/client/v3/sync?set_presence=busy")
                .refused(400, "M_INVALID_PARAM");
    }

    /// Complement: TestPresence/Presence_changes_are_reported_to_local_room_members Complement:
    /// TestPresence/Presence_changes_to_UNAVAILABLE_are_reported_to_local_room_members
    @Test
    @DisplayName("SYNC-24: who shares a room is woken by changes, and told once")
    void changesAreTold() {
        say(alice, JsonObject.of("presence", "online", "status_msg", "Update")).ok();
        var sync = bob.syncUntil(one -> told(one, alice).isPresent());
        assertEquals("Update", told(sync, alice).orElseThrow().string("status_msg"));
        assertEquals("alice", told(sync, alice).orElseThrow().string("displayname"));
        assertEquals(List.of(), events(bob.sync()));
        say(alice, "unavailable");
        sees(bob, alice, "unavailable");
        say(alice, "unavailable");
        assertEquals(List.of(), events(bob.sync()));
        say(alice, "offline");
        sees(bob, alice, "offline");
    }

    /// Complement:
    /// TestMembersLocal/Parallel/Existing_members_see_new_members'_presence_(in_initial_sync)
    /// Complement:
    /// TestMembersLocal/Parallel/Existing_members_see_new_members'_presence_(in_incremental_sync)
    /// Complement: TestSync/parallel/Get_presence_for_newly_joined_members_in_incremental_sync
    /// Complement: TestSync/parallel/Newly_joined_room_includes_presence_in_incremental_sync
    @Test
    void whoMeetsSeesOneAnother() {
        var carol = server.register("carol");
        say(carol, "online");
        assertTrue(told(alice.sync(), carol).isEmpty());
        carol.sync();
        carol.join(room);
        assertEquals("online", told(alice.sync(), carol).orElseThrow().string("presence"));
        assertEquals("online", told(carol.sync(), alice).orElseThrow().string("presence"));
        assertEquals(List.of(), events(alice.sync()));
        assertEquals(List.of(), events(carol.sync()));
        alice.forgetSync();
        assertTrue(told(alice.sync(), carol).isPresent());
        assertTrue(told(alice.sync(), server.register("dave")).isEmpty());
    }

    /// SyTest: Newly joined room includes presence in incremental sync. Get presence for newly
    /// joined members in incremental sync.
    @Test
    void whoMeetsSomebodyWhoNeverCameIsToldSo() {
        var carol = server.register("carol");
        carol.sync(0, "&set_presence=offline");
        alice.sync(0, "&set_presence=offline");
        carol.join(room);
        var offline = JsonObject.of("presence", "offline", "displayname", "carol");
        assertEquals(Optional.of(offline), told(alice.sync(0, "&set_presence=offline"), carol));
        assertTrue(told(carol.sync(0, "&set_presence=offline"), alice).isPresent());
        assertEquals(List.of(), events(alice.sync(0, "&set_presence=offline")));
    }

    @Test
    @DisplayName("SYNC-24: of a hundred people who never came nobody is told, of who came all are")
    void largeRooms() {
        for (int i = 0; i < 99; i++) {
            server.register("user" + i).join(room);
        }
        say(bob, "unavailable");
        var carol = server.register("carol");
        carol.sync(0, "&set_presence=offline");
        carol.join(room);
        var sync = carol.sync(0, "&set_presence=offline");
        assertTrue(told(sync, bob).isPresent());
        assertEquals(1, events(sync).size());
    }

    /// SyTest: Presence can be set from sync.
    @Test
    @DisplayName("PRES-1: who comes moves, even to idle")
    void firstSeen() {
        alice.sync(0, "&set_presence=unavailable");
        assertEquals(
                JsonObject.of("presence", "unavailable", "last_active_ago", 0),
                bob.client().get(status(alice)).ok());
    }

    /// Complement: TestPresenceSyncDifferentRooms
    @Test
    void peopleOfSeveralRoomsAreToldTogether() {
        var carol = server.register("carol");
        carol.join(alice.createRoom(JsonObject.of("preset", "public_chat")));
        alice.sync();
        say(bob, "unavailable");
        say(carol, "online");
        var sync = alice.sync();
        assertTrue(told(sync, bob).isPresent());
        assertTrue(told(sync, carol).isPresent());
        assertTrue(told(bob.sync(), carol).isEmpty());
    }

    @Test
    @DisplayName("PRES-2: only those who share a room may ask; of nobody there is nothing")
    void strangersDoNotAsk() {
        var mallory = server.register("mallory");
        mallory.client().get(status(alice)).refused(403, "M_FORBIDDEN");
        bob.client()
                .get("/_matrix/client/v3/presence/%40nobody%3Ahearth.test/status")
                .refused(404, "M_NOT_FOUND");
        mallory.client()
                .put(status(alice), JsonObject.of("presence", "online"))
                .refused(403, "M_FORBIDDEN");
        say(alice, JsonObject.of("presence", "asleep")).refused(400, "M_INVALID_PARAM");
        say(alice, JsonObject.of("presence", "online", "status_msg", "x".repeat(1_001)))
                .refused(400, "M_INVALID_PARAM");
    }

    /// Alice syncs for more than five minutes, without doing anything.
    private void idle() {
        alice.sync();
        for (int i = 0; i < 11; i++) {
            clock.pass(Duration.ofSeconds(29));
            alice.sync();
        }
    }

    @Test
    @DisplayName("PRES-1: idle for five minutes is unavailable, and any activity ends it")
    void idling() {
        idle();
        assertEquals("unavailable", presenceOf(alice));
        sees(bob, alice, "unavailable");
        alice.say(room, "I am here");
        sees(bob, alice, "online");
    }

    @Test
    @DisplayName("PRES-1: to type or to read is activity as well")
    void typingAndReading() {
        var event = bob.say(room, "hello?");
        idle();
        assertEquals("unavailable", presenceOf(alice));
        alice.read(room, event);
        sees(bob, alice, "online");
        idle();
        sees(bob, alice, "unavailable");
        alice.client()
                .put(
                        TestUser.room(room) + "/typing/" + escape(alice.id()),
                        JsonObject.of("typing", true))
                .ok();
        sees(bob, alice, "online");
    }

    @Test
    @DisplayName("PRES-1: who is active needn't be told again, until they aren't")
    void currentlyActive() {
        alice.sync();
        bob.sync();
        alice.say(room, "one");
        assertEquals(List.of(), events(bob.sync()));
        for (int i = 0; i < 3; i++) {
            clock.pass(Duration.ofSeconds(25));
            alice.sync();
        }
        var sync = bob.syncUntil(one -> told(one, alice).isPresent());
        var content = told(sync, alice).orElseThrow();
        assertFalse(content.bool("currently_active"));
        assertEquals(75_000, content.integer("last_active_ago"));
    }

    @Test
    @DisplayName("PRES-5: offline half a minute after the last sync ended, but not before")
    void leaving() {
        alice.sync();
        sees(bob, alice, "online");
        clock.pass(Duration.ofSeconds(29));
        alice.sync();
        clock.pass(Duration.ofSeconds(29));
        bob.sync();
        assertEquals("online", presenceOf(alice));
        clock.pass(Duration.ofSeconds(2));
        sees(bob, alice, "offline");
    }

    @Test
    @DisplayName("PRES-5: a user is as their liveliest device is")
    void devices() {
        var phone = server.login("alice");
        alice.sync();
        phone.sync(0, "&set_presence=unavailable");
        assertEquals("online", presenceOf(alice));
        say(alice, "offline");
        assertEquals("unavailable", presenceOf(alice));
        say(phone, "offline");
        assertEquals("offline", presenceOf(alice));
    }

    @Test
    @DisplayName("PRES-3: a new name is told with the presence")
    void newName() {
        alice.sync();
        bob.sync();
        alice.client()
                .put(
                        "/_matrix/client/v3/profile/" + escape(alice.id()) + "/displayname",
                        JsonObject.of("displayname", "Alice"))
                .ok();
        assertEquals("Alice", told(bob.sync(), alice).orElseThrow().string("displayname"));
    }

    @Test
    @DisplayName("SYNC-6: a change wakes who waits and shares a room, and a stranger's nobody")
    void changesWake() throws Exception {
        var path = "/_matrix/client/v3/sync?timeout=30000&since=";
        bob.sync();
        var since = bob.since().orElseThrow();
        var poll = CompletableFuture.supplyAsync(() -> bob.client().get(path + since).ok());
        say(server.register("mallory"), "online");
        say(alice, "online");
        var woken = poll.get(20, TimeUnit.SECONDS);
        assertEquals(1, events(woken).size());
        assertTrue(told(woken, alice).isPresent());
    }

    @Test
    void theFilterKeepsItAway() {
        say(alice, "online");
        for (var filter :
                List.of(
                        "{\"presence\":{\"not_types\":[\"*\"]}}",
                        "{\"presence\":{\"types\":[]}}",
                        "{\"presence\":{\"not_senders\":[\"" + alice.id() + "\"]}}")) {
            bob.forgetSync();
            var sync = bob.sync(0, "&filter=" + escape(filter));
            assertTrue(told(sync, alice).isEmpty(), filter);
        }
    }

    @Test
    @DisplayName("PRES-4: where it is off, saying it does nothing and everybody is offline")
    void off() {
        try (var quiet = TestHomeserver.start(clock, "presence.enabled=false")) {
            var carol = quiet.register("carol");
            say(carol, "online");
            assertEquals("offline", presenceOf(carol));
            assertFalse(carol.sync().has("presence"));
        }
    }

    @Test
    @DisplayName("Over a restart the words stay, and who was there is told gone if they stay away")
    void overRestart(@TempDir Path folder) {
        String since;
        try (var before = TestHomeserver.start(folder)) {
            var carol = before.register("carol");
            var dave = before.register("dave");
            dave.join(carol.createRoom(JsonObject.of("preset", "public_chat")));
            say(carol, JsonObject.of("presence", "online", "status_msg", "back soon")).ok();
            say(dave, JsonObject.of("presence", "online")).ok();
            carol.sync();
            say(dave, JsonObject.of("presence", "offline")).ok();
            since = carol.since().orElseThrow();
        }
        try (var after = TestHomeserver.start(folder)) {
            var carol = after.login("carol");
            assertEquals("back soon", carol.client().get(status(carol)).ok().string("status_msg"));
            assertEquals("online", presenceOf(carol));
            var sync = carol.client().get("/_matrix/client/v3/sync?since=" + since).ok();
            assertEquals(
                    List.of("online", "offline"),
                    events(sync).stream()
                            .map(event -> event.object("content").string("presence"))
                            .toList());
        }
    }

    @Test
    void whoIsNoMoreIsForgotten() {
        say(alice, JsonObject.of("presence", "online", "status_msg", "words")).ok();
        alice.deactivate();
        bob.forgetSync();
        assertTrue(told(bob.sync(), alice).isEmpty());
    }
}
