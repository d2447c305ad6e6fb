package dev.hearth.error;

import dev.hearth.json.JsonObject;
import java.time.Duration;
import java.util.Optional;

/// The caller is told no. Thrown anywhere below an endpoint, written as JSON in one place, in
/// `http`. It has no stack trace: it is an answer, not a failure. The message is a sentence for the
/// person who reads it and holds no secret.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#standard-error-response Standard error
///   response
public abstract sealed class MatrixException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final int status;
    private final String message;

    private MatrixException(ErrorCode code, int status, String message) {
        super(message, null, false, false);
        this.code = code;
        this.status = status;
        this.message = message;
    }

    private MatrixException(ErrorCode code, String message) {
        this(code, code.status(), message);
    }

    /// The sentence for the person who reads it; there always is one.
    @Override
    public String getMessage() {
        return message;
    }

    public ErrorCode code() {
        return code;
    }

    /// The HTTP status of the answer.
    public int status() {
        return status;
    }

    /// An error with nothing beside its code and message.
    public static final class Standard extends MatrixException {
        private static final long serialVersionUID = 1L;

        private Standard(ErrorCode code, int status, String message) {
            super(code, status, message);
        }

        /// The same error with another HTTP status than the usual one of its code.
        public Standard withStatus(int status) {
            return new Standard(code(), status, getMessage());
        }
    }

    /// Too many requests: try again after a while.
    public static final class LimitExceeded extends MatrixException {
        private static final long serialVersionUID = 1L;
        private final Duration retryAfter;

        public LimitExceeded(Duration retryAfter) {
            super(
                    ErrorCode.M_LIMIT_EXCEEDED,
                    "Too many requests, try again in " + seconds(retryAfter) + " s");
            this.retryAfter = retryAfter;
        }

        public Duration retryAfter() {
            return retryAfter;
        }

        /// Whole seconds, rounded up, as the `Retry-After` header wants them.
        public long retryAfterSeconds() {
            return seconds(retryAfter);
        }
    }

    /// The access token is unknown or expired. With a soft log-out the device still exists, and the
    /// client keeps its encryption keys; a wrong value here makes it wipe them.
    public static final class UnknownToken extends MatrixException {
        private static final long serialVersionUID = 1L;
        private final boolean softLogout;

        public UnknownToken(boolean softLogout) {
            super(
                    ErrorCode.M_UNKNOWN_TOKEN,
                    softLogout
                            ? "The access token has expired: refresh it or log in again"
                            : "The access token is not known: log in again");
            this.softLogout = softLogout;
        }

        public boolean softLogout() {
            return softLogout;
        }
    }

    /// The account is locked: its sessions stay, and go on when it is unlocked.
    ///
    /// @spec https://spec.matrix.org/v1.19/client-server-api/#account-locking Account locking
    public static final class UserLocked extends MatrixException {
        private static final long serialVersionUID = 1L;

        public UserLocked() {
            super(
                    ErrorCode.M_USER_LOCKED,
                    "This account is locked: ask this server's administrator");
        }
    }

    /// The room has a version that the other side doesn't understand.
    public static final class IncompatibleRoomVersion extends MatrixException {
        private static final long serialVersionUID = 1L;
        private final String roomVersion;

        public IncompatibleRoomVersion(String roomVersion) {
            super(ErrorCode.M_INCOMPATIBLE_ROOM_VERSION, "This room has version " + roomVersion);
            this.roomVersion = roomVersion;
        }

        public String roomVersion() {
            return roomVersion;
        }
    }

    /// Keys were sent for a key backup that is not the current one.
    public static final class WrongRoomKeysVersion extends MatrixException {
        private static final long serialVersionUID = 1L;
        private final String currentVersion;

        public WrongRoomKeysVersion(String currentVersion) {
            super(
                    ErrorCode.M_WRONG_ROOM_KEYS_VERSION,
                    "The current backup has version " + currentVersion);
            this.currentVersion = currentVersion;
        }

        public String currentVersion() {
            return currentVersion;
        }
    }

    /// Something is to be sent later than the server waits.
    ///
    /// @spec https://github.com/matrix-org/matrix-spec-proposals/pull/4140 MSC4140: Cancellable
    ///   delayed events
    public static final class DelayTooLong extends MatrixException {
        private static final long serialVersionUID = 1L;
        private final Duration longest;

        public DelayTooLong(Duration longest) {
            super(
                    ErrorCode.M_UNKNOWN,
                    "This server sends nothing later than in " + seconds(longest) + " s");
            this.longest = longest;
        }

        public Duration longest() {
            return longest;
        }
    }

    /// User-interactive authentication goes on: the body names the flows, what is completed and the
    /// session, and the error of a stage that failed.
    ///
    /// @spec https://spec.matrix.org/v1.19/client-server-api/#user-interactive-authentication-api
    ///   User-Interactive Authentication API
    public static final class AuthenticationNeeded extends MatrixException {
        private static final long serialVersionUID = 1L;
        private final transient JsonObject body;
        private final transient Optional<Standard> failure;

        public AuthenticationNeeded(JsonObject body, Optional<Standard> failure) {
            super(ErrorCode.M_UNAUTHORIZED, "Authentication is needed");
            this.body = body;
            this.failure = failure;
        }

        /// What stands in the answer beside the error.
        public JsonObject body() {
            return body;
        }

        /// Why the last stage failed, if it did.
        public Optional<Standard> failure() {
            return failure;
        }
    }

    private static long seconds(Duration duration) {
        return Math.max(1, duration.plusMillis(999).toSeconds());
    }

    public static Standard error(ErrorCode code, String message) {
        return new Standard(code, code.status(), message);
    }

    public static Standard forbidden(String message) {
        return error(ErrorCode.M_FORBIDDEN, message);
    }

    public static Standard notFound(String message) {
        return error(ErrorCode.M_NOT_FOUND, message);
    }

    public static Standard badJson(String message) {
        return error(ErrorCode.M_BAD_JSON, message);
    }

    public static Standard notJson(String message) {
        return error(ErrorCode.M_NOT_JSON, message);
    }

    public static Standard invalidParam(String message) {
        return error(ErrorCode.M_INVALID_PARAM, message);
    }

    public static Standard missingParam(String message) {
        return error(ErrorCode.M_MISSING_PARAM, message);
    }

    public static Standard tooLarge(String message) {
        return error(ErrorCode.M_TOO_LARGE, message);
    }

    public static Standard unknown(String message) {
        return error(ErrorCode.M_UNKNOWN, message);
    }
}
