package dev.hearth.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonReader;
import dev.hearth.testing.Reply;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients that know of a room only what their syncs told them know its state, while people come
/// and go, name it, and talk, and whatever of the timeline is cut off.
@DisplayName("SYNC-1, SYNC-2, SYNC-10: what clients make of their syncs is the state of the room")
class StateFollowsTest {

    private static final int ACTS = 250;

    /// How a client asks.
    private enum Kind {
        PLAIN("", false),
        AFTER("&use_state_after=true", false),
        LAZY("", true),
        LAZY_AFTER("&use_state_after=true", true);

        private final String query;
        private final boolean lazy;

        Kind(String query, boolean lazy) {
            this.query = query;
            this.lazy = lazy;
        }
    }

    private static final class Client {
        private final TestUser user;
        private final Kind kind;
        private final Map<String, String> state = new HashMap<>();
        private final List<String> history = new ArrayList<>();

        Client(TestUser user, Kind kind) {
            this.user = user;
            this.kind = kind;
        }

        void sync(String room, int limit) {
            var limits = kind.lazy ? Story.lazy(limit) : Story.timelineLimit(limit);
            var answer = user.sync(0, kind.query + limits);
            history.add(answer.findObject("rooms").orElse(JsonObject.EMPTY).toString());
            take(Told.joined(answer, room));
            take(Told.left(answer, room));
            if (kind.lazy && !Told.left(answer, room).isNothing()) {
                // Real clients forget the members of a room when they leave it, too.
                state.keySet().removeIf(key -> key.startsWith("m.room.member|"));
            }
            if (kind.lazy) {
                Told.joined(answer, room).events("timeline").stream()
                        .map(event -> event.string("sender"))
                        .forEach(this::requireKnown);
            }
        }

        private void take(Told told) {
            boolean after = kind.query.contains("after");
            told.events(after ? "state_after" : "state").forEach(this::put);
            if (!after) {
                told.events("timeline").stream()
                        .filter(event -> event.has("state_key"))
                        .forEach(this::put);
            }
        }

        private void put(JsonObject event) {
            state.put(
                    event.string("type") + "|" + event.string("state_key"),
                    event.string("event_id"));
        }

        private void requireKnown(String sender) {
            assertTrue(state.containsKey("m.room.member|" + sender), () -> sender + last());
        }

        void check(String room) {
            var reply = user.client().get(TestUser.room(room) + "/state");
            if (reply.status() != 200 || !isIn(room)) {
                return;
            }
            var real = real(reply);
            if (kind.lazy) {
                real.keySet()
                        .removeIf(
                                key -> key.startsWith("m.room.member|") && !state.containsKey(key));
            }
            assertEquals(real, state, () -> kind + last());
        }

        private boolean isIn(String room) {
            return user.client()
                    .get("/_matrix/client/v3/joined_rooms")
                    .ok()
                    .array("joined_rooms")
                    .strings()
                    .contains(room);
        }

        private static Map<String, String> real(Reply reply) {
            var real = new HashMap<String, String>();
            var events = JsonReader.readObject("{\"state\":" + reply.text() + "}").array("state");
            for (var event : events.objects()) {
                real.put(
                        event.string("type") + "|" + event.string("state_key"),
                        event.string("event_id"));
            }
            return real;
        }

        private String last() {
            return "\n"
                    + String.join(
                            "\n", history.subList(Math.max(0, history.size() - 3), history.size()));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 6, 9, 19})
    void clientsKnowTheState(long seed) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        try (var server = TestHomeserver.start()) {
            var alice = server.register("alice");
            var others =
                    List.of(
                            server.register("bob"),
                            server.register("carol"),
                            server.register("dave"));
            var room = alice.createRoom(JsonObject.of("preset", "public_chat"));
            var clients = new ArrayList<Client>();
            for (var kind : Kind.values()) {
                clients.add(new Client(server.login("alice"), kind));
                clients.add(new Client(server.login("bob"), kind));
            }
            for (int i = 0; i < ACTS; i++) {
                act(random, alice, others.get(random.nextInt(others.size())), room);
                if (random.nextInt(3) == 0) {
                    var client = clients.get(random.nextInt(clients.size()));
                    client.sync(room, random.nextInt(6));
                    client.check(room);
                }
            }
            clients.forEach(client -> client.sync(room, 3));
            clients.forEach(client -> client.check(room));
        }
    }

    /// What is refused (a kick of who isn't there) has simply not happened.
    private static void act(RandomGenerator random, TestUser alice, TestUser other, String room) {
        var who = random.nextBoolean() ? alice : other;
        var content = JsonObject.of("name", "n" + random.nextInt(100));
        switch (random.nextInt(9)) {
            case 0 -> attempt(other, room, "join", JsonObject.EMPTY);
            case 1 -> attempt(other, room, "leave", JsonObject.EMPTY);
            case 2 -> attempt(alice, room, "kick", JsonObject.of("user_id", other.id()));
            case 3 -> attempt(alice, room, "ban", JsonObject.of("user_id", other.id()));
            case 4 -> attempt(alice, room, "unban", JsonObject.of("user_id", other.id()));
            case 5 -> attempt(alice, room, "invite", JsonObject.of("user_id", other.id()));
            case 6 -> alice.sendState(room, "m.room.name", "", content);
            case 7 -> rename(who, room, content.string("name"));
            default -> say(who, room, content.string("name"));
        }
    }

    private static void attempt(TestUser who, String room, String what, JsonObject body) {
        who.client().post(TestUser.room(room) + "/" + what, body);
    }

    private static void rename(TestUser who, String room, String name) {
        var path = TestUser.room(room) + "/state/m.room.member/" + who.id();
        if (who.client().get(path).status() == 200) {
            who.client().put(path, JsonObject.of("membership", "join", "displayname", name));
        }
    }

    private static void say(TestUser who, String room, String text) {
        who.client()
                .put(
                        TestUser.room(room) + "/send/m.room.message/" + text + System.nanoTime(),
                        JsonObject.of("body", text, "msgtype", "m.text", "x", JsonArray.EMPTY));
    }
}
