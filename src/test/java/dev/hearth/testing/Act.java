package dev.hearth.testing;

import dev.hearth.event.EventType;
import dev.hearth.event.Pdu;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.roomversion.RoomVersion;
import dev.hearth.roomversion.Tweak;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Something that somebody does in a room: what they would say, before a [RoomScript] gives it its
/// place in the graph. A test takes a plain act and bends one thing of it.
///
/// @param grounds the auth events, if they aren't those that the selection would find
/// @param predecessors the events before it, if they aren't the ends of the script
/// @param bend the last change before the event is hashed and signed
public record Act(
        UserId sender,
        String type,
        Optional<String> stateKey,
        JsonObject content,
        Optional<List<Pdu>> grounds,
        Optional<List<Pdu>> predecessors,
        UnaryOperator<JsonObject> bend) {

    public static Act message(UserId sender, String type, JsonObject content) {
        return new Act(
                sender,
                type,
                Optional.empty(),
                content,
                Optional.empty(),
                Optional.empty(),
                UnaryOperator.identity());
    }

    public static Act text(UserId sender, String body) {
        return message(sender, "m.room.message", JsonObject.of("msgtype", "m.text", "body", body));
    }

    public static Act state(UserId sender, String type, String key, JsonObject content) {
        return message(sender, type, content).about(key);
    }

    /// The first event of a room, as its version wants it.
    public static Act create(UserId creator, RoomVersion version) {
        var content = JsonObject.of("room_version", version.id());
        return state(
                creator,
                EventType.CREATE,
                "",
                version.has(Tweak.CREATOR_IS_SENDER) ? content : content.with("creator", creator));
    }

    public static Act member(UserId sender, UserId target, String membership) {
        return state(
                sender, EventType.MEMBER, target.value(), JsonObject.of("membership", membership));
    }

    public static Act join(UserId who) {
        return member(who, who, "join");
    }

    public static Act knock(UserId who) {
        return member(who, who, "knock");
    }

    public static Act leave(UserId who) {
        return member(who, who, "leave");
    }

    public static Act invite(UserId by, UserId whom) {
        return member(by, whom, "invite");
    }

    public static Act kick(UserId by, UserId whom) {
        return member(by, whom, "leave");
    }

    public static Act unban(UserId by, UserId whom) {
        return member(by, whom, "leave");
    }

    public static Act ban(UserId by, UserId whom) {
        return member(by, whom, "ban");
    }

    public static Act joinRule(UserId by, String rule) {
        return state(by, EventType.JOIN_RULES, "", JsonObject.of("join_rule", rule));
    }

    public static Act powerLevels(UserId by, JsonObject levels) {
        return state(by, EventType.POWER_LEVELS, "", levels);
    }

    public static Act topic(UserId by, String topic) {
        return state(by, EventType.TOPIC, "", JsonObject.of("topic", topic));
    }

    /// The same act as state with this key.
    public Act about(String key) {
        return new Act(sender, type, Optional.of(key), content, grounds, predecessors, bend);
    }

    /// The same act with one more thing in its content, or another value for it.
    public Act saying(String key, Object value) {
        return withContent(content.with(key, value));
    }

    /// The same act without something in its content.
    public Act withholding(String key) {
        return withContent(content.without(key));
    }

    /// The same act with other content.
    public Act withContent(JsonObject other) {
        return new Act(sender, type, stateKey, other, grounds, predecessors, bend);
    }

    /// The same act with other auth events than those that it should have.
    public Act onGroundsOf(Pdu... events) {
        return new Act(
                sender, type, stateKey, content, Optional.of(List.of(events)), predecessors, bend);
    }

    /// The same act at another place of the graph.
    public Act after(Pdu... events) {
        return new Act(
                sender, type, stateKey, content, grounds, Optional.of(List.of(events)), bend);
    }

    /// The same act with a change of the finished draft, before it is hashed and signed.
    public Act bent(UnaryOperator<JsonObject> change) {
        return new Act(sender, type, stateKey, content, grounds, predecessors, change);
    }

    @Override
    public String toString() {
        return type + stateKey.map(key -> "|" + key).orElse("") + " of " + sender + ": " + content;
    }
}
