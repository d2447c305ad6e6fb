package dev.hearth.error;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// The error codes with the HTTP status that the specification gives them: in its list of codes, or
/// with the endpoints that answer them. Where it names none, the status is that of the reference
/// server.
class ErrorCodeTest {

    private static final String TABLE =
            """
            IO.ELEMENT.MSC4306.M_CONFLICTING_UNSUBSCRIPTION 409
            IO.ELEMENT.MSC4306.M_NOT_IN_THREAD 400
            M_BAD_ALIAS 400
            M_BAD_JSON 400
            M_BAD_STATE 403
            M_CANNOT_LEAVE_SERVER_NOTICE_ROOM 403
            M_CAPTCHA_INVALID 400
            M_CAPTCHA_NEEDED 400
            M_DUPLICATE_ANNOTATION 400
            M_EXCLUSIVE 400
            M_FORBIDDEN 403
            M_GUEST_ACCESS_FORBIDDEN 403
            M_INCOMPATIBLE_ROOM_VERSION 400
            M_INVALID_PARAM 400
            M_INVALID_ROOM_STATE 400
            M_INVALID_SIGNATURE 400
            M_INVALID_USERNAME 400
            M_INVITE_BLOCKED 403
            M_KEY_TOO_LARGE 400
            M_LIMIT_EXCEEDED 429
            M_MISSING_PARAM 400
            M_MISSING_TOKEN 401
            M_NOT_FOUND 404
            M_NOT_JSON 400
            M_PROFILE_TOO_LARGE 400
            M_RESOURCE_LIMIT_EXCEEDED 403
            M_ROOM_IN_USE 400
            M_SERVER_NOT_TRUSTED 400
            M_TOO_LARGE 413
            M_UNABLE_TO_AUTHORISE_JOIN 400
            M_UNABLE_TO_GRANT_JOIN 400
            M_UNAUTHORIZED 401
            M_UNKNOWN 400
            M_UNKNOWN_TOKEN 401
            M_UNRECOGNIZED 404
            M_UNSUPPORTED_ROOM_VERSION 400
            M_USER_DEACTIVATED 403
            M_USER_IN_USE 400
            M_USER_LIMIT_EXCEEDED 403
            M_USER_LOCKED 401
            M_USER_SUSPENDED 403
            M_WEAK_PASSWORD 400
            M_WRONG_ROOM_KEYS_VERSION 403
            """;

    @Test
    void everyCodeHasItsStatus() {
        var codes =
                Arrays.stream(ErrorCode.values())
                        .map(code -> code.wireName() + " " + code.status())
                        .sorted()
                        .collect(joining("\n", "", "\n"));
        assertEquals(TABLE, codes);
    }

    @Test
    void anErrorIsAnAnswerAndNoFailure() {
        var told = MatrixException.forbidden("You are not in this room");
        assertEquals(ErrorCode.M_FORBIDDEN, told.code());
        assertEquals(403, told.status());
        assertEquals("You are not in this room", told.getMessage());
        assertEquals(0, told.getStackTrace().length);
        assertEquals(401, told.withStatus(401).status());
        assertEquals(ErrorCode.M_FORBIDDEN, told.withStatus(401).code());
    }
}
