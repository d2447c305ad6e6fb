package dev.hearth.authorization;

import dev.hearth.event.Pdu;
import dev.hearth.event.PowerLevels;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonInteger;
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

    private static final List<String> LEVELS =
            List.of(
                    "users_default",
                    "events_default",
                    "state_default",
                    "ban",
                    "redact",
                    "kick",
                    "invite");

    private final RoomVersion version;
    private final UserId sender;
    private final long power;

    private PowerLevelRules(Pdu event, long power) {
        this.version = event.roomVersion();
        this.sender = event.sender();
        this.power = power;
    }

    static Verdict decide(Pdu event, RoomFacts room) {
        var version = event.roomVersion();
        var content = event.content();
        if (version.has(Tweak.INTEGER_POWER_LEVELS)) {
            var form = integersOnly(content);
            if (!form.isAllowed()) {
                return form;
            }
        }
        var users = users(content, version, room);
        if (!users.isAllowed()) {
            return users;
        }
        var previous = room.powerLevelsEvent();
        if (previous.isEmpty()) {
            return Verdict.allow();
        }
        long power = room.powerLevels().user(event.sender());
        return new PowerLevelRules(event, power).change(previous.get().content(), content);
    }

    private static Verdict integersOnly(JsonObject content) {
        for (var key : LEVELS) {
            if (content.has(key) && !(content.get(key) instanceof JsonInteger)) {
                return Verdict.reject(key + " is not an integer");
            }
        }
        for (var key : List.of("events", "notifications")) {
            if (!content.has(key)) {
                continue;
            }
            if (!(content.get(key) instanceof JsonObject levels)
                    || !levels.members().values().stream()
                            .allMatch(value -> value instanceof JsonInteger)) {
                return Verdict.reject(key + " is not an object of integers");
            }
        }
        return Verdict.allow();
    }

    private static Verdict users(JsonObject content, RoomVersion version, RoomFacts room) {
        if (!content.has("users")) {
            return Verdict.allow();
        }
        if (!(content.get("users") instanceof JsonObject users)) {
            return Verdict.reject("users is not an object");
        }
        for (var entry : users.members().entrySet()) {
            if (UserId.find(entry.getKey()).isEmpty()
                    || PowerLevels.parse(entry.getValue(), version).isEmpty()) {
                return Verdict.reject("users is not an object of users and levels");
            }
        }
        if (version.has(Tweak.PRIVILEGED_CREATORS)) {
            for (var creator : RoomFacts.creators(room.create())) {
                if (users.has(creator.value())) {
                    return Verdict.reject("A creator's power can't be set");
                }
            }
        }
        return Verdict.allow();
    }

    private Verdict change(JsonObject before, JsonObject after) {
        for (var key : LEVELS) {
            if (!mayChange(level(before, key), level(after, key))) {
                return Verdict.reject("You may not change " + key);
            }
        }
        var maps =
                version.has(Tweak.LIMITS_NOTIFICATION_LEVELS)
                        ? List.of("events", "notifications")
                        : List.of("events");
        for (var key : maps) {
            var old = before.peekObject(key).orElse(JsonObject.EMPTY);
            var now = after.peekObject(key).orElse(JsonObject.EMPTY);
            for (var type : keys(old, now)) {
                if (!mayChange(level(old, type), level(now, type))) {
                    return Verdict.reject("You may not change the level of " + type);
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
                return Verdict.reject("You may not change the power of " + user);
            }
            if (now.map(level -> level > power).orElse(false)) {
                return Verdict.reject("You may not give more power than you have");
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
