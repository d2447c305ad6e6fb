package dev.hearth.testing;

import static dev.hearth.testing.TestClient.escape;

import dev.hearth.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/// A user with one device. Not for several threads.
public final class TestUser {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TestClient client;
    private final String id;
    private final String deviceId;
    private Optional<String> since = Optional.empty();
    private int transactions;

    TestUser(TestClient open, JsonObject login) {
        this.client = open.as(login.string("access_token"));
        this.id = login.string("user_id");
        this.deviceId = login.string("device_id");
    }

    public String id() {
        return id;
    }

    public String deviceId() {
        return deviceId;
    }

    public TestClient client() {
        return client;
    }

    public String createRoom(JsonObject request) {
        return client.post("/_matrix/client/v3/createRoom", request).ok().string("room_id");
    }

    public void invite(TestUser other, String room) {
        client.post(room(room) + "/invite", JsonObject.of("user_id", other.id())).ok();
    }

    public void join(String room) {
        client.post("/_matrix/client/v3/join/" + escape(room), JsonObject.EMPTY).ok();
    }

    public void leave(String room) {
        client.post(room(room) + "/leave", JsonObject.EMPTY).ok();
    }

    public String say(String room, String text) {
        return send(room, "m.room.message", JsonObject.of("msgtype", "m.text", "body", text));
    }

    public String send(String room, String type, JsonObject content) {
        return client.put(room(room) + "/send/" + escape(type) + "/t" + transactions++, content)
                .ok()
                .string("event_id");
    }

    public String redact(String room, String event) {
        var path = room(room) + "/redact/" + escape(event) + "/t" + transactions++;
        return client.put(path, JsonObject.EMPTY).ok().string("event_id");
    }

    /// From now on these users and no others are ignored.
    public void ignore(String... users) {
        var ignored = JsonObject.builder();
        for (var user : users) {
            ignored.put(user, JsonObject.EMPTY);
        }
        setAccountData("m.ignored_user_list", JsonObject.of("ignored_users", ignored.build()));
    }

    public void setAccountData(String type, JsonObject content) {
        var path = "/_matrix/client/v3/user/" + escape(id) + "/account_data/" + escape(type);
        client.put(path, content).ok();
    }

    /// Gives the account up for good.
    public void deactivate() {
        var name = id.substring(1, id.indexOf(':'));
        var auth = JsonObject.of("type", "m.login.password", "password", "secret of " + name);
        client.post("/_matrix/client/v3/account/deactivate", JsonObject.of("auth", auth)).ok();
    }

    public String sendState(String room, String type, String stateKey, JsonObject content) {
        return client.put(room(room) + "/state/" + escape(type) + "/" + escape(stateKey), content)
                .ok()
                .string("event_id");
    }

    public Reply receipt(String room, String type, String event, JsonObject body) {
        return client.post(room(room) + "/receipt/" + type + "/" + escape(event), body);
    }

    public void read(String room, String event) {
        receipt(room, "m.read", event, JsonObject.EMPTY).ok();
    }

    public void readIn(String room, String thread, String event) {
        receipt(room, "m.read", event, JsonObject.of("thread_id", thread)).ok();
    }

    public JsonObject messages(String room) {
        return client.get(room(room) + "/messages?dir=b&limit=100").ok();
    }

    /// One sync that answers at once, from where the last one ended.
    public JsonObject sync() {
        return sync(0, "");
    }

    /// One sync with further query parameters, `&filter=…`.
    public JsonObject sync(int timeoutMillis, String more) {
        var query = "?timeout=" + timeoutMillis + since.map(s -> "&since=" + s).orElse("") + more;
        var answer = client.get("/_matrix/client/v3/sync" + query).ok();
        since = Optional.of(answer.string("next_batch"));
        return answer;
    }

    /// Forgets where the last sync ended: the next is an initial one.
    public void forgetSync() {
        since = Optional.empty();
    }

    public Optional<String> since() {
        return since;
    }

    /// Syncs until an answer is as wanted, and gives it; on time-out the test fails with what the
    /// last answer was.
    public JsonObject syncUntil(Predicate<JsonObject> wanted) {
        var deadline = Instant.now().plus(PATIENCE);
        JsonObject last = JsonObject.EMPTY;
        while (Instant.now().isBefore(deadline)) {
            last = sync(2_000, "");
            if (wanted.test(last)) {
                return last;
            }
        }
        throw new AssertionError(id + " waited in vain; the last sync was " + last);
    }

    public static String room(String room) {
        return "/_matrix/client/v3/rooms/" + escape(room);
    }
}
