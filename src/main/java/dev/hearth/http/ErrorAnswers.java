package dev.hearth.http;

import dev.hearth.error.ErrorCode;
import dev.hearth.error.MatrixException;
import dev.hearth.identifier.InvalidIdentifierException;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonShapeException;
import dev.hearth.json.JsonSyntaxException;
import dev.hearth.storage.StorageFullException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/// Turns what went wrong into an answer: the one place where errors become JSON (API-3).
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#standard-error-response Standard error
///   response
final class ErrorAnswers {

    private static final Logger LOG = System.getLogger(ErrorAnswers.class.getName());

    private final Optional<String> adminContact;

    /// @param adminContact where users reach who can help, a URI
    ErrorAnswers(Optional<String> adminContact) {
        this.adminContact = adminContact;
    }

    /// @param what the request's method and endpoint, for the log if the fault is ours
    Response of(Throwable failure, String what) {
        return switch (failure) {
            case MatrixException told -> of(told);
            case JsonSyntaxException e -> plain(ErrorCode.M_NOT_JSON, e.getMessage());
            case JsonShapeException e -> plain(code(e), e.getMessage());
            case InvalidIdentifierException e -> plain(ErrorCode.M_INVALID_PARAM, e.getMessage());
            case StorageFullException e -> full(e).withStatus(503).withHeader("Retry-After", "30");
            case Throwable ours -> {
                LOG.log(Level.ERROR, "Failed to answer " + what, ours);
                yield plain(ErrorCode.M_UNKNOWN, "Something went wrong on this server")
                        .withStatus(500);
            }
        };
    }

    /// API-7: the code of a limit that was reached goes with a contact, or not at all.
    private Response full(StorageFullException e) {
        return adminContact
                .map(contact ->
                        Response.json(
                                error(ErrorCode.M_RESOURCE_LIMIT_EXCEEDED, e.getMessage())
                                        .with("admin_contact", contact)))
                .orElseGet(() -> plain(ErrorCode.M_UNKNOWN, e.getMessage()));
    }

    private static ErrorCode code(JsonShapeException e) {
        return e.isMissing() ? ErrorCode.M_MISSING_PARAM : ErrorCode.M_BAD_JSON;
    }

    private static Response of(MatrixException told) {
        var standard = error(told.code(), told.getMessage());
        return switch (told) {
            case MatrixException.Standard _ -> json(told, standard);
            case MatrixException.UnknownToken e ->
                    json(told, standard.with("soft_logout", e.softLogout()));
            case MatrixException.UserLocked _ -> json(told, standard.with("soft_logout", true));
            case MatrixException.IncompatibleRoomVersion e ->
                    json(told, standard.with("room_version", e.roomVersion()));
            case MatrixException.WrongRoomKeysVersion e ->
                    json(told, standard.with("current_version", e.currentVersion()));
            case MatrixException.DelayTooLong e -> json(told, delay(standard, e));
            // API-6: the header is the wait's proper place; shipped clients read the body.
            case MatrixException.LimitExceeded e ->
                    json(told, standard.with("retry_after_ms", e.retryAfter().toMillis()))
                            .withHeader("Retry-After", Long.toString(e.retryAfterSeconds()));
            case MatrixException.AuthenticationNeeded e -> json(told, authentication(e));
        };
    }

    private static JsonObject delay(JsonObject standard, MatrixException.DelayTooLong e) {
        return standard.with("org.matrix.msc4140.errcode", "M_MAX_DELAY_EXCEEDED")
                .with("org.matrix.msc4140.max_delay", e.longest().toMillis());
    }

    private static JsonObject authentication(MatrixException.AuthenticationNeeded e) {
        return e.failure()
                .map(failed -> error(failed.code(), failed.getMessage()))
                .map(failed -> JsonObject.builder().putAll(failed).putAll(e.body()).build())
                .orElseGet(e::body);
    }

    static Response plain(ErrorCode code, String message) {
        return Response.json(error(code, message)).withStatus(code.status());
    }

    private static Response json(MatrixException told, JsonObject body) {
        return Response.json(body).withStatus(told.status());
    }

    private static JsonObject error(ErrorCode code, String message) {
        return JsonObject.of("errcode", code.wireName(), "error", message);
    }
}
