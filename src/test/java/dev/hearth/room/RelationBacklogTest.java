package dev.hearth.room;

import static dev.hearth.room.RoomServer.ALICE;
import static dev.hearth.room.RoomServer.path;
import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Events that were there before their relations were kept.
class RelationBacklogTest {

    private final RoomServer server = new RoomServer();

    @AfterEach
    void close() {
        server.close();
    }

    private String relate(String room, String parent, String kind, String transaction) {
        var relation = JsonObject.of("rel_type", kind, "event_id", parent);
        return server.say(
                        ALICE,
                        room,
                        transaction,
                        "body",
                        transaction,
                        "m.new_content",
                        JsonObject.EMPTY,
                        "m.relates_to",
                        relation)
                .ok()
                .string("event_id");
    }

    private String told(String room, String root) {
        var threads = "/_matrix/client/v1/rooms/" + escape(room) + "/threads";
        return server.as(ALICE).get(threads).ok()
                + server.as(ALICE).get(path(room) + "/event/" + escape(root)).text();
    }

    private void asBeforeTheyWereKept() {
        server.database.change(tx -> {
            for (var table : List.of("relation", "relation_tally", "thread")) {
                tx.execute("DELETE FROM " + table);
            }
            tx.execute("INSERT INTO relation_backlog(next, last) SELECT 0, MAX(number) FROM event");
        });
    }

    @Test
    void isLearnedAfterwards() {
        var room = server.create();
        var root = server.say(ALICE, room, "root", "body", "root").ok().string("event_id");
        var other = server.say(ALICE, room, "other", "body", "other").ok().string("event_id");
        relate(room, root, "m.thread", "1");
        relate(room, other, "m.thread", "2");
        relate(room, root, "m.thread", "3");
        relate(room, root, "m.replace", "4");
        relate(room, root, "m.reference", "5");
        var before = told(room, root);
        assertTrue(before.contains("\"count\":2"), before);
        asBeforeTheyWereKept();
        assertFalse(told(room, root).contains("count"));
        new RelationBacklog(server.rooms).goOn();
        assertEquals(before, told(room, root));
        new RelationBacklog(server.rooms).goOn();
        assertEquals(before, told(room, root));
    }
}
