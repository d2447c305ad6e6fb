package dev.hearth.authorization;

/// What the rules say of an event.
public sealed interface Verdict {

    /// It is allowed.
    enum Allowed implements Verdict {
        ALLOWED
    }

    /// It is refused by a rule, for a reason that a person can read.
    record Rejected(Rule rule, String reason) implements Verdict {}

    static Verdict allow() {
        return Allowed.ALLOWED;
    }

    static Verdict reject(Rule rule, String reason) {
        return new Rejected(rule, reason);
    }

    default boolean isAllowed() {
        return this == Allowed.ALLOWED;
    }
}
