package dev.hearth.sync;

import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LongPollTest {

    private static CompletableFuture<JsonObject> poll(TestUser user) {
        var path = "/_matrix/client/v3/sync?timeout=30000&since=" + user.since().orElseThrow();
        return CompletableFuture.supplyAsync(() -> user.client().get(path).ok());
    }

    private static JsonObject answer(CompletableFuture<JsonObject> poll) throws Exception {
        return poll.get(20, TimeUnit.SECONDS);
    }

    @Test
    @DisplayName("SYNC-6: with nothing new the answer is empty, and its token goes on")
    void nothingNew() {
        try (var story = new Story()) {
            story.alice.sync();
            var answer = story.alice.sync(50, "");
            assertFalse(answer.has("rooms"));
            assertTrue(answer.has("next_batch"));
            story.alice.say(story.room, "hello");
            assertEquals(List.of("hello"), Told.joined(story.alice.sync(), story.room).timeline());
        }
    }

    @Test
    @DisplayName("SYNC-6: a message wakes who waits")
    void messageWakes() throws Exception {
        try (var story = new Story()) {
            story.alice.sync();
            var poll = poll(story.alice);
            story.alice.say(story.room, "hello");
            assertEquals(List.of("hello"), Told.joined(answer(poll), story.room).timeline());
        }
    }

    @Test
    @DisplayName("SYNC-6: invites, account data and to-device messages wake who waits")
    void everythingWakes() throws Exception {
        try (var story = new Story()) {
            var bob = story.bob;
            bob.sync();
            var poll = poll(bob);
            story.alice.invite(bob, story.room);
            assertTrue(answer(poll).path("rooms", "invite", story.room).isPresent());
            bob.sync();
            poll = poll(bob);
            bob.setAccountData("org.example.x", JsonObject.of("x", 1));
            assertTrue(answer(poll).has("account_data"));
            bob.sync();
            poll = poll(bob);
            story.alice
                    .client()
                    .put(
                            "/_matrix/client/v3/sendToDevice/org.example.y/1",
                            JsonObject.of(
                                    "messages",
                                    JsonObject.of(bob.id(), JsonObject.of("*", JsonObject.EMPTY))))
                    .ok();
            assertTrue(answer(poll).has("to_device"));
        }
    }

    @Test
    void aNewerSyncOfTheDeviceEndsTheOlderAndNoOther() throws Exception {
        try (var story = new Story()) {
            var alice = story.alice;
            var phone = story.server.login("alice");
            alice.sync();
            phone.sync();
            var other = poll(phone);
            var older = poll(alice);
            // Which of the two comes first is open: one of them must end, the other go on.
            var newer = poll(alice);
            CompletableFuture.anyOf(older, newer).get(20, TimeUnit.SECONDS);
            assertFalse(other.isDone());
            alice.say(story.room, "hello");
            assertTrue(answer(other).has("rooms"));
            answer(older);
            answer(newer);
        }
    }

    @Test
    @DisplayName("SYNC-6: a full house of waiting clients leaves the database to others")
    void waitingHoldsNothing() throws Exception {
        try (var story = new Story()) {
            story.alice.sync();
            var devices =
                    java.util.stream.IntStream.range(0, 40)
                            .mapToObj(_ -> story.server.login("alice"))
                            .toList();
            // Each new device would be news to those before.
            devices.forEach(TestUser::sync);
            var polls = devices.stream().map(LongPollTest::poll).toList();
            story.bob.join(story.room);
            story.bob.say(story.room, "hello");
            for (var poll : polls) {
                assertTrue(answer(poll).has("rooms"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "since=x",
                "since=s",
                "since=s-1",
                "since=s1_",
                "since=s1_2_3",
                "since=s5_9",
                "since=t7",
                "since=s99999999999999999999",
                "since=",
                "timeout=-1",
                "timeout=soon",
                "full_state=1",
                "set_presence=hungry",
            })
    @DisplayName("SYNC-8: what can't be understood is refused in words")
    void badQueries(String query) {
        try (var story = new Story()) {
            story.alice
                    .client()
                    .get("/_matrix/client/v3/sync?" + query)
                    .refused(400, "M_INVALID_PARAM");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"online", "offline", "unavailable"})
    @DisplayName("SYNC-7: every presence is accepted")
    void presences(String presence) {
        try (var story = new Story()) {
            story.alice.sync(0, "&set_presence=" + presence);
        }
    }

    @Test
    @DisplayName("SYNC-8: a token from a lost future starts anew and takes nothing away")
    void tokenOfALostFuture() {
        try (var story = new Story()) {
            story.alice
                    .client()
                    .put(
                            "/_matrix/client/v3/sendToDevice/org.example.y/1",
                            JsonObject.of(
                                    "messages",
                                    JsonObject.of(
                                            story.alice.id(),
                                            JsonObject.of("*", JsonObject.EMPTY))))
                    .ok();
            for (int i = 0; i < 2; i++) {
                var answer =
                        story.alice
                                .client()
                                .get("/_matrix/client/v3/sync?timeout=30000&since=s999999999")
                                .ok();
                assertTrue(Told.joined(answer, story.room).timeline().contains("create"));
                assertTrue(answer.has("to_device"));
            }
        }
    }

    @Test
    @DisplayName("SYNC-9: a token stays good over a restart")
    void tokensOutliveARestart(@TempDir Path folder) {
        String since;
        String token;
        String room;
        try (var server = TestHomeserver.start(folder)) {
            var alice = server.register("alice");
            room = alice.createRoom(JsonObject.EMPTY);
            alice.sync();
            alice.say(room, "before");
            since = alice.since().orElseThrow();
            token = since;
        }
        try (var server = TestHomeserver.start(folder)) {
            var alice = server.login("alice");
            alice.say(room, "after");
            var answer = alice.client().get("/_matrix/client/v3/sync?since=" + escape(token)).ok();
            assertEquals(List.of("before", "after"), Told.joined(answer, room).timeline());
            assertTrue(number(answer.string("next_batch")) > number(since));
        }
    }

    private static long number(String token) {
        return Long.parseLong(token.substring(1).split("_")[0]);
    }

    @Test
    @DisplayName("SYNC-21: key counts are always there, fallback key types under both names")
    void keyCounts() {
        try (var story = new Story()) {
            var answer = story.alice.sync();
            assertTrue(answer.has("device_one_time_keys_count"));
            assertEquals(JsonArray.EMPTY, answer.array("device_unused_fallback_key_types"));
            assertEquals(
                    JsonArray.EMPTY,
                    answer.array("org.matrix.msc2732.device_unused_fallback_key_types"));
        }
    }
}
