package dev.hearth.room;

import static dev.hearth.error.MatrixException.badJson;
import static dev.hearth.error.MatrixException.error;
import static dev.hearth.error.MatrixException.forbidden;
import static dev.hearth.error.MatrixException.invalidParam;

import dev.hearth.error.ErrorCode;
import dev.hearth.event.CreateContent;
import dev.hearth.event.EventType;
import dev.hearth.event.MemberContent;
import dev.hearth.event.Pdu;
import dev.hearth.event.PowerLevels;
import dev.hearth.event.ServerAcl;
import dev.hearth.identifier.RoomAlias;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonInteger;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonString;
import dev.hearth.json.JsonValue;
import dev.hearth.roomversion.Tweak;
import dev.hearth.storage.Reading;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the server asks of some state from clients beyond the authorization rules, so that nobody
/// harms a room by mistake.
record StateContentCheck(Rooms rooms, Reading reading, LiveRoom room) {

    private static final Set<String> GONE = Set.of("leave", "ban");

    private static final List<String> NAMED_LEVELS = List.of("users", "events", "notifications");

    void check(Draft draft, Optional<Pdu> current) {
        StateShape.check(draft.type(), draft.content());
        switch (draft.type()) {
            case EventType.POWER_LEVELS -> checkPowerLevels(draft.content());
            case EventType.CANONICAL_ALIAS ->
                    checkAliases(draft.content(), current.map(Pdu::content));
            case EventType.SERVER_ACL -> checkAcl(draft.content());
            case EventType.MEMBER -> checkMember(draft);
            default -> {}
        }
    }

    /// SEND-4: old room versions read strings and fractions too, but nobody shall send them.
    private void checkPowerLevels(JsonObject content) {
        for (var key : PowerLevels.SINGLE) {
            content.find(key).ifPresent(value -> checkLevel(key, value));
        }
        for (var key : NAMED_LEVELS) {
            content.presentObject(key)
                    .orElse(JsonObject.EMPTY)
                    .members()
                    .forEach((name, value) -> checkLevel(key + "." + name, value));
        }
        content.presentObject("users").ifPresent(this::requireNoCreator);
    }

    /// Since v12 the rules refuse it, but it is what was asked for that is wrong, not who asks.
    private void requireNoCreator(JsonObject users) {
        if (room.version().has(Tweak.PRIVILEGED_CREATORS)) {
            for (var creator : new CreateContent(room.create(reading)).creators()) {
                if (users.has(creator.value())) {
                    throw badJson(creator + " is a creator of the room, whose power can't be set");
                }
            }
        }
    }

    private static void checkLevel(String name, JsonValue value) {
        if (!(value instanceof JsonInteger)) {
            throw badJson(name + ": expected an integer");
        }
    }

    /// SEND-3: names that are new have to lead here; those that were there already may stay.
    private void checkAliases(JsonObject content, Optional<JsonObject> before) {
        var added = aliases(content);
        before.ifPresent(old -> added.removeAll(lenientAliases(old)));
        for (var text : added) {
            var alias =
                    RoomAlias.find(text)
                            .orElseThrow(() -> invalidParam(text + " is no room alias"));
            if (rooms.store().findAlias(reading, alias).filter(room.roomId()::equals).isEmpty()) {
                throw error(ErrorCode.M_BAD_ALIAS, alias + " does not lead to this room");
            }
        }
    }

    private static Set<String> aliases(JsonObject content) {
        var aliases = new LinkedHashSet<String>();
        content.presentString("alias").filter(text -> !text.isEmpty()).ifPresent(aliases::add);
        aliases.addAll(content.presentArray("alt_aliases").orElse(JsonArray.EMPTY).strings());
        return aliases;
    }

    /// What stands in an older event was not ours to check.
    private static Set<String> lenientAliases(JsonObject content) {
        var aliases = new LinkedHashSet<String>();
        content.peekString("alias").ifPresent(aliases::add);
        for (var value : content.peekArray("alt_aliases").orElse(JsonArray.EMPTY)) {
            if (value instanceof JsonString(var text)) {
                aliases.add(text);
            }
        }
        return aliases;
    }

    /// ROOM-14: who is on another server can't come into a room that is for one alone.
    private void checkMember(Draft draft) {
        var user = UserId.parse(draft.stateKey().orElseThrow());
        requireWelcomeInvite(draft, user);
        boolean comes = !GONE.contains(draft.content().string("membership"));
        if (comes && !rooms.isLocal(user) && !isFederated()) {
            throw forbidden("This room is for users of " + rooms.server() + " alone");
        }
    }

    /// INV-1
    private void requireWelcomeInvite(Draft draft, UserId invitee) {
        if (new MemberContent(draft.content()).says("invite")
                && rooms.isLocal(invitee)
                && rooms.neighbors().residents().blocksInvite(reading, invitee, draft.sender())) {
            throw error(ErrorCode.M_INVITE_BLOCKED, invitee + " wants no invites from you");
        }
    }

    private boolean isFederated() {
        return new CreateContent(room.create(reading)).isFederated();
    }

    /// SEND-11: a list that locks out this server locks out its author.
    private void checkAcl(JsonObject content) {
        if (!ServerAcl.of(content).allows(rooms.server())) {
            throw forbidden("This access list would lock out this server, and you with it");
        }
    }
}
