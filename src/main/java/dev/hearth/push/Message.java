package dev.hearth.push;

import dev.hearth.authorization.Membership;
import dev.hearth.event.EventType;
import dev.hearth.event.Pdu;
import dev.hearth.event.StateTuple;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonBoolean;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonValue;
import dev.hearth.notification.Notified;
import dev.hearth.room.RoomMembership;
import dev.hearth.room.Rooms;
import dev.hearth.room.StoredEvent;
import dev.hearth.storage.Reading;
import java.util.Optional;

/// What a gateway is told (PGW-1, PGW-2).
///
/// @spec https://spec.matrix.org/v1.19/push-gateway-api/#post_matrixpushv1notify POST /notify
final class Message {

    /// A client that counts by itself, MSC4076.
    private static final String NO_BADGE = "org.matrix.msc4076.disable_badge_count";

    private final Rooms rooms;
    private final Reading reading;

    Message(Rooms rooms, Reading reading) {
        this.rooms = rooms;
        this.reading = reading;
    }

    /// The number alone, also when there is nothing unread any more: then clients clear theirs.
    static JsonObject badge(Pusher pusher, long unread) {
        return JsonObject.of(
                "notification",
                JsonObject.of(
                        "counts", JsonObject.of("unread", unread),
                        "devices", JsonArray.of(pusher.asDevice())));
    }

    static boolean wantsBadge(Pusher pusher) {
        return !pusher.data().isTrue(NO_BADGE);
    }

    JsonObject of(Pusher pusher, Notified notified, long unread) {
        var pdu = notified.event().shown();
        var tweaks = tweaks(notified.actions());
        var message =
                JsonObject.builder()
                        .put("event_id", pdu.eventId())
                        .put("room_id", pdu.roomId())
                        .put("prio", priority(pdu, tweaks));
        if (wantsBadge(pusher)) {
            // PGW-2: what is zero is left out, but not what holds it, which older gateways read.
            message.put("counts", unread > 0 ? JsonObject.of("unread", unread) : JsonObject.EMPTY);
        }
        if (pusher.wantsIdOnly()) {
            message.put("devices", JsonArray.of(pusher.asDevice()));
        } else {
            message.putAll(whole(pusher.user(), notified))
                    .put("devices", JsonArray.of(pusher.asDevice().with("tweaks", tweaks)));
        }
        return JsonObject.of("notification", message.build());
    }

    /// Gateways older than the specification read `id` and `membership`, and show a room by its
    /// name alone.
    private JsonObject whole(UserId user, Notified notified) {
        var pdu = notified.event().shown();
        var room = rooms.membership(reading, user, pdu.roomId()).map(RoomMembership::room);
        var member = new StateTuple(EventType.MEMBER, pdu.sender().value());
        var name = text(room, new StateTuple("m.room.name", ""), "name");
        var alias = text(room, new StateTuple("m.room.canonical_alias", ""), "alias");
        var whole =
                JsonObject.builder()
                        .put("id", pdu.eventId())
                        .put("type", pdu.type())
                        .put("sender", pdu.sender())
                        .putIfPresent("sender_display_name", text(room, member, "displayname"))
                        .putIfPresent("room_name", name.or(() -> alias))
                        .putIfPresent("room_alias", alias);
        if (pdu.type().equals(EventType.MEMBER)) {
            whole.putIfPresent("membership", pdu.content().peekString("membership"))
                    .put("user_is_target", pdu.isMembershipOf(user));
        }
        return whole.put("content", pdu.content()).build();
    }

    private Optional<String> text(Optional<Long> room, StateTuple tuple, String member) {
        return room.flatMap(number -> rooms.currentState(reading, number, tuple))
                .map(StoredEvent::shown)
                .flatMap(state -> state.content().peekString(member))
                .filter(text -> !text.isBlank());
    }

    /// Whether the device is to be woken for it: what rings or stands out, what a client has to
    /// decrypt before it knows, and invitations.
    private static String priority(Pdu pdu, JsonObject tweaks) {
        boolean invitation =
                pdu.type().equals(EventType.MEMBER) && Membership.of(pdu) == Membership.INVITE;
        boolean high =
                tweaks.isTrue("highlight")
                        || tweaks.has("sound")
                        || invitation
                        || pdu.type().equals("m.room.encrypted");
        return high ? "high" : "low";
    }

    private static JsonObject tweaks(JsonArray actions) {
        var tweaks = JsonObject.builder();
        for (var action : actions) {
            if (action instanceof JsonObject tweak && tweak.peekString("set_tweak").isPresent()) {
                var name = tweak.string("set_tweak");
                value(name, tweak).ifPresent(value -> tweaks.put(name, value));
            }
        }
        return tweaks.build();
    }

    private static Optional<JsonValue> value(String name, JsonObject tweak) {
        return tweak.find("value")
                .or(() ->
                        name.equals("highlight")
                                ? Optional.of(JsonBoolean.TRUE)
                                : Optional.empty());
    }
}
