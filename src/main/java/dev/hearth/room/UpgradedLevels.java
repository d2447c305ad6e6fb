package dev.hearth.room;

import dev.hearth.event.PowerLevels;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonInteger;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonValue;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.roomversion.Tweak;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/// The power levels of a room that takes the place of another: those of the old one, as the new
/// version reads them.
///
/// @param content what holds from then on
/// @param creators who makes the new room
record UpgradedLevels(
        JsonObject content, RoomVersion version, UserId upgrader, Set<UserId> creators) {

    private static final String USERS = "users";
    private static final List<String> MAPS = List.of("events", "notifications", USERS);
    private static final long MOST = (1L << 53) - 1;

    UpgradedLevels {
        creators = Set.copyOf(creators);
    }

    /// @param before the content in the old room, empty if it has none
    /// @param power what the upgrader has there
    static UpgradedLevels of(
            Optional<JsonObject> before,
            RoomVersion old,
            long power,
            RoomVersion version,
            List<UserId> creators) {
        var upgrader = creators.getFirst();
        var content = integers(before.orElse(JsonObject.EMPTY), old);
        if (version.has(Tweak.PRIVILEGED_CREATORS)) {
            var users = content.presentObject(USERS).orElse(JsonObject.EMPTY);
            for (var creator : creators) {
                users = users.without(creator.value());
            }
            content = content.with(USERS, users);
        } else if (before.isEmpty() || power == PowerLevels.CREATOR) {
            // What made somebody powerful without a word has to be said now.
            long own = Math.min(power, Math.max(100, highest(content)));
            content = withPower(content, upgrader, own);
        }
        return new UpgradedLevels(content, version, upgrader, Set.copyOf(creators));
    }

    /// Later versions know no levels but integers, and no users but those with a valid ID.
    private static JsonObject integers(JsonObject content, RoomVersion old) {
        var levels = JsonObject.builder();
        content.members()
                .forEach((key, value) -> {
                    if (value instanceof JsonObject map) {
                        if (MAPS.contains(key)) {
                            levels.put(key, integersOf(key, map, old));
                        }
                    } else {
                        integer(value, old).ifPresent(level -> levels.put(key, level));
                    }
                });
        return levels.build();
    }

    private static JsonObject integersOf(String key, JsonObject map, RoomVersion old) {
        var levels = JsonObject.builder();
        map.members()
                .forEach((name, value) -> {
                    if (!key.equals(USERS) || UserId.find(name).isPresent()) {
                        integer(value, old).ifPresent(level -> levels.put(name, level));
                    }
                });
        return levels.build();
    }

    private static Optional<Long> integer(JsonValue value, RoomVersion old) {
        return PowerLevels.parse(value, old).map(level -> Math.clamp(level, -MOST, MOST));
    }

    private static long highest(JsonObject content) {
        return content.members().values().stream()
                .flatMapToLong(UpgradedLevels::levels)
                .max()
                .orElse(0);
    }

    private static LongStream levels(JsonValue value) {
        return switch (value) {
            case JsonInteger(var level) -> LongStream.of(level);
            case JsonObject map ->
                    map.members().values().stream().flatMapToLong(UpgradedLevels::levels);
            default -> LongStream.empty();
        };
    }

    private static JsonObject withPower(JsonObject content, UserId user, long level) {
        var users = content.presentObject(USERS).orElse(JsonObject.EMPTY);
        return content.with(USERS, users.with(user.value(), level));
    }

    private PowerLevels view() {
        return new PowerLevels(Optional.of(content), version, creators);
    }

    /// The content to begin with, in which the upgrader has the power to carry over everything. It
    /// is the final one if they have it anyhow.
    ///
    /// @param types of the state that is carried over
    /// @param banned who is to be banned
    JsonObject first(Set<String> types, Set<UserId> banned) {
        var levels = view();
        long needed = types.stream().mapToLong(type -> levels.toSend(type, true)).max().orElse(0);
        for (var user : banned) {
            needed = Math.max(needed, Math.max(levels.toBan(), levels.user(user) + 1));
        }
        return levels.user(upgrader) >= needed
                ? content
                : withPower(content, upgrader, Math.min(needed, MOST));
    }
}
