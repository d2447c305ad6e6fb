package dev.hearth.bench;

import static dev.hearth.testing.TestClient.escape;

import dev.hearth.bench.Connection.Answer;
import dev.hearth.json.JsonObject;
import java.net.URI;
import java.util.Optional;

/// A user with one connection. For one thread.
final class Person implements AutoCloseable {

    private static final String API = "/_matrix/client/v3";

    private final Connection connection;
    private final String token;
    private final String name;
    private int transactions;

    Person(URI server, String name, String token) {
        this.connection = new Connection(server);
        this.name = name;
        this.token = token;
    }

    /// The same user on a connection of its own.
    Person again(URI server) {
        return new Person(server, name + "'", token);
    }

    String createRoom(String preset) {
        return post("/createRoom", JsonObject.of("preset", preset, "name", "A room"))
                .ok()
                .string("room_id");
    }

    void join(String room) {
        post("/join/" + escape(room), JsonObject.EMPTY).ok();
    }

    /// A message, whose answer isn't read beyond its status.
    void say(String room, String text) {
        var path = API + "/rooms/" + escape(room) + "/send/m.room.message/" + name + transactions++;
        var body = JsonObject.of("msgtype", "m.text", "body", text).toString();
        var answer = connection.call("PUT", path, token, body);
        if (answer.status() != 200) {
            answer.ok();
        }
    }

    JsonObject sync(String query) {
        return raw(query).ok();
    }

    /// An answer that isn't parsed, for what is timed.
    Answer raw(String query) {
        return connection.call("GET", API + "/sync?" + query, token, "");
    }

    /// So many of the newest events of a room, or of those before a token, without parsing them.
    Answer messages(String room, Optional<String> from, int limit) {
        return get(
                "/rooms/"
                        + escape(room)
                        + "/messages?dir=b&limit="
                        + limit
                        + from.map(token -> "&from=" + token).orElse(""));
    }

    /// Looks for a word in all rooms.
    Answer search(String term) {
        var criteria = JsonObject.of("search_term", term, "order_by", "recent");
        return post(
                "/search",
                JsonObject.of("search_categories", JsonObject.of("room_events", criteria)));
    }

    private Answer get(String path) {
        return connection.call("GET", API + path, token, "");
    }

    private Answer post(String path, JsonObject body) {
        return connection.call("POST", API + path, token, body.toString());
    }

    @Override
    public void close() {
        connection.close();
    }
}
