package dev.hearth.sync;

import static dev.hearth.testing.TestClient.escape;

import dev.hearth.json.JsonObject;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.util.stream.IntStream;

/// A server with Alice, who made a public room, and Bob and Carol, who are not in it yet.
final class Story implements AutoCloseable {

    final TestHomeserver server = TestHomeserver.start();
    final TestUser alice = server.register("alice");
    final TestUser bob = server.register("bob");
    final TestUser carol = server.register("carol");
    final String room = alice.createRoom(JsonObject.of("preset", "public_chat"));

    /// Says `1`, `2`, … up to a number.
    static void count(TestUser user, String room, int upTo) {
        IntStream.rangeClosed(1, upTo).forEach(i -> user.say(room, Integer.toString(i)));
    }

    static String filter(JsonObject filter) {
        return "&filter=" + escape(filter);
    }

    static String timelineLimit(int limit) {
        return filter(room("timeline", JsonObject.of("limit", limit)));
    }

    static String lazy(int limit) {
        return filter(
                JsonObject.of(
                        "room",
                        JsonObject.of(
                                "state",
                                JsonObject.of("lazy_load_members", true),
                                "timeline",
                                JsonObject.of("limit", limit))));
    }

    static JsonObject room(String section, JsonObject filter) {
        return JsonObject.of("room", JsonObject.of(section, filter));
    }

    /// Kick, ban, unban, invite.
    static void does(TestUser who, String what, TestUser whom, String room) {
        who.client()
                .post(TestUser.room(room) + "/" + what, JsonObject.of("user_id", whom.id()))
                .ok();
    }

    static void forget(TestUser user, String room) {
        user.client().post(TestUser.room(room) + "/forget", JsonObject.EMPTY).ok();
    }

    static void setName(TestUser user, String room, String name) {
        user.sendState(room, "m.room.name", "", JsonObject.of("name", name));
    }

    /// Shows a user under another name in one room.
    static void rename(TestUser user, String room, String name) {
        user.sendState(
                room,
                "m.room.member",
                user.id(),
                JsonObject.of("membership", "join", "displayname", name));
    }

    @Override
    public void close() {
        server.close();
    }
}
