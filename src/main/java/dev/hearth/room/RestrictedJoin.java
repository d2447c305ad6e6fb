package dev.hearth.room;

import static java.util.Comparator.comparingLong;

import dev.hearth.authorization.Membership;
import dev.hearth.authorization.RoomFacts;
import dev.hearth.event.EventType;
import dev.hearth.event.StateTuple;
import dev.hearth.identifier.RoomId;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonArray;
import dev.hearth.json.JsonObject;
import dev.hearth.json.JsonValue;
import dev.hearth.roomversion.Tweak;
import dev.hearth.storage.Reading;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/// Whether a restricted room lets in somebody who isn't invited, and who of this server vouches for
/// it. The conditions count at the moment of joining alone (RST-1).
///
/// @spec https://spec.matrix.org/v1.19/client-server-api/#restricted-rooms Restricted rooms
record RestrictedJoin(Rooms rooms, Reading reading, LiveRoom room) {

    private static final String MEMBERSHIP = "m.room_membership";

    /// What comes of the wish to join.
    sealed interface Ruling {

        /// The room isn't restricted, or not for them: the authorization rules decide alone.
        record Unconditional() implements Ruling {}

        /// They fulfil a condition, and somebody here can say so.
        record Vouched(UserId by) implements Ruling {}

        /// They fulfil a condition, but nobody of this server may invite.
        record NobodyToVouch() implements Ruling {}

        /// They may fulfil one of which this server knows nothing.
        record CannotTell() implements Ruling {}

        /// They fulfil none.
        record Refused() implements Ruling {}
    }

    Ruling of(UserId user) {
        if (!isRestricted() || !isOutside(user)) {
            return new Ruling.Unconditional();
        }
        boolean canTell = true;
        for (var condition : conditions().toList()) {
            var known = rooms.store().find(reading, condition);
            if (known.map(other -> isIn(user, other.number())).orElse(false)) {
                return voucher()
                        .<Ruling>map(Ruling.Vouched::new)
                        .orElse(new Ruling.NobodyToVouch());
            }
            canTell &= rooms.isLocal(user) || known.map(this::isOurs).orElse(false);
        }
        return canTell ? new Ruling.Refused() : new Ruling.CannotTell();
    }

    private boolean isRestricted() {
        var rule = new RoomFacts(room.create(reading), tuple -> room.find(reading, tuple));
        return switch (rule.joinRule()) {
            case "restricted" -> room.version().has(Tweak.RESTRICTED_JOINS);
            case "knock_restricted" -> room.version().has(Tweak.KNOCK_RESTRICTED);
            case String _ -> false;
        };
    }

    private boolean isOutside(UserId user) {
        return switch (room.membership(reading, user)) {
            case JOIN, INVITE, BAN -> false;
            case KNOCK, LEAVE -> true;
        };
    }

    /// What isn't well-formed, or of a kind that isn't known, lets nobody in.
    private Stream<RoomId> conditions() {
        return room
                .find(reading, new StateTuple(EventType.JOIN_RULES, ""))
                .flatMap(event -> event.content().peekArray("allow"))
                .orElse(JsonArray.EMPTY)
                .stream()
                .flatMap(RestrictedJoin::condition);
    }

    private static Stream<RoomId> condition(JsonValue value) {
        return value instanceof JsonObject condition
                        && condition.peekString("type").equals(Optional.of(MEMBERSHIP))
                ? condition.peekString("room_id").flatMap(RoomId::find).stream()
                : Stream.empty();
    }

    private boolean isIn(UserId user, long other) {
        return rooms.tables()
                .memberships()
                .membership(reading, user, other)
                .filter(found -> found.membership() == Membership.JOIN)
                .isPresent();
    }

    /// Who is in a room that nobody of this server is in can't be told. Of our own users we know.
    private boolean isOurs(StoredRoom other) {
        var store = rooms.tables().memberships();
        return store.members(reading, other.number(), Membership.JOIN).stream()
                .anyMatch(rooms::isLocal);
    }

    /// The most powerful of ours who may invite; creators have all power.
    private Optional<UserId> voucher() {
        var levels = room.powerLevels(reading);
        return room.localMembers().stream()
                .filter(user -> levels.user(user) >= levels.toInvite())
                .max(
                        comparingLong(levels::user)
                                .thenComparing(UserId::value, Comparator.reverseOrder()));
    }
}
