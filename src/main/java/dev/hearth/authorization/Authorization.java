package dev.hearth.authorization;

import dev.hearth.event.CreateContent;
import dev.hearth.event.EventType;
import dev.hearth.event.MemberContent;
import dev.hearth.event.Pdu;
import dev.hearth.identifier.UserId;
import dev.hearth.roomversion.Tweak;
import java.util.Collection;
import java.util.Optional;

/// The authorization rules, in their order.
///
/// @spec https://spec.matrix.org/v1.19/server-server-api/#authorisation-rules Authorization rules
public final class Authorization {

    private Authorization() {}

    /// Judges an event by the events that it names as its grounds, whatever the state.
    ///
    /// @param accepted those of them that we have and that weren't rejected on receipt; one that is
    ///   missing here is a reason to reject
    public static Verdict decideGrounds(Pdu event, Collection<Pdu> accepted) {
        return event.type().equals(EventType.CREATE)
                ? Verdict.allow()
                : AuthEventRules.decide(event, accepted);
    }

    /// The user who vouches for a join to a restricted room. Their server must have signed the
    /// event, which is checked with its other signatures, before anything is asked here.
    public static Optional<UserId> voucher(Pdu event) {
        return event.type().equals(EventType.MEMBER)
                        && event.roomVersion().has(Tweak.RESTRICTED_JOINS)
                ? MemberContent.of(event).voucher().flatMap(UserId::find)
                : Optional.empty();
    }

    /// Judges an event by a state.
    ///
    /// @param create the room's create event, which in some versions is in no state of grounds
    public static Verdict decide(Pdu event, Pdu create, AuthState state) {
        if (event.type().equals(EventType.CREATE)) {
            return CreateRules.decide(event);
        }
        if (!create.roomId().equals(event.roomId())) {
            return Verdict.reject(Rule.ROOM_IS_CREATED, "The create event is that of another room");
        }
        if (!new CreateContent(create).isFederated()
                && !event.sender().server().equals(create.sender().server())) {
            return Verdict.reject(Rule.FEDERATION, "This room is for its own server only");
        }
        if (event.type().equals(EventType.ALIASES)
                && event.roomVersion().has(Tweak.SPECIAL_ALIASES)) {
            return event.stateKey()
                            .map(key -> key.equals(event.sender().server().value()))
                            .orElse(false)
                    ? Verdict.allow()
                    : Verdict.reject(Rule.ALIASES, "Aliases are for the sender's own server");
        }
        var room = new RoomFacts(create, state);
        return event.type().equals(EventType.MEMBER)
                ? MemberRules.decide(event, room)
                : decideOther(event, room);
    }

    private static Verdict decideOther(Pdu event, RoomFacts room) {
        var sender = event.sender();
        if (room.membership(sender.value()) != Membership.JOIN) {
            return Verdict.reject(Rule.SENDER_IS_IN, sender + " is not in this room");
        }
        var levels = room.powerLevels();
        long power = levels.user(sender);
        if (event.type().equals(EventType.THIRD_PARTY_INVITE)) {
            return power >= levels.toInvite()
                    ? Verdict.allow()
                    : Verdict.reject(
                            Rule.THIRD_PARTY_INVITE_LEVEL, "You may not invite to this room");
        }
        if (power < levels.toSend(event.type(), event.isState())) {
            return Verdict.reject(
                    Rule.SEND_LEVEL, "You may not send " + event.type() + " in this room");
        }
        if (event.stateKey().filter(key -> key.startsWith("@")).isPresent()
                && !event.stateKey().get().equals(sender.value())) {
            return Verdict.reject(Rule.STATE_OF_USER, "This state belongs to another user");
        }
        if (event.type().equals(EventType.POWER_LEVELS)) {
            return PowerLevelRules.decide(event, room);
        }
        return event.type().equals(EventType.REDACTION)
                        && event.roomVersion().has(Tweak.REDACTION_IN_AUTH_RULES)
                ? redaction(event, power >= levels.toRedact())
                : Verdict.allow();
    }

    private static Verdict redaction(Pdu event, boolean mayRedactOthers) {
        boolean own =
                event.redacts()
                        .map(target -> target.server().equals(event.eventId().server()))
                        .orElse(false);
        return own || mayRedactOthers
                ? Verdict.allow()
                : Verdict.reject(Rule.REDACT_LEVEL, "You may not redact what others sent");
    }
}
