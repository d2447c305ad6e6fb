package dev.hearth.sync;

import static dev.hearth.testing.TestClient.escape;
import static dev.hearth.testing.TestUser.room;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.testing.Reply;
import dev.hearth.testing.TestClient;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// SYNC-26, READ-8, PEEK-1: the endpoints of before `/sync`, and looking into rooms from outside.
class OldSyncTest {

    private static final String EVENTS = "/_matrix/client/v3/events";
    private static final String INITIAL_SYNC = "/_matrix/client/v3/initialSync";

    private final TestHomeserver server =
            TestHomeserver.start(Clock.systemUTC(), "guest_access=true");
    private final TestUser alice = server.register("alice");
    private final TestUser bob = server.register("bob");

    @AfterEach
    void close() {
        server.close();
    }

    private static JsonArray openToTheWorld() {
        var content = JsonObject.of("history_visibility", "world_readable");
        return JsonArray.of(JsonObject.of("type", "m.room.history_visibility", "content", content));
    }

    private String openRoom() {
        return alice.createRoom(
                JsonObject.of("preset", "public_chat", "initial_state", openToTheWorld()));
    }

    private TestClient guest() {
        var guest =
                server.client()
                        .post("/_matrix/client/v3/register?kind=guest", JsonObject.EMPTY)
                        .ok();
        return server.client().as(guest.string("access_token"));
    }

    private static String said(JsonArray events) {
        return events.objects().stream()
                .flatMap(event -> event.object("content").findString("body").stream())
                .collect(Collectors.joining());
    }

    private static JsonObject only(JsonArray objects) {
        assertEquals(1, objects.size(), objects::toString);
        return objects.objects().getFirst();
    }

    /// SYNC-26
    @Test
    void allThatIsCurrentIsToldAtOnce() {
        var room = alice.createRoom(JsonObject.of("visibility", "public"));
        for (var text : List.of("a", "b", "c")) {
            alice.say(room, text);
        }
        var user = "/_matrix/client/v3/user/" + alice.id();
        var tag = JsonObject.of("order", 1);
        alice.client().put(user + "/rooms/" + escape(room) + "/tags/u.a", tag).ok();
        alice.client().put(user + "/account_data/org.test", JsonObject.of("a", 1)).ok();
        var all = alice.client().get(INITIAL_SYNC + "?limit=2").ok();
        assertEquals(alice.id(), only(all.array("presence")).string("sender"));
        var told = only(all.array("rooms"));
        assertEquals(room, told.string("room_id"));
        assertEquals("join", told.string("membership"));
        assertEquals("public", told.string("visibility"));
        var messages = told.object("messages");
        assertEquals("bc", said(messages.array("chunk")));
        var earlier = "/messages?dir=b&limit=1&from=" + messages.string("start");
        assertEquals("a", said(alice.client().get(room(room) + earlier).ok().array("chunk")));
        assertEquals(room, told.array("state").objects().getFirst().string("room_id"));
        assertEquals("m.tag", only(told.array("account_data")).string("type"));
        assertTrue(
                all.array("account_data").objects().stream()
                        .anyMatch(datum -> datum.string("type").equals("org.test")));
        alice.say(room, "d");
        var from = EVENTS + "?timeout=0&from=" + all.string("end");
        assertEquals("d", said(alice.client().get(from).ok().array("chunk")));
    }

    /// SYNC-26
    @Test
    void invitesAndRoomsThatWereLeftAreTold() {
        var room = alice.createRoom(JsonObject.EMPTY);
        alice.invite(bob, room);
        var told = only(bob.client().get(INITIAL_SYNC).ok().array("rooms"));
        assertEquals("invite", told.string("membership"));
        assertEquals(alice.id(), told.string("inviter"));
        assertEquals(bob.id(), told.object("invite").string("state_key"));
        bob.join(room);
        alice.say(room, "before");
        bob.leave(room);
        alice.say(room, "after");
        assertTrue(bob.client().get(INITIAL_SYNC).ok().array("rooms").isEmpty());
        told = only(bob.client().get(INITIAL_SYNC + "?archived=true").ok().array("rooms"));
        assertEquals("leave", told.string("membership"));
        assertEquals("before", said(told.object("messages").array("chunk")));
    }

