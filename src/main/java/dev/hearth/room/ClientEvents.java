package dev.hearth.room;

import dev.hearth.event.EventType;
import dev.hearth.http.Requester;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonObjectBuilder;
import dev.hearth.roomversion.Tweak;
import dev.hearth.storage.Reading;
import java.time.Clock;

/// Events as clients see them: without what servers need, with what is known beside them.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#room-event-format Room event format
public final class ClientEvents {

    private static final String DELAY_ID = "org.matrix.msc4140.delay_id";

    private final EventStore events;
    private final Clock clock;

    ClientEvents(EventStore events, Clock clock) {
        this.events = events;
        this.clock = clock;
    }

    /// The event with its room, as everywhere but in `/sync`.
    public JsonObject full(Reading reading, StoredEvent event, Requester requester) {
        return inSync(reading, event, requester).with("room_id", event.pdu().roomId());
    }

    /// The same, with what the reader was to the room at it.
    public JsonObject full(Reading reading, Visibility.Seen seen, Requester requester) {
        return inTimeline(reading, seen, requester).with("room_id", seen.event().pdu().roomId());
    }

    /// The event without its room.
    public JsonObject inSync(Reading reading, StoredEvent event, Requester requester) {
        var unsigned = unsigned(reading, event, requester);
        before(reading, event, unsigned);
        return client(event, unsigned.build());
    }

    /// The event without its room, with what the user was to the room at it (SYNC-19).
    public JsonObject inTimeline(Reading reading, Visibility.Seen seen, Requester requester) {
        var unsigned = unsigned(reading, seen.event(), requester);
        before(reading, seen.event(), unsigned);
        unsigned.put("membership", seen.membership().wireName());
        return client(seen.event(), unsigned.build());
    }

    /// The event without its room, as one of many of a state: without what it took the place of.
    public JsonObject asState(Reading reading, StoredEvent event, Requester requester) {
        return client(event, unsigned(reading, event, requester).build());
    }

    /// As [#asState], with the room.
    public JsonObject fullState(Reading reading, StoredEvent event, Requester requester) {
        return asState(reading, event, requester).with("room_id", event.pdu().roomId());
    }

    private static JsonObject client(StoredEvent event, JsonObject unsigned) {
        var pdu = event.pdu();
        var client =
                JsonObject.builder()
                        .put("type", pdu.type())
                        .put("event_id", pdu.eventId())
                        .put("sender", pdu.sender())
                        .put("origin_server_ts", pdu.originServerTs())
                        .putIfPresent("state_key", pdu.stateKey());
        var shown = event.shown();
        var content = shown.content();
        if (pdu.type().equals(EventType.REDACTION) && event.redactedBy().isEmpty()) {
            // Clients of every age find the target: some look here, others in the content.
            client.putIfPresent("redacts", pdu.redacts());
            content =
                    pdu.redacts().isPresent()
                            ? content.with("redacts", pdu.redacts().get())
                            : content;
        }
        return client.put("content", content)
                .putIfPresent(Stickiness.KEY, shown.json().find(Stickiness.KEY))
                .put("unsigned", unsigned)
                .build();
    }

    private void before(Reading reading, StoredEvent event, JsonObjectBuilder unsigned) {
        event.replaces()
                .flatMap(position -> events.at(reading, position))
                .ifPresent(before -> {
                    unsigned.put("replaces_state", before.pdu().eventId());
                    unsigned.put("prev_content", before.shown().content());
                    unsigned.put("prev_sender", before.pdu().sender());
                });
    }

    private JsonObjectBuilder unsigned(Reading reading, StoredEvent event, Requester requester) {
        var unsigned =
                JsonObject.builder()
                        .put("age", Math.max(0, clock.millis() - event.pdu().originServerTs()));
        event.transaction()
                .filter(sent -> isOwn(sent, event, requester))
                .ifPresent(sent ->
                        unsigned.put(
                                sent.isPlan() ? DELAY_ID : "transaction_id", sent.transactionId()));
        Stickiness.until(event)
                .map(end -> end - clock.millis())
                .filter(left -> left > 0)
                .ifPresent(left -> unsigned.put("msc4354_sticky_duration_ttl_ms", left));
        event.redactedBy()
                .flatMap(position -> events.at(reading, position))
                .ifPresent(redaction ->
                        unsigned.put("redacted_because", full(reading, redaction, requester)));
        return unsigned;
    }

    private static boolean isOwn(StoredEvent.SentBy sent, StoredEvent event, Requester requester) {
        return event.pdu().sender().equals(requester.user())
                && (sent.isPlan() || sent.device().equals(requester.device().value()));
    }

    /// The few keys that someone outside a room may see of its state. Since v12 the room's first
    /// event, whose hash is the room's ID, also says when it was made.
    ///
    /// @spec https://spec.matrix.org/v1.19/client-server-api/#stripped-state Stripped state
    public static JsonObject stripped(StoredEvent event) {
        var pdu = event.pdu();
        var stripped =
                JsonObject.builder()
                        .put("type", pdu.type())
                        .put("sender", pdu.sender())
                        .putIfPresent("state_key", pdu.stateKey())
                        .put("content", event.shown().content());
        if (pdu.type().equals(EventType.CREATE)
                && pdu.roomVersion().has(Tweak.ROOM_ID_IS_CREATE_HASH)) {
            stripped.put("origin_server_ts", pdu.originServerTs());
        }
        return stripped.build();
    }
}
