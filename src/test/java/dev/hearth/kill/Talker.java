package dev.hearth.kill;

import static dev.hearth.testing.TestClient.escape;
import static dev.hearth.testing.TestUser.room;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonObject;
import dev.hearth.testing.TestClient;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A client that says all kinds of things, knows what was answered, and checks after a crash that
/// this is still so. For one thread at a time.
final class Talker {

    private static final String KIND = "org.hearth.kill";

    final String name;
    private final JsonObject login;
    private final Ledger ledger;
    private TestClient client;
    private int turn;

    /// Transaction ID → event ID of what was answered, and what was not.
    private final Map<String, String> sent = new LinkedHashMap<>();

    private final Set<String> unanswered = new HashSet<>();

    /// Transaction ID → delay ID of what was to be sent later, and the delays of what was not
    /// answered.
    private final Map<String, String> planned = new HashMap<>();

    private final Map<String, Integer> unansweredPlans = new HashMap<>();
    private final Set<String> whispered = new HashSet<>();
    private final Set<String> whisperedUnanswered = new HashSet<>();
    private final Map<String, Integer> invoked = new HashMap<>();
    private final Map<String, Integer> answered = new HashMap<>();
    private final Set<String> uploaded = new HashSet<>();
    private final Set<String> uploadedUnanswered = new HashSet<>();
    private final Set<String> claimed = new HashSet<>();
    private int claimsUnanswered;

    Talker(String name, JsonObject login, TestClient open, Ledger ledger) {
        this.name = name;
        this.login = login;
        this.ledger = ledger;
        this.client = open.as(login.string("access_token"));
    }

    String userId() {
        return login.string("user_id");
    }

    String deviceId() {
        return login.string("device_id");
    }

    TestClient client() {
        return client;
    }

    void reconnect(URI server) {
        client = new TestClient(server).as(login.string("access_token"));
    }

    /// One more thing said, of a kind that changes from turn to turn.
    void act(String roomId, Talker peer) {
        switch (turn++ % 7) {
            case 0, 3 -> send(roomId, name + "-" + turn);
            case 1 -> plan(roomId, name + "-" + turn, 1 + turn * 37 % 500);
            case 2 -> count(room(roomId) + "/state/" + KIND + "/" + name);
            case 4 -> count(accountData());
            case 5 -> exchangeKeys(peer);
            case 6 -> whisper(peer, name + "-" + turn);
            default -> throw new IllegalStateException();
        }
    }

    private String accountData() {
        return "/_matrix/client/v3/user/" + escape(userId()) + "/account_data/" + KIND;
    }

    private void send(String roomId, String txn) {
        ledger.invoke(name, "send " + txn);
        unanswered.add(txn);
        var event =
                client.put(
                                room(roomId) + "/send/m.room.message/" + txn,
                                JsonObject.of("msgtype", "m.text", "body", txn))
                        .ok()
                        .string("event_id");
        unanswered.remove(txn);
        assertTrue(event.startsWith("$"));
        var before = sent.put(txn, event);
        assertTrue(before == null || before.equals(event), () -> txn + " became a second event");
        ledger.ok(name, "send " + txn + " " + event);
    }

    /// To be sent after some milliseconds, before or after the next crash.
    private void plan(String roomId, String txn, int delay) {
        ledger.invoke(name, "plan " + txn);
        unansweredPlans.put(txn, delay);
        var id =
                client.put(
                                room(roomId)
                                        + "/send/m.room.message/"
                                        + txn
                                        + "?org.matrix.msc4140.delay="
                                        + delay,
                                JsonObject.of("msgtype", "m.text", "body", txn))
                        .ok()
                        .string("delay_id");
        unansweredPlans.remove(txn);
        var before = planned.put(txn, id);
        assertTrue(before == null || before.equals(id), () -> txn + " was planned twice");
        ledger.ok(name, "plan " + txn + " " + id);
    }

    private void whisper(Talker peer, String txn) {
        ledger.invoke(name, "whisper " + txn);
        whisperedUnanswered.add(txn);
        var messages =
                JsonObject.of(
                        peer.userId(), JsonObject.of(peer.deviceId(), JsonObject.of("id", txn)));
        client.put(
                        "/_matrix/client/v3/sendToDevice/" + KIND + "/" + txn,
                        JsonObject.of("messages", messages))
                .ok();
        whisperedUnanswered.remove(txn);
        whispered.add(txn);
        ledger.ok(name, "whisper " + txn);
    }

