package dev.hearth.notification;

import dev.hearth.event.Glob;
import dev.hearth.identifier.RoomId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonBoolean;
import dev.hearth.json.JsonInteger;
import dev.hearth.json.JsonNull;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonString;
import dev.hearth.json.JsonValue;
import dev.hearth.json.PropertyPath;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/// What must be true of an event for a push rule to match (PUSH-2).
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#conditions Conditions
sealed interface Condition {

    PropertyPath ROOM_ID = PropertyPath.parse("room_id");
    PropertyPath BODY = PropertyPath.parse("content.body");

    boolean holds(Occasion occasion);

    /// Whether it holds for all events of a room, or for none; nothing if that depends on the
    /// event.
    default Optional<Boolean> alwaysIn(RoomId room) {
        return Optional.empty();
    }

    static Condition parse(JsonObject json) {
        var key = json.peekString("key");
        return switch (json.peekString("kind").orElse("")) {
            case "event_match" -> known(key, json.peekString("pattern"), EventMatch::of);
            case "event_property_is" -> known(key, scalar(json), PropertyIs::of);
            case "event_property_contains" -> known(key, scalar(json), PropertyContains::of);
            case "contains_display_name" -> new ContainsDisplayName();
            case "room_member_count" ->
                    json.peekString("is").flatMap(MemberCount::parse).orElseGet(Never::new);
            case "sender_notification_permission" ->
                    key.<Condition>map(SenderMayNotify::new).orElseGet(Never::new);
            case "io.element.msc4306.thread_subscription" ->
                    json.find("subscribed")
                            .filter(JsonBoolean.class::isInstance)
                            .<Condition>map(it -> new ThreadSubscription(it == JsonBoolean.TRUE))
                            .orElseGet(Never::new);
            default -> new Never();
        };
    }

    /// A condition of two parts; one that lacks a part never holds.
    private static <A, B> Condition known(
            Optional<A> one, Optional<B> other, BiFunction<A, B, Condition> make) {
        return one.isPresent() && other.isPresent()
                ? make.apply(one.get(), other.get())
                : new Never();
    }

    private static Optional<JsonValue> scalar(JsonObject json) {
        return json.find("value").filter(Condition::isScalar);
    }

    private static boolean isScalar(JsonValue value) {
        return value instanceof JsonString
                || value instanceof JsonInteger
                || value instanceof JsonBoolean
                || value instanceof JsonNull;
    }

    /// A text that matches a pattern as a whole, whatever the case.
    ///
    /// @param pattern in lower case
    record EventMatch(PropertyPath path, String pattern) implements Condition {

        /// In a message's body the pattern is for words.
        static Condition of(String key, String pattern) {
            var path = PropertyPath.parse(key);
            return key.equals("content.body")
                    ? new WordsMatch(path, new WordPattern(pattern))
                    : new EventMatch(path, pattern.toLowerCase(Locale.ROOT));
        }

        @Override
        public Optional<Boolean> alwaysIn(RoomId room) {
            return path.equals(ROOM_ID)
                    ? Optional.of(matches(room.value().toLowerCase(Locale.ROOT)))
                    : Optional.empty();
        }

        @Override
        public boolean holds(Occasion occasion) {
            return path.in(occasion.event()).orElse(JsonNull.NULL) instanceof JsonString(var text)
                    && matches(text.toLowerCase(Locale.ROOT));
        }

        private boolean matches(String text) {
            return Wildcards.areIn(pattern)
                    ? text.length() <= Wildcards.LONGEST_TEXT && Glob.matches(pattern, text)
                    : pattern.equals(text);
        }
    }

    /// A text in which words match a pattern.
    record WordsMatch(PropertyPath path, WordPattern pattern) implements Condition {

        @Override
        public boolean holds(Occasion occasion) {
            return path.in(occasion.event()).orElse(JsonNull.NULL) instanceof JsonString(var text)
                    && pattern.isIn(text);
        }
    }

    /// A value that is exactly this.
    record PropertyIs(PropertyPath path, JsonValue value) implements Condition {

        static PropertyIs of(String key, JsonValue value) {
            return new PropertyIs(PropertyPath.parse(key), value);
        }

        @Override
        public Optional<Boolean> alwaysIn(RoomId room) {
            return path.equals(ROOM_ID)
                    ? Optional.of(value.equals(new JsonString(room.value())))
                    : Optional.empty();
        }

        @Override
        public boolean holds(Occasion occasion) {
            return path.in(occasion.event()).filter(value::equals).isPresent();
        }
    }

    /// A list in which this is.
    record PropertyContains(PropertyPath path, JsonValue value) implements Condition {

        static PropertyContains of(String key, JsonValue value) {
            return new PropertyContains(PropertyPath.parse(key), value);
        }

        @Override
        public boolean holds(Occasion occasion) {
            return path.in(occasion.event()).orElse(JsonNull.NULL) instanceof JsonArray list
                    && list.values().contains(value);
        }
    }

    /// The owner's name in the room, as words of the body.
    record ContainsDisplayName() implements Condition {

        @Override
        public boolean holds(Occasion occasion) {
            return BODY.in(occasion.event()).orElse(JsonNull.NULL) instanceof JsonString(var text)
                    && occasion.displayName()
                            .filter(name -> !name.isBlank() && Words.contain(text, name))
                            .isPresent();
        }
    }

    /// How many are in the room.
    record MemberCount(String comparison, long number) implements Condition {

        private static final Pattern GRAMMAR = Pattern.compile("(==|<=|>=|<|>)?([0-9]{1,18})");

        static Optional<Condition> parse(String text) {
            var matcher = GRAMMAR.matcher(text);
            return matcher.matches()
                    ? Optional.of(
                            new MemberCount(
                                    Optional.ofNullable(matcher.group(1)).orElse("=="),
                                    Long.parseLong(matcher.group(2))))
                    : Optional.empty();
        }

        @Override
        public boolean holds(Occasion occasion) {
            int order = Long.compare(occasion.joinedMembers(), number);
            return switch (comparison) {
                case "<" -> order < 0;
                case ">" -> order > 0;
                case "<=" -> order <= 0;
                case ">=" -> order >= 0;
                default -> order == 0;
            };
        }
    }

    /// The sender has the power to notify in this way.
    record SenderMayNotify(String key) implements Condition {

        @Override
        public boolean holds(Occasion occasion) {
            return occasion.senderMayNotify(key);
        }
    }

    /// The sender doesn't say whom the event mentions: then old rules look into the body (PUSH-8).
    record WithoutMentions() implements Condition {

        @Override
        public boolean holds(Occasion occasion) {
            return occasion.event().path("content", "m.mentions").isEmpty();
        }
    }

    /// The event is in a thread to which the owner has subscribed, or hasn't (MSC4306).
    record ThreadSubscription(boolean subscribed) implements Condition {

        @Override
        public boolean holds(Occasion occasion) {
            return occasion.isInThreadSubscribedTo().filter(is -> is == subscribed).isPresent();
        }
    }

    /// A condition that isn't known matches nothing.
    record Never() implements Condition {

        @Override
        public Optional<Boolean> alwaysIn(RoomId room) {
            return Optional.of(false);
        }

        @Override
        public boolean holds(Occasion occasion) {
            return false;
        }
    }
}
