package dev.hearth.room;

import static dev.hearth.error.MatrixException.invalidParam;

import dev.hearth.event.Pdu;
import dev.hearth.http.Request;
import dev.hearth.json.JsonInteger;
import dev.hearth.json.JsonObject;
import java.util.Optional;

/// For a while, a sticky event reaches all who are in its room, however much else was said since:
/// who is in a call tells it by such.
///
/// @spec https://github.com/matrix-org/matrix-spec-proposals/pull/4354 MSC4354: Sticky events
public final class Stickiness {

    static final String KEY = "msc4354_sticky";

    private static final String PARAMETER = "org.matrix.msc4354.sticky_duration_ms";
    private static final String DURATION = "duration_ms";
    private static final long LONGEST = 3_600_000;

    private Stickiness() {}

    /// For how many milliseconds the event that a request sends is to be sticky, if it is.
    static Optional<Long> asked(Request request) {
        var asked =
                request.query(PARAMETER).map(text -> PlannedEvent.milliseconds(PARAMETER, text));
        if (asked.filter(duration -> duration > LONGEST).isPresent()) {
            throw invalidParam(PARAMETER + " must not be more than " + LONGEST);
        }
        return asked;
    }

    static JsonObject of(long duration) {
        return JsonObject.of(DURATION, duration);
    }

    /// When an event that was sent as a sticky one ends to be sticky, in milliseconds since 1970; a
    /// redacted one isn't.
    public static Optional<Long> until(StoredEvent event) {
        return event.redactedBy().isPresent()
                ? Optional.empty()
                : of(event.pdu()).map(duration -> event.pdu().originServerTs() + duration);
    }

    /// For how many milliseconds an event is sticky as its sender says.
    private static Optional<Long> of(Pdu event) {
        return event.json()
                .peekObject(KEY)
                .flatMap(sticky -> sticky.find(DURATION))
                .filter(JsonInteger.class::isInstance)
                .map(value -> ((JsonInteger) value).value())
                .filter(duration -> duration >= 0 && duration <= LONGEST);
    }
}
