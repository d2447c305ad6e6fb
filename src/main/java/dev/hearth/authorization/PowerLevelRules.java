package dev.hearth.authorization;

import dev.hearth.event.CreateContent;
import dev.hearth.event.Pdu;
import dev.hearth.event.PowerLevels;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonValue;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.roomversion.Tweak;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// The rules of `m.room.power_levels`: its form, and that nobody hands out or takes away more power
/// than they have.
final class PowerLevelRules {

    private final RoomVersion version;
    private final UserId sender;
    private final long power;

    private PowerLevelRules(Pdu event, long power) {
        this.version = event.roomVersion();
        this.sender = event.sender();
        this.power = power;
    }

    static Verdict decide(Pdu event, RoomFacts room) {
        var content = event.content();
        var form = form(content, event.roomVersion());
        if (!form.isAllowed()) {
            return form;
        }
        if (namesCreator(content, room)) {
            return Verdict.reject(Rule.LEVELS_NAME_CREATOR, "A creator's power can't be set");
        }
        var previous = room.powerLevelsEvent();
        if (previous.isEmpty()) {
            return Verdict.allow();
        }
        long power = room.powerLevels().user(event.sender());
        return new PowerLevelRules(event, power).change(previous.get().content(), content);
    }

    /// Since v10 the rules want integers. Before, levels that can't be read are refused, too,
    /// rather than taken for their defaults: servers would not agree on them.
    private static Verdict form(JsonObject content, RoomVersion version) {
        for (var key : PowerLevels.SINGLE) {
            if (content.has(key) && PowerLevels.parse(content.get(key), version).isEmpty()) {
                return Verdict.reject(Rule.LEVELS_FORM, key + " is no power level");
            }
        }
        for (var key : maps(version)) {
            if (content.has(key) && !isMapOfLevels(content.get(key), version)) {
                return Verdict.reject(Rule.LEVELS_FORM, key + " is not an object of power levels");
            }
        }
        var users = content.peekObject("users").orElse(JsonObject.EMPTY);
        return users.keys().stream().allMatch(user -> UserId.find(user).isPresent())
                ? Verdict.allow()
                : Verdict.reject(Rule.LEVELS_FORM, "users names something that is no user");
    }

    private static List<String> maps(RoomVersion version) {
        return version.has(Tweak.LIMITS_NOTIFICATION_LEVELS)
                ? List.of("events", "notifications", "users")
                : List.of("events", "users");
    }

    private static boolean isMapOfLevels(JsonValue value, RoomVersion version) {
        return value instanceof JsonObject levels
                && levels.members().values().stream()
                        .allMatch(level -> PowerLevels.parse(level, version).isPresent());
    }

    /// Since v12.
    private static boolean namesCreator(JsonObject content, RoomFacts room) {
        var create = room.create();
        var users = content.peekObject("users").orElse(JsonObject.EMPTY);
        return create.roomVersion().has(Tweak.PRIVILEGED_CREATORS)
                && new CreateContent(create)
                        .creators().stream().anyMatch(creator -> users.has(creator.value()));
    }

    private Verdict change(JsonObject before, JsonObject after) {
        for (var key : PowerLevels.SINGLE) {
            if (!mayChange(level(before, key), level(after, key))) {
                return Verdict.reject(Rule.LEVELS_CHANGE, "You may not change " + key);
            }
        }
        for (var key : maps(version)) {
            if (key.equals("users")) {
                continue;
            }
            var old = before.peekObject(key).orElse(JsonObject.EMPTY);
            var now = after.peekObject(key).orElse(JsonObject.EMPTY);
            for (var type : keys(old, now)) {
                if (!mayChange(level(old, type), level(now, type))) {
                    return Verdict.reject(
                            Rule.LEVELS_CHANGE, "You may not change the level of " + type);
                }
            }
        }
        return changeOfUsers(
                before.peekObject("users").orElse(JsonObject.EMPTY),
                after.peekObject("users").orElse(JsonObject.EMPTY));
    }

    private Verdict changeOfUsers(JsonObject before, JsonObject after) {
        for (var user : keys(before, after)) {
            var old = level(before, user);
            var now = level(after, user);
            if (old.equals(now)) {
                continue;
            }
            boolean own = user.equals(sender.value());
            if (!own && old.map(level -> level >= power).orElse(false)) {
                return Verdict.reject(
                        Rule.LEVELS_OF_OTHERS, "You may not change the power of " + user);
            }
            if (now.map(level -> level > power).orElse(false)) {
                return Verdict.reject(
                        Rule.LEVELS_CHANGE, "You may not give more power than you have");
            }
        }
        return Verdict.allow();
    }

    private boolean mayChange(Optional<Long> old, Optional<Long> now) {
        return old.equals(now)
                || old.map(level -> level <= power).orElse(true)
                        && now.map(level -> level <= power).orElse(true);
    }

    private Optional<Long> level(JsonObject levels, String key) {
        return levels.find(key).flatMap(this::parse);
    }

    private Optional<Long> parse(JsonValue value) {
        return PowerLevels.parse(value, version);
    }

    private static LinkedHashSet<String> keys(JsonObject a, JsonObject b) {
        var keys = new LinkedHashSet<>(a.keys());
        keys.addAll(b.keys());
        return keys;
    }
}
