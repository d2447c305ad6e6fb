package dev.hearth.http;

import static dev.hearth.error.MatrixException.forbidden;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.hearth.error.MatrixException;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonReader;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Every kind of error as the JSON that a client reads (API-3).
class ErrorAnswersTest {

    private static Response answer(Throwable failure) {
        return new ErrorAnswers(Optional.empty()).of(failure, "GET /");
    }

    private static void answers(int status, JsonObject json, Throwable failure) {
        var response = answer(failure);
        assertEquals(json, assertInstanceOf(Response.Json.class, response.body()).value());
        assertEquals(status, response.status());
    }

    private static JsonObject error(String code, String sentence) {
        return JsonObject.of("errcode", code, "error", sentence);
    }

    private static Throwable thrownBy(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            return e;
        }
        throw new AssertionError("nothing was thrown");
    }

    @Test
    void aRefusalHasACodeAndASentence() {
        answers(403, error("M_FORBIDDEN", "You are not in"), forbidden("You are not in"));
        answers(409, error("M_FORBIDDEN", "Not now"), forbidden("Not now").withStatus(409));
    }

    @Test
    void anUnknownTokenSaysWhetherTheDeviceStays() {
        answers(
                401,
                error("M_UNKNOWN_TOKEN", "The access token is not known: log in again")
                        .with("soft_logout", false),
                new MatrixException.UnknownToken(false));
        answers(
                401,
                error("M_UNKNOWN_TOKEN", "The access token has expired: refresh it or log in again")
                        .with("soft_logout", true),
                new MatrixException.UnknownToken(true));
    }

    @Test
    void tooManyRequestsSayWhenToComeAgain() {
        var failure = new MatrixException.LimitExceeded(Duration.ofMillis(1500));
        answers(
                429,
                error("M_LIMIT_EXCEEDED", "Too many requests, try again in 2 s")
                        .with("retry_after_ms", 1500),
                failure);
        assertEquals("2", answer(failure).headers().get("Retry-After"));
    }

    @Test
    void versionsAreNamed() {
        answers(
                400,
                error("M_INCOMPATIBLE_ROOM_VERSION", "This room has version 12")
                        .with("room_version", "12"),
                new MatrixException.IncompatibleRoomVersion("12"));
        answers(
                403,
                error("M_WRONG_ROOM_KEYS_VERSION", "The current backup has version 7")
                        .with("current_version", "7"),
                new MatrixException.WrongRoomKeysVersion("7"));
    }

    @Test
    void askingForAuthenticationIsNoErrorUnlessAStageFailed() {
        var flows = JsonObject.of("session", "abc", "flows", JsonArray.EMPTY);
        answers(401, flows, new MatrixException.AuthenticationNeeded(flows, Optional.empty()));
        answers(
                401,
                error("M_FORBIDDEN", "Wrong password")
                        .with("session", "abc")
                        .with("flows", JsonArray.EMPTY),
                new MatrixException.AuthenticationNeeded(
                        flows, Optional.of(forbidden("Wrong password"))));
    }

    @Test
    void whatCannotBeReadIsTheClientsFault() {
        answers(
                400,
                error("M_NOT_JSON", "not JSON at line 1, column 2"),
                thrownBy(() -> JsonReader.readObject("{")));
        answers(
                400,
                error("M_BAD_JSON", "name: expected string, found integer"),
                thrownBy(() -> JsonObject.of("name", 1).string("name")));
        answers(
                400,
                error("M_MISSING_PARAM", "name: missing"),
                thrownBy(() -> JsonObject.EMPTY.string("name")));
        answers(
                400,
                error("M_INVALID_PARAM", "'bob' is not a user ID: it doesn't begin with @"),
                thrownBy(() -> UserId.parse("bob")));
    }

    @Test
    void whatFailsHereSaysNothingOfWhy() {
        answers(
                500,
                error("M_UNKNOWN", "Something went wrong on this server"),
                new IllegalStateException("a secret"));
    }
}
