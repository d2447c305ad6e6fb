package dev.hearth.notification;

import dev.hearth.authorization.Membership;
import dev.hearth.event.EventType;
import dev.hearth.event.StateTuple;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonString;
import dev.hearth.room.Rooms;
import dev.hearth.room.StoredEvent;
import dev.hearth.storage.Reading;
import dev.hearth.storage.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Takes the push rules for a room along into the room that took its place, when their user comes
/// into it: whoever made the one silent wants the other silent too.
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#room-upgrades Room upgrades
final class FollowingRooms {

    private final Rooms rooms;
    private final Rulesets rulesets;
    private final PushRuleChanges changes;

    FollowingRooms(Rooms rooms, Rulesets rulesets, PushRuleChanges changes) {
        this.rooms = rooms;
        this.rulesets = rulesets;
        this.changes = changes;
    }

    void note(Transaction tx, StoredEvent event) {
        var pdu = event.pdu();
        var user = pdu.sender();
        if (pdu.isMembershipOf(user)
                && rooms.isLocal(user)
                && rulesets.lastChange(user) > 0
                && Membership.of(pdu) == Membership.JOIN) {
            predecessor(tx, event)
                    .filter(old -> !old.equals(pdu.roomId()))
                    .ifPresent(
                            old -> changes.change(tx, user, own -> follow(own, old, pdu.roomId())));
        }
    }

    /// The room whose place this one took, for who was not in it before.
    private Optional<RoomId> predecessor(Reading reading, StoredEvent event) {
        UserId user = event.pdu().sender();
        var membership = rooms.membership(reading, user, event.pdu().roomId());
        if (membership.isEmpty()) {
            return Optional.empty();
        }
        long room = membership.get().room();
        if (rooms.membershipAt(reading, room, user, event.position() - 1) == Membership.JOIN) {
            return Optional.empty();
        }
        return rooms.currentState(reading, room, new StateTuple(EventType.CREATE, ""))
                .flatMap(create -> create.pdu().content().peekObject("predecessor"))
                .flatMap(predecessor -> predecessor.peekString("room_id"))
                .flatMap(RoomId::find);
    }

    private static OwnRules follow(OwnRules own, RoomId old, RoomId room) {
        var followed = own;
        for (var kind : RuleKind.values()) {
            followed = followed.with(kind, follow(kind, followed.of(kind), old, room));
        }
        return followed.equals(own) || followed.count() == own.count() ? own : followed;
    }

    private static List<JsonObject> follow(
            RuleKind kind, List<JsonObject> rules, RoomId old, RoomId room) {
        var all = new ArrayList<>(rules);
        for (var rule : rules) {
            var moved = kind.hasConditions() ? conditions(rule, old, room) : rule;
            var id = rule.string("rule_id");
            var newId = id.replace(old.value(), room.value());
            boolean concerns = kind.hasConditions() ? !moved.equals(rule) : isOfRoom(kind, id, old);
            if (concerns && all.stream().noneMatch(other -> OwnRules.isOf(other, newId))) {
                all.add(all.indexOf(rule), moved.with("rule_id", newId));
            }
        }
        return all;
    }

    private static boolean isOfRoom(RuleKind kind, String id, RoomId room) {
        return kind == RuleKind.ROOM && id.equals(room.value());
    }

    private static JsonObject conditions(JsonObject rule, RoomId old, RoomId room) {
        var oldId = new JsonString(old.value());
        var conditions =
                rule.peekArray("conditions").orElse(JsonArray.EMPTY).objects().stream()
                        .map(condition ->
                                isAboutRoom(condition, oldId)
                                        ? condition.with("pattern", room)
                                        : condition)
                        .toList();
        return rule.with("conditions", JsonArray.from(conditions));
    }

    private static boolean isAboutRoom(JsonObject condition, JsonString room) {
        return condition.peekString("kind").filter("event_match"::equals).isPresent()
                && condition.peekString("key").filter("room_id"::equals).isPresent()
                && condition.find("pattern").filter(room::equals).isPresent();
    }
}