    /// A number that only grows, kept in a place of the server.
    private void count(String place) {
        int next = invoked.getOrDefault(place, 0) + 1;
        ledger.invoke(name, "put " + place + " " + next);
        invoked.put(place, next);
        assertEquals(200, client.put(place, JsonObject.of("n", next)).status());
        answered.put(place, next);
        ledger.ok(name, "put " + place + " " + next);
    }

    private void exchangeKeys(Talker peer) {
        var key = "signed_curve25519:" + name + turn;
        ledger.invoke(name, "upload " + key);
        uploadedUnanswered.add(key);
        var value = JsonObject.of("key", "a" + name + turn, "signatures", JsonObject.EMPTY);
        client.post(
                        "/_matrix/client/v3/keys/upload",
                        JsonObject.of("one_time_keys", JsonObject.of(key, value)))
                .ok();
        uploadedUnanswered.remove(key);
        uploaded.add(key);
        ledger.ok(name, "upload " + key);
        claim(peer);
    }

    /// Claims one key of a peer.
    Optional<String> claim(Talker peer) {
        ledger.invoke(name, "claim of " + peer.name);
        claimsUnanswered++;
        var wanted = JsonObject.of(peer.deviceId(), "signed_curve25519");
        var answer =
                client.post(
                                "/_matrix/client/v3/keys/claim",
                                JsonObject.of(
                                        "one_time_keys", JsonObject.of(peer.userId(), wanted)))
                        .ok();
        claimsUnanswered--;
        var keys =
                answer.object("one_time_keys")
                        .findObject(peer.userId())
                        .flatMap(devices -> devices.findObject(peer.deviceId()));
        var key = keys.flatMap(found -> found.keys().stream().findFirst());
        ledger.ok(name, "claim of " + peer.name + " " + key.orElse("nothing"));
        key.ifPresent(id -> assertTrue(claimed.add(id), () -> id + " was handed out to me twice"));
        return key;
    }

    /// After a crash: repeats what was not answered, and the last of what was, as a client does
    /// that was away, and looks at what it had put.
    void recover(String roomId, Talker peer) {
        List.copyOf(unanswered).forEach(txn -> send(roomId, txn));
        var known = new ArrayList<>(sent.keySet());
        known.subList(Math.max(0, known.size() - 5), known.size())
                .forEach(txn -> send(roomId, txn));
        Map.copyOf(unansweredPlans).forEach((txn, delay) -> plan(roomId, txn, delay));
        List.copyOf(whisperedUnanswered).forEach(txn -> whisper(peer, txn));
        whispered.stream().limit(3).toList().forEach(txn -> whisper(peer, txn));
        invoked.keySet().forEach(this::checkCount);
    }

    private void checkCount(String place) {
        var reply = client.get(place);
        long found = reply.status() == 404 ? 0 : reply.ok().integer("n");
        assertTrue(
                found >= answered.getOrDefault(place, 0) && found <= invoked.get(place),
                () -> place + " is " + found + ", answered was " + answered.get(place));
    }

    /// What was said in the room, by transaction.
    Map<String, String> sent() {
        return sent;
    }

    /// What was to be said later.
    Set<String> planned() {
        return planned.keySet();
    }

    /// Whether something is still to be said later.
    boolean waits() {
        return !client.get("/_matrix/client/unstable/org.matrix.msc4140/delayed_events")
                .ok()
                .array("delayed_events")
                .isEmpty();
    }

    Set<String> whispered() {
        return whispered;
    }

    /// Takes what a peer still has for others, and holds all claims against all uploads.
    void checkKeys(Talker claimer) {
        while (claimer.claim(this).isPresent()) {
            // Until there is none.
        }
        var lost = new HashSet<>(uploaded);
        lost.removeAll(claimer.claimed);
        assertTrue(
                lost.size() <= claimer.claimsUnanswered,
                () -> "keys of " + name + " that nobody got: " + lost);
        var invented = new HashSet<>(claimer.claimed);
        invented.removeAll(uploaded);
        invented.removeAll(uploadedUnanswered);
        assertEquals(Set.of(), invented);
    }
}
