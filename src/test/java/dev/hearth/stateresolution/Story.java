package dev.hearth.stateresolution;

import dev.hearth.event.Pdu;
import dev.hearth.event.StateTuple;
import dev.hearth.identifier.EventId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonString;
import dev.hearth.json.JsonValue;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.roomversion.Tweak;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A story from a file, told to one room version. `stories/README.md` explains how they are
/// written.
final class Story {

    private static final List<String> MEMBERSHIPS =
            List.of("join", "leave", "kick", "ban", "invite");

    private final JsonObject json;
    private final ToldRoom room;
    private final Set<String> creators = new HashSet<>();
    private EventId latest = ToldRoom.id("create");
    private long clock;

    private Story(JsonObject json, RoomVersion version) {
        this.json = json;
        this.room = new ToldRoom(version);
    }

    static Story tell(JsonObject json, RoomVersion version) {
        var story = new Story(json, version);
        story.begin();
        story.clock = 100;
        var start = story.latest;
        for (var event : json.array("events").objects()) {
            story.happen(event, start);
        }
        return story;
    }

    ToldRoom room() {
        return room;
    }

    private void begin() {
        json.findArray("creators").orElse(JsonArray.EMPTY).strings().forEach(creators::add);
        creators.add("alice");
        var create = JsonObject.of("room_version", room.version().id());
        if (!room.version().has(Tweak.CREATOR_IS_SENDER)) {
            create = create.with("creator", user("alice"));
        }
        if (room.version().has(Tweak.PRIVILEGED_CREATORS)) {
            var others = creators.stream().filter(name -> !name.equals("alice")).map(Story::user);
            create = create.with("additional_creators", JsonArray.from(others.toList()));
        }
        line("create", "alice", new StateTuple("m.room.create", ""), create);
        line("alice", "alice", member("alice"), JsonObject.of("membership", "join"));
        var members = json.findObject("members").orElse(JsonObject.EMPTY);
        var power = json.findObject("power").orElse(JsonObject.EMPTY);
        line(
                "power",
                "alice",
                new StateTuple("m.room.power_levels", ""),
                power(power.with("users", members)));
        var rule = json.findString("rule").orElse("public");
        line(
                "rules",
                "alice",
                new StateTuple("m.room.join_rules", ""),
                JsonObject.of("join_rule", rule));
        for (var name : members.keys()) {
            if (rule.equals("invite")) {
                line(
                        name + "-invited",
                        "alice",
                        member(name),
                        JsonObject.of("membership", "invite"));
            }
            line(name, name, member(name), JsonObject.of("membership", "join"));
        }
    }

    private void line(String name, String sender, StateTuple tuple, JsonObject content) {
        var after = room.events().isEmpty() ? List.<EventId>of() : List.of(latest);
        var before = after.isEmpty() ? Map.<StateTuple, EventId>of() : room.stateAfter(latest);
        var line = new ToldRoom.Line(name, UserId.parse(user(sender)), tuple, content, ++clock);
        var event = room.draft(line, after, before);
        if (!room.isAllowed(event, before)) {
            throw new AssertionError(name + " is not allowed at the beginning");
        }
        room.accept(event, before);
        latest = event.eventId();
    }

    private void happen(JsonObject told, EventId start) {
        var after = new ArrayList<EventId>();
        told.findArray("after")
                .ifPresent(names -> names.strings().forEach(name -> after.add(ToldRoom.id(name))));
        if (after.isEmpty()) {
            after.add(start);
        }
        var name = told.string("id");
        var deed = told.array("does");
        var sender = UserId.parse(user(told.string("by")));
        long time = told.findInteger("at").orElse(++clock);
        var line = new ToldRoom.Line(name, sender, tuple(deed), content(deed), time);
        var before = room.stateBefore(after);
        var cited = told.has("cites") ? side(told.get("cites")) : before;
        var event = room.draft(line, after, cited);
        boolean allowed = room.isAllowed(event, before) && room.isAllowed(event, cited);
        if (allowed == told.isTrue("rejected")) {
            throw new AssertionError(name + (allowed ? " is allowed" : " is not allowed"));
        }
        take(event, before, allowed);
    }

    private void take(Pdu event, Map<StateTuple, EventId> before, boolean allowed) {
        if (allowed) {
            room.accept(event, before);
        } else {
            room.reject(event, before);
        }
    }

    private static StateTuple tuple(JsonArray deed) {
        var verb = text(deed.get(0));
        return MEMBERSHIPS.contains(verb) ? member(text(deed.get(1))) : tuple(verb);
    }

    /// A piece of state by a short name: what is no other is a member.
    private static StateTuple tuple(String name) {
        return switch (name) {
            case "power" -> new StateTuple("m.room.power_levels", "");
            case "rules" -> new StateTuple("m.room.join_rules", "");
            case "topic" -> new StateTuple("m.room.topic", "");
            case "name" -> new StateTuple("m.room.name", "");
            default -> member(name);
        };
    }

    private JsonObject content(JsonArray deed) {
        return switch (text(deed.get(0))) {
            case "kick" -> JsonObject.of("membership", "leave");
            case "power" -> power((JsonObject) deed.get(1));
            case "rules" -> JsonObject.of("join_rule", deed.get(1));
            case "topic" -> JsonObject.of("topic", deed.get(1));
            case "name" -> JsonObject.of("name", deed.get(1));
            case String membership -> JsonObject.of("membership", membership);
        };
    }

    /// Creators have 100 unless the story says otherwise; where they are privileged they may not be
    /// named.
    private JsonObject power(JsonObject told) {
        var users = JsonObject.builder();
        boolean privileged = room.version().has(Tweak.PRIVILEGED_CREATORS);
        var levels = told.findObject("users").orElse(JsonObject.EMPTY);
        for (var creator : creators) {
            if (!privileged && !levels.has(creator)) {
                users.put(user(creator), 100);
            }
        }
        levels.members()
                .forEach((name, level) -> {
                    if (!privileged || !creators.contains(name)) {
                        users.put(user(name), level);
                    }
                });
        return told.with("users", users.build());
    }

    private static String user(String name) {
        return "@" + name + ":x";
    }

    private static StateTuple member(String name) {
        return new StateTuple("m.room.member", user(name));
    }

    private static String text(JsonValue value) {
        return ((JsonString) value).value();
    }

    List<Map<StateTuple, EventId>> sides() {
        return json.array("sides").stream().map(this::side).toList();
    }

    /// The state after an event, or one that a server has wrong.
    private Map<StateTuple, EventId> side(JsonValue told) {
        return switch (told) {
            case JsonString(var name) -> room.stateAfter(ToldRoom.id(name));
            case JsonObject object ->
                    changed(room.stateAfter(ToldRoom.id(object.string("of"))), object);
            default -> throw new AssertionError("no side: " + told);
        };
    }

    private static Map<StateTuple, EventId> changed(
            Map<StateTuple, EventId> state, JsonObject changes) {
        var changed = new HashMap<>(state);
        changes.findObject("with")
                .orElse(JsonObject.EMPTY)
                .members()
                .forEach((name, event) -> changed.put(tuple(name), ToldRoom.id(text(event))));
        changes.findArray("without")
                .orElse(JsonArray.EMPTY)
                .strings()
                .forEach(name -> changed.remove(tuple(name)));
        return Map.copyOf(changed);
    }

    /// The end for this room version's algorithm: the state of the beginning, and what changed.
    Map<StateTuple, EventId> end(JsonObject end) {
        return changed(room.stateAfter(latest), end);
    }
}
