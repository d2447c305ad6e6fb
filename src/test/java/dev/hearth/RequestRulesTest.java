package dev.hearth;

import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearth.json.JsonObject;
import dev.hearth.testing.Reply;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is refused of requests to the real endpoints, whatever they are for.
final class RequestRulesTest {

    private final TestHomeserver server = TestHomeserver.start();
    private final TestUser alice = server.register("alice");
    private final String room = alice.createRoom(JsonObject.EMPTY);

    @AfterEach
    void stop() {
        server.close();
    }

    private String place(String rest) {
        return TestUser.room(room) + rest;
    }

    /// API-11.
    @Test
    void junkForANumberOrAFlagIsRefused() {
        for (var junk :
                new String[] {
                    "/messages?dir=b&limit=-1",
                    "/messages?dir=b&limit=ten",
                    "/messages?dir=b&limit=1.5",
                    "/messages?dir=sideways",
                }) {
            alice.client().get(place(junk)).refused(400, "M_INVALID_PARAM");
        }
        for (var junk : new String[] {"full_state=1", "full_state=", "timeout=-5", "timeout=x"}) {
            alice.client().get("/_matrix/client/v3/sync?" + junk).refused(400, "M_INVALID_PARAM");
        }
    }

    /// API-11: the event itself is given all the same.
    @Test
    void aContextMayBeAskedForNothingAround() {
        var event = alice.say(room, "one");
        var context = alice.client().get(place("/context/" + escape(event) + "?limit=0")).ok();
        assertEquals(event, context.object("event").string("event_id"));
        assertEquals(0, context.array("events_before").size());
        assertEquals(0, context.array("events_after").size());
    }

    /// API-12.
    @Test
    void aBodyThatIsTooLargeTooDeepOrBeyondExactNumbersIsRefused() {
        var path = place("/send/m.room.message/");
        var large = "{\"body\":\"" + "x".repeat(1 << 20) + "\"}";
        put(path + 1, large).refused(413, "M_TOO_LARGE");
        put(path + 2, "{\"body\":" + "[".repeat(200) + "]".repeat(200) + "}")
                .refused(400, "M_NOT_JSON");
        put(path + 3, "{\"body\":9007199254740992}").refused(400, "M_BAD_JSON");
        put(path + 4, "{\"body\":-9007199254740992}").refused(400, "M_BAD_JSON");
        put(path + 5, "{\"body\":1.5}").refused(400, "M_BAD_JSON");
        put(path + 6, "{\"body\":9007199254740991}").ok();
    }

    private Reply put(String path, String body) {
        return alice.client().send("PUT", path, Optional.of(body));
    }
}
