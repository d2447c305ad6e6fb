package dev.hearth.stateresolution;

import dev.hearth.event.StateTuple;
import dev.hearth.identifier.EventId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.roomversion.Tweak;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// A room in which things happen at random: forks and merges, joins, kicks and bans, powers given
/// and taken, at times that say little, and now and then by a server that cites an old state.
final class RandomRoom {

    private static final List<String> USERS = List.of("alice", "bob", "carol", "dave", "eve");
    private static final List<String> PREFIXES = List.of("a", "B", "z", "\uFFFD", "😀");
    private static final int RECENT = 8;

    private final SplittableRandom random;
    private final ToldRoom room;
    private final List<EventId> ids = new ArrayList<>();
    private int made;

    private RandomRoom(SplittableRandom random, RoomVersion version) {
        this.random = random;
        this.room = new ToldRoom(version);
    }

    static RandomRoom grow(SplittableRandom random, RoomVersion version, int events) {
        var grown = new RandomRoom(random, version);
        grown.begin();
        for (int tries = 0; tries < events * 20 && grown.ids.size() < events; tries++) {
            grown.tryToHappen();
        }
        return grown;
    }

    ToldRoom room() {
        return room;
    }

    private void begin() {
        var create = JsonObject.of("room_version", room.version().id());
        if (!room.version().has(Tweak.CREATOR_IS_SENDER)) {
            create = create.with("creator", "@alice:x");
        }
        if (room.version().has(Tweak.PRIVILEGED_CREATORS) && random.nextBoolean()) {
            create = create.with("additional_creators", dev.hearth.json.JsonArray.of("@bob:x"));
        }
        happen("create", "alice", new StateTuple("m.room.create", ""), create, Map.of(), List.of());
        next("alice", "alice", member("alice"), JsonObject.of("membership", "join"));
        var users = JsonObject.of("@carol:x", 50);
        if (!room.version().has(Tweak.PRIVILEGED_CREATORS)) {
            users = users.with("@alice:x", 100).with("@bob:x", 100);
        }
        next(
                "power",
                "alice",
                new StateTuple("m.room.power_levels", ""),
                JsonObject.of("users", users));
        next(
                "rules",
                "alice",
                new StateTuple("m.room.join_rules", ""),
                JsonObject.of("join_rule", "public"));
    }

    private void next(String name, String sender, StateTuple tuple, JsonObject content) {
        var after = List.of(ids.getLast());
        happen(name, sender, tuple, content, room.stateBefore(after), after);
    }

    private void happen(
            String name,
            String sender,
            StateTuple tuple,
            JsonObject content,
            Map<StateTuple, EventId> before,
            List<EventId> after) {
        var cited = before;
        if (!after.isEmpty() && random.nextInt(10) == 0) {
            cited = room.stateAfter(any(ids.size()));
        }
        long time = made / 2 + random.nextInt(6);
        var line = new ToldRoom.Line(name, UserId.parse(user(sender)), tuple, content, time);
        var event = room.draft(line, after, cited);
        if (event.isState("m.room.create")
                || room.isAllowed(event, before) && room.isAllowed(event, cited)) {
            room.accept(event, before);
            ids.add(event.eventId());
        }
    }

    private void tryToHappen() {
        var name = PREFIXES.get(random.nextInt(PREFIXES.size())) + made++;
        var after = new ArrayList<EventId>();
        after.add(any(RECENT));
        if (random.nextInt(4) == 0) {
            after.add(any(RECENT));
        }
        var predecessors = after.stream().distinct().toList();
        var before = room.stateBefore(predecessors);
        var who = oneOf(USERS);
        switch (random.nextInt(10)) {
            case 0, 1 ->
                    happen(
                            name,
                            who,
                            member(who),
                            membership(oneOf(List.of("join", "join", "leave", "knock"))),
                            before,
                            predecessors);
            case 2, 3, 4 ->
                    happen(
                            name,
                            who,
                            member(oneOf(USERS)),
                            membership(oneOf(List.of("leave", "ban", "ban", "invite"))),
                            before,
                            predecessors);
            case 5, 6 ->
                    happen(
                            name,
                            who,
                            new StateTuple("m.room.power_levels", ""),
                            power(before),
                            before,
                            predecessors);
            case 7 ->
                    happen(
                            name,
                            who,
                            new StateTuple("m.room.join_rules", ""),
                            JsonObject.of(
                                    "join_rule",
                                    oneOf(List.of("public", "public", "invite", "knock"))),
                            before,
                            predecessors);
            default ->
                    happen(
                            name,
                            who,
                            new StateTuple(oneOf(List.of("m.room.topic", "m.room.name")), ""),
                            JsonObject.of("n", made),
                            before,
                            predecessors);
        }
    }

    private JsonObject power(Map<StateTuple, EventId> before) {
        var old = before.get(new StateTuple("m.room.power_levels", ""));
        var content = old == null ? JsonObject.EMPTY : room.event(old).content();
        int level = List.of(0, 25, 50, 75, 100).get(random.nextInt(5));
        if (random.nextInt(3) == 0) {
            return content.with(
                    oneOf(List.of("ban", "kick", "invite", "state_default", "users_default")),
                    level);
        }
        var users = content.findObject("users").orElse(JsonObject.EMPTY);
        return content.with("users", users.with(user(oneOf(USERS)), level));
    }

    private static JsonObject membership(String membership) {
        return JsonObject.of("membership", membership);
    }

    private static String user(String name) {
        return "@" + name + ":x";
    }

    private static StateTuple member(String name) {
        return new StateTuple("m.room.member", user(name));
    }

    private String oneOf(List<String> some) {
        return some.get(random.nextInt(some.size()));
    }

    /// One of the latest so many.
    private EventId any(int latest) {
        int from = Math.max(0, ids.size() - latest);
        return ids.get(random.nextInt(from, ids.size()));
    }

    /// Two to four states of the room, some of them as a server with a fault might have them.
    List<Map<StateTuple, EventId>> sides() {
        var sides = new ArrayList<Map<StateTuple, EventId>>();
        for (int i = 2 + random.nextInt(3); i > 0; i--) {
            var state = new HashMap<>(room.stateAfter(any(ids.size())));
            if (random.nextInt(4) == 0) {
                damage(state);
            }
            sides.add(Map.copyOf(state));
        }
        return sides;
    }

    private void damage(Map<StateTuple, EventId> state) {
        var tuples =
                state.keySet().stream()
                        .sorted()
                        .filter(tuple -> !tuple.type().equals("m.room.create"))
                        .toList();
        if (tuples.isEmpty()) {
            return;
        }
        var tuple = tuples.get(random.nextInt(tuples.size()));
        state.remove(tuple);
        if (random.nextBoolean()) {
            var other = room.stateAfter(any(ids.size())).get(tuple);
            if (other != null) {
                state.put(tuple, other);
            }
        }
    }
}
