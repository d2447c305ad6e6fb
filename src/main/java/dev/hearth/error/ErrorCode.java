package dev.hearth.error;

/// The error codes of the specification, each with the HTTP status that usually goes with it.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#standard-error-response Standard error
///   response
public enum ErrorCode {
    M_FORBIDDEN(403),
    M_UNKNOWN_TOKEN(401),
    M_MISSING_TOKEN(401),
    M_USER_LOCKED(401),
    M_USER_SUSPENDED(403),
    M_USER_DEACTIVATED(403),
    M_BAD_JSON(400),
    M_NOT_JSON(400),
    M_MISSING_PARAM(400),
    M_INVALID_PARAM(400),
    M_NOT_FOUND(404),
    M_UNRECOGNIZED(404),
    M_LIMIT_EXCEEDED(429),
    M_RESOURCE_LIMIT_EXCEEDED(403),
    M_USER_LIMIT_EXCEEDED(403),
    M_TOO_LARGE(413),
    M_USER_IN_USE(400),
    M_INVALID_USERNAME(400),
    M_EXCLUSIVE(400),
    M_WEAK_PASSWORD(400),
    M_ROOM_IN_USE(400),
    M_INVALID_ROOM_STATE(400),
    M_UNSUPPORTED_ROOM_VERSION(400),
    M_INCOMPATIBLE_ROOM_VERSION(400),
    M_UNABLE_TO_AUTHORISE_JOIN(400),
    M_UNABLE_TO_GRANT_JOIN(400),
    M_GUEST_ACCESS_FORBIDDEN(403),
    M_INVITE_BLOCKED(403),
    M_SERVER_NOT_TRUSTED(400),
    M_BAD_ALIAS(400),
    M_DUPLICATE_ANNOTATION(400),
    M_CANNOT_LEAVE_SERVER_NOTICE_ROOM(403),
    M_BAD_STATE(403),
    M_WRONG_ROOM_KEYS_VERSION(403),
    M_INVALID_SIGNATURE(400),
    M_PROFILE_TOO_LARGE(400),
    M_KEY_TOO_LARGE(400),
    M_CAPTCHA_NEEDED(400),
    M_CAPTCHA_INVALID(400),
    M_UNAUTHORIZED(401),
    M_UNKNOWN(400),
    MSC4306_NOT_IN_THREAD(400, "IO.ELEMENT.MSC4306.M_NOT_IN_THREAD"),
    MSC4306_CONFLICTING_UNSUBSCRIPTION(409, "IO.ELEMENT.MSC4306.M_CONFLICTING_UNSUBSCRIPTION");

    private final int status;
    private final String wireName;

    ErrorCode(int status) {
        this.status = status;
        this.wireName = name();
    }

    /// What isn't in the specification yet has a name of its own.
    ErrorCode(int status, String wireName) {
        this.status = status;
        this.wireName = wireName;
    }

    /// As clients read it.
    public String wireName() {
        return wireName;
    }

    /// The usual HTTP status of this error.
    public int status() {
        return status;
    }
}
