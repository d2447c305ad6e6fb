package dev.hearth.report;

import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearth.identifier.EventId;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.storage.Database;
import dev.hearth.storage.H2Database;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Reporting events, rooms and users.
class ReportTest {

    private static final JsonObject SPAM = JsonObject.of("reason", "spam");

    private final Database database = H2Database.inMemory();
    private final TestHomeserver server = TestHomeserver.start(database);
    private final TestUser alice = server.register("alice");
    private final TestUser bob = server.register("bob");

    @AfterEach
    void close() {
        server.close();
    }

    /// What is stored, the latest first.
    private List<Report> stored() {
        return database
                .read(reading -> new ReportStore().newest(reading, Long.MAX_VALUE, 10))
                .stream()
                .map(Reports.Numbered::report)
                .toList();
    }

    private static String report(String room, String event) {
        return TestUser.room(room) + "/report/" + escape(event);
    }

    /// REP-1: whoever is in the room
    @Test
    void anEventIsReported() {
        var room = alice.createRoom(JsonObject.of("preset", "public_chat"));
        bob.join(room);
        var event = alice.say(room, "buy");
        bob.client().post(report(room, event), SPAM.with("score", -100)).ok();
        bob.client().post(report(room, event), JsonObject.EMPTY).ok();
        var subject = new Report.OfEvent(RoomId.parse(room), EventId.parse(event));
        assertEquals(List.of(subject, subject), stored().stream().map(Report::subject).toList());
        assertEquals(List.of("", "spam"), stored().stream().map(Report::reason).toList());
        assertEquals(UserId.parse(bob.id()), stored().getFirst().reporter());
    }

    /// REP-1: nobody else is told whether it is there
    @Test
    void whoIsNotInTheRoomReportsNoEvent() {
        var room = alice.createRoom(JsonObject.of("preset", "public_chat"));
        var event = alice.say(room, "buy");
        bob.client().post(report(room, event), SPAM).refused(404, "M_NOT_FOUND");
        bob.join(room);
        bob.client().post(report(room, "$unknown"), SPAM).refused(404, "M_NOT_FOUND");
        var other = alice.createRoom(JsonObject.EMPTY);
        var elsewhere = alice.say(other, "buy");
        bob.client().post(report(room, elsewhere), SPAM).refused(404, "M_NOT_FOUND");
        bob.leave(room);
        bob.client().post(report(room, event), SPAM).refused(404, "M_NOT_FOUND");
        assertEquals(List.of(), stored());
    }

    /// REP-1: without being in it; the reason is required, and may be blank
    @ParameterizedTest
    @ValueSource(strings = {"/_matrix/client/v3", "/_matrix/client/unstable/org.matrix.msc4151"})
    void aRoomIsReported(String base) {
        var room = alice.createRoom(JsonObject.EMPTY);
        var path = base + "/rooms/" + escape(room) + "/report";
        bob.client().post(path, JsonObject.EMPTY).refused(400, "M_MISSING_PARAM");
        bob.client().post(path, JsonObject.of("reason", 7)).refused(400, "M_BAD_JSON");
        bob.client().post(path, JsonObject.of("reason", "")).ok();
        assertEquals(new Report.OfRoom(RoomId.parse(room)), stored().getFirst().subject());
        bob.client()
                .post(base + "/rooms/" + escape("!nowhere:hearth.test") + "/report", SPAM)
                .refused(404, "M_NOT_FOUND");
    }

    /// REP-1: without a room in common, and of other servers as well
    @ParameterizedTest
    @ValueSource(strings = {"/_matrix/client/v3", "/_matrix/client/unstable/org.matrix.msc4260"})
    void aUserIsReported(String base) {
        for (var user : new String[] {alice.id(), "@mallory:elsewhere"}) {
            var path = base + "/users/" + escape(user) + "/report";
            bob.client().post(path, JsonObject.EMPTY).refused(400, "M_MISSING_PARAM");
            bob.client().post(path, SPAM).ok();
            assertEquals(new Report.OfUser(UserId.parse(user)), stored().getFirst().subject());
        }
        bob.client()
                .post(base + "/users/" + escape("@nobody:hearth.test") + "/report", SPAM)
                .refused(404, "M_NOT_FOUND");
    }

    @Test
    void aReasonHasAnEnd() {
        var path = "/_matrix/client/v3/users/" + escape(alice.id()) + "/report";
        bob.client().post(path, JsonObject.of("reason", "x".repeat(4_000))).ok();
        bob.client()
                .post(path, JsonObject.of("reason", "x".repeat(4_001)))
                .refused(400, "M_INVALID_PARAM");
    }

    @Test
    void reportsAreReadPageByPage() {
        var path = "/_matrix/client/v3/users/" + escape(alice.id()) + "/report";
        for (var reason : List.of("a", "b", "c")) {
            bob.client().post(path, JsonObject.of("reason", reason)).ok();
        }
        var store = new ReportStore();
        var first = database.read(reading -> store.newest(reading, Long.MAX_VALUE, 2));
        assertEquals(List.of("c", "b"), first.stream().map(row -> row.report().reason()).toList());
        var rest = database.read(reading -> store.newest(reading, first.getLast().number(), 2));
        assertEquals(List.of("a"), rest.stream().map(row -> row.report().reason()).toList());
    }

    /// POL-1: a list of whom to keep out is state like any other
    @Test
    void policyListsAreOrdinaryRooms() {
        var room = alice.createRoom(JsonObject.of("preset", "public_chat"));
        var rule =
                JsonObject.of(
                        "entity", "@mallory:*",
                        "reason", "spam",
                        "recommendation", "m.ban");
        alice.sendState(room, "m.policy.rule.user", "rule", rule);
        bob.join(room);
        var path = TestUser.room(room) + "/state/m.policy.rule.user/rule";
        assertEquals(rule, bob.client().get(path).ok());
    }

    /// REP-1: nobody buries those who read them
    @Test
    void reportsAreLimited() {
        try (var limited = TestHomeserver.start(Clock.systemUTC(), "rate_limits.enabled=true")) {
            var carol = limited.register("carol");
            var path = "/_matrix/client/v3/users/" + escape("@mallory:elsewhere") + "/report";
            for (int i = 0; i < 10; i++) {
                carol.client().post(path, SPAM).ok();
            }
            carol.client().post(path, SPAM).refused(429, "M_LIMIT_EXCEEDED");
        }
        assertEquals(Optional.empty(), stored().stream().findFirst());
    }
}
