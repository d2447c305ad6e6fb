package dev.hearth.room;

import static dev.hearth.error.MatrixException.forbidden;
import static dev.hearth.error.MatrixException.invalidParam;

import dev.hearth.http.ClientRequest;
import dev.hearth.http.Request;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import java.util.Optional;
import java.util.function.Supplier;

/// What a user wants to have sent, now or at a later time.
///
/// @param stickyFor the milliseconds for which it is to be sticky, see [Stickiness]
public record PlannedEvent(
        UserId sender,
        RoomId room,
        String type,
        Optional<String> stateKey,
        JsonObject content,
        Optional<Long> stickyFor) {

    private static final String DELAY = "org.matrix.msc4140.delay";

    /// What a request to send asks for; only messages can be sticky.
    public static PlannedEvent of(
            ClientRequest request, Optional<String> stateKey, JsonObject content) {
        return new PlannedEvent(
                request.user(),
                request.roomId(),
                request.path("eventType"),
                stateKey,
                content,
                stateKey.isPresent() ? Optional.empty() : Stickiness.asked(request));
    }

    /// For how many milliseconds the sending that a request asks for is put off, if it is.
    ///
    /// @spec https://github.com/matrix-org/matrix-spec-proposals/pull/4140 MSC4140: Cancellable
    ///   delayed events
    static Optional<Long> delay(Request request) {
        return request.query(DELAY).map(text -> milliseconds(DELAY, text));
    }

    /// A number of milliseconds as a query has it. More digits than any limit allows are cut.
    static long milliseconds(String name, String text) {
        if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw invalidParam(name + " must be a whole number of milliseconds, not negative");
        }
        return Long.parseLong(text.substring(0, Math.min(text.length(), 15)));
    }

    /// Keeps events until their time has come.
    @FunctionalInterface
    public interface Planner {

        /// Who keeps nothing.
        Planner NONE =
                (_, _, _) -> {
                    throw forbidden("This server sends nothing at a later time");
                };

        /// @param event what the request wants; not asked for where it is a repeated one
        /// @param delay in milliseconds
        /// @return the delay ID by which the sender can come back to it
        String plan(ClientRequest request, Supplier<PlannedEvent> event, long delay);
    }
}
