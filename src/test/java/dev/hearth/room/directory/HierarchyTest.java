package dev.hearth.room.directory;

import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.testing.Reply;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// SP-1, SP-2, SP-3, SP-4: what a space leads to, on one server.
class HierarchyTest {

    private static final JsonObject LINK = JsonObject.of("via", JsonArray.of("hearth.test"));
    private static final TestHomeserver SERVER = TestHomeserver.start();

    private final TestUser alice = SERVER.register("alice" + ++users);
    private final TestUser bob = SERVER.register("bob" + users);
    private static int users;

    @AfterAll
    static void close() {
        SERVER.close();
    }

    private static String path(String room, String query) {
        return "/_matrix/client/v1/rooms/" + escape(room) + "/hierarchy?" + query;
    }

    private static List<JsonObject> rooms(TestUser user, String root, String query) {
        return user.client().get(path(root, query)).ok().array("rooms").objects();
    }

    private static List<String> ids(TestUser user, String root, String query) {
        return rooms(user, root, query).stream().map(room -> room.string("room_id")).toList();
    }

    private static List<String> children(JsonObject room) {
        return room.array("children_state").objects().stream()
                .map(event -> event.string("state_key"))
                .toList();
    }

    private static String room(TestUser user, Object... request) {
        return user.createRoom(
                JsonObject.builder()
                        .put("preset", "public_chat")
                        .putAll(JsonObject.of(request))
                        .build());
    }

    private static String space(TestUser user, Object... request) {
        return user.createRoom(
                JsonObject.builder()
                        .put("preset", "public_chat")
                        .put("creation_content", JsonObject.of("type", "m.space"))
                        .putAll(JsonObject.of(request))
                        .build());
    }

    private static void link(TestUser user, String parent, String child, Object... more) {
        var content = JsonObject.builder().putAll(LINK).putAll(JsonObject.of(more)).build();
        user.sendState(parent, "m.space.child", child, content);
    }

    private static JsonArray state(String type, JsonObject content) {
        return JsonArray.of(JsonObject.of("type", type, "state_key", "", "content", content));
    }

    /// The tree of TestClientSpacesSummary; an order stands in for the time that makes one.
    private final class Tree {
        private final String root = space(alice, "name", "Root");
        private final String r1 = room(alice, "name", "R1");
        private final String ss1 = space(alice, "name", "SS1", "topic", "Some topic");
        private final String r2 = room(alice, "name", "R2");
        private final String ss2 = space(alice, "name", "SS2");
        private final String r3 = room(alice, "name", "R3");
        private final String r4 = room(bob, "name", "R4");
        private final String r5 = room(bob, "name", "R5");

        Tree() {
            link(alice, root, r1, "suggested", true, "order", "a");
            link(alice, root, ss1, "order", "b");
            link(alice, root, r2, "suggested", true, "order", "c");
            link(alice, r2, r5);
            link(alice, ss1, ss2);
            link(alice, ss2, r3, "order", "a");
            link(alice, ss2, r4, "order", "b");
            link(alice, ss2, root, "order", "c");
            link(alice, ss2, "!unknown:elsewhere.test", "order", "d");
        }
    }

    /// SP-3. Complement: TestClientSpacesSummary/query_whole_graph
    @Test
    void aSpaceLeadsDepthFirstToEachRoomOnce() {
        var tree = new Tree();
        var found = rooms(alice, tree.root, "");
        assertEquals(
                List.of(tree.root, tree.r1, tree.ss1, tree.ss2, tree.r3, tree.r4, tree.r2),
                found.stream().map(room -> room.string("room_id")).toList());
        assertEquals(List.of(tree.r1, tree.ss1, tree.r2), children(found.getFirst()));
        var space = found.get(2);
        assertEquals("m.space", space.string("room_type"));
        assertEquals("SS1", space.string("name"));
        assertEquals("Some topic", space.string("topic"));
        assertEquals("public", space.string("join_rule"));
        assertEquals("12", space.string("room_version"));
        assertEquals(1, space.integer("num_joined_members"));
        var child = space.array("children_state").objects().getFirst();
        assertEquals("m.space.child", child.string("type"));
        assertEquals(LINK, child.object("content"));
        assertEquals(alice.id(), child.string("sender"));
        assertEquals(5, child.size());
        child.integer("origin_server_ts");
        assertEquals(List.of(), children(found.getLast()));
    }

