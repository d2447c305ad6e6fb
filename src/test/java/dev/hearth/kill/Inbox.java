package dev.hearth.kill;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.testing.TestClient;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// What a device receives: it syncs on and on, and goes on where the last answer ended, also over a
/// crash. A message that was in an answer may never come again.
final class Inbox {

    private Optional<String> since = Optional.empty();
    private final Set<String> received = new HashSet<>();
    private final Set<String> events = new HashSet<>();

    /// One sync; gives how many messages came.
    int poll(TestClient client, int timeoutMillis) {
        var query = "?timeout=" + timeoutMillis + since.map(token -> "&since=" + token).orElse("");
        var answer = client.get("/_matrix/client/v3/sync" + query).ok();
        since = Optional.of(answer.string("next_batch"));
        answer.findObject("rooms")
                .flatMap(rooms -> rooms.findObject("join"))
                .ifPresent(this::readTimelines);
        var messages =
                answer.findObject("to_device")
                        .flatMap(toDevice -> toDevice.findArray("events"))
                        .orElse(JsonArray.EMPTY)
                        .objects();
        messages.forEach(message -> receive(message.object("content").string("id")));
        return messages.size();
    }

    private void receive(String id) {
        assertTrue(received.add(id), () -> id + " came to the device twice");
    }

    private void readTimelines(JsonObject rooms) {
        rooms.keys().stream()
                .map(rooms::object)
                .flatMap(room -> room.findObject("timeline").stream())
                .flatMap(timeline -> timeline.array("events").objects().stream())
                .forEach(event -> {
                    var id = event.string("event_id");
                    assertTrue(events.add(id), () -> id + " came in two answers");
                });
    }

    Set<String> received() {
        return received;
    }
}