    /// INV-2, INV-3
    @Test
    void invitesThatAreNotWantedAreNotTold() {
        var from = bob.client().get(INITIAL_SYNC).ok().string("end");
        bob.client()
                .put(
                        "/_matrix/client/v3/user/"
                                + escape(bob.id())
                                + "/account_data/org.matrix.msc4155.invite_permission_config",
                        JsonObject.of("ignored_users", JsonArray.of(alice.id())))
                .ok();
        alice.invite(bob, alice.createRoom(JsonObject.EMPTY));
        assertTrue(bob.client().get(INITIAL_SYNC).ok().array("rooms").isEmpty());
        var events = bob.client().get(EVENTS + "?timeout=0&from=" + from).ok();
        assertFalse(events.toString().contains("m.room.member"), events::toString);
    }

    /// SyTest: Room initialSync.
    @Test
    void whoSentAnEventIsItsUser() {
        var room = alice.createRoom(JsonObject.EMPTY);
        alice.invite(bob, room);
        var all = alice.client().get(INITIAL_SYNC).ok();
        var told = only(all.array("rooms"));
        alice.say(room, "a");
        var news = alice.client().get(EVENTS + "?timeout=0&from=" + all.string("end")).ok();
        var invite = only(bob.client().get(INITIAL_SYNC).ok().array("rooms")).object("invite");
        for (var event :
                List.of(
                        told.array("state").objects().getFirst(),
                        told.object("messages").array("chunk").objects().getFirst(),
                        only(news.array("chunk")),
                        invite)) {
            assertEquals(alice.id(), event.string("sender"));
            assertEquals(alice.id(), event.string("user_id"));
        }
    }

    /// READ-8
    @Test
    void oneRoomIsToldAsItIs() {
        var room = alice.createRoom(JsonObject.of("preset", "public_chat"));
        alice.say(room, "a");
        var path = room(room) + "/initialSync";
        var told = alice.client().get(path).ok();
        assertEquals("join", told.string("membership"));
        assertEquals("private", told.string("visibility"));
        assertEquals("a", said(told.object("messages").array("chunk")));
        var nothing = alice.client().get(path + "?limit=0").ok();
        assertTrue(nothing.object("messages").array("chunk").isEmpty());
        bob.client().get(path).refused(403, "M_FORBIDDEN");
        guest().get(path).refused(403, "M_FORBIDDEN");
    }

    /// PEEK-1
    @Test
    void strangersAndGuestsLookIntoARoomThatTheWorldMayRead() {
        var room = openRoom();
        var event = alice.say(room, "a");
        for (var client : List.of(bob.client(), guest())) {
            var told = client.get(room(room) + "/initialSync").ok();
            assertFalse(told.has("membership"));
            assertEquals("a", said(told.object("messages").array("chunk")));
            assertFalse(told.array("state").isEmpty());
            assertEquals("a", said(client.get(room(room) + "/messages?dir=b").ok().array("chunk")));
            assertEquals(1, client.get(room(room) + "/members").ok().array("chunk").size());
            for (var path :
                    List.of("/event/" + event, "/context/" + event, "/state/m.room.create/")) {
                client.get(room(room) + path).ok();
            }
            assertEquals(200, client.get(room(room) + "/state").status());
        }
    }

    /// A request that waits, and what it is waiting for.
    private static Reply whileWaiting(TestClient client, String path, Runnable act) {
        var waiting = CompletableFuture.supplyAsync(() -> client.get(path));
        act.run();
        try {
            return waiting.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(path, e);
        }
    }

    /// PEEK-1
    @Test
    void aRoomIsWatchedFromOutside() {
        var room = openRoom();
        var stream = EVENTS + "?room_id=" + escape(room) + "&timeout=";
        for (var client : List.of(bob.client(), guest(), alice.client())) {
            var start = client.get(stream + "0").ok();
            assertTrue(start.array("chunk").isEmpty());
            var from = stream + "20000&from=" + start.string("end");
            var news = whileWaiting(client, from, () -> alice.say(room, "news")).ok();
            assertEquals(start.string("end"), news.string("start"));
            assertEquals("news", said(news.array("chunk")));
            assertEquals(room, only(news.array("chunk")).string("room_id"));
            var rest = client.get(stream + "0&from=" + news.string("end")).ok();
            assertTrue(rest.array("chunk").isEmpty());
        }
    }

