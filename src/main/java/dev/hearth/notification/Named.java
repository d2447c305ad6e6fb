package dev.hearth.notification;

import dev.hearth.authorization.Membership;
import dev.hearth.concurrent.BoundedCache;
import dev.hearth.event.EventType;
import dev.hearth.event.Pdu;
import dev.hearth.event.StateTuple;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonString;
import dev.hearth.room.RoomMembership;
import dev.hearth.room.Rooms;
import dev.hearth.room.StoredEvent;
import dev.hearth.storage.Transaction;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Whom of this server an event names, but for its sender: members whom it mentions, or who are
/// invited by it. Used by the writer alone.
final class Named {

    /// Named users beyond these are not looked at: a list of this length is meant to annoy.
    private static final int NAMED = 500;

    /// In rooms with more members of this server names in texts are not looked for.
    private static final int MEMBERS_WITH_NAMES = 500;

    private static final int CACHED_NAMES = 20_000;

    private final Rooms rooms;
    private final boolean inTexts;
    private final BoundedCache<RoomId, Map<UserId, String>> names =
            new BoundedCache<>(CACHED_NAMES, all -> 1 + all.size());

    /// @param inTexts whether names are looked for in texts too (PUSH-8)
    Named(Rooms rooms, boolean inTexts) {
        this.rooms = rooms;
        this.inTexts = inTexts;
    }

    Set<UserId> by(Transaction tx, Pdu pdu) {
        var named = mentioned(pdu);
        if (inTexts) {
            inText(tx, pdu, named);
        }
        named.remove(pdu.sender());
        named.removeIf(user -> !isMember(tx, user, pdu.roomId()));
        invited(pdu).ifPresent(named::add);
        return named;
    }

    private Set<UserId> mentioned(Pdu pdu) {
        var users =
                pdu.content()
                        .peekObject("m.mentions")
                        .flatMap(mentions -> mentions.peekArray("user_ids"))
                        .orElse(JsonArray.EMPTY);
        var named = new LinkedHashSet<UserId>();
        for (var value : users.values()) {
            if (named.size() < NAMED && value instanceof JsonString(var text)) {
                UserId.find(text).filter(rooms::isLocal).ifPresent(named::add);
            }
        }
        return named;
    }

    private boolean isMember(Transaction tx, UserId user, RoomId room) {
        return rooms.membership(tx, user, room)
                .map(RoomMembership::membership)
                .filter(membership -> membership == Membership.JOIN)
                .isPresent();
    }

    /// PUSH-7: who is invited isn't in the room.
    private Optional<UserId> invited(Pdu pdu) {
        boolean invitation =
                pdu.type().equals(EventType.MEMBER) && Membership.of(pdu) == Membership.INVITE;
        return invitation
                ? pdu.stateKey().flatMap(UserId::find).filter(rooms::isLocal)
                : Optional.empty();
    }

    private void inText(Transaction tx, Pdu pdu, Set<UserId> named) {
        var body = pdu.content().peekString("body");
        var room = pdu.roomId();
        if (pdu.type().equals(EventType.MEMBER)) {
            names.remove(room);
        } else if (body.isPresent() && !pdu.content().has("m.mentions")) {
            names(tx, room)
                    .forEach((user, name) -> {
                        if (Words.contain(body.get(), user.localpart())
                                || !name.isBlank() && Words.contain(body.get(), name)) {
                            named.add(user);
                        }
                    });
        }
    }

    private Map<UserId, String> names(Transaction tx, RoomId room) {
        var known = names.find(room);
        var members = rooms.audience(room);
        if (known.filter(all -> all.size() == members.size()).isPresent()) {
            return known.get();
        }
        var found = new HashMap<UserId, String>();
        if (members.size() <= MEMBERS_WITH_NAMES) {
            members.forEach(user -> found.put(user, name(tx, user, room)));
        }
        tx.afterCommit(() -> names.put(room, found));
        return found;
    }

    private String name(Transaction tx, UserId user, RoomId room) {
        var tuple = new StateTuple(EventType.MEMBER, user.value());
        return rooms.membership(tx, user, room)
                .flatMap(membership -> rooms.currentState(tx, membership.room(), tuple))
                .map(StoredEvent::shown)
                .flatMap(member -> member.content().peekString("displayname"))
                .orElse("");
    }
}
