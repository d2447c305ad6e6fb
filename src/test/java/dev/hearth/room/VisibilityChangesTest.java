package dev.hearth.room;

import static dev.hearth.room.RoomServer.ALICE;
import static dev.hearth.room.RoomServer.BOB;
import static dev.hearth.room.RoomServer.CAROL;
import static dev.hearth.room.RoomServer.path;
import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Rooms whose history visibility changes, and users who come and go.
class VisibilityChangesTest {

    private final RoomServer server = new RoomServer();
    private String room = "";

    @BeforeEach
    void aRoomOfAlice() {
        room = server.create("preset", "public_chat");
    }

    @AfterEach
    void close() {
        server.close();
    }

    private String set(String visibility) {
        return server.put(
                        ALICE,
                        room,
                        "m.room.history_visibility",
                        "",
                        "history_visibility",
                        visibility)
                .ok()
                .string("event_id");
    }

    private void say(String text) {
        server.say(ALICE, room, text, "body", text).ok();
    }

    private String seenBy(UserId user) {
        var seen = new StringBuilder();
        server.as(user)
                .get(path(room) + "/messages?dir=f&limit=100")
                .ok()
                .array("chunk")
                .objects()
                .forEach(event ->
                        event.object("content").findString("body").ifPresent(seen::append));
        return seen.toString();
    }

    @Test
    @DisplayName("HV-1: each event is seen by the rule that held when it was sent")
    void theRuleOfItsTime() {
        say("a");
        set("joined");
        say("b");
        set("world_readable");
        say("c");
        set("joined");
        say("d");
        server.act(BOB, room, "join").ok();
        say("e");
        assertEquals("ace", seenBy(BOB));
    }

    @Test
    @DisplayName("PEEK-1: the world reads what was said while it might, while it may")
    void theWorld() {
        say("a");
        set("world_readable");
        say("b");
        assertEquals("b", seenBy(CAROL));
        set("shared");
        server.as(CAROL).get(path(room) + "/messages?dir=f").refused(403, "M_FORBIDDEN");
        say("c");
        set("world_readable");
        say("d");
        assertEquals("bd", seenBy(CAROL));
    }

    @Test
    @DisplayName("HV-2: a change of the rule is seen under the rule before or after it")
    void changesOfTheRule() {
        var narrow = set("joined");
        var wide = set("shared");
        var closed = set("joined");
        var still = set("invited");
        server.act(BOB, room, "join").ok();
        for (var seen : List.of(narrow, wide, closed)) {
            server.event(BOB, room, seen).ok();
        }
        server.event(BOB, room, still).refused(404, "M_NOT_FOUND");
    }

    @Test
    @DisplayName("HV-2: one's own coming and going is seen, before or after it")
    void ownMembership() {
        set("joined");
        server.act(ALICE, room, "invite", "user_id", BOB).ok();
        var invite = memberId(BOB);
        server.act(BOB, room, "join").ok();
        var join = memberId(BOB);
        server.act(CAROL, room, "join").ok();
        server.act(BOB, room, "leave").ok();
        var leave = memberId(BOB);
        server.event(BOB, room, leave).ok();
        server.event(BOB, room, join).ok();
        // Whoever wasn't in yet saw nothing of the room: their invite came in another way.
        server.event(BOB, room, invite).refused(404, "M_NOT_FOUND");
        server.act(ALICE, room, "ban", "user_id", BOB).ok();
        server.event(BOB, room, memberId(BOB)).refused(404, "M_NOT_FOUND");
    }

    private String memberId(UserId user) {
        var path = path(room) + "/state/m.room.member/" + escape(user) + "?format=event";
        return server.as(ALICE).get(path).ok().string("event_id");
    }

    @Test
    @DisplayName("HV-3: between leaving and coming back, shared history is seen and other is not")
    void comingBack() {
        server.act(BOB, room, "join").ok();
        say("a");
        server.act(BOB, room, "leave").ok();
        say("b");
        set("joined");
        say("c");
        assertEquals("a", seenBy(BOB));
        server.act(BOB, room, "join").ok();
        say("d");
        assertEquals("abd", seenBy(BOB));
    }

    @Test
    @DisplayName(
            "HV-3: who is invited again without coming reads no more than before, for now nothing")
    void invitedAgain() {
        server.act(BOB, room, "join").ok();
        say("a");
        server.act(BOB, room, "leave").ok();
        say("b");
        server.act(ALICE, room, "invite", "user_id", BOB).ok();
        server.as(BOB).get(path(room) + "/messages?dir=f").refused(403, "M_FORBIDDEN");
        server.act(BOB, room, "leave").ok();
        assertEquals("a", seenBy(BOB));
    }

    @Test
    @DisplayName("HV-3: who was banned reads what was said until then")
    void banned() {
        server.act(BOB, room, "join").ok();
        say("a");
        server.act(ALICE, room, "ban", "user_id", BOB).ok();
        say("b");
        assertEquals("a", seenBy(BOB));
        server.act(ALICE, room, "unban", "user_id", BOB).ok();
        say("c");
        assertEquals("a", seenBy(BOB));
    }

    @Test
    @DisplayName("HV-4: what was taken back stays so for who comes later")
    void redactedBefore() {
        var id = server.say(ALICE, room, "1", "body", "a").ok().string("event_id");
        server.as(ALICE).put(path(room) + "/redact/" + escape(id) + "/2", JsonObject.EMPTY).ok();
        server.act(BOB, room, "join").ok();
        assertEquals("", seenBy(BOB));
    }

    @Test
    @DisplayName("HV-6: knocking lets nobody read")
    void knocking() {
        server.put(ALICE, room, "m.room.join_rules", "", "join_rule", "knock").ok();
        server.put(BOB, room, "m.room.member", BOB.value(), "membership", "knock").ok();
        server.as(BOB).get(path(room) + "/messages?dir=f").refused(403, "M_FORBIDDEN");
        set("world_readable");
        say("a");
        assertEquals("a", seenBy(BOB));
    }
}
