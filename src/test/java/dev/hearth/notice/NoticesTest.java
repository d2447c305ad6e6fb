package dev.hearth.notice;

import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonObject;
import dev.hearth.testing.Reply;
import dev.hearth.testing.RoomSection;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What administrators tell users in the server's name.
class NoticesTest {

    private static final String PATH = "/_synapse/admin/v1/send_server_notice";

    private final TestHomeserver server =
            TestHomeserver.start(Clock.systemUTC(), "server_notices.room_name=From the house");
    private final TestUser admin = server.registerAdministrator("admin");
    private final TestUser alice = server.register("alice");

    @AfterEach
    void close() {
        server.close();
    }

    private static JsonObject notice(String user, String text) {
        return JsonObject.of(
                "user_id", user, "content", JsonObject.of("msgtype", "m.text", "body", text));
    }

    private String tell(String text) {
        return admin.client().post(PATH, notice(alice.id(), text)).ok().string("event_id");
    }

    private Reply tellOnce(String transaction, String text) {
        return admin.client().put(PATH + "/" + transaction, notice(alice.id(), text));
    }

    /// The one room that Alice is invited to.
    private String invitedTo() {
        var invites =
                alice.sync().path("rooms", "invite").map(JsonObject.class::cast).orElseThrow();
        assertEquals(1, invites.size());
        var room = invites.keys().iterator().next();
        var first =
                invites.object(room).object("invite_state").array("events").objects().getFirst();
        assertEquals("@_server:hearth.test", first.string("sender"));
        return room;
    }

    private List<String> texts(String room) {
        return alice.messages(room).array("chunk").objects().stream()
                .filter(event -> event.string("type").equals("m.room.message"))
                .map(event -> event.object("content").string("body"))
                .toList();
    }

    /// Complement: TestServerNotices
    @Test
    void onlyAdministratorsSpeakForTheServer() {
        alice.client().post(PATH, JsonObject.EMPTY).refused(403, "M_FORBIDDEN");
        alice.client().send("POST", PATH, Optional.empty()).refused(403, "M_FORBIDDEN");
        alice.client().put(PATH + "/1", notice(alice.id(), "me")).refused(403, "M_FORBIDDEN");
    }

    /// SN-1, Complement: TestServerNotices
    @Test
    void aUserIsInvitedAndMayJoinAndLeaveButNotDecline() {
        var event = tell("hello");
        var room = invitedTo();
        alice.client()
                .post(TestUser.room(room) + "/leave", JsonObject.EMPTY)
                .refused(403, "M_CANNOT_LEAVE_SERVER_NOTICE_ROOM");
        alice.client()
                .put(
                        TestUser.room(room) + "/state/m.room.member/" + escape(alice.id()),
                        JsonObject.of("membership", "leave"))
                .refused(403, "M_CANNOT_LEAVE_SERVER_NOTICE_ROOM");
        alice.join(room);
        var seen = RoomSection.of(alice.sync(), room).timeline();
        assertTrue(seen.stream().anyMatch(shown -> shown.string("event_id").equals(event)));
        alice.leave(room);
        tell("again");
        assertEquals(room, invitedTo());
        alice.join(room);
        assertEquals(List.of("again", "hello"), texts(room));
    }

    /// SN-1: one room for each user
    @Test
    void whoIsThereIsNotInvitedAgain() {
        tell("one");
        var room = invitedTo();
        tell("two");
        alice.join(room);
        tell("three");
        alice.sync();
        assertEquals(List.of("three", "two", "one"), texts(room));
        var bob = server.register("bob");
        admin.client().post(PATH, notice(bob.id(), "you too")).ok();
        assertEquals(List.of("three", "two", "one"), texts(room));
    }

    /// SN-1
    @Test
    void theRoomIsMarked() {
        tell("hello");
        var room = invitedTo();
        var path = "/_matrix/client/v3/user/" + alice.id() + "/rooms/" + escape(room) + "/tags";
        assertEquals(
                JsonObject.of("m.server_notice", JsonObject.EMPTY),
                alice.client().get(path).ok().object("tags"));
        alice.join(room);
        assertTrue(
                RoomSection.of(alice.sync(), room)
                        .accountData("m.tag")
                        .orElseThrow()
                        .object("tags")
                        .has("m.server_notice"));
        var name = alice.client().get(TestUser.room(room) + "/state/m.room.name").ok();
        assertEquals("From the house", name.string("name"));
    }

    /// SN-1: users read there, and don't answer
    @Test
    void nobodyAnswersTheServer() {
        tell("hello");
        var room = invitedTo();
        alice.join(room);
        alice.client()
                .put(
                        TestUser.room(room) + "/send/m.room.message/1",
                        JsonObject.of("msgtype", "m.text", "body", "hi"))
                .refused(403, "M_FORBIDDEN");
    }

    /// Complement: TestServerNotices
    @Test
    void aRepeatedNoticeIsToldOnce() {
        var first = tellOnce("1", "hello").ok();
        var room = invitedTo();
        alice.join(room);
        alice.leave(room);
        assertEquals(first, tellOnce("1", "hello").ok());
        assertEquals(Optional.empty(), alice.sync().path("rooms", "invite"));
        tellOnce("2", "hello").ok();
        assertEquals(room, invitedTo());
    }

    @Test
    void aNoticeIsForAUserOfThisServer() {
        var client = admin.client();
        client.post(PATH, notice("@alice:elsewhere", "hi")).refused(400, "M_INVALID_PARAM");
        client.post(PATH, notice("@nobody:hearth.test", "hi")).refused(404, "M_NOT_FOUND");
        client.post(PATH, notice("junk", "hi")).refused(400, "M_INVALID_PARAM");
        client.post(PATH, notice(alice.id(), "hi").without("content"))
                .refused(400, "M_MISSING_PARAM");
        client.post(PATH, notice(alice.id(), "hi").with("content", 7)).refused(400, "M_BAD_JSON");
        tell("hi");
        client.post(PATH, notice("@_server:hearth.test", "hi")).refused(404, "M_NOT_FOUND");
    }

    /// UIA-5: nobody takes the server's name, before it was used either
    @Test
    void nobodyElseSpeaksUnderTheServersName() {
        try (var other =
                TestHomeserver.start(Clock.systemUTC(), "server_notices.localpart=house")) {
            var path = "/_matrix/client/v3/register";
            other.client()
                    .post(path, JsonObject.of("username", "house", "password", "x"))
                    .refused(400, "M_EXCLUSIVE");
            other.client().get(path + "/available?username=House").refused(400, "M_EXCLUSIVE");
        }
    }

    /// ACC-10: who is no more is invited no more
    @Test
    void whoLeavesForGoodLeavesTheServersRoomToo() {
        tell("hi");
        invitedTo();
        alice.deactivate();
        admin.client().post(PATH, notice(alice.id(), "hi")).refused(404, "M_NOT_FOUND");
    }
}