    /// PEEK-1
    @Test
    void nobodyWatchesWhatTheyMayNotRead() {
        var room = openRoom();
        var closed = alice.createRoom(JsonObject.of("preset", "public_chat"));
        bob.client()
                .get(EVENTS + "?timeout=0&room_id=" + escape(closed))
                .refused(403, "M_FORBIDDEN");
        guest().get(EVENTS + "?timeout=0").refused(403, "M_GUEST_ACCESS_FORBIDDEN");
        var stream = EVENTS + "?timeout=0&room_id=" + escape(room);
        var from = bob.client().get(stream).ok().string("end");
        alice.say(room, "open");
        alice.sendState(
                room,
                "m.room.history_visibility",
                "",
                JsonObject.of("history_visibility", "shared"));
        alice.say(room, "closed");
        bob.client().get(stream + "&from=" + from).refused(403, "M_FORBIDDEN");
        alice.sendState(
                room,
                "m.room.history_visibility",
                "",
                JsonObject.of("history_visibility", "world_readable"));
        var seen = bob.client().get(stream + "&from=" + from).ok();
        assertEquals("open", said(seen.array("chunk")));
        bob.client().get(stream + "&from=x").refused(400, "M_INVALID_PARAM");
    }

    /// SYNC-26
    @Test
    void theStreamOfAUserHoldsAllTheirRooms() {
        var one = alice.createRoom(JsonObject.of("preset", "public_chat"));
        var other = alice.createRoom(JsonObject.of("preset", "public_chat"));
        bob.join(one);
        bob.join(other);
        var from = bob.client().get(EVENTS + "?timeout=0").ok().string("end");
        var news =
                whileWaiting(
                        bob.client(),
                        EVENTS + "?timeout=20000&from=" + from,
                        () -> alice.say(one, "a"));
        assertEquals("a", said(news.ok().array("chunk")));
        alice.say(other, "b");
        alice.say(one, "c");
        var invited = alice.createRoom(JsonObject.EMPTY);
        alice.say(invited, "hidden");
        alice.invite(bob, invited);
        var all = bob.client().get(EVENTS + "?timeout=0&from=" + from).ok().array("chunk");
        assertEquals("abc", said(all));
        assertEquals(invited, all.objects().getLast().string("room_id"));
        assertEquals(4, all.size());
    }

    /// SYNC-26
    @Test
    void manyEventsComeInPieces() {
        var room = alice.createRoom(JsonObject.EMPTY);
        var from = alice.client().get(EVENTS + "?timeout=0").ok().string("end");
        for (int i = 0; i < 105; i++) {
            alice.say(room, "x");
        }
        var first = alice.client().get(EVENTS + "?timeout=0&from=" + from).ok();
        assertEquals(100, first.array("chunk").size());
        var rest = alice.client().get(EVENTS + "?timeout=0&from=" + first.string("end")).ok();
        assertEquals(5, rest.array("chunk").size());
        var few = alice.client().get(EVENTS + "?timeout=0&limit=2&from=" + from).ok();
        assertEquals(2, few.array("chunk").size());
        for (var wrong : List.of("limit=-2", "limit=x", "timeout=x")) {
            alice.client()
                    .get(EVENTS + "?from=" + from + "&" + wrong)
                    .refused(400, "M_INVALID_PARAM");
        }
    }

    /// SYNC-26
    @Test
    void anEventIsFoundWithoutItsRoom() {
        var room = alice.createRoom(JsonObject.of("preset", "public_chat"));
        var event = alice.say(room, "a");
        var path = EVENTS + "/" + escape(event);
        assertEquals(room, alice.client().get(path).ok().string("room_id"));
        bob.client().get(path).refused(404, "M_NOT_FOUND");
        alice.client().get(EVENTS + "/" + escape("$none")).refused(404, "M_NOT_FOUND");
    }

    /// HV-5, RED-6
    @Test
    void whatErasedUsersSaidIsNotShownOutside() {
        var room = openRoom();
        bob.join(room);
        var said = bob.say(room, "my secret");
        var auth =
                JsonObject.of(
                        "type",
                        "m.login.password",
                        "identifier",
                        JsonObject.of("type", "m.id.user", "user", bob.id()),
                        "password",
                        "secret of bob");
        bob.client()
                .post(
                        "/_matrix/client/v3/account/deactivate",
                        JsonObject.of("erase", true, "auth", auth))
                .ok();
        var carol = server.register("carol").client();
        for (var path :
                List.of(
                        room(room) + "/messages?dir=b",
                        room(room) + "/event/" + said,
                        room(room) + "/context/" + said,
                        room(room) + "/initialSync",
                        EVENTS + "/" + said,
                        EVENTS + "?timeout=0&from=t0&room_id=" + escape(room))) {
            var text = carol.get(path).ok().toString();
            assertTrue(text.contains(said), path);
            assertFalse(text.contains("my secret"), path);
            assertTrue(alice.client().get(path).ok().toString().contains("my secret"), path);
        }
    }
}
