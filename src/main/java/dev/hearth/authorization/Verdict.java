package dev.hearth.authorization;

/// What the rules say of an event.
public sealed interface Verdict {

    /// It is allowed.
    enum Allowed implements Verdict {
        ALLOWED
    }

    /// It is refused, for a reason that a person can read.
    record Rejected(String reason) implements Verdict {}

    static Verdict allow() {
        return Allowed.ALLOWED;
    }

    static Verdict reject(String reason) {
        return new Rejected(reason);
    }

    default boolean isAllowed() {
        return this == Allowed.ALLOWED;
    }
}
