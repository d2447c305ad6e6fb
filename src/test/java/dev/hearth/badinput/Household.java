package dev.hearth.badinput;

import static dev.hearth.testing.TestClient.escape;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonString;
import dev.hearth.json.JsonValue;
import dev.hearth.json.JsonWriter;
import dev.hearth.testing.TestClient;
import dev.hearth.testing.TestHomeserver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Two people in a room, and what a request can name of theirs.
final class Household {

    private static int households;
    private static int news;

    private final TestClient open;
    private final TestClient client;
    private final TestClient bob;
    private final Map<String, String> names = new HashMap<>();

    private Household(TestHomeserver server) {
        open = server.client();
        var name = "alice" + ++households;
        var alice = server.register(name, JsonObject.of("refresh_token", true));
        client = open.as(alice.string("access_token"));
        var other = server.register("bob" + households);
        bob = other.client();
        names.put("name", name);
        names.put("alice", alice.string("user_id"));
        names.put("bob", other.id());
        names.put("device", alice.string("device_id"));
        names.put("refresh", alice.string("refresh_token"));
        var room = createRoom(client);
        names.put("room", room);
        other.join(room);
        names.put("event", other.say(room, "hello"));
    }

    private static String createRoom(TestClient client) {
        return client.post("/_matrix/client/v3/createRoom", JsonObject.of("preset", "public_chat"))
                .ok()
                .string("room_id");
    }

    static Household of(TestHomeserver server) {
        return new Household(server);
    }

    static Household withBackup(TestHomeserver server) {
        var household = new Household(server);
        household.name("version");
        return household;
    }

    private Household(Household other, TestClient client) {
        this.open = other.open;
        this.bob = other.bob;
        this.client = client;
        names.putAll(other.names);
    }

    /// The same with somebody else in Alice's place.
    Household as(TestClient somebody) {
        return new Household(this, somebody);
    }

    /// The same, but for what one name stands for.
    Household with(String name, String value) {
        var changed = new Household(this, client);
        changed.names.put(name, value);
        return changed;
    }

    TestClient alice() {
        return client;
    }

    TestClient bob() {
        return bob;
    }

    TestClient nobody() {
        return open;
    }

    /// As Alice, or as nobody.
    TestClient client(boolean isOpen) {
        return isOpen ? open : client;
    }

    /// What Bob can't read any more, with the answer to it.
    Optional<String> findUnreadable() {
        for (var path :
                List.of(
                        "/_matrix/client/v3/sync",
                        "/_matrix/client/v3/rooms/{room}/members",
                        "/_matrix/client/v3/profile/{alice}")) {
            var reply = bob.get(fill(path));
            if (reply.status() != 200) {
                return Optional.of(path + ": " + reply);
            }
        }
        var query = JsonObject.of("device_keys", JsonObject.of(name("alice"), JsonArray.EMPTY));
        var keys = bob.post("/_matrix/client/v3/keys/query", query);
        return keys.status() == 200 ? Optional.empty() : Optional.of("keys/query: " + keys);
    }

    /// What stands for `{key}`; `{new}` is another at each time.
    private String name(String key) {
        return switch (key) {
            case "new" -> "new" + ++news;
            case "version" -> names.computeIfAbsent(key, _ -> newBackup());
            case String _ -> names.getOrDefault(key, "{" + key + "}");
        };
    }

    private String newBackup() {
        return client.post(
                        "/_matrix/client/v3/room_keys/version",
                        JsonObject.of(
                                "algorithm",
                                "m.megolm_backup.v1.curve25519-aes-sha2",
                                "auth_data",
                                JsonObject.EMPTY))
                .ok()
                .string("version");
    }

    String fill(String text) {
        int open = text.indexOf('{');
        int close = text.indexOf('}', open);
        return open < 0 || close < 0
                ? text
                : text.substring(0, open)
                        + name(text.substring(open + 1, close))
                        + fill(text.substring(close + 1));
    }

    JsonValue fill(JsonValue value) {
        return switch (value) {
            case JsonObject object -> {
                var filled = JsonObject.builder();
                object.members().forEach((key, member) -> filled.put(fill(key), fill(member)));
                yield filled.build();
            }
            case JsonArray array -> JsonArray.from(array.stream().map(this::fill).toList());
            case JsonString(var string) -> new JsonString(fill(string));
            default -> value;
        };
    }

    /// The path of a route, filled by the usual things and by those that a request gives.
    String path(String template, JsonObject given) {
        var path = new StringBuilder();
        for (var segment : template.substring(1).split("/", -1)) {
            path.append('/')
                    .append(segment.startsWith("{") ? escape(segment(segment, given)) : segment);
        }
        return path.toString();
    }

    private String segment(String segment, JsonObject given) {
        var parameter = segment.substring(1, segment.length() - 1);
        return fill(given.findString(parameter).orElseGet(() -> usual(parameter)));
    }

    private static String usual(String parameter) {
        return switch (parameter) {
            case "roomId", "roomIdOrAlias" -> "{room}";
            case "userId" -> "{alice}";
            case "deviceId" -> "{device}";
            case "eventId" -> "{event}";
            case "txnId" -> "{new}";
            case String _ -> "{" + parameter + "}";
        };
    }

    static String text(JsonValue value) {
        return JsonWriter.write(value);
    }
}
