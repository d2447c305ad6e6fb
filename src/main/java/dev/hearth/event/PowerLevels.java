package dev.hearth.event;

import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonDecimal;
import dev.hearth.json.JsonInteger;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonString;
import dev.hearth.json.JsonValue;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.roomversion.Tweak;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Who may do what in a room: a typed view of `m.room.power_levels`, or of its absence.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#mroompower_levels m.room.power_levels
public final class PowerLevels {

    /// The power of a creator where creators are privileged: more than any level.
    public static final long CREATOR = Long.MAX_VALUE;

    /// The keys of the content that hold one level each.
    public static final List<String> SINGLE =
            List.of(
                    "users_default",
                    "events_default",
                    "state_default",
                    "ban",
                    "redact",
                    "kick",
                    "invite");

    /// Bounded, as the time to read a number grows with the square of its length.
    private static final Pattern DIGITS = Pattern.compile("[+-]?[0-9]{1,1000}");

    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);

    private final Optional<JsonObject> content;
    private final RoomVersion version;
    private final Set<UserId> creators;

    /// @param content of the event, if there is one
    /// @param creators who made the room
    public PowerLevels(Optional<JsonObject> content, RoomVersion version, Set<UserId> creators) {
        this.content = content;
        this.version = version;
        this.creators = Set.copyOf(creators);
    }

    public long user(UserId user) {
        if (version.has(Tweak.PRIVILEGED_CREATORS) && creators.contains(user)) {
            return CREATOR;
        }
        if (content.isEmpty()) {
            return creators.contains(user) ? 100 : 0;
        }
        return content.get()
                .peekObject("users")
                .flatMap(users -> users.find(user.value()))
                .flatMap(this::level)
                .orElseGet(this::usersDefault);
    }

    /// The level of users that are not named.
    public long usersDefault() {
        return level("users_default", 0);
    }

    /// The level needed to send what isn't state and isn't named.
    public long eventsDefault() {
        return level("events_default", 0);
    }

    /// The level needed to send an event of a type.
    public long toSend(String type, boolean isState) {
        return content.flatMap(levels -> levels.peekObject("events"))
                .flatMap(events -> events.find(type))
                .flatMap(this::level)
                .orElseGet(() -> isState ? level("state_default", 50) : eventsDefault());
    }

    public long toBan() {
        return level("ban", 50);
    }

    public long toKick() {
        return level("kick", 50);
    }

    public long toRedact() {
        return level("redact", 50);
    }

    public long toInvite() {
        return level("invite", 0);
    }

    /// The level needed to notify in a way: `room` for everybody in it.
    public long toNotify(String key) {
        return content.flatMap(levels -> levels.peekObject("notifications"))
                .flatMap(notifications -> notifications.find(key))
                .flatMap(this::level)
                .orElse(50L);
    }

    private long level(String key, long otherwise) {
        return content.flatMap(levels -> levels.find(key)).flatMap(this::level).orElse(otherwise);
    }

    private Optional<Long> level(JsonValue value) {
        return parse(value, version);
    }

    /// A level as the room version reads it: later versions know integers only, earlier ones also
    /// strings and fractions.
    public static Optional<Long> parse(JsonValue value, RoomVersion version) {
        return switch (value) {
            case JsonInteger(var number) -> Optional.of(number);
            case JsonDecimal decimal ->
                    version.has(Tweak.FLOAT_POWER_LEVELS) ? ofNumber(decimal) : Optional.empty();
            case JsonString(var text) ->
                    version.has(Tweak.STRING_POWER_LEVELS) ? ofText(text) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /// Cuts off what follows the point. Numbers that a double can't hold are none; those beyond a
    /// long are as good as its bounds.
    private static Optional<Long> ofNumber(JsonDecimal decimal) {
        double value = decimal.value().doubleValue();
        return Double.isFinite(value) ? Optional.of((long) value) : Optional.empty();
    }

    private static Optional<Long> ofText(String text) {
        var digits = text.strip();
        if (!DIGITS.matcher(digits).matches()) {
            return Optional.empty();
        }
        var number = new BigInteger(digits);
        return Optional.of(number.min(MOST).max(LEAST).longValue());
    }
}
