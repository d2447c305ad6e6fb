package dev.hearth.authorization;

import dev.hearth.event.MemberContent;
import dev.hearth.event.Pdu;
import java.util.Locale;
import java.util.Optional;

/// What a user is to a room. Without a member event, or with one that makes no sense, as if the
/// user had left.
public enum Membership {
    JOIN,
    INVITE,
    KNOCK,
    BAN,
    LEAVE;

    public static Membership of(Optional<Pdu> memberEvent) {
        return memberEvent.map(Membership::of).orElse(LEAVE);
    }

    public static Membership of(Pdu memberEvent) {
        return MemberContent.of(memberEvent).membership().flatMap(Membership::find).orElse(LEAVE);
    }

    public static Optional<Membership> find(String text) {
        for (var membership : values()) {
            if (membership.wireName().equals(text)) {
                return Optional.of(membership);
            }
        }
        return Optional.empty();
    }

    /// The value in the content of a member event.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
