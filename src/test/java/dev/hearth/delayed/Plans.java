package dev.hearth.delayed;

import static dev.hearth.testing.TestClient.escape;

import dev.hearth.json.JsonObject;
import dev.hearth.testing.Reply;
import dev.hearth.testing.RoomSection;
import dev.hearth.testing.TestClient;
import dev.hearth.testing.TestUser;
import java.util.ArrayList;
import java.util.List;

/// What somebody has planned in a room.
///
/// @param anybody has no access token
record Plans(TestClient anybody, TestUser owner, String room) {

    static final String TYPE = "com.example.test";
    static final String EVENTS = "/_matrix/client/unstable/org.matrix.msc4140/delayed_events";

    /// A room in which everybody may set state of the type.
    static String open(TestUser creator) {
        var levels = JsonObject.of("events", JsonObject.of(TYPE, 0));
        return creator.createRoom(
                JsonObject.of("preset", "public_chat", "power_level_content_override", levels));
    }

    /// What somebody sees of the type, when it is so many.
    List<JsonObject> seenBy(TestUser user, int count) {
        var seen = new ArrayList<JsonObject>();
        user.syncUntil(sync -> {
            RoomSection.of(sync, room).timeline().stream()
                    .filter(event -> event.string("type").equals(TYPE))
                    .forEach(seen::add);
            return seen.size() >= count;
        });
        return seen;
    }

    Reply message(String transaction, Object delay, JsonObject content) {
        return owner.client()
                .put(
                        TestUser.room(room)
                                + "/send/"
                                + TYPE
                                + "/"
                                + escape(transaction)
                                + "?org.matrix.msc4140.delay="
                                + delay,
                        content);
    }

    String message(String transaction, long delay) {
        return message(transaction, delay, JsonObject.of("said", transaction))
                .ok()
                .string("delay_id");
    }

    Reply setting(String type, String key, long delay, JsonObject content) {
        return owner.client()
                .put(
                        TestUser.room(room)
                                + "/state/"
                                + type
                                + "/"
                                + escape(key)
                                + "?org.matrix.msc4140.delay="
                                + delay,
                        content);
    }

    String state(String key, long delay) {
        return setting(TYPE, key, delay, JsonObject.of("setter", key)).ok().string("delay_id");
    }

    /// The state, asked for by the owner.
    Reply current(String key) {
        return owner.client().get(TestUser.room(room) + "/state/" + TYPE + "/" + escape(key));
    }

    Reply change(String delayId, String action) {
        return anybody.post(EVENTS + "/" + delayId + "/" + action, JsonObject.EMPTY);
    }

    List<JsonObject> scheduled() {
        return list("");
    }

    List<JsonObject> finalized() {
        return list("?status=finalised");
    }

    List<JsonObject> list(String query) {
        return owner.client().get(EVENTS + query).ok().array("delayed_events").objects();
    }

    JsonObject one(String delayId) {
        return owner.client().get(EVENTS + "/" + delayId).ok();
    }
}