    /// Complement: TestClientSpacesSummary/max_depth, TestClientSpacesSummary/suggested_only
    @Test
    void theWalkEndsWhereItIsToldTo() {
        var tree = new Tree();
        var near = rooms(alice, tree.root, "max_depth=1");
        assertEquals(
                List.of(tree.root, tree.r1, tree.ss1, tree.r2),
                near.stream().map(room -> room.string("room_id")).toList());
        assertEquals(List.of(tree.ss2), children(near.get(2)));
        assertEquals(List.of(tree.root), ids(alice, tree.root, "max_depth=0"));
        var suggested = rooms(alice, tree.root, "suggested_only=true");
        assertEquals(3, suggested.size());
        assertEquals(List.of(tree.r1, tree.r2), children(suggested.getFirst()));
        for (var query : List.of("max_depth=-1", "limit=0", "suggested_only=1", "from=nowhere")) {
            alice.client().get(path(tree.root, query)).refused(400, "M_INVALID_PARAM");
        }
    }

    /// SP-4. Complement: TestClientSpacesSummary/pagination
    @Test
    void aPageGoesOnWhereTheLastEnded() {
        var tree = new Tree();
        var first = alice.client().get(path(tree.root, "limit=4&max_depth=7")).ok();
        assertEquals(4, first.array("rooms").size());
        var from = "from=" + first.string("next_batch");
        var rest = List.of(tree.r3, tree.r4, tree.r2);
        assertEquals(rest, ids(alice, tree.root, from));
        assertEquals(rest, ids(alice, tree.root, from + "&max_depth=7"));
        var last = alice.client().get(path(tree.root, from)).ok();
        assertFalse(last.has("next_batch"));
        refused(tree.root, from + "&max_depth=6");
        refused(tree.root, from + "&suggested_only=true");
        refused(tree.ss1, from);
        bob.client().get(path(tree.root, from)).refused(400, "M_INVALID_PARAM");
    }

    private Reply refused(String root, String query) {
        return alice.client().get(path(root, query)).refused(400, "M_INVALID_PARAM");
    }

    /// Complement: TestClientSpacesSummary/redact_link
    @Test
    void whatIsTakenOutIsNoChild() {
        var tree = new Tree();
        alice.sendState(tree.root, "m.space.child", tree.ss1, JsonObject.EMPTY);
        var found = rooms(alice, tree.root, "");
        assertEquals(
                List.of(tree.root, tree.r1, tree.r2),
                found.stream().map(room -> room.string("room_id")).toList());
        assertEquals(List.of(tree.r1, tree.r2), children(found.getFirst()));
        link(alice, tree.root, tree.ss1, "via", JsonArray.EMPTY);
        assertEquals(3, ids(alice, tree.root, "").size());
    }

    /// SP-1
    @Test
    void childrenWithAnOrderComeFirst() {
        var root = space(alice);
        var names = new java.util.ArrayList<String>();
        for (var order : List.of("b", "", "~", "é", "A", " ")) {
            var child = room(alice, "name", order);
            link(alice, root, child, "order", order.isEmpty() ? 1 : order);
            names.add(child);
        }
        var wanted = List.of(names.get(5), names.get(4), names.get(0), names.get(2));
        assertEquals(wanted, children(rooms(alice, root, "").getFirst()).subList(0, 4));
    }

