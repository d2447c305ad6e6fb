package dev.hearth.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several devices follow several rooms while others speak: each hears everything, in one order,
/// and nothing twice. Where a timeline was cut, the rest comes from the history before it.
class NothingLostNothingTwiceTest {

    private static final int ROOMS = 3;
    private static final int ROUNDS = 300;

    /// What one device knows: the texts of each room in the order in which it heard them.
    private static final class Listener {
        private final TestUser user;
        private final Map<String, List<String>> heard = new LinkedHashMap<>();

        Listener(TestUser user) {
            this.user = user;
        }

        void listen(int limit) {
            hear(user.sync(0, Story.timelineLimit(limit)));
        }

        void hear(JsonObject answer) {
            answer.path("rooms", "join")
                    .map(JsonObject.class::cast)
                    .ifPresent(joined -> joined.keys().forEach(room -> hear(answer, room)));
        }

        private void hear(JsonObject answer, String room) {
            var told = Told.joined(answer, room);
            var known = heard.computeIfAbsent(room, _ -> new ArrayList<>());
            if (told.limited()) {
                known.addAll(missing(room, told, known));
            }
            known.addAll(texts(told.events("timeline")));
        }

        private List<String> missing(String room, Told told, List<String> known) {
            var page =
                    user.client()
                            .get(
                                    TestUser.room(room)
                                            + "/messages?dir=b&limit=1000&from="
                                            + told.prevBatch())
                            .ok()
                            .array("chunk")
                            .objects();
            var earlier = texts(page.reversed());
            return earlier.subList(known.size(), earlier.size());
        }

        private static List<String> texts(List<JsonObject> events) {
            return events.stream()
                    .filter(event -> event.string("type").equals("m.room.message"))
                    .map(event -> event.object("content").string("body"))
                    .toList();
        }
    }

    private static final class Party {
        private final List<String> rooms = new ArrayList<>();
        private final Map<String, List<String>> said = new HashMap<>();
        private int messages;

        void say(TestUser speaker, int room) {
            var text = "m" + messages++;
            speaker.say(rooms.get(room), text);
            said.computeIfAbsent(rooms.get(room), _ -> new ArrayList<>()).add(text);
        }

        void begin(TestUser alice, TestUser bob) {
            for (int i = 0; i < ROOMS; i++) {
                rooms.add(alice.createRoom(JsonObject.of("preset", "public_chat")));
                bob.join(rooms.getLast());
                say(alice, i);
            }
        }

        void play(RandomGenerator random, List<TestUser> speakers, List<Listener> listeners) {
            for (int i = 0; i < ROUNDS; i++) {
                if (random.nextInt(3) < 2) {
                    say(speakers.get(random.nextInt(speakers.size())), random.nextInt(ROOMS));
                } else {
                    listeners.get(random.nextInt(listeners.size())).listen(1 + random.nextInt(6));
                }
            }
        }

        void check(Listener listener) {
            listener.listen(50);
            said.forEach((room, texts) -> assertEquals(texts, listener.heard.get(room)));
        }
    }

    @Test
    @DisplayName("SYNC-9: whatever the order of speaking and listening")
    void oneAfterAnother() {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(20_261_125);
        try (var server = TestHomeserver.start()) {
            var alice = server.register("alice");
            var bob = server.register("bob");
            var party = new Party();
            party.begin(alice, bob);
            var listeners =
                    List.of(
                            new Listener(server.login("alice")),
                            new Listener(server.login("bob")),
                            new Listener(server.login("bob")));
            party.play(random, List.of(alice, bob), listeners);
            listeners.forEach(party::check);
        }
    }

    @Test
    @DisplayName("SYNC-9: nor does a restart take or repeat anything")
    void overARestart(@TempDir Path folder) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(42);
        var party = new Party();
        var heardBefore = new HashMap<String, List<String>>();
        String since;
        try (var server = TestHomeserver.start(folder)) {
            var alice = server.register("alice");
            var bob = server.register("bob");
            party.begin(alice, bob);
            var listener = new Listener(bob);
            party.play(random, List.of(alice), List.of(listener));
            heardBefore.putAll(listener.heard);
            since = bob.since().orElseThrow();
        }
        try (var server = TestHomeserver.start(folder)) {
            var alice = server.login("alice");
            var listener = new Listener(server.login("bob"));
            listener.heard.putAll(heardBefore);
            for (int i = 0; i < ROOMS; i++) {
                party.say(server.login("bob"), i);
            }
            var first = listener.user.client().get("/_matrix/client/v3/sync?since=" + since).ok();
            listener.hear(first);
            var next = first.string("next_batch");
            party.say(alice, 0);
            var second = listener.user.client().get("/_matrix/client/v3/sync?since=" + next).ok();
            listener.hear(second);
            party.said.forEach(
                    (room, texts) -> assertEquals(texts, listener.heard.get(room), room));
        }
    }

    @Test
    @DisplayName("SYNC-6, SYNC-9: nor when all speak and listen at once")
    void allAtOnce() throws Exception {
        try (var server = TestHomeserver.start();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var alice = server.register("alice");
            var room = alice.createRoom(JsonObject.of("preset", "public_chat"));
            var speakers = new ArrayList<TestUser>();
            for (int i = 0; i < 4; i++) {
                speakers.add(server.register("speaker" + i));
                speakers.getLast().join(room);
            }
            var listeners = List.of(server.login("alice"), server.login("alice"));
            var heard =
                    listeners.stream()
                            .map(one ->
                                    CompletableFuture.supplyAsync(
                                            () -> listen(one, room, 4 * 50), threads))
                            .toList();
            var said =
                    speakers.stream()
                            .map(one ->
                                    CompletableFuture.runAsync(
                                            () -> Story.count(one, room, 50), threads))
                            .toList();
            for (var one : said) {
                one.get();
            }
            var order = heard.getFirst().get();
            assertEquals(order, heard.getLast().get());
            assertEquals(order.size(), order.stream().distinct().count());
            assertEquals(4 * 50, order.size());
        }
    }

    /// The events of a room in the order in which a device heard of them by long polls.
    private static List<String> listen(TestUser user, String room, int messages) {
        var heard = new ArrayList<String>();
        while (heard.size() < messages) {
            var answer = user.sync(5_000, Story.timelineLimit(100));
            var told = Told.joined(answer, room);
            assertTrue(told.isNothing() || !told.limited() || heard.isEmpty(), "a gap");
            told.events("timeline").stream()
                    .filter(event -> event.string("type").equals("m.room.message"))
                    .forEach(event -> heard.add(event.string("event_id")));
        }
        return heard;
    }

    @Test
    void theHistoryOfAHundredIsTheTimeline() {
        try (var story = new Story()) {
            Story.count(story.alice, story.room, 30);
            var told = Told.joined(story.alice.sync(0, Story.timelineLimit(100)), story.room);
            var page = story.alice.messages(story.room).array("chunk").objects().reversed();
            assertEquals(ids(told.events("timeline")), ids(page), JsonArray.from(page).toString());
        }
    }

    private static List<String> ids(List<JsonObject> events) {
        return events.stream().map(event -> event.string("event_id")).toList();
    }
}
