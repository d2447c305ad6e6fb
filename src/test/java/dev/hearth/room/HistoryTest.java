package dev.hearth.room;

import static dev.hearth.room.RoomServer.ALICE;
import static dev.hearth.room.RoomServer.BOB;
import static dev.hearth.room.RoomServer.CAROL;
import static dev.hearth.room.RoomServer.path;
import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.hearth.identifier.EventId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is read back of a room, by whom.
class HistoryTest {

    private final RoomServer server = new RoomServer();

    @AfterEach
    void close() {
        server.close();
    }

    private String room(String visibility) {
        var state =
                JsonObject.of(
                        "type",
                        "m.room.history_visibility",
                        "content",
                        JsonObject.of("history_visibility", visibility));
        return server.create("preset", "public_chat", "initial_state", JsonArray.of(state));
    }

    private JsonObject messages(UserId user, String room, String query) {
        return server.as(user).get(path(room) + "/messages?" + query).ok();
    }

    private List<String> said(UserId user, String room) {
        return bodies(messages(user, room, "dir=f&limit=100"));
    }

    private static List<String> bodies(JsonObject page) {
        return page.array("chunk").objects().stream()
                .flatMap(event -> event.object("content").findString("body").stream())
                .toList();
    }

    private void say(String room, String... texts) {
        for (var text : texts) {
            server.say(ALICE, room, text, "body", text).ok();
        }
    }

    /// Complement: TestSendAndFetchMessage.
    @Test
    void pagesLeadBackToTheBeginning() {
        var room = room("shared");
        say(room, "a", "b", "c", "d", "e");
        var page = messages(ALICE, room, "dir=b&limit=2");
        assertEquals(List.of("e", "d"), bodies(page));
        assertEquals(List.of("e"), bodies(messages(ALICE, room, "dir=b&limit=1&from=")));
        page = messages(ALICE, room, "dir=b&limit=2&from=" + page.string("end"));
        assertEquals(List.of("c", "b"), bodies(page));
        page = messages(ALICE, room, "dir=b&limit=100&from=" + page.string("end"));
        assertEquals(List.of("a"), bodies(page));
        assertFalse(page.has("end"));
    }

    @Test
    void pagesLeadForwardFromWhereTheyBegan() {
        var room = room("shared");
        say(room, "a", "b", "c");
        var back = messages(ALICE, room, "dir=b&limit=2");
        var again = messages(ALICE, room, "dir=f&limit=100&from=" + back.string("end"));
        assertEquals(List.of("b", "c"), bodies(again));
    }

    @Test
    void sharedHistoryIsForWhoJoinsLaterHV1() {
        var room = room("shared");
        say(room, "a");
        server.act(BOB, room, "join").ok();
        say(room, "b");
        assertEquals(List.of("a", "b"), said(BOB, room));
    }

    @Test
    void joinedHistoryBeginsWithTheJoinHV1() {
        var room = room("joined");
        say(room, "a");
        server.act(ALICE, room, "invite", "user_id", BOB).ok();
        say(room, "b");
        server.act(BOB, room, "join").ok();
        say(room, "c");
        assertEquals(List.of("c"), said(BOB, room));
    }

    @Test
    void invitedHistoryBeginsWithTheInviteHV1() {
        var room = room("invited");
        say(room, "a");
        server.act(ALICE, room, "invite", "user_id", BOB).ok();
        say(room, "b");
        server.act(BOB, room, "join").ok();
        assertEquals(List.of("b"), said(BOB, room));
    }

    @Test
    void whoLeftReadsUntilThenHV2() {
        var room = room("shared");
        server.act(BOB, room, "join").ok();
        say(room, "a");
        server.act(BOB, room, "leave").ok();
        say(room, "b");
        assertEquals(List.of("a"), said(BOB, room));
        server.as(CAROL).get(path(room) + "/messages?dir=b").refused(403, "M_FORBIDDEN");
    }

    @Test
    void aRoomForTheWorldIsReadByAnybodyHV1() {
        var room = room("world_readable");
        say(room, "a");
        assertEquals(List.of("a"), said(CAROL, room));
        server.state(CAROL, room, "m.room.create", "").ok();
        server.say(CAROL, room, "1", "body", "b").refused(403, "M_FORBIDDEN");
        server.put(ALICE, room, "m.room.history_visibility", "", "history_visibility", "joined")
                .ok();
        server.as(CAROL).get(path(room) + "/messages?dir=b").refused(403, "M_FORBIDDEN");
    }

    @Test
    void whatOneMayNotSeeIsNotFound() {
        var room = room("joined");
        var id = server.say(ALICE, room, "1", "body", "a").ok().string("event_id");
        server.act(BOB, room, "join").ok();
        server.event(BOB, room, id).refused(404, "M_NOT_FOUND");
        server.as(BOB).get(path(room) + "/context/" + escape(id)).refused(404, "M_NOT_FOUND");
        server.event(ALICE, room, id).ok();
    }

    @Test
    void theContextOfAnEventIsWhatIsAroundIt() {
        var room = room("shared");
        say(room, "a", "b");
        var id = server.say(ALICE, room, "c", "body", "c").ok().string("event_id");
        say(room, "d", "e");
        var answer = server.as(ALICE).get(path(room) + "/context/" + escape(id) + "?limit=4").ok();
        assertEquals("c", answer.object("event").object("content").string("body"));
        assertEquals(List.of("b", "a"), around(answer, "events_before"));
        assertEquals(List.of("d", "e"), around(answer, "events_after"));
        var earlier = messages(ALICE, room, "dir=b&limit=1&from=" + answer.string("start"));
        assertEquals(
                "m.room.history_visibility",
                earlier.array("chunk").objects().getFirst().string("type"));
    }

    private static List<String> around(JsonObject answer, String key) {
        return bodies(JsonObject.of("chunk", answer.array(key)));
    }

    @Test
    void strangeTokensAndDirectionsAreRefused() {
        var room = room("shared");
        var messages = path(room) + "/messages?dir=";
        server.as(ALICE).get(messages + "x").refused(400, "M_INVALID_PARAM");
        server.as(ALICE).get(messages + "b&from=x").refused(400, "M_INVALID_PARAM");
        server.as(ALICE).get(messages + "b&limit=-1").refused(400, "M_INVALID_PARAM");
    }

    /// HV-1
    @Test
    void whatWasBeforeOurTimeIsNotForStrangers() {
        var room = room("shared");
        var old = server.say(ALICE, room, "old", "body", "old").ok().string("event_id");
        server.put(
                        ALICE,
                        room,
                        "m.room.history_visibility",
                        "",
                        "history_visibility",
                        "world_readable")
                .ok();
        // As what is fetched from other servers afterwards.
        var number =
                server.database.read(reading ->
                        server.rooms
                                .events()
                                .find(reading, EventId.parse(old))
                                .orElseThrow()
                                .number());
        server.database.change(
                tx -> tx.execute("UPDATE event SET position = -1 WHERE number = ?", number));
        server.event(CAROL, room, old).refused(404, "M_NOT_FOUND");
        server.event(ALICE, room, old).ok();
    }
}
