package dev.hearth.authorization;

import dev.hearth.event.CreateContent;
import dev.hearth.event.MemberContent;
import dev.hearth.event.Pdu;
import dev.hearth.identifier.UserId;
import dev.hearth.roomversion.Tweak;
import java.util.Optional;
import java.util.Set;

/// The rules of `m.room.member`: who may join, invite, leave, kick, ban and knock.
final class MemberRules {

    private final Pdu event;
    private final RoomFacts room;
    private final UserId sender;
    private final String target;

    private MemberRules(Pdu event, RoomFacts room, String target) {
        this.event = event;
        this.room = room;
        this.sender = event.sender();
        this.target = target;
    }

    static Verdict decide(Pdu event, RoomFacts room) {
        var membership = MemberContent.of(event).membership();
        if (event.stateKey().isEmpty() || membership.isEmpty()) {
            return Verdict.reject(
                    Rule.MEMBER_FORM, "A member event needs a state key and a membership");
        }
        // Since v8, whatever the membership.
        if (event.roomVersion().has(Tweak.RESTRICTED_JOINS)
                && event.content().has(MemberContent.VOUCHER)
                && Authorization.voucher(event).isEmpty()) {
            return Verdict.reject(Rule.MEMBER_VOUCHER, MemberContent.VOUCHER + " is no user ID");
        }
        var rules = new MemberRules(event, room, event.stateKey().get());
        return switch (membership.get()) {
            case "join" -> rules.join();
            case "invite" -> rules.invite();
            case "leave" -> rules.leave();
            case "ban" -> rules.ban();
            case "knock" -> rules.knock();
            default ->
                    Verdict.reject(
                            Rule.MEMBER_MEMBERSHIP, "There is no membership " + membership.get());
        };
    }

    private Verdict join() {
        if (isFirstJoinOfCreator()) {
            return Verdict.allow();
        }
        if (!isAboutSender()) {
            return Verdict.reject(Rule.JOIN_SELF, "Nobody can join for another");
        }
        var current = room.membership(target);
        if (current == Membership.BAN) {
            return Verdict.reject(Rule.JOIN_BANNED, sender + " is banned from this room");
        }
        var rule = room.joinRule();
        boolean welcome = current == Membership.INVITE || current == Membership.JOIN;
        if (rule.isPublic()) {
            return Verdict.allow();
        }
        if (rule.isForInvited()) {
            return welcome
                    ? Verdict.allow()
                    : Verdict.reject(Rule.JOIN_INVITED, "You are not invited to this room");
        }
        if (rule.isRestricted()) {
            return welcome ? Verdict.allow() : restrictedJoin();
        }
        return Verdict.reject(Rule.JOIN_RULE, "The join rule " + rule.text() + " lets nobody in");
    }

    private boolean isFirstJoinOfCreator() {
        var create = room.create();
        var creator = new CreateContent(create).creator();
        return event.prevEvents().size() == 1
                && event.prevEvents().getFirst().equals(create.eventId())
                && creator.equals(Optional.of(target));
    }

    private Verdict restrictedJoin() {
        var authorizer = Authorization.voucher(event);
        if (authorizer.isEmpty()) {
            return Verdict.reject(
                    Rule.JOIN_VOUCHED, "Joining this room needs an invite or somebody who vouches");
        }
        if (room.membership(authorizer.get().value()) != Membership.JOIN) {
            return Verdict.reject(Rule.JOIN_VOUCHED, "Who vouches for the join is not in the room");
        }
        var levels = room.powerLevels();
        return levels.user(authorizer.get()) >= levels.toInvite()
                ? Verdict.allow()
                : Verdict.reject(Rule.JOIN_VOUCHED, "Who vouches for the join may not invite");
    }

    private Verdict invite() {
        if (MemberContent.of(event).redeemsInvite()) {
            return ThirdPartyInviteRules.decide(event, room, target);
        }
        if (room.membership(sender.value()) != Membership.JOIN) {
            return Verdict.reject(Rule.SENDER_IS_IN, sender + " is not in this room");
        }
        var current = room.membership(target);
        if (current == Membership.JOIN) {
            return Verdict.reject(Rule.INVITE_TARGET, target + " is already in this room");
        }
        if (current == Membership.BAN) {
            return Verdict.reject(Rule.INVITE_TARGET, target + " is banned from this room");
        }
        var levels = room.powerLevels();
        return levels.user(sender) >= levels.toInvite()
                ? Verdict.allow()
                : Verdict.reject(Rule.INVITE_LEVEL, "You may not invite to this room");
    }

    private Verdict leave() {
        var current = room.membership(target);
        if (isAboutSender()) {
            return current == Membership.INVITE
                            || current == Membership.JOIN
                            || current == Membership.KNOCK && has(Tweak.KNOCKING)
                    ? Verdict.allow()
                    : Verdict.reject(Rule.LEAVE_SELF, sender + " is not in this room");
        }
        if (room.membership(sender.value()) != Membership.JOIN) {
            return Verdict.reject(Rule.SENDER_IS_IN, sender + " is not in this room");
        }
        var levels = room.powerLevels();
        if (current == Membership.BAN && levels.user(sender) < levels.toBan()) {
            return Verdict.reject(Rule.UNBAN_LEVEL, "You may not lift a ban in this room");
        }
        return levels.user(sender) >= levels.toKick() && outranks(levels.user(sender))
                ? Verdict.allow()
                : Verdict.reject(
                        Rule.KICK_LEVEL, "You may not remove " + target + " from this room");
    }

    private Verdict ban() {
        if (room.membership(sender.value()) != Membership.JOIN) {
            return Verdict.reject(Rule.SENDER_IS_IN, sender + " is not in this room");
        }
        var levels = room.powerLevels();
        return levels.user(sender) >= levels.toBan() && outranks(levels.user(sender))
                ? Verdict.allow()
                : Verdict.reject(Rule.BAN_LEVEL, "You may not ban " + target + " from this room");
    }

    private boolean outranks(long senderLevel) {
        var levels = room.powerLevels();
        long targetLevel = UserId.find(target).map(levels::user).orElseGet(levels::usersDefault);
        return targetLevel < senderLevel;
    }

    private Verdict knock() {
        if (!has(Tweak.KNOCKING)) {
            return Verdict.reject(Rule.MEMBER_MEMBERSHIP, "Rooms of this version know no knocking");
        }
        if (!room.joinRule().isForKnocking()) {
            return Verdict.reject(Rule.KNOCK_RULE, "One can't knock at this room");
        }
        if (!isAboutSender()) {
            return Verdict.reject(Rule.KNOCK_SELF, "Nobody can knock for another");
        }
        return Set.of(Membership.BAN, Membership.INVITE, Membership.JOIN)
                        .contains(room.membership(target))
                ? Verdict.reject(
                        Rule.KNOCK_OUTSIDE, "Knocking is for who is outside and not banned")
                : Verdict.allow();
    }

    private boolean isAboutSender() {
        return sender.value().equals(target);
    }

    private boolean has(Tweak tweak) {
        return event.roomVersion().has(tweak);
    }
}
