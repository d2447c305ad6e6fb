package dev.hearth.notification;

import static dev.hearth.testing.TestClient.escape;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.testing.RoomSection;
import dev.hearth.testing.Samples;
import dev.hearth.testing.TestHomeserver;
import dev.hearth.testing.TestUser;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Whatever is said and read, in whatever order: the counts are those of a [slow
/// model][UnreadModel].
class UnreadAgreesTest {

    private static final String BY_THREAD =
            "&filter=" + escape("{\"room\":{\"timeline\":{\"unread_thread_notifications\":true}}}");

    @Test
    @DisplayName("SYNC-17, RCPT-4 to RCPT-7, PUSH-7, PUSH-15: counts agree with a slow model")
    void countsAgreeWithASlowModel() {
        Samples.check(
                4,
                random -> {
                    try (var server = TestHomeserver.start()) {
                        new Conversation(server, random).run();
                    }
                });
    }

    private static final class Conversation {
        private final SplittableRandom random;
        private final List<TestUser> users;
        private final String room;
        private final UnreadModel model = new UnreadModel();
        private final Set<String> ignoredByCarol = new HashSet<>();

        /// Who made the room silent, but perhaps for mentions.
        private final Set<String> silent = new HashSet<>();

        private final Set<String> mentionsOnly = new HashSet<>();

        Conversation(TestHomeserver server, SplittableRandom random) {
            this.random = random;
            this.users =
                    List.of(
                            server.register("alice"),
                            server.register("bob"),
                            server.register("carol"));
            this.room = users.getFirst().createRoom(JsonObject.of("preset", "public_chat"));
            model.join(users.getFirst().id());
            for (var user : users.subList(1, users.size())) {
                user.join(room);
                model.join(user.id());
            }
            say(users.getFirst(), content("m.text"));
        }

        void run() {
            for (int i = 0; i < 48; i++) {
                step();
                if (i % 4 == 3) {
                    compare();
                }
            }
        }

        private TestUser anybody() {
            return users.get(random.nextInt(users.size()));
        }

        private void step() {
            switch (random.nextInt(12)) {
                case 0, 1 ->
                        say(anybody(), content(random.nextInt(4) == 0 ? "m.notice" : "m.text"));
                case 2, 3 -> relate(anybody(), random.nextInt(3) == 0 ? "m.reference" : "m.thread");
                case 4 -> mention(anybody());
                case 5 -> relate(anybody(), "m.replace");
                case 6, 7, 8 -> read(anybody());
                case 9, 10 -> changeRules(anybody());
                default -> rareStep();
            }
        }

        private void rareStep() {
            var carol = users.getLast();
            if (random.nextBoolean()) {
                carol.leave(room);
                carol.join(room);
                model.join(carol.id());
                return;
            }
            var bob = users.get(1).id();
            if (!ignoredByCarol.remove(bob)) {
                ignoredByCarol.add(bob);
            }
            carol.ignore(ignoredByCarol.toArray(String[]::new));
        }

        private void changeRules(TestUser user) {
            boolean all = random.nextBoolean();
            var who = all ? silent : mentionsOnly;
            var rule =
                    "/_matrix/client/v3/pushrules/global/"
                            + (all ? "override" : "room")
                            + "/"
                            + escape(room);
            if (who.remove(user.id())) {
                user.client().delete(rule).ok();
                return;
            }
            who.add(user.id());
            var condition = JsonObject.of("kind", "event_match", "key", "room_id", "pattern", room);
            var body = JsonObject.of("actions", JsonArray.EMPTY);
            user.client()
                    .put(rule, all ? body.with("conditions", JsonArray.of(condition)) : body)
                    .ok();
        }

        /// Events are judged as they come: by the rules of then.
        private void judge(UnreadModel.Said event) {
            var highlighted = new HashSet<>(event.highlighted());
            highlighted.removeAll(silent);
            var notified = new HashSet<>(event.notified());
            notified.removeAll(silent);
            notified.removeIf(user -> mentionsOnly.contains(user) && !highlighted.contains(user));
            model.say(
                    new UnreadModel.Said(
                            event.id(),
                            event.sender(),
                            event.relation(),
                            event.parent(),
                            notified,
                            highlighted));
        }

        private static JsonObject content(String msgtype) {
            return JsonObject.of("msgtype", msgtype, "body", "hello");
        }

        private Set<String> others(TestUser sender) {
            return users.stream()
                    .map(TestUser::id)
                    .filter(id -> !id.equals(sender.id()))
                    .collect(Collectors.toSet());
        }

        private void say(TestUser sender, JsonObject content) {
            boolean notice = content.string("msgtype").equals("m.notice");
            Set<String> notified = notice ? Set.of() : others(sender);
            var id = sender.send(room, "m.room.message", content);
            judge(new UnreadModel.Said(id, sender.id(), "", 0, notified, Set.of()));
        }

        /// The index of an event that was said; a thread's root is none that relates.
        private int pick(boolean root) {
            while (true) {
                int index = random.nextInt(model.size());
                var event = model.get(index);
                if (!event.id().isEmpty() && (!root || event.relation().isEmpty())) {
                    return index;
                }
            }
        }

        private void relate(TestUser sender, String kind) {
            int parent = pick(kind.equals("m.thread"));
            var relation = JsonObject.of("rel_type", kind, "event_id", model.get(parent).id());
            var id =
                    sender.send(
                            room,
                            "m.room.message",
                            content("m.text").with("m.relates_to", relation));
            Set<String> notified = kind.equals("m.replace") ? Set.of() : others(sender);
            judge(new UnreadModel.Said(id, sender.id(), kind, parent, notified, Set.of()));
        }

        private void mention(TestUser sender) {
            var target = anybody();
            boolean everybody = random.nextBoolean();
            var mentions =
                    everybody
                            ? JsonObject.of("room", true)
                            : JsonObject.of("user_ids", JsonArray.of(target.id()));
            boolean powerful = sender == users.getFirst();
            var named = everybody ? powerful ? others(sender) : Set.<String>of() : one(target);
            boolean poke = random.nextBoolean();
            var type = poke ? "org.example.poke" : "m.room.message";
            var id = sender.send(room, type, content("m.text").with("m.mentions", mentions));
            var notified = poke ? named : others(sender);
            judge(new UnreadModel.Said(id, sender.id(), "", 0, notified, named));
        }

        private static Set<String> one(TestUser user) {
            return Set.of(user.id());
        }

        private void read(TestUser reader) {
            int index = pick(false);
            var event = model.get(index);
            var thread =
                    switch (random.nextInt(3)) {
                        case 0 -> UnreadModel.ALL;
                        default -> model.threadOf(index);
                    };
            var type = random.nextBoolean() ? "m.read" : "m.read.private";
            var body = thread.isEmpty() ? JsonObject.EMPTY : JsonObject.of("thread_id", thread);
            reader.client()
                    .post(TestUser.room(room) + "/receipt/" + type + "/" + escape(event.id()), body)
                    .ok();
            model.mark(reader.id(), thread, index);
        }

        private void compare() {
            for (var user : users) {
                var ignored = user == users.getLast() ? ignoredByCarol : Set.<String>of();
                var expected = model.unread(user.id(), ignored);
                user.forgetSync();
                var section = RoomSection.of(user.sync(0, BY_THREAD), room);
                assertEquals(expected, counts(section), user.id());
                user.forgetSync();
                var whole = RoomSection.of(user.sync(), room).counts();
                assertEquals(sum(expected), whole, user.id() + " as a whole");
            }
        }

        private static Map<String, String> counts(RoomSection section) {
            var counts = new TreeMap<String, String>();
            if (!section.counts().equals("0/0")) {
                counts.put(UnreadModel.MAIN, section.counts());
            }
            section.json()
                    .findObject("unread_thread_notifications")
                    .orElse(JsonObject.EMPTY)
                    .keys()
                    .forEach(root -> counts.put(root, section.threadCounts(root)));
            return counts;
        }

        private static String sum(Map<String, String> counts) {
            int notifications = 0;
            int highlights = 0;
            for (var count : counts.values()) {
                var parts = count.split("/");
                notifications += Integer.parseInt(parts[0]);
                highlights += Integer.parseInt(parts[1]);
            }
            return notifications + "/" + highlights;
        }
    }
}