    /// SP-2. Complement: TestClientSpacesSummaryJoinRules
    @Test
    void onlyWhatMayBeSeenIsShown() {
        var root = space(alice);
        var r1 = room(alice, "preset", "private_chat");
        var ss1 = space(alice, "preset", "private_chat");
        var r2 = room(alice);
        var r3 = room(alice, "preset", "private_chat");
        link(alice, root, r1, "order", "a");
        link(alice, root, ss1, "order", "b");
        link(alice, ss1, r2, "order", "a");
        link(alice, ss1, r3, "order", "b");
        bob.join(root);
        var seen = rooms(bob, root, "");
        assertEquals(1, seen.size());
        assertEquals(List.of(r1, ss1), children(seen.getFirst()));
        alice.invite(bob, r1);
        alice.invite(bob, r3);
        assertEquals(List.of(root, r1), ids(bob, root, ""));
        alice.invite(bob, ss1);
        assertEquals(List.of(root, r1, ss1, r2, r3), ids(bob, root, ""));
        bob.leave(ss1);
        bob.client().get(path(ss1, "")).refused(403, "M_FORBIDDEN");
        bob.client().get(path("!unknown:hearth.test", "")).refused(403, "M_FORBIDDEN");
    }

    /// SP-2. Complement: TestRestrictedRoomsSpacesSummaryLocal
    @Test
    void aRestrictedRoomIsShownToWhoMayComeIn() {
        var open = JsonObject.of("history_visibility", "world_readable");
        var root = space(alice, "initial_state", state("m.room.history_visibility", open));
        var ground = JsonObject.of("type", "m.room_membership", "room_id", root);
        var rules = JsonObject.of("join_rule", "restricted", "allow", JsonArray.of(ground));
        var room =
                room(
                        alice,
                        "room_version",
                        "8",
                        "initial_state",
                        state("m.room.join_rules", rules));
        link(alice, root, room);
        assertEquals(List.of(root), ids(bob, root, ""));
        bob.join(root);
        var seen = rooms(bob, root, "");
        assertEquals(room, seen.getLast().string("room_id"));
        assertEquals(JsonArray.of(root), seen.getLast().array("allowed_room_ids"));
        assertFalse(seen.getFirst().has("allowed_room_ids"));
        assertEquals(List.of(root, room), ids(bob, root, "limit=100"));
        bob.leave(root);
        assertEquals(List.of(root), ids(bob, root, ""));
    }

    /// SP-2
    @Test
    void whoIsBannedSeesNothing() {
        var root = space(alice);
        alice.client().post(TestUser.room(root) + "/ban", JsonObject.of("user_id", bob.id())).ok();
        bob.client().get(path(root, "")).refused(403, "M_FORBIDDEN");
    }

    @Test
    void theOlderNameOfTheEndpointLeadsHere() {
        var root = space(alice);
        var path = "/_matrix/client/unstable/org.matrix.msc2946/rooms/" + escape(root);
        assertEquals(1, alice.client().get(path + "/hierarchy").ok().array("rooms").size());
    }

    /// SP-4
    @Test
    void circlesEndAndLeadToEachRoomOnce() {
        var root = space(alice);
        var other = space(alice);
        link(alice, root, root);
        link(alice, root, other);
        link(alice, other, root);
        link(alice, other, other);
        assertEquals(List.of(root, other), ids(alice, root, ""));
        assertEquals(List.of(other, root), ids(alice, other, ""));
    }

    /// SP-5: what isn't known here is passed over.
    @Test
    void aWideSpaceIsWalkedInPieces() {
        var root = space(alice);
        var last = room(alice);
        for (int i = 0; i < 510; i++) {
            link(alice, root, "!unknown" + i + ":elsewhere.test", "order", "a");
        }
        link(alice, root, last, "order", "b");
        var first = alice.client().get(path(root, "")).ok();
        assertEquals(1, first.array("rooms").size());
        var rest = ids(alice, root, "from=" + first.string("next_batch"));
        assertEquals(List.of(last), rest);
    }
}
