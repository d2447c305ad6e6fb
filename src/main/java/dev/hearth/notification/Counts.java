package dev.hearth.notification;

/// How many unread events notify, and how many of them highlight.
public record Counts(long notifications, long highlights) {

    public static final Counts NONE = new Counts(0, 0);

    public Counts plus(Counts other) {
        return new Counts(notifications + other.notifications, highlights + other.highlights);
    }

    /// What one event comes to.
    static Counts of(Outcome outcome) {
        return new Counts(outcome.notifies() ? 1 : 0, outcome.highlights() ? 1 : 0);
    }

    Counts minus(Counts other) {
        return new Counts(notifications - other.notifications, highlights - other.highlights);
    }

    Counts orNone() {
        return new Counts(Math.max(0, notifications), Math.max(0, highlights));
    }

    public boolean isNone() {
        return notifications == 0 && highlights == 0;
    }
}
