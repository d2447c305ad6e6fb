package dev.hearth.delayed;

import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonObjectBuilder;
import dev.hearth.room.PlannedEvent;
import java.util.Optional;

/// An event that is or was to be sent later.
///
/// @param delay in milliseconds
/// @param runningSince when the delay began, in milliseconds since 1970
/// @param end how it was finalized, if it was
record DelayedEvent(
        long number,
        String id,
        PlannedEvent event,
        long delay,
        long runningSince,
        Optional<End> end) {

    /// How an event was finalized.
    ///
    /// @param eventId the event as which it was sent
    /// @param error why it couldn't be sent, as a client would have been told
    record End(long at, Outcome outcome, Optional<String> eventId, Optional<JsonObject> error) {

        static End sent(long at, String eventId) {
            return new End(at, Outcome.SENT, Optional.of(eventId), Optional.empty());
        }

        static End cancelled(long at) {
            return new End(at, Outcome.CANCELLED, Optional.empty(), Optional.empty());
        }

        static End failed(long at, JsonObject error) {
            return new End(at, Outcome.FAILED, Optional.empty(), Optional.of(error));
        }
    }

    enum Outcome {
        SENT,
        CANCELLED,
        FAILED
    }

    long due() {
        return runningSince + delay;
    }

    boolean isScheduled() {
        return end.isEmpty();
    }

    DelayedEvent restarted(long now) {
        return new DelayedEvent(number, id, event, delay, now, end);
    }

    /// As its owner sees it. Clients know some of it by the names of an older and of a newer draft.
    JsonObject json() {
        var json =
                JsonObject.builder()
                        .put("delay_id", id)
                        .put("room_id", event.room())
                        .put("type", event.type())
                        .putIfPresent("state_key", event.stateKey())
                        .put("delay", delay)
                        .put("delay_ms", delay)
                        .put("running_since", runningSince)
                        .put("delayed_since_ts", runningSince)
                        .put("content", event.content());
        end.ifPresent(ended -> {
            putEnd(json.put("origin_server_ts", ended.at()), ended);
            var finalised = JsonObject.builder().put("finalised_ts", ended.at());
            putEnd(finalised, ended);
            json.put("finalised", finalised.build());
        });
        return json.build();
    }

    private static void putEnd(JsonObjectBuilder json, End end) {
        json.putIfPresent("event_id", end.eventId()).putIfPresent("error", end.error());
    }
}
