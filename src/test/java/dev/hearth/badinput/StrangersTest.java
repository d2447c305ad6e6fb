package dev.hearth.badinput;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearth.json.JsonObject;
import dev.hearth.testing.Reply;
import dev.hearth.testing.TestHomeserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// Valid requests by those who may not make them: without a token, with a wrong one, in rooms that
/// are not theirs, and where they are banned.
class StrangersTest {

    private static final TestHomeserver SERVER = TestHomeserver.start();

    /// What anybody may try with a room: to come in, to keep notes of one's own about it, and to
    /// report it, which the specification wants open to who was only told of it (REP-1).
    private static final Set<String> FOR_ANYBODY =
            Set.of(
                    "/_matrix/client/v3/join/{roomIdOrAlias}",
                    "/_matrix/client/v3/rooms/{roomId}/join",
                    "/_matrix/client/v3/rooms/{roomId}/report",
                    "/_matrix/client/v3/room_keys/keys/{roomId}",
                    "/_matrix/client/v3/room_keys/keys/{roomId}/{sessionId}",
                    "/_matrix/client/v3/user/{userId}/rooms/{roomId}/account_data/{type}",
                    "/_matrix/client/v3/user/{userId}/rooms/{roomId}/tags/{tag}");

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    private static List<ValidRequest> aboutRooms() {
        return ValidRequest.all().stream()
                .filter(request -> request.template().contains("{roomId"))
                .toList();
    }

    private static void expect(
            Reply reply, String what, Set<Integer> statuses, List<String> findings) {
        boolean right =
                statuses.contains(reply.status())
                        && !reply.json().peekString("errcode").orElse("").isEmpty()
                        && !reply.json().peekString("error").orElse("").isEmpty();
        if (!right) {
            findings.add(what + ": " + reply.status() + " " + reply.text());
        }
    }

    @Test
    void withoutATokenNothingIsDone() {
        var household = Household.withBackup(SERVER);
        for (var request : ValidRequest.all()) {
            if (!request.flags().open()) {
                request.send(household.as(household.nobody()), request.body())
                        .refused(401, "M_MISSING_TOKEN");
            }
        }
    }

    @Test
    void withAWrongTokenNothingIsDone() {
        var household = Household.withBackup(SERVER);
        for (var token : List.of("x", "hearth", "x".repeat(5000), "../..", "null")) {
            var stranger = household.as(household.nobody().as(token));
            for (var request : ValidRequest.all()) {
                if (!request.flags().open()) {
                    request.send(stranger, request.body()).refused(401, "M_UNKNOWN_TOKEN");
                }
            }
        }
    }

    /// Complement: TestFetchMessagesFromNonExistentRoom.
    @Test
    void roomsThatAreNoneAreNotFound() {
        var household = Household.of(SERVER);
        var findings = new ArrayList<String>();
        for (var room :
                List.of(
                        "!nowhere:hearth.test",
                        "!x:elsewhere.test",
                        "!nowhere",
                        "room",
                        "!",
                        "#a:b",
                        "!" + "x".repeat(254),
                        "!" + "x".repeat(255))) {
            for (var request : aboutRooms()) {
                var reply = request.send(household.with("room", room), request.body());
                if (!FOR_ANYBODY.contains(request.template()) || reply.status() >= 300) {
                    expect(reply, request + " in " + room, Set.of(400, 403, 404), findings);
                }
            }
        }
        assertEquals("", String.join("\n", findings));
    }

    @Test
    void inRoomsOfOthersNothingIsDone() {
        var findings = new ArrayList<String>();
        var eve = SERVER.register("eve");
        for (var request : aboutRooms()) {
            boolean isJoin =
                    request.path().findString("eventType").equals(Optional.of("m.room.member"));
            if (!FOR_ANYBODY.contains(request.template()) && !isJoin) {
                var household = Household.of(SERVER).with("alice", eve.id()).as(eve.client());
                var reply = request.send(household, request.body());
                expect(reply, request.toString(), Set.of(400, 403, 404), findings);
            }
        }
        assertEquals("", String.join("\n", findings));
    }

    @Test
    void whereOneIsBannedNothingIsDone() {
        var findings = new ArrayList<String>();
        var household = Household.of(SERVER);
        var bob = household.fill("{bob}");
        var ban =
                "/_matrix/client/v3/rooms/"
                        + dev.hearth.testing.TestClient.escape(household.fill("{room}"))
                        + "/ban";
        household.alice().post(ban, JsonObject.of("user_id", bob)).ok();
        for (var request : aboutRooms()) {
            boolean mayJoinNoMore =
                    request.template().endsWith("join") || request.template().contains("/join/");
            boolean mayForget = request.template().endsWith("/forget");
            if ((!FOR_ANYBODY.contains(request.template()) || mayJoinNoMore) && !mayForget) {
                var banned = household.with("alice", bob).as(household.bob());
                var reply = request.send(banned, request.body());
                expect(reply, request.toString(), Set.of(403, 404), findings);
            }
        }
        assertEquals("", String.join("\n", findings));
    }
}
