package dev.hearth.room;

import static dev.hearth.room.RoomServer.ALICE;
import static dev.hearth.room.RoomServer.BOB;
import static dev.hearth.room.RoomServer.CAROL;
import static dev.hearth.room.RoomServer.path;
import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonNull;
import dev.hearth.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Reading with filters, and who was a member when.
class ReadingTest {

    private final RoomServer server = new RoomServer();
    private String room = "";

    @BeforeEach
    void aRoomOfAliceAndBob() {
        room = server.createWithBob();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private JsonObject messages(String query, JsonObject filter) {
        return server.as(ALICE)
                .get(path(room) + "/messages?" + query + "&filter=" + escape(filter))
                .ok();
    }

    private static List<String> bodies(JsonArray events) {
        return events.objects().stream()
                .flatMap(event -> event.object("content").findString("body").stream())
                .toList();
    }

    private void say(UserId user, String text) {
        server.say(user, room, text, "body", text).ok();
    }

    @Test
    void membershipIsCheckedBeforeTheDirectionREAD1() {
        server.as(CAROL).get(path(room) + "/messages").refused(403, "M_FORBIDDEN");
        server.as(ALICE).get(path("!unknown:test") + "/messages").refused(403, "M_FORBIDDEN");
        server.as(ALICE).get(path(room) + "/messages").refused(400, "M_MISSING_PARAM");
    }

    @Test
    void aPageHoldsAsManyAsAreWantedHoweverManyAreNotREAD1() {
        for (int i = 0; i < 30; i++) {
            say(i % 10 == 0 ? BOB : ALICE, "m" + i);
        }
        var ofBob =
                JsonObject.of("senders", JsonArray.of(BOB), "types", JsonArray.of("m.room.m*e"));
        var first = messages("dir=b&limit=2", ofBob);
        assertEquals(List.of("m20", "m10"), bodies(first.array("chunk")));
        var second = messages("dir=b&limit=2&from=" + first.string("end"), ofBob);
        assertEquals(List.of("m0"), bodies(second.array("chunk")));
        assertFalse(second.has("end"));
        var forwards = messages("dir=f&limit=2", ofBob);
        assertEquals(List.of("m0", "m10"), bodies(forwards.array("chunk")));
    }

    @Test
    void whatIsNotWantedIsLeftOut() {
        say(ALICE, "plain");
        server.say(BOB, room, "1", "body", "picture", "url", "mxc://test/a").ok();
        assertEquals(List.of("picture"), messageBodies("contains_url", true));
        var without = messageBodies("contains_url", false);
        assertEquals(List.of("plain"), without);
        assertEquals(List.of("plain"), messageBodies("not_senders", JsonArray.of(BOB)));
        assertEquals(List.of(), messageBodies("not_types", JsonArray.of("m.room.*")));
        server.as(ALICE)
                .get(path(room) + "/messages?dir=b&filter=" + escape("{"))
                .refused(400, "M_NOT_JSON");
        server.as(ALICE)
                .get(path(room) + "/messages?dir=b&filter=" + escape("{\"types\":1}"))
                .refused(400, "M_BAD_JSON");
    }

    private List<String> messageBodies(String key, Object value) {
        return bodies(messages("dir=b&limit=50", JsonObject.of(key, value)).array("chunk"));
    }

    /// API-9
    @Test
    void pagesEndWhereTheyAreToldToREAD2() {
        say(ALICE, "a");
        var mark = server.as(ALICE).get(path(room) + "/messages?dir=b&limit=0").ok();
        say(ALICE, "b");
        say(ALICE, "c");
        var all = JsonObject.EMPTY;
        var to = "&to=" + mark.string("start");
        assertEquals(List.of("c", "b"), bodies(messages("dir=b" + to, all).array("chunk")));
        var forwards = messages("dir=f&limit=100" + to, all);
        assertEquals(List.of("a"), bodies(forwards.array("chunk")));
        var rest = messages("dir=f&from=" + forwards.string("end"), all);
        assertEquals(List.of("b", "c"), bodies(rest.array("chunk")));
        var sync = "s" + mark.string("start").substring(1);
        assertEquals(List.of("b", "c"), bodies(messages("dir=f&from=" + sync, all).array("chunk")));
    }

    /// FIL-5. Complement: TestRoomMessagesLazyLoading, TestRoomMessagesLazyLoadingLocalUser.
    @Test
    void theMembersOfAPageAreThoseWhoSpeakInIt() {
        say(BOB, "a");
        var lazy = JsonObject.of("lazy_load_members", true);
        assertEquals(List.of(BOB.value()), members(messages("dir=b&limit=1", lazy).array("state")));
        assertFalse(messages("dir=b&limit=1", JsonObject.EMPTY).has("state"));
    }

    private static List<String> members(JsonArray events) {
        return events.objects().stream()
                .filter(event -> event.string("type").equals("m.room.member"))
                .map(event -> event.string("state_key"))
                .sorted()
                .toList();
    }

    @Test
    void whatIsAroundAnEventIsFilteredAndTheEventIsNotREAD4() {
        say(ALICE, "before");
        say(BOB, "unwanted");
        var id = server.say(BOB, room, "it", "body", "it").ok().string("event_id");
        say(ALICE, "after");
        var filter = JsonObject.of("senders", JsonArray.of(ALICE), "lazy_load_members", true);
        var answer =
                server.as(ALICE)
                        .get(
                                path(room)
                                        + "/context/"
                                        + escape(id)
                                        + "?limit=2&filter="
                                        + escape(filter))
                        .ok();
        assertEquals("it", answer.object("event").object("content").string("body"));
        assertEquals(List.of("before"), bodies(answer.array("events_before")));
        assertEquals(List.of("after"), bodies(answer.array("events_after")));
        assertEquals(List.of(ALICE.value(), BOB.value()), members(answer.array("state")));
        assertTrue(answer.array("state").objects().size() > 2);
    }

    @Test
    void theStateAroundAnEventIsThatOfItsTimeREAD4() {
        server.put(ALICE, room, "m.room.topic", "", "topic", "then").ok();
        var id = server.say(BOB, room, "it", "body", "it").ok().string("event_id");
        say(BOB, "between");
        server.put(ALICE, room, "m.room.topic", "", "topic", "now").ok();
        var answer = server.as(ALICE).get(path(room) + "/context/" + escape(id) + "?limit=1").ok();
        var topics =
                answer.array("state").objects().stream()
                        .flatMap(event -> event.object("content").findString("topic").stream())
                        .toList();
        assertEquals(List.of("then"), topics);
    }

    private Set<String> membersBy(UserId user, String query) {
        return server
                .as(user)
                .get(path(room) + "/members" + query)
                .ok()
                .array("chunk")
                .objects()
                .stream()
                .map(event ->
                        event.string("state_key")
                                + " "
                                + event.object("content").string("membership"))
                .collect(Collectors.toSet());
    }

    @Test
    void membersAreToldAsTheyWereAtAPlaceREAD6() {
        var place = "t" + server.database.position();
        server.act(CAROL, room, "join").ok();
        server.act(BOB, room, "leave").ok();
        var then = Set.of("@alice:test join", "@bob:test join");
        assertEquals(then, membersBy(ALICE, "?at=" + place));
        assertEquals(then, membersBy(ALICE, "?at=s" + place.substring(1) + "_7"));
        var now = Set.of("@alice:test join", "@bob:test leave", "@carol:test join");
        assertEquals(now, membersBy(ALICE, ""));
        // Who left is told of the time when they left, whatever they ask for.
        assertEquals(now, membersBy(BOB, ""));
        server.act(CAROL, room, "leave").ok();
        assertEquals(now, membersBy(BOB, "?at=s" + server.database.position()));
        server.as(ALICE).get(path(room) + "/members?at=x").refused(400, "M_INVALID_PARAM");
    }

    @Test
    void aPlaceBeforeOnesOwnTimeIsTheBeginningOfItREAD10() {
        assertEquals(Set.of("@alice:test join"), membersBy(ALICE, "?at=t0"));
        server.act(CAROL, room, "join").ok();
        server.put(CAROL, room, "m.room.member", CAROL.value(), "membership", "join", "a", 1).ok();
        server.act(BOB, room, "leave").ok();
        var all = Set.of("@alice:test join", "@bob:test join", "@carol:test join");
        assertEquals(all, membersBy(CAROL, "?at=t0"));
    }

    @Test
    void oneKindOfMembersOrAllButOneKindREAD6() {
        server.act(BOB, room, "leave").ok();
        server.act(ALICE, room, "invite", "user_id", CAROL).ok();
        assertEquals(Set.of("@bob:test leave"), membersBy(ALICE, "?membership=leave"));
        assertEquals(
                Set.of("@alice:test join", "@carol:test invite"),
                membersBy(ALICE, "?not_membership=leave"));
        assertEquals(
                Set.of("@alice:test join", "@bob:test leave"),
                membersBy(ALICE, "?not_membership=invite&membership=leave"));
        server.as(ALICE).get(path(room) + "/members?membership=x").refused(400, "M_INVALID_PARAM");
    }

    @Test
    void onlyMembersAreToldWhoIsInREAD6() {
        var joined = server.as(BOB).get(path(room) + "/joined_members").ok().object("joined");
        assertEquals(
                JsonObject.of("display_name", "bob", "avatar_url", JsonNull.NULL),
                joined.object(BOB.value()));
        server.act(BOB, room, "leave").ok();
        server.as(BOB).get(path(room) + "/joined_members").refused(403, "M_FORBIDDEN");
    }

    @Test
    void whoLeftReadsTheStateOfThatTimeREAD6() {
        server.put(ALICE, room, "m.room.topic", "", "topic", "then").ok();
        server.act(BOB, room, "leave").ok();
        server.put(ALICE, room, "m.room.topic", "", "topic", "now").ok();
        server.act(ALICE, room, "ban", "user_id", BOB).ok();
        assertEquals("then", server.state(BOB, room, "m.room.topic", "").ok().string("topic"));
        server.state(BOB, room, "m.room.name", "").refused(404, "M_NOT_FOUND");
        server.state(CAROL, room, "m.room.topic", "").refused(403, "M_FORBIDDEN");
        assertEquals(List.of(), said(BOB, "now"));
    }

    private List<String> said(UserId user, String text) {
        say(ALICE, text);
        var all = new ArrayList<String>();
        server.as(user)
                .get(path(room) + "/messages?dir=b&limit=50")
                .ok()
                .array("chunk")
                .objects()
                .forEach(event -> event.object("content").findString("body").ifPresent(all::add));
        return all;
    }

    @Test
    void whoComesBackReadsWhatWasSaidBetweenHV3() {
        server.act(BOB, room, "leave").ok();
        assertEquals(List.of(), said(BOB, "between"));
        server.act(BOB, room, "join").ok();
        assertEquals(List.of("again", "between"), said(BOB, "again"));
    }
}
