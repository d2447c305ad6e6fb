package dev.hearth.search;

import static dev.hearth.search.Searches.ids;
import static dev.hearth.search.Searches.recent;
import static dev.hearth.search.Searches.results;
import static dev.hearth.search.Searches.search;
import static dev.hearth.search.Searches.term;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.testing.TestUser;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// SRCH-2: in what order, pages and groups is told what was found, and what is told beside it.
class SearchAnswerTest extends SearchScene {

    private static List<String> bodies(JsonArray events) {
        return events.objects().stream()
                .map(event -> event.object("content").string("body"))
                .toList();
    }

    /// Complement: TestSearch/parallel/Can_get_context_around_search_results
    @Test
    void tellsWhatIsAround() {
        for (int i = 1; i <= 7; i++) {
            alice.say(room, "Message number " + i);
        }
        var filter = JsonObject.of("limit", 1, "rooms", JsonArray.of(room));
        var wanted = JsonObject.of("before_limit", 2, "after_limit", 2, "include_profile", true);
        var found = search(alice, recent("Message 4", filter).with("event_context", wanted));
        assertEquals(1, found.integer("count"));
        assertTrue(found.has("next_batch"));
        var context = results(found).getFirst().object("context");
        assertEquals(
                List.of("Message number 3", "Message number 2"),
                bodies(context.array("events_before")));
        assertEquals(
                List.of("Message number 5", "Message number 6"),
                bodies(context.array("events_after")));
        assertEquals(
                JsonObject.of(alice.id(), JsonObject.of("displayname", "alice" + people)),
                context.object("profile_info"));
        var messages = TestUser.room(room) + "/messages?dir=b&limit=1&from=";
        var before = alice.client().get(messages + context.string("start")).ok();
        assertEquals(List.of("Message number 1"), bodies(before.array("chunk")));
        var after =
                alice.client().get(messages.replace("dir=b", "dir=f") + context.string("end")).ok();
        assertEquals(List.of("Message number 7"), bodies(after.array("chunk")));
    }

    /// Complement: TestSearch/parallel/Can_back-paginate_search_results
    @ParameterizedTest
    @ValueSource(strings = {"recent", "rank"})
    @DisplayName("SRCH-2: page by page, whatever is said meanwhile")
    void pages(String order) {
        var events = new ArrayList<String>();
        for (int i = 0; i < 20; i++) {
            events.addFirst(alice.say(room, "Message number " + i));
        }
        var wanted =
                recent("Message", JsonObject.of("limit", 10, "rooms", JsonArray.of(room)))
                        .with("order_by", order);
        var first = search(alice, wanted);
        alice.say(room, "another Message");
        var second = search(alice, wanted, first.string("next_batch"));
        var third = search(alice, wanted, second.string("next_batch"));
        assertEquals(events.subList(0, 10), ids(first));
        assertEquals(events.subList(10, 20), ids(second));
        assertEquals(List.of(), ids(third));
        assertEquals(20, third.integer("count"));
        assertFalse(third.has("next_batch"));
    }

    @Test
    @DisplayName("SRCH-2: grouped by room and sender, each group with pages of its own")
    void groups() {
        var other = bob.createRoom(JsonObject.of("preset", "public_chat"));
        alice.join(other);
        var a1 = alice.say(room, "lemur");
        var b1 = bob.say(room, "lemur");
        var b2 = bob.say(other, "lemur");
        var a2 = alice.say(other, "lemur");
        var wanted =
                recent("lemur", JsonObject.of("limit", 2))
                        .with(
                                "groupings",
                                JsonObject.of(
                                        "group_by",
                                        JsonArray.of(
                                                JsonObject.of("key", "room_id"),
                                                JsonObject.of("key", "sender"))));
        var found = search(alice, wanted);
        assertEquals(List.of(a2, b2), ids(found));
        var byRoom = found.object("groups").object("room_id");
        assertEquals(
                JsonObject.of(other, JsonObject.of("results", JsonArray.of(a2, b2), "order", 1)),
                byRoom);
        var bobs = found.object("groups").object("sender").object(bob.id());
        assertEquals(JsonArray.of(b2), bobs.array("results"));
        var rest = search(alice, wanted, bobs.string("next_batch"));
        assertEquals(List.of(b1), ids(rest));
        assertEquals(2, rest.integer("count"));
        assertEquals(List.of(b1, a1), ids(search(alice, wanted, found.string("next_batch"))));
    }

    @Test
    void theBestComesFirst() {
        alice.say(room, "a tapir among many other animals which have nothing to do with it at all");
        var often = alice.say(room, "tapir tapir tapir");
        alice.say(room, "one tapir");
        var found = search(alice, term("tapir"));
        assertEquals(often, ids(found).getFirst());
        assertEquals(3, found.integer("count"));
    }

    @Test
    @DisplayName("The filter says which events, and the state of the rooms comes if it is wanted")
    void filterAndState() {
        alice.say(room, "gnu");
        var bobs = bob.say(room, "gnu");
        var filter = JsonObject.of("senders", JsonArray.of(bob.id()));
        var found = search(alice, recent("gnu", filter).with("include_state", true));
        assertEquals(List.of(bobs), ids(found));
        assertTrue(
                found.object("state").array(room).objects().stream()
                        .anyMatch(event -> event.string("type").equals("m.room.create")));
        var notHere = recent("gnu", JsonObject.of("not_rooms", JsonArray.of(room)));
        assertEquals(List.of(), ids(search(alice, notHere)));
    }
}
